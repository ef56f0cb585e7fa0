"""Shapes of nested lists, checked before they become arrays, so that an error names its place."""

from collections.abc import Mapping
from typing import Any

from app.kinds import Kind

Shape = tuple[int, ...]
Place = tuple[str | int, ...]


class ShapeMismatch(ValueError):
    """A part of a document does not fit the rest; `where` is its place within that part."""

    def __init__(
        self, detail: str, where: Place = (), *, key: Kind = "layer", values: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(detail)
        self.key = key
        self.values = values or {}
        self.detail = detail
        self.where = where


def shape_text(shape: Shape) -> str:
    """A shape as written in messages: 1 × 28 × 28."""
    return " × ".join(map(str, shape))


def check_shape(values: Any, shape: Shape, where: Place, who: str, at: tuple[int, ...] = ()) -> None:
    """Raise a ShapeMismatch that names the first list whose length does not match `shape`, or the first place with a
    list instead of a number, or a number instead of a list.

    The lists are those of a schema: none is empty, and all numbers are at the same depth. `at` is the place within the
    outermost list.
    """
    if not isinstance(values, list):
        raise _mismatch(f"expected a list of {shape[0]}, got a number; write it in square brackets", where, who, at)
    if len(values) != shape[0]:
        raise _mismatch(f"expected {shape_text(shape)}, got a list of {len(values)}; send {shape[0]}", where, who, at)
    if len(shape) > 1:
        for i, row in enumerate(values):
            check_shape(row, shape[1:], where, who, (*at, i))
    elif isinstance(values[0], list):
        raise _mismatch(
            f"expected a finite number, got a list of {len(values[0])}; write it as a JSON number such as 0.5",
            where,
            who,
            (*at, 0),
        )


def _mismatch(what: str, where: Place, who: str, at: tuple[int, ...]) -> ShapeMismatch:
    rows = "".join(f", row {i}" for i in at)
    return ShapeMismatch(f"{who}{rows}: {what}.", (*where, *at), key="shape")


def count_lists(shape: Shape) -> int:
    """The number of lists in which numbers of a shape are written."""
    lists, inner = 0, 1
    for size in shape:
        lists += inner
        inner *= size
    return lists
