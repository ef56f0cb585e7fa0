"""Receptive fields: which pixels a window sees, in which windows a pixel is, and through which tap of the window."""

from __future__ import annotations

from dataclasses import dataclass

from tinyml.core import Array, Backend, Index, unravel_index
from tinyml.layers.windows import Windows

Pair = tuple[int, int]


class ReceptiveFields:
    """The windows of a layer over images of one size. Sizes, counts and taps are (down, across); a tap is one place of
    a window, for which a convolution has a weight.

    An `index` may have more axes in front; only its last two are used.
    """

    def __init__(self, windows: Windows, image: tuple[int, ...], counts: tuple[int, ...]) -> None:
        self.windows = windows
        self.image = image
        self.counts = counts

    def pixels_of_window(self, index: Index, depth: int) -> TapGrid:
        """The taps of one window that are on the image, with their pixels."""
        return TapGrid(depth, *(self.taps_of_window(at, axis) for axis, at in enumerate(index[-2:])))

    def windows_of_pixel(self, index: Index, depth: int) -> TapGrid:
        """The taps that see one pixel, with their windows."""
        return TapGrid(depth, *(self.taps_of_pixel(at, axis) for axis, at in enumerate(index[-2:])))

    def pixels_of_tap(self, index: Index, depth: int) -> TapGrid:
        """The windows whose tap at an index is on the image, with the pixels there."""
        return TapGrid(depth, *(self._windows_of_tap(at, axis) for axis, at in enumerate(index[-2:])))

    def _pixel(self, window: int, tap: int) -> int:
        return window * self.windows.stride + tap * self.windows.dilation - self.windows.padding

    def _size(self, axis: int) -> int:
        return self.windows.width if axis else self.windows.height

    def taps_of_window(self, window: int, axis: int) -> list[Pair]:
        """Along one axis, the taps of one window that are on the image, each with its pixel."""
        pairs = [(tap, self._pixel(window, tap)) for tap in range(self._size(axis))]
        return [(tap, pixel) for tap, pixel in pairs if 0 <= pixel < self.image[axis]]

    def taps_of_pixel(self, pixel: int, axis: int) -> list[Pair]:
        """Along one axis, the taps that see one pixel, each with its window."""
        starts = [(tap, pixel - self._pixel(0, tap)) for tap in range(self._size(axis))]
        windows = [(tap, start // self.windows.stride) for tap, start in starts if not start % self.windows.stride]
        return [(tap, window) for tap, window in windows if 0 <= window < self.counts[axis]]

    def _windows_of_tap(self, tap: int, axis: int) -> list[Pair]:
        pairs = [(window, self._pixel(window, tap)) for window in range(self.counts[axis])]
        return [(window, pixel) for window, pixel in pairs if 0 <= pixel < self.image[axis]]


@dataclass(frozen=True, slots=True)
class TapGrid:
    """All combinations of `depth` channels (or filters, or samples) with pairs down and pairs across, in that order."""

    depth: int
    down: list[Pair]
    across: list[Pair]

    @property
    def count(self) -> int:
        """How many there are."""
        return self.depth * len(self.down) * len(self.across)

    def at(self, number: int) -> tuple[int, Pair, Pair]:
        """The channel, the first and the second of both pairs: (c, (i, j), (r, s))."""
        channel, down, across = unravel_index(number, (self.depth, len(self.down), len(self.across)))
        (i, r), (j, s) = self.down[down], self.across[across]
        return channel, (i, j), (r, s)

    def first(self, images: Array) -> Array:
        """The numbers of (depth, …, …) at the first of both pairs, in the order of the grid."""
        return self._taken(images, 0)

    def second(self, images: Array) -> Array:
        """The numbers at the second of both pairs."""
        return self._taken(images, 1)

    def _taken(self, images: Array, which: int) -> Array:
        down = Backend.asarray([pair[which] for pair in self.down], dtype=int)
        across = Backend.asarray([pair[which] for pair in self.across], dtype=int)
        taken: Array = images[:, down[:, None], across].reshape(-1)
        return taken
