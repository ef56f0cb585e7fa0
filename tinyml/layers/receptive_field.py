"""Receptive fields: the pixels of a window, the windows of a pixel, and the tap of the window that connects them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any

from tinyml.core import Array, Backend, Index, unravel_index
from tinyml.layers.windows import Windows

Pair = tuple[int, int]


class ReceptiveFields:
    """The windows of a layer over images, or sequences, of one size. Sizes, counts and taps are (down, across), or
    (along,); a tap is one position in a window, for which a convolution has a weight.

    An `index` may have more axes in front; only its last ones are used.
    """

    def __init__(self, windows: Windows, image: tuple[int, ...], counts: tuple[int, ...]) -> None:
        self.windows = windows
        self.image = image
        self.counts = counts

    def pixels_of_window(self, index: Index, depth: int) -> TapGrid:
        """Return the taps of one window that are on the image, with their pixels."""
        return self._grid(self.taps_of_window, index, depth)

    def windows_of_pixel(self, index: Index, depth: int) -> TapGrid:
        """Return the taps that are on one pixel, with their windows."""
        return self._grid(self.taps_of_pixel, index, depth)

    def pixels_of_tap(self, index: Index, depth: int) -> TapGrid:
        """Return the windows whose tap at an index is on the image, with the pixels there."""
        return self._grid(self._windows_of_tap, index, depth)

    def _grid(self, along: Callable[[int, int], list[Pair]], index: Index, depth: int) -> TapGrid:
        axes = len(self.windows.size)
        return TapGrid(depth, [along(at, axis) for axis, at in enumerate(index[-axes:])])

    def _pixel(self, window: int, tap: int) -> int:
        return window * self.windows.stride + tap * self.windows.dilation - self.windows.padding

    def taps_of_window(self, window: int, axis: int) -> list[Pair]:
        """Return along one axis the taps of one window that are on the image, each with its pixel."""
        pairs = [(tap, self._pixel(window, tap)) for tap in range(self.windows.size[axis])]
        return [(tap, pixel) for tap, pixel in pairs if 0 <= pixel < self.image[axis]]

    def taps_of_pixel(self, pixel: int, axis: int) -> list[Pair]:
        """Return along one axis the taps that are on one pixel, each with its window."""
        starts = [(tap, pixel - self._pixel(0, tap)) for tap in range(self.windows.size[axis])]
        windows = [(tap, start // self.windows.stride) for tap, start in starts if not start % self.windows.stride]
        return [(tap, window) for tap, window in windows if 0 <= window < self.counts[axis]]

    def _windows_of_tap(self, tap: int, axis: int) -> list[Pair]:
        pairs = [(window, self._pixel(window, tap)) for window in range(self.counts[axis])]
        return [(window, pixel) for window, pixel in pairs if 0 <= pixel < self.image[axis]]


@dataclass(frozen=True, slots=True)
class TapGrid:
    """All combinations of `depth` channels (or filters, or samples) with the pairs of each side, in that order."""

    depth: int
    sides: list[list[Pair]]

    @property
    def count(self) -> int:
        """The number of combinations."""
        return self.depth * prod(len(pairs) for pairs in self.sides)

    def at(self, number: int) -> tuple[int, Index, Index]:
        """Return the channel, and the first and the second of all pairs: (c, (i, j), (r, s))."""
        channel, *places = unravel_index(number, (self.depth, *(len(pairs) for pairs in self.sides)))
        met = [pairs[place] for pairs, place in zip(self.sides, places, strict=True)]
        return channel, tuple(first for first, _ in met), tuple(second for _, second in met)

    def first(self, images: Array) -> Array:
        """Return the numbers of (depth, …) at the first of all pairs, in the order of the grid."""
        return self._taken(images, 0)

    def second(self, images: Array) -> Array:
        """Return the numbers at the second of all pairs."""
        return self._taken(images, 1)

    def _taken(self, images: Array, which: int) -> Array:
        places: tuple[Any, ...] = Backend.ix_(*([pair[which] for pair in pairs] for pairs in self.sides))
        taken: Array = images[:, *places].reshape(-1)
        return taken
