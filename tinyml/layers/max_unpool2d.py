"""The way back through max-pooling: each number to the place that it came from."""

from __future__ import annotations

from math import prod

from tinyml.core import Array, Backend, ShapeError
from tinyml.layers.base import Layer


class MaxUnpool2D(Layer):
    """Puts each number where MaxPool2D found it, and 0 everywhere else.

    Forward:   y at the place index[n,c,r,s] of image (n, c) is x[n,c,r,s]; the input is the pair (x, index) that
    MaxPool2D
               returns with `return_index`.
    Backward:  ∂ℓ/∂x[n,c,r,s] = ∂ℓ/∂y at that place.
    Shapes:    (batch, channels, rows, columns) to (batch, channels, (rows − 1)·stride + h, (columns − 1)·stride + w).
    Errors:    ShapeError where no index came, or one of another shape or out of the image.
    Source:    Zeiler and Fergus (2014), Visualizing and understanding convolutional networks.
    """

    elementwise = False

    def __init__(self, name: str, input_dim: tuple[int, int, int], size: tuple[int, int], stride: int) -> None:
        super().__init__(name)
        self.input_dim = tuple(input_dim)
        self.size = tuple(size)
        self.stride = stride
        self.index: Array | None = None

    def forward(self, input: Array | tuple[Array, Array]) -> Array:
        who = f"MaxUnpool2D '{self.name}'"
        if not isinstance(input, tuple):
            raise ShapeError(f"{who}: expects the pair (values, index) that MaxPool2D gives with return_index=True.")
        values, index = input
        shape = self.output_shape(values.shape[1:])
        if index.shape != values.shape or index.min() < 0 or index.max() >= prod(shape[1:]):
            raise ShapeError(f"{who}: expects one place of the {shape[1]} × {shape[2]} image for each number.")
        self.index = index.reshape(*index.shape[:2], -1)  # backward needs the places
        images = Backend.zeros((*values.shape[:2], prod(shape[1:])), dtype=values.dtype)
        Backend.put_along_axis(images, self.index, values.reshape(self.index.shape), axis=2)
        return images.reshape(len(values), *shape)

    def backward(self, in_gradient: Array) -> Array:
        index = self.recall(self.index)
        flat = in_gradient.reshape(*index.shape[:2], -1)
        return Backend.take_along_axis(flat, index, axis=2).reshape(len(flat), *self.input_dim)

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        if input_shape != self.input_dim:
            raise ShapeError(
                f"MaxUnpool2D '{self.name}': expects samples of shape {self.input_dim}, but {input_shape} came."
            )
        sides = zip(input_shape[1:], self.size, strict=True)
        return (input_shape[0], *((count - 1) * self.stride + size for count, size in sides))
