"""The law of scaled inputs: each column of a table minus its center, divided by its spread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import fsum, isfinite, sqrt
from typing import Any

from tinyml.verify.batch import MINI_BATCHES
from tinyml.verify.settings import ANYTHING, LIST, TEXT, TEXTS, Settings, is_whole, one_of, or_null


def standard(column: Sequence[float]) -> tuple[float, float]:
    """Return the mean of a column, and its standard deviation √(Σ(v − mean)² / n)."""
    mean = fsum(column) / len(column)
    return mean, sqrt(fsum((value - mean) * (value - mean) for value in column) / len(column))


def minmax(column: Sequence[float]) -> tuple[float, float]:
    """Return the minimum of a column, and its range: the maximum minus the minimum."""
    return min(column), max(column) - min(column)


COLUMN: Settings = {"name": TEXT, "role": one_of("input", "target", "class", "unused"), "classes": or_null(TEXTS)}
ROWS: Settings = {"x": ANYTHING, "y": ANYTHING}
DATA: Settings = {
    "rows": ANYTHING, "columns": or_null(LIST), "scale": one_of("none", "standard", "minmax"), **MINI_BATCHES,
}  # fmt: skip


def columns_fit(columns: Sequence[Mapping[str, Any]], inputs: Sequence[int], rows: Mapping[str, Any]) -> bool:
    """Return whether the columns match the rows: one for each input, and one for each target or one for the classes."""
    y = rows.get("y")
    first = y[0] if isinstance(y, list) and y else None
    width = len(first) if isinstance(first, list) else 0
    if len(inputs) > 1 or (isinstance(first, list) and first and isinstance(first[0], list)):
        return False
    roles = [column["role"] for column in columns]
    if (roles.count("input"), roles.count("target"), roles.count("class")) != (
        inputs[0],
        width,
        int(y is not None and not width),
    ):
        return False
    largest = max((label for label in (y if isinstance(y, list) else []) if is_whole(label)), default=-1)
    naming = [(column["role"], column["classes"]) for column in columns if column.get("classes") is not None]
    return all(role == "class" and len(classes) > largest for role, classes in naming)


SCALES: Mapping[str, Callable[[Sequence[float]], tuple[float, float]]] = {"standard": standard, "minmax": minmax}


def scaled(kind: str, column: Sequence[float], known: tuple[float, float] | None = None) -> list[float]:
    """Return a column as the network receives it, with the center and spread of all its numbers or, for a mini-batch,
    the known ones; a column of equal numbers becomes 0. Raises ArithmeticError if its center or spread is outside the
    range of float64.
    """
    if known is None and min(column) == max(column):
        return [0.0] * len(column)
    center, spread = known or SCALES[kind](column)
    if not (isfinite(center) and isfinite(spread) and spread > 0):
        raise OverflowError
    return [(value - center) / spread for value in column]
