"""Windows that slide over an image, and the pixels that they contain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class WindowAxis(NamedTuple):
    """One side of an image of `size` pixels: windows of `window` places, `dilation` apart, with `stride` between
    windows and `padding` zeros before and after the image.
    """

    size: int
    window: int
    stride: int
    padding: int = 0
    dilation: int = 1

    @property
    def windows(self) -> int:
        """The number of windows."""
        return (self.size + 2 * self.padding - (self.window - 1) * self.dilation - 1) // self.stride + 1

    def pixel(self, window: int, place: int) -> int | None:
        """Return the pixel at a place in a window; None in the padding."""
        pixel = window * self.stride + place * self.dilation - self.padding
        return pixel if 0 <= pixel < self.size else None

    def pixels(self, window: int) -> Iterator[tuple[int, int]]:
        """Yield the places in a window that are on the image, each with its pixel."""
        for place in range(self.window):
            pixel = self.pixel(window, place)
            if pixel is not None:
                yield place, pixel

    def around(self, pixel: int) -> Iterator[tuple[int, int]]:
        """Yield the windows that contain a pixel, each with the pixel's place in it, in ascending order of places."""
        for place in range(self.window):
            window, left = divmod(pixel + self.padding - place * self.dilation, self.stride)
            if left == 0 and 0 <= window < self.windows:
                yield place, window
