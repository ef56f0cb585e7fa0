"""Max unpooling."""

from __future__ import annotations

from math import prod

from tinyml.core import Array, Backend, Program, ShapeError
from tinyml.layers.base import Layer
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.pool2d import Size, height_and_width
from tinyml.layers.ranges import Range


class MaxUnpool2D(Layer):
    """Writes each number to the position where MaxPool2D found it, and 0 everywhere else.

    Forward:   y at position index[n,c,r,s] of image (n, c) is x[n,c,r,s]; x and index are the results of MaxPool2D
               with `return_index`, given as that pair or as two arguments.
    Backward:  ∂ℓ/∂x[n,c,r,s] = ∂ℓ/∂y at that position.
    Shapes:    (batch, channels, rows, columns) to (batch, channels, (rows − 1)·stride + h, (columns − 1)·stride + w).
    Errors:    ShapeError if the index is missing, has another shape or is outside the image; and if the layer is in a
               network, where a layer receives only one array.
    Source:    Zeiler and Fergus (2014), Visualizing and understanding convolutional networks.

    A `size` of 2 means windows of (2, 2).
    """

    elementwise = False

    def __init__(self, name: str, input_dim: tuple[int, int, int], size: Size, stride: int) -> None:
        super().__init__(name)
        self.input_dim = tuple(input_dim)
        self.size = height_and_width(size)
        self.stride = stride
        self.index: Array | None = None

    def __call__(self, input: Array | tuple[Array, Array], index: Array | None = None) -> Array:
        return self.forward(input, index)

    def forward(self, input: Array | tuple[Array, Array], index: Array | None = None) -> Array:
        who = f"MaxUnpool2D '{self.name}'"
        values, index = input if isinstance(input, tuple) else (input, index)
        if index is None:
            raise ShapeError(
                f"{who}: expects values and index, as MaxPool2D returns with return_index=True, got no index."
            )
        shape = self.output_shape(values.shape[1:])
        if index.shape != values.shape or index.min() < 0 or index.max() >= prod(shape[1:]):
            raise ShapeError(f"{who}: expects one position in the {shape[1]} × {shape[2]} image for each number.")
        self.index = index.reshape(*index.shape[:2], -1)  # required by backward
        images = Backend.zeros((*values.shape[:2], prod(shape[1:])), dtype=values.dtype)
        Backend.put_along_axis(images, self.index, values.reshape(self.index.shape), axis=2)
        return images.reshape(len(values), *shape)

    def backward(self, in_gradient: Array) -> Array:
        index = self.recall(self.index)
        flat = in_gradient.reshape(*index.shape[:2], -1)
        return Backend.take_along_axis(flat, index, axis=2).reshape(len(flat), *self.input_dim)

    def forward_program(self, at: LayerBuffers) -> Program:
        """Raise ShapeError: a network passes only one array between layers, without the index."""
        raise ShapeError(
            f"MaxUnpool2D '{self.name}': requires the index of MaxPool2D, but a network passes only the values; "
            "remove it from the network, and call the layers directly: unpool(values, index)."
        )

    def input_program(self, at: LayerBuffers) -> Program:
        """Raise ShapeError, like `forward_program`."""
        return self.forward_program(at)

    def output_range(self, input: Range) -> Range:
        return input.joined(0.0)

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        if input_shape != self.input_dim:
            raise ShapeError(
                f"MaxUnpool2D '{self.name}': expects samples of shape {self.input_dim}, got {input_shape}."
            )
        sides = zip(input_shape[1:], self.size, strict=True)
        return (input_shape[0], *((count - 1) * self.stride + size for count, size in sides))
