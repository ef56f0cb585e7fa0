"""Arrays as JSON lists, with null where a number is not finite or not computed yet."""

import math
from typing import Any

from tinyml.core import Array

Nonfinite = list[dict[str, str]]


class Numbers:
    """Turns the arrays of one answer into lists and remembers where a number was not finite."""

    def __init__(self) -> None:
        self.nonfinite: Nonfinite = []

    def scalar(self, value: float, path: str) -> float | None:
        """The value, or null."""
        if math.isfinite(value):
            return value
        kind = "nan" if math.isnan(value) else "+inf" if value > 0 else "-inf"
        self.nonfinite.append({"path": path, "kind": kind})
        return None

    def listed(self, array: Array, path: str, known: int | None = None) -> list[Any] | None:
        """The array as nested lists; of the last axis only the first `known` entries, null where there are none yet."""
        if known == 0:
            return None
        values: list[Any] = array.tolist()
        if known is not None and known < array.shape[-1]:
            values = _cut(values, known)
        elif math.isfinite(_total(values)):
            return values
        # Either something is not finite, or finite numbers have a sum that is not: now look at each.
        return self._checked(values, path)

    def _checked(self, values: list[Any], path: str) -> list[Any]:
        checked: list[Any] = []
        for i, value in enumerate(values):
            if isinstance(value, list):
                checked.append(self._checked(value, f"{path}/{i}"))
            else:
                checked.append(None if value is None else self.scalar(value, f"{path}/{i}"))
        return checked


def _cut(values: list[Any], known: int) -> list[Any]:
    if isinstance(values[0], list):
        return [_cut(row, known) for row in values]
    return values[:known] + [None] * (len(values) - known)


def _total(values: list[Any]) -> float:
    return sum(map(_total, values)) if isinstance(values[0], list) else sum(values)
