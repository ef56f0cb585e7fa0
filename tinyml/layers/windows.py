"""Windows that slide over images: their count, their contents, and the transpose of copying them."""

from __future__ import annotations

from math import ceil, gcd, prod
from typing import NamedTuple

from tinyml.core import Array, Backend, Program, ShapeError


class Windows(NamedTuple):
    """Windows of `height` × `width`, `stride` apart, over images with `padding` zeros around them.

    With `dilation` d, neighbours within a window lie d apart.
    """

    height: int
    width: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1

    @property
    def reach(self) -> tuple[int, int]:
        """How much of the image a window spans, (rows, columns)."""
        return (self.height - 1) * self.dilation + 1, (self.width - 1) * self.dilation + 1

    def check(self, who: str) -> None:
        """Raise a ShapeError where a size is none."""
        if min(self.height, self.width, self.stride, self.dilation) < 1 or self.padding < 0:
            raise ShapeError(
                f"{who}: window, stride and dilation must be at least 1 and padding at least 0; got {tuple(self)}."
            )

    def counts(self, shape: tuple[int, int], who: str) -> tuple[int, int]:
        """How many windows fit into an image, (rows, columns). Raises ShapeError where none does."""
        rows, columns = (
            (size + 2 * self.padding - reach) // self.stride + 1 for size, reach in zip(shape, self.reach, strict=True)
        )
        if rows < 1 or columns < 1:
            raise ShapeError(
                f"{who}: no window of {self.reach[0]} × {self.reach[1]} fits into {shape[0]} × {shape[1]} with padding "
                f"{self.padding}; make the window smaller, or pad the input."
            )
        return rows, columns

    def exact_counts(self, shape: tuple[int, int], who: str) -> tuple[int, int]:
        """The same, where no row or column may be left over."""
        for side, size, reach in zip(("height", "width"), shape, self.reach, strict=True):
            if size + 2 * self.padding >= reach and (size + 2 * self.padding - reach) % self.stride:
                raise ShapeError(
                    f"{who}: {side} {size} does not divide into windows of {reach} with stride {self.stride}; "
                    f"try stride 1, or pad the input."
                )
        return self.counts(shape, who)

    def most_over_a_pixel(self, counts: tuple[int, int]) -> int:
        """In how many of so many windows, (rows, columns), a pixel lies at most."""
        # Place i of window r lies at r·stride + i·dilation: of those that meet, i differs by multiples of
        # stride / gcd and r by multiples of dilation / gcd.
        step = gcd(self.stride, self.dilation)
        apart = (self.stride // step, self.dilation // step)
        sides = zip((self.height, self.width), counts, strict=True)
        return prod(min(ceil(size / apart[0]), ceil(count / apart[1])) for size, count in sides)

    def places(self, shape: tuple[int, int], rows: range, columns: range) -> list[Place]:
        """Each place within the windows of some rows and columns, with the slices that pair it with the pixels that it
        lies on.

        The padding is left out, so that no padded image is ever made.
        """
        downs = [self.line(i, shape[0], rows) for i in range(self.height)]
        acrosses = [self.line(j, shape[1], columns) for j in range(self.width)]
        return [
            Place(i, j, (down.windows, across.windows), (down.pixels, across.pixels))
            for i, down in enumerate(downs)
            for j, across in enumerate(acrosses)
            if down.length and across.length
        ]

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
        return self.reach == (self.stride, self.stride) and not self.padding

    def spread(self, images: Array, windows: Array) -> Program:
        """Copy the contents of each window: `images` (channels, height, width, batch) to `windows` (channels, h, w,
        rows, columns, batch). Padding is not touched and must be 0 already.
        """
        return [
            (Backend.copyto, windows[:, place.i, place.j, *place.windows], images[:, *place.pixels])
            for place in self._all_places(images, windows)
        ]

    def gather(self, windows: Array, images: Array) -> Program:
        """The way back: add to each pixel its places in all windows. One shifted addition for each place in a window:
        far fewer than one for each window.
        """
        program: Program = []
        for place in self._all_places(images, windows):
            pixels, added = images[:, *place.pixels], windows[:, place.i, place.j, *place.windows]
            program.append((Backend.add, pixels, added, pixels))
        return program

    def _all_places(self, images: Array, windows: Array) -> list[Place]:
        return self.places(images.shape[1:3], range(windows.shape[3]), range(windows.shape[4]))


class Line(NamedTuple):
    """Along one side of an image: windows, and the pixels under one place of them."""

    length: int
    windows: slice
    pixels: slice


class Place(NamedTuple):
    """One place (i, j) within windows: which windows have it on the image, and the pixels it lies on."""

    i: int
    j: int
    windows: tuple[slice, slice]
    pixels: tuple[slice, slice]
