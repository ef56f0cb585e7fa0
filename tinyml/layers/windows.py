"""Windows that slide over images and sequences: their count, their contents, and the transpose of copying them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import ceil, gcd, prod
from typing import Any, NamedTuple

from tinyml.core import Array, Backend, Index, Program, ShapeError


class Windows(NamedTuple):
    """Windows of some `size`, `stride` apart, over images or sequences with `padding` zeros around them.

    The size is (height, width) on images and (width,) on sequences; the other numbers are for each side alike. With
    `dilation` d, neighbours within a window lie d apart.
    """

    size: tuple[int, ...]
    stride: int = 1
    padding: int = 0
    dilation: int = 1

    @property
    def height(self) -> int:
        """How many rows a window has: on a sequence one."""
        return self.size[0] if len(self.size) > 1 else 1

    @property
    def width(self) -> int:
        """How many columns a window has."""
        return self.size[-1]

    @property
    def padding_above(self) -> int:
        """How many rows of zeros are above an image and below it: a sequence has none."""
        return self.padding if len(self.size) > 1 else 0

    @property
    def reach(self) -> tuple[int, ...]:
        """How much of the image a window spans, side by side."""
        return tuple((size - 1) * self.dilation + 1 for size in self.size)

    def check(self, who: str) -> None:
        """Raise a ShapeError where a size is none."""
        if min(*self.size, self.stride, self.dilation) < 1 or self.padding < 0:
            got = (*self.size, self.stride, self.padding, self.dilation)
            raise ShapeError(
                f"{who}: window, stride and dilation must be at least 1 and padding at least 0; got {got}."
            )

    def counts(self, shape: tuple[int, ...], who: str) -> tuple[int, ...]:
        """How many windows fit into an image or a sequence, side by side. Raises ShapeError where none does."""
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
        """The same, where no row or column may be left over."""
        for side, size, reach in zip(("height", "width"), shape, self.reach, strict=True):
            if size + 2 * self.padding >= reach and (size + 2 * self.padding - reach) % self.stride:
                raise ShapeError(
                    f"{who}: {side} {size} does not divide into windows of {reach} with stride {self.stride}; "
                    f"try stride 1, or pad the input."
                )
        return self.counts(shape, who)

    def most_over_a_pixel(self, counts: tuple[int, ...]) -> int:
        """In how many of so many windows, counted side by side, a pixel lies at most."""
        # Place i of window r lies at r·stride + i·dilation: of those that meet, i differs by multiples of
        # stride / gcd and r by multiples of dilation / gcd.
        step = gcd(self.stride, self.dilation)
        apart = (self.stride // step, self.dilation // step)
        sides = zip(self.size, counts, strict=True)
        return prod(min(ceil(size / apart[0]), ceil(count / apart[1])) for size, count in sides)

    def places(self, shape: tuple[int, ...], *windows: range) -> Iterator[Place]:
        """Each place within some windows, which are counted along each side, with the slices that pair it with the
        pixels that it lies on.

        The padding is left out, so that no padded image is ever made.
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
        """Along one side: which of some windows have their place `at` on a pixel, and on which."""
        first = at * self.dilation - self.padding
        start = max(windows.start, -(first // self.stride))
        stop = min(windows.stop, (size - 1 - first) // self.stride + 1)
        pixel = first + start * self.stride
        pixels = slice(pixel, pixel + (stop - start - 1) * self.stride + 1, self.stride)
        return Line(max(0, stop - start), slice(start - windows.start, stop - windows.start), pixels)

    @property
    def tile(self) -> bool:
        """Whether the windows cover each pixel just once."""
        return all(reach == self.stride for reach in self.reach) and not self.padding

    def spread(self, images: Array, windows: Array) -> Program:
        """Copy the contents of each window: `images` (channels, height, width, batch) to `windows` (channels, h, w,
        rows, columns, batch); sequences (channels, length, batch) to (channels, w, columns, batch). Padding is not
        touched and must be 0 already.
        """
        return [
            (Backend.copyto, windows[place.inside], images[:, *place.pixels])
            for place in self._all_places(images, windows)
        ]

    def gather(self, windows: Array, images: Array) -> Program:
        """The way back: add to each pixel its places in all windows. One shifted addition for each place in a window:
        far fewer than one for each window.
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
    """Along one side of an image: windows, and the pixels under one place of them."""

    length: int
    windows: slice
    pixels: slice


class Place(NamedTuple):
    """One place `within` windows, (i, j) or (j,): which windows have it on the image, and the pixels it lies on."""

    within: Index
    windows: tuple[slice, ...]
    pixels: tuple[slice, ...]

    @property
    def inside(self) -> tuple[Any, ...]:
        """Its numbers in an array of windows (channels, *size, *counts, batch)."""
        return (slice(None), *self.within, *self.windows)
