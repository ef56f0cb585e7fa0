"""Convolutions as products of matrices ("im2col"): which number stands where in the matrix of windows."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tinyml.core import Array, Backend
from tinyml.layers.receptive_field import Pair, ReceptiveFields
from tinyml.layers.windows import Windows

Line = tuple[int | None, ...]


class Unrolled(NamedTuple):
    """The matrix of what each place sees: `rows[r][i]` is the row of the image that place i of a window meets at row r
    of the result, `columns[s][j]` the column; None where it meets none, as in the padding.
    """

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]

    def of(self, images: Array) -> Array:
        """The numbers of (batch, channels, height, width) as (batch, channels, rows, columns, h, w), 0 for none."""
        batch, channels, height, width = images.shape
        padded = Backend.zeros((batch, channels, height + 1, width + 1), dtype=images.dtype)
        padded[:, :, :height, :width] = images
        down, across = _places(self.rows, height), _places(self.columns, width)
        found: Array = padded[:, :, down[:, None, :, None], across[None, :, None, :]]
        return found


def _places(lines: tuple[Line, ...], beyond: int) -> Array:
    return Backend.asarray([[beyond if place is None else place for place in line] for line in lines])


@lru_cache(maxsize=64)
def under_windows(windows: Windows, image: Pair, counts: Pair) -> Unrolled:
    """For each of so many windows the pixels that it sees."""
    fields = ReceptiveFields(windows, image, counts)
    down, across = (
        tuple(_line(fields.taps_of_window(window, axis), windows[axis]) for window in range(counts[axis]))
        for axis in (0, 1)
    )
    return Unrolled(down, across)


@lru_cache(maxsize=64)
def over_pixels(windows: Windows, image: Pair, counts: Pair) -> Unrolled:
    """For each pixel of an image the windows that contain it."""
    fields = ReceptiveFields(windows, image, counts)
    down, across = (
        tuple(_line(fields.taps_of_pixel(pixel, axis), windows[axis]) for pixel in range(image[axis]))
        for axis in (0, 1)
    )
    return Unrolled(down, across)


def _line(pairs: list[Pair], size: int) -> Line:
    met = dict(pairs)
    return tuple(met.get(place) for place in range(size))
