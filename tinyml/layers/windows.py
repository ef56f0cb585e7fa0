"""Windows that slide over images: their count, what lies in them, and the way back."""

from __future__ import annotations

from typing import NamedTuple

from tinyml.core import Array, Backend, ShapeError


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

    def padded(self, images: Array) -> Array:
        """The images (batch, channels, height, width) with zeros around them."""
        if not self.padding:
            return images
        around = (self.padding, self.padding)
        return Backend.pad(images, ((0, 0), (0, 0), around, around))

    def view(self, padded: Array, counts: tuple[int, int]) -> Array:
        """All windows of padded images, as a view (batch, channels, height, width, rows, columns): nothing is
        copied.
        """
        batch, channels = padded.shape[:2]
        over_batch, over_channels, down, across = padded.strides
        return Backend.lib.stride_tricks.as_strided(
            padded,
            (batch, channels, self.height, self.width, *counts),
            (
                over_batch,
                over_channels,
                down * self.dilation,
                across * self.dilation,
                down * self.stride,
                across * self.stride,
            ),
            writeable=False,
        )

    def gathered(self, windows: Array, shape: tuple[int, int]) -> Array:
        """The way back: images of `shape` in which each pixel is the sum of its places in all windows.

        `windows` is (batch, channels, height, width, rows, columns). One shifted addition for each place in a window:
        far fewer than one for each window, and none of them meets a pixel twice.
        """
        batch, channels, height, width, rows, columns = windows.shape
        images = Backend.zeros(
            (batch, channels, shape[0] + 2 * self.padding, shape[1] + 2 * self.padding), dtype=windows.dtype
        )
        for i in range(height):
            down = slice(i * self.dilation, i * self.dilation + (rows - 1) * self.stride + 1, self.stride)
            for j in range(width):
                across = slice(j * self.dilation, j * self.dilation + (columns - 1) * self.stride + 1, self.stride)
                images[:, :, down, across] += windows[:, :, i, j]
        inner_rows = slice(self.padding, self.padding + shape[0])
        inner_columns = slice(self.padding, self.padding + shape[1])
        return images[:, :, inner_rows, inner_columns]
