"""Arrays as JSON, with null for numbers that are not finite or not computed yet."""

import math
from typing import Any

import orjson

from app import limits
from tinyml.core import Array
from tinyml.progress import Known


def to_json(answer: object) -> bytes:
    """The answer as JSON bytes. Arrays are written directly, without a Python object for each number."""
    return orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY)


def whole(count: int) -> int | orjson.Fragment:
    """A count of any size: the number of paths through a deep network can have more digits than orjson can write."""
    return count if count < 2**63 else orjson.Fragment(str(count))


# Arrays with up to this many numbers are checked number by number.
FEW = 32


class Numbers:
    """Prepares the numbers of one answer for JSON, and remembers which of them are not finite. The arrays must stay
    until the answer is written.
    """

    def __init__(self) -> None:
        self.nonfinite: list[dict[str, str]] = []
        self._finite: set[int] = set()  # checked arrays: a layer's output is the next one's input

    def scalar(self, value: float, path: str) -> float | None:
        """The value, or null."""
        if math.isfinite(value):
            return value
        kind = "nan" if math.isnan(value) else "+inf" if value > 0 else "-inf"
        if len(self.nonfinite) < limits.MAX_NONFINITE:
            self.nonfinite.append({"path": path, "kind": kind})
        return None

    def tensor(self, array: Array, path: str, known: Known | None = None) -> Array | list[Any] | None:
        """The array, with null for unknown numbers; null if none is known."""
        if known is not None and not known.complete:
            return self._checked(_cut(array.tolist(), known.entries(array).tolist()), path) if known.nodes else None
        if id(array) in self._finite:
            return array
        # The sum is the fastest test of all of them. It can itself overflow; then each is checked separately.
        # For a few numbers Python is faster than numpy.
        if not math.isfinite(sum(array.ravel().tolist()) if array.size <= FEW else array.sum()):
            return self._checked(array.tolist(), path)
        self._finite.add(id(array))
        return array

    def _checked(self, values: list[Any], path: str) -> list[Any]:
        checked: list[Any] = []
        for i, value in enumerate(values):
            if isinstance(value, list):
                checked.append(self._checked(value, f"{path}/{i}"))
            else:
                checked.append(None if value is None else self.scalar(value, f"{path}/{i}"))
        return checked


def _cut(values: list[Any], known: list[Any]) -> list[Any]:
    """The values with None for those that are not known."""
    return [
        _cut(value, is_known) if isinstance(is_known, list) else value if is_known else None
        for value, is_known in zip(values, known, strict=True)
    ]
