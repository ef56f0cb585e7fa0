"""Numbers in another shape: those in the overlap of both shapes are kept."""

from typing import Any

from tinyml.core import Array, Backend


def overlapped(old: Any, fresh: Array) -> tuple[Any, int]:
    """The new numbers with the old ones in the overlap, as nested lists, and how many old ones were kept: none if the
    number of axes differs.
    """
    given = Backend.array(old, dtype=float)
    if given.ndim != fresh.ndim:
        return fresh.tolist(), 0
    both = tuple(slice(0, min(sizes)) for sizes in zip(given.shape, fresh.shape, strict=True))
    made = fresh.copy()
    made[both] = given[both]
    return made.tolist(), int(given[both].size)


def shape_of(values: Any) -> tuple[int, ...] | None:
    """The shape of nested lists; None if they are ragged."""
    if not isinstance(values, list):
        return ()
    inner = {shape_of(value) for value in values}
    if len(inner) != 1:
        return None
    [shape] = inner
    return None if shape is None else (len(values), *shape)


def flat(values: Any) -> list[float]:
    """All numbers of nested lists, the last axis running fastest."""
    if not isinstance(values, list):
        return [values]
    return [number for value in values for number in flat(value)]


def shaped(numbers: list[float], shape: tuple[int, ...], fill: float = 0.0) -> Any:
    """Numbers as nested lists of a shape; padded with `fill` or truncated."""
    if not shape:
        return numbers[0] if numbers else fill
    size = 1
    for axis in shape[1:]:
        size *= axis
    return [shaped(numbers[i * size : (i + 1) * size], shape[1:], fill) for i in range(shape[0])]
