"""Scaling of the columns of a table."""

from collections.abc import Sequence
from math import fsum, isfinite, sqrt
from typing import Literal, NamedTuple

from tinyml.core import Array, Backend, TinymlError

Scale = Literal["standard", "minmax"]


class ScalingError(TinymlError):
    """A column cannot be scaled; `column` counts from 0."""

    def __init__(self, column: int) -> None:
        self.column = column
        super().__init__(
            f"scale: column {column} cannot be scaled in float64, its numbers are too far apart or too close together; "
            "leave the data as they are, or leave the column out."
        )


class Scaled(NamedTuple):
    """The given rows, and the scaling of each column: x = (given − center) / spread.

    `standard`: the column's mean and its standard deviation √(Σ(v − mean)² / n). `minmax`: its least number, and its
    range. A constant column becomes 0, with a spread of 1.
    """

    kind: Scale
    given: Array
    center: Array
    spread: Array

    @property
    def x(self) -> Array:
        """The scaled rows."""
        scaled: Array = (self.given - self.center) / self.spread
        return scaled


def scale(kind: Scale, given: Array) -> Scaled:
    """Scale each column of rows (samples × columns). Raises ScalingError if float64 cannot represent the result.

    Sums are exact before they are rounded (`math.fsum`), so that every machine computes the same numbers.
    """
    pairs = []
    for place, column in enumerate(zip(*given.tolist(), strict=True)):
        center, spread = _standard(column) if kind == "standard" else _minmax(column)
        if not (isfinite(center) and isfinite(spread) and spread > 0):
            raise ScalingError(place)
        pairs.append((center, spread))
    centers, spreads = zip(*pairs, strict=True)
    return Scaled(kind, given, Backend.array(centers), Backend.array(spreads))


def _standard(column: Sequence[float]) -> tuple[float, float]:
    if min(column) == max(column):
        return column[0], 1.0
    count = len(column)
    try:
        mean = fsum(column) / count
        return mean, sqrt(fsum((value - mean) * (value - mean) for value in column) / count)
    except OverflowError:
        return float("nan"), float("nan")


def _minmax(column: Sequence[float]) -> tuple[float, float]:
    least, most = min(column), max(column)
    return least, (most - least or 1.0)
