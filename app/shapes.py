"""Shapes of nested lists, checked before they become arrays, so that a fault is told by its place."""

from collections.abc import Sequence
from typing import Any


class Misfit(ValueError):
    """A part of a document does not fit the rest; `where` is its place within that part."""

    def __init__(self, detail: str, where: tuple[str | int, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.where = where


def check_shape(values: Sequence[Any], shape: tuple[int, ...], where: tuple[str | int, ...], who: str) -> None:
    """Raise a Misfit that names the first list whose length is not what `shape` asks for."""
    if len(values) != shape[0]:
        wanted = " × ".join(map(str, shape))
        raise Misfit(f"{who}: expected {wanted}, but a list of {len(values)} came; send {shape[0]}.", where)
    if len(shape) > 1:
        for i, row in enumerate(values):
            check_shape(row, shape[1:], (*where, i), f"{who}, row {i}")
