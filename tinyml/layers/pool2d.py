"""The base class of pooling layers: windows that cover an image exactly, with one output per window."""

from __future__ import annotations

from tinyml.core import Array, ShapeError
from tinyml.layers.base import Layer
from tinyml.layers.operation_counts import OperationCounts, input_counts, output_counts
from tinyml.layers.ranges import Range
from tinyml.layers.unrolled import Unrolled, over_pixels, under_windows
from tinyml.layers.windows import Windows

# Height and width of a window, or one size for both.
Size = int | tuple[int, int]


def height_and_width(size: Size) -> tuple[int, int]:
    """Return a size as (height, width): 2 means (2, 2)."""
    if isinstance(size, int):
        return size, size
    height, width = size
    return height, width


class Pool2D(Layer):
    """A layer with one output for each window of each channel, which subclasses define.

    Shapes:    (batch, channels, height, width) to (batch, channels, rows, columns).
    Errors:    ShapeError if the windows do not cover every row and column, or an input has another shape.

    A `size` of 2 means windows of (2, 2).
    """

    elementwise = False
    reach = "window"
    writes_any_layout = True
    windows: Windows

    def __init__(self, name: str, input_dim: tuple[int, int, int], size: Size, stride: int) -> None:
        super().__init__(name)
        self.windows = Windows(height_and_width(size), stride=stride)
        self.windows.check(f"{self.type} '{name}'")
        self.input_dim = tuple(input_dim)
        self.output_shape(self.input_dim)

    def output_range(self, input: Range) -> Range:
        return input

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        return (self.input_dim[0], *self.counts(input_shape))

    def forward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        return (output_counts(self.output_shape(input_shape), self.windows.height * self.windows.width),)

    def backward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        return (input_counts(self.input_dim, self.windows.most_over_a_pixel(self.counts(input_shape))),)

    def views(self, images: Array, pooled: Array) -> list[Array]:
        """Return for each position within the windows, in row-major order, a view of its pixels in the shape of
        `pooled`.
        """
        places = self.windows.places(images.shape[1:3], *map(range, pooled.shape[1:3]))
        return [images[:, *place.pixels] for place in places]

    def unrolled(self, input_shape: tuple[int, ...], output_shape: tuple[int, ...]) -> dict[str, Unrolled]:
        image, counts = input_shape[1:], output_shape[1:]
        return {
            "output": under_windows(self.windows, image, counts),
            "input_gradient": over_pixels(self.windows, image, counts),
        }

    def counts(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """Return the number of windows as (rows, columns)."""
        who = f"{self.type} '{self.name}'"
        if shape != self.input_dim:
            raise ShapeError(f"{who}: expects samples of shape {self.input_dim}, got {shape}.")
        return self.windows.exact_counts((shape[1], shape[2]), who)
