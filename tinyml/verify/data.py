"""The law of scaled inputs: each column of a table less its center, over its spread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import fsum, isfinite, sqrt


def standard(column: Sequence[float]) -> tuple[float, float]:
    """The mean of a column, and its standard deviation √(Σ(v − mean)² / n)."""
    mean = fsum(column) / len(column)
    return mean, sqrt(fsum((value - mean) * (value - mean) for value in column) / len(column))


def minmax(column: Sequence[float]) -> tuple[float, float]:
    """The least number of a column, and how far the largest lies above it."""
    return min(column), max(column) - min(column)


SCALES: Mapping[str, Callable[[Sequence[float]], tuple[float, float]]] = {"standard": standard, "minmax": minmax}


def scaled(kind: str, column: Sequence[float]) -> list[float]:
    """A column as a network takes it; one that has a single number becomes 0. Raises ArithmeticError where float64
    cannot hold its center or spread.
    """
    if min(column) == max(column):
        return [0.0] * len(column)
    center, spread = SCALES[kind](column)
    if not (isfinite(center) and isfinite(spread) and spread > 0):
        raise OverflowError
    return [(value - center) / spread for value in column]
