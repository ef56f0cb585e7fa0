"""Handwritten digits."""

import sys

import numpy as np
import pytest

from tinyml.data import digits


def test_without_scikit_learn_the_error_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(ImportError, match="The digits come with scikit-learn, which is not installed: pip install"):
        digits()


@pytest.mark.slow
def test_all_the_digits_come_as_images_with_ink_from_0_to_1() -> None:
    images, classes = digits()
    assert images.shape == (1797, 1, 8, 8)
    assert (images.min(), images.max()) == (0, 1)
    assert classes.shape == (1797,)
    assert np.unique(classes).tolist() == list(range(10))
