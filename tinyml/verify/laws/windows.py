"""Windows that slide over an image: which pixels lie in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Side(NamedTuple):
    """One side of an image of `size` pixels: windows of `window` places that lie `dilation` apart, `stride` from one
    window to the next, with `padding` pixels that are 0 before and after the image.
    """

    size: int
    window: int
    stride: int
    padding: int = 0
    dilation: int = 1

    @property
    def windows(self) -> int:
        """How many windows there are."""
        return (self.size + 2 * self.padding - (self.window - 1) * self.dilation - 1) // self.stride + 1

    def pixel(self, window: int, place: int) -> int | None:
        """The pixel at a place in a window; None in the padding."""
        pixel = window * self.stride + place * self.dilation - self.padding
        return pixel if 0 <= pixel < self.size else None

    def pixels(self, window: int) -> Iterator[tuple[int, int]]:
        """The places in a window that lie on the image, each with its pixel."""
        for place in range(self.window):
            pixel = self.pixel(window, place)
            if pixel is not None:
                yield place, pixel

    def around(self, pixel: int) -> Iterator[tuple[int, int]]:
        """The windows that contain a pixel, each with the pixel's place in it, in ascending order of the places."""
        for place in range(self.window):
            window, left = divmod(pixel + self.padding - place * self.dilation, self.stride)
            if left == 0 and 0 <= window < self.windows:
                yield place, window
