"""Windows that slide over images and sequences: their count, their contents, and the transpose of copying them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import ceil, gcd, prod
from typing import Any, NamedTuple

from tinyml.core import Array, Backend, Index, Program, ShapeError


class Windows(NamedTuple):
    """Windows of a given `size`, `stride` apart, over images or sequences with `padding` zeros around them.

    The size is (height, width) on images and (width,) on sequences; the other numbers are the same for each side. With
    `dilation` d, neighbours within a window are d apart.
    """

    size: tuple[int, ...]
    stride: int = 1
    padding: int = 0
    dilation: int = 1

    @property
    def height(self) -> int:
        """The number of rows of a window: one on a sequence."""
        return self.size[0] if len(self.size) > 1 else 1

    @property
    def width(self) -> int:
        """The number of columns of a window."""
        return self.size[-1]

    @property
    def padding_above(self) -> int:
        """The number of rows of zeros above and below an image; a sequence has none."""
        return self.padding if len(self.size) > 1 else 0

    @property
    def reach(self) -> tuple[int, ...]:
        """The extent of a window on the image, for each side."""
        return tuple((size - 1) * self.dilation + 1 for size in self.size)

    def check(self, who: str) -> None:
        """Raise ShapeError if a number is out of range."""
        if min(*self.size, self.stride, self.dilation) < 1 or self.padding < 0:
            got = (*self.size, self.stride, self.padding, self.dilation)
            raise ShapeError(
                f"{who}: window, stride and dilation must be at least 1 and padding at least 0; got {got}."
            )

    def counts(self, shape: tuple[int, ...], who: str) -> tuple[int, ...]:
        """Return how many windows fit into an image or a sequence, for each side. Raises ShapeError if none fits."""
        counts = tuple(
            (size + 2 * self.padding - reach) // self.stride + 1 for size, reach in zip(shape, self.reach, strict=True)
        )
        if min(counts) < 1:
            raise ShapeError(
                f"{who}: no window of {_by(self.reach)} fits into {_by(shape)} with padding {self.padding}; make the "
                "window smaller, or pad the input."
            )
        return counts

    def exact_counts(self, shape: tuple[int, int], who: str) -> tuple[int, ...]:
        """Return the same counts. Raises ShapeError if a row or column is not covered."""
        for side, size, reach in zip(("height", "width"), shape, self.reach, strict=True):
            if size + 2 * self.padding >= reach and (size + 2 * self.padding - reach) % self.stride:
                raise ShapeError(
                    f"{who}: {side} {size} does not divide into windows of {reach} with stride {self.stride}; "
                    f"try stride 1, or pad the input."
                )
        return self.counts(shape, who)

    def most_over_a_pixel(self, counts: tuple[int, ...]) -> int:
        """Return the maximum number of windows that contain the same pixel; `counts` has their number for each side."""
        # Position i of window r is at r·stride + i·dilation. For two at the same pixel, i differs by a multiple of
        # stride / gcd and r by a multiple of dilation / gcd.
        step = gcd(self.stride, self.dilation)
        apart = (self.stride // step, self.dilation // step)
        sides = zip(self.size, counts, strict=True)
        return prod(min(ceil(size / apart[0]), ceil(count / apart[1])) for size, count in sides)

    def places(self, shape: tuple[int, ...], *windows: range) -> Iterator[Place]:
        """Yield each position within some windows, which are ranges along each side, with the slices of its pixels.

        The padding is omitted, so that no padded image is needed.
        """
        sides = [
            [self.line(at, size, along) for at in range(places)]
            for places, size, along in zip(self.size, shape, windows, strict=True)
        ]
        for within in product(*map(range, self.size)):
            lines = [side[at] for side, at in zip(sides, within, strict=True)]
            if all(line.length for line in lines):
                yield Place(within, tuple(line.windows for line in lines), tuple(line.pixels for line in lines))

    def line(self, at: int, size: int, windows: range) -> Line:
        """Return along one side which of some windows have their position `at` on a pixel, and on which pixel."""
        first = at * self.dilation - self.padding
        start = max(windows.start, -(first // self.stride))
        stop = min(windows.stop, (size - 1 - first) // self.stride + 1)
        pixel = first + start * self.stride
        pixels = slice(pixel, pixel + (stop - start - 1) * self.stride + 1, self.stride)
        return Line(max(0, stop - start), slice(start - windows.start, stop - windows.start), pixels)

    @property
    def tile(self) -> bool:
        """Whether the windows cover each pixel exactly once."""
        return all(reach == self.stride for reach in self.reach) and not self.padding

    def spread(self, images: Array, windows: Array) -> Program:
        """Copy the contents of each window: `images` (channels, height, width, batch) to `windows` (channels, h, w,
        rows, columns, batch); sequences (channels, length, batch) to (channels, w, columns, batch). Padding is not
        changed and must already be 0.
        """
        return [
            (Backend.copyto, windows[place.inside], images[:, *place.pixels])
            for place in self._all_places(images, windows)
        ]

    def gather(self, windows: Array, images: Array) -> Program:
        """Add to each pixel its entries in all windows, the transpose of `spread`: one shifted addition for each
        position in a window, which are far fewer than the windows.
        """
        program: Program = []
        for place in self._all_places(images, windows):
            pixels, added = images[:, *place.pixels], windows[place.inside]
            program.append((Backend.add, pixels, added, pixels))
        return program

    def _all_places(self, images: Array, windows: Array) -> Iterator[Place]:
        sides = len(self.size)
        return self.places(images.shape[1 : 1 + sides], *map(range, windows.shape[1 + sides : 1 + 2 * sides]))


def _by(sizes: tuple[int, ...]) -> str:
    return " × ".join(map(str, sizes))


class Line(NamedTuple):
    """Windows along one side of an image, and the pixels at one position in them."""

    length: int
    windows: slice
    pixels: slice


class Place(NamedTuple):
    """One position `within` windows, (i, j) or (j,): the windows that have it on the image, and its pixels."""

    within: Index
    windows: tuple[slice, ...]
    pixels: tuple[slice, ...]

    @property
    def inside(self) -> tuple[Any, ...]:
        """Return its index in an array of windows (channels, *size, *counts, batch)."""
        return (slice(None), *self.within, *self.windows)
