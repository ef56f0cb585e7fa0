"""Where windows and pixels overlap: which places of which windows cover which pixels, to explain a single number."""

from __future__ import annotations

from dataclasses import dataclass

from tinyml.core import Array, Backend, Index, unravel_index
from tinyml.layers.windows import Windows

Pair = tuple[int, int]


class Meetings:
    """The windows of a layer over images of one size. Sizes, counts and places are (down, across).

    An `index` may have more axes in front; the last two are looked at.
    """

    def __init__(self, windows: Windows, image: tuple[int, ...], counts: tuple[int, ...]) -> None:
        self.windows = windows
        self.image = image
        self.counts = counts

    def under(self, index: Index, depth: int) -> Grid:
        """The places within one window that lie on the image, with their pixels."""
        return Grid(depth, *(self.below(at, axis) for axis, at in enumerate(index[-2:])))

    def over(self, index: Index, depth: int) -> Grid:
        """The places that lie on one pixel, with their windows."""
        return Grid(depth, *(self.above(at, axis) for axis, at in enumerate(index[-2:])))

    def along(self, index: Index, depth: int) -> Grid:
        """The windows that have one of their places on the image, with the pixels there."""
        return Grid(depth, *(self._along(at, axis) for axis, at in enumerate(index[-2:])))

    def _pixel(self, window: int, place: int) -> int:
        return window * self.windows.stride + place * self.windows.dilation - self.windows.padding

    def _size(self, axis: int) -> int:
        return self.windows.width if axis else self.windows.height

    def below(self, window: int, axis: int) -> list[Pair]:
        """Along one axis, the places within one window that lie on the image, each with its pixel."""
        pairs = [(place, self._pixel(window, place)) for place in range(self._size(axis))]
        return [(place, pixel) for place, pixel in pairs if 0 <= pixel < self.image[axis]]

    def above(self, pixel: int, axis: int) -> list[Pair]:
        """Along one axis, the places that lie on one pixel, each with its window."""
        starts = [(place, pixel - self._pixel(0, place)) for place in range(self._size(axis))]
        windows = [(place, start // self.windows.stride) for place, start in starts if not start % self.windows.stride]
        return [(place, window) for place, window in windows if 0 <= window < self.counts[axis]]

    def _along(self, place: int, axis: int) -> list[Pair]:
        pairs = [(window, self._pixel(window, place)) for window in range(self.counts[axis])]
        return [(window, pixel) for window, pixel in pairs if 0 <= pixel < self.image[axis]]


@dataclass(frozen=True, slots=True)
class Grid:
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
