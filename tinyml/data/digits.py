"""Handwritten digits, 8 × 8 pixels, from scikit-learn."""

from tinyml.core import Array, Backend


def digits() -> tuple[Array, Array]:
    """All 1,797 digits as `(images, classes)`: images (1797, 1, 8, 8) with ink from 0 to 1, classes (1797,) from 0 to
    9.

    Raises ImportError, with what to install, if scikit-learn is missing.
    Source: Alpaydin and Kaynak (1998), Optical recognition of handwritten digits, UCI Machine Learning Repository.
    """
    try:
        from sklearn.datasets import load_digits  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError as error:
        raise ImportError(
            "The digits come with scikit-learn, which is not installed: pip install scikit-learn"
        ) from error
    loaded = load_digits()
    return Backend.asarray(loaded.images)[:, None] / 16, Backend.asarray(loaded.target)


__all__ = ["digits"]
