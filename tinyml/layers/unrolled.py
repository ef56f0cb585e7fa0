"""Convolutions as matrix products ("im2col"): the positions of pixels in the matrix of windows."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from tinyml.core import Array, Backend, Index
from tinyml.layers.receptive_field import Pair, ReceptiveFields
from tinyml.layers.windows import Windows

Line = tuple[int | None, ...]


class Unrolled(NamedTuple):
    """The positions of pixels in the matrix of windows: `rows[r][i]` is the row of the image at position i of the
    windows in row r of the result, `columns[s][j]` the column; None if there is no pixel, as in the padding.
    Sequences have no rows.
    """

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]

    @property
    def sides(self) -> tuple[tuple[Line, ...], ...]:
        """The lines of each side: rows and columns, or columns alone."""
        return (self.rows, self.columns) if self.rows else (self.columns,)

    def of(self, images: Array) -> Array:
        """Return the numbers of (batch, channels, height, width) as (batch, channels, rows, columns, h, w), 0 for none;
        those of (batch, channels, length) as (batch, channels, columns, w).
        """
        sides, sizes = self.sides, images.shape[2:]
        padded = Backend.zeros((*images.shape[:2], *(size + 1 for size in sizes)), dtype=images.dtype)
        inside: list[Any] = [slice(size) for size in sizes]
        padded[:, :, *inside] = images
        places: list[Any] = [
            # For images (rows, 1, h, 1) and (1, columns, 1, w).
            Backend.expand_dims(_places(lines, size), [at for at in range(2 * len(sides)) if at % len(sides) != axis])
            for axis, (lines, size) in enumerate(zip(sides, sizes, strict=True))
        ]
        found: Array = padded[:, :, *places]
        return found


def _places(lines: tuple[Line, ...], beyond: int) -> Array:
    return Backend.asarray([[beyond if place is None else place for place in line] for line in lines])


@lru_cache(maxsize=64)
def under_windows(windows: Windows, image: Index, counts: Index) -> Unrolled:
    """Return for each window the pixels that it contains."""
    fields = ReceptiveFields(windows, image, counts)
    return _unrolled(windows, fields.taps_of_window, counts)


@lru_cache(maxsize=64)
def over_pixels(windows: Windows, image: Index, counts: Index) -> Unrolled:
    """Return for each pixel of an image the windows that contain it."""
    fields = ReceptiveFields(windows, image, counts)
    return _unrolled(windows, fields.taps_of_pixel, image)


def _unrolled(windows: Windows, along: Callable[[int, int], list[Pair]], places: Index) -> Unrolled:
    sides = [
        tuple(_line(along(place, axis), windows.size[axis]) for place in range(count))
        for axis, count in enumerate(places)
    ]
    return Unrolled(*sides) if len(sides) > 1 else Unrolled((), *sides)


def _line(pairs: list[Pair], size: int) -> Line:
    met = dict(pairs)
    return tuple(met.get(place) for place in range(size))
