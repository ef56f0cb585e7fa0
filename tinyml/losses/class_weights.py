"""The weights of classes and of outputs, which cross entropies can have."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from tinyml.core import ShapeError


def checked_weights(loss: str, name: str, weights: Sequence[float] | None) -> tuple[float, ...] | None:
    """Return the weights as numbers. Raises ValueError for none, or for one that is not above 0."""
    if weights is None:
        return None
    numbers = tuple(float(one) for one in weights)
    if not numbers or not all(isfinite(one) and one > 0 for one in numbers):
        raise ValueError(f"{loss}: {name} must be finite numbers above 0, one for each output; 1 changes nothing.")
    return numbers


def fits_outputs(loss: str, name: str, weights: tuple[float, ...] | None, shape: tuple[int, ...]) -> None:
    """Raise ShapeError for predictions of this shape, samples first, that do not have one output for each weight."""
    if weights is not None and shape[1:] != (len(weights),):
        raise ShapeError(
            f"{loss}: {name} has {len(weights)} numbers, and the outputs of a sample have the shape {shape[1:]}; "
            "give one weight for each output."
        )
