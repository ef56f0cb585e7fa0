"""Windows that slide over images: their count, what lies in them, and the way back."""

from __future__ import annotations

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

    def places(self, shape: tuple[int, int], counts: tuple[int, int]) -> list[Place]:
        """Each place within the windows, with the slices that pair it with the pixels it lies on.

        What lies in the padding is left out, so that no padded image is ever made. A place that lies on every pixel
        of the image comes first, where there is one.
        """
        rows = [self._line(i, shape[0], counts[0]) for i in range(self.height)]
        columns = [self._line(j, shape[1], counts[1]) for j in range(self.width)]
        places = [
            Place(i, j, (row.windows, column.windows), (row.pixels, column.pixels))
            for i, row in enumerate(rows)
            for j, column in enumerate(columns)
            if row.length and column.length
        ]
        whole = (slice(0, shape[0], 1), slice(0, shape[1], 1))
        return sorted(places, key=lambda place: place.pixels != whole)

    def _line(self, at: int, size: int, count: int) -> Line:
        """Along one side: which of `count` windows have their place `at` on a pixel, and on which."""
        first = at * self.dilation - self.padding
        start = max(0, -(first // self.stride))
        stop = min(count, (size - 1 - first) // self.stride + 1)
        pixel = first + start * self.stride
        pixels = slice(pixel, pixel + (stop - start - 1) * self.stride + 1, self.stride)
        return Line(max(0, stop - start), slice(start, stop), pixels)

    @property
    def tile(self) -> bool:
        """Whether the windows cover each pixel just once."""
        return self.reach == (self.stride, self.stride) and not self.padding

    def spread(self, images: Array, windows: Array) -> Program:
        """Copy what lies in each window: `images` (channels, height, width, batch) to `windows` (channels, h, w, rows,
        columns, batch). What lies in the padding is not touched: let it be 0.
        """
        return [
            (Backend.copyto, windows[:, place.i, place.j, *place.windows], images[:, *place.pixels])
            for place in self.places(images.shape[1:3], windows.shape[3:5])
        ]

    def gather(self, windows: Array, images: Array, onto: Program | None = None) -> Program:
        """The way back: each pixel becomes the sum of its places in all windows, on top of what `onto` puts there (0
        unless told). One shifted addition for each place in a window: far fewer than one for each window.
        """
        places = self.places(images.shape[1:3], windows.shape[3:5])
        program = onto
        if program is None:
            first = places[0] if places else None
            if first and images[:, *first.pixels].shape == images.shape:
                program = [(Backend.copyto, images, windows[:, first.i, first.j, *first.windows])]
                places = places[1:]
            else:
                program = [(images.fill, 0)]
        for place in places:
            pixels = images[:, *place.pixels]
            program = [*program, (Backend.add, pixels, windows[:, place.i, place.j, *place.windows], pixels)]
        return program


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
