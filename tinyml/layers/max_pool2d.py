"""The largest number of each window."""

from __future__ import annotations

from math import prod
from typing import Any

from tinyml.core import Array, Backend, ShapeError
from tinyml.layers.base import Layer, Work
from tinyml.layers.windows import Windows


class MaxPool2D(Layer):
    """Keeps the largest number of each window; windows may overlap.

    Forward:   y[n,c,r,s] = max of x over the window at (r·stride, s·stride).
    Backward:  each ∂ℓ/∂y goes to the place of the largest; of equals the first, row by row, takes it, as in PyTorch.
    Shapes:    (batch, channels, height, width) to (batch, channels, rows, columns).
    Errors:    ShapeError where the windows leave a row or a column over.
    Source:    Ranzato et al. (2007), Unsupervised learning of invariant feature hierarchies.

    With `return_index` the forward pass returns `(y, index)`: for each output the place of its largest number, counted
    row by row over the image, as MaxUnpool2D takes it.
    """

    elementwise = False

    def __init__(
        self, name: str, input_dim: tuple[int, int, int], size: tuple[int, int], stride: int, return_index: bool = False
    ) -> None:
        super().__init__(name)
        self.windows = Windows(*size, stride=stride)
        self.windows.check(f"MaxPool2D '{name}'")
        self.input_dim = tuple(input_dim)
        self.return_index = return_index
        self.output_shape(self.input_dim)
        self.index: Array | None = None

    def forward(self, input: Array) -> Any:
        rows, columns = self._counts(input.shape[1:])
        windows = self.windows.view(input, (rows, columns))
        flat = windows.reshape(*input.shape[:2], -1, rows, columns)
        self.index = index = flat.argmax(axis=2, keepdims=True)  # backward needs to know where each largest lies
        output = Backend.take_along_axis(flat, index, axis=2)[:, :, 0]
        return (output, self._places(index[:, :, 0])) if self.return_index else output

    def backward(self, in_gradient: Array) -> Array:
        index = self.recall(self.index)
        batch, channels, _, rows, columns = index.shape
        height, width = self.windows.height, self.windows.width
        flat = Backend.zeros((batch, channels, height * width, rows, columns), dtype=in_gradient.dtype)
        Backend.put_along_axis(flat, index, in_gradient[:, :, None], axis=2)
        windows = flat.reshape(batch, channels, height, width, rows, columns)
        return self.windows.gathered(windows, (self.input_dim[1], self.input_dim[2]))

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        return (self.input_dim[0], *self._counts(input_shape))

    def forward_work(self, input_shape: tuple[int, ...]) -> Work:
        outputs = prod(self.output_shape(input_shape))
        return Work("output", outputs, self.windows.height * self.windows.width)

    def _counts(self, shape: tuple[int, ...]) -> tuple[int, int]:
        who = f"MaxPool2D '{self.name}'"
        if shape != self.input_dim:
            raise ShapeError(f"{who}: expects samples of shape {self.input_dim}, but {shape} came.")
        return self.windows.exact_counts((shape[1], shape[2]), who)

    def _places(self, index: Array) -> Array:
        """Places within windows as places within the image."""
        rows = Backend.arange(index.shape[2])[:, None] * self.windows.stride + index // self.windows.width
        columns = Backend.arange(index.shape[3])[None, :] * self.windows.stride + index % self.windows.width
        places: Array = rows * self.input_dim[2] + columns
        return places
