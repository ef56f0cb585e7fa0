"""The largest number of each window."""

from __future__ import annotations

from typing import Any

from tinyml.core import Array, Backend
from tinyml.layers.pool2d import Pool2D


class MaxPool2D(Pool2D):
    """Keeps the largest number of each window; windows may overlap.

    Forward:   y[n,c,r,s] = max of x over the window at (r·stride, s·stride).
    Backward:  each ∂ℓ/∂y goes to the place of the largest; of equals the first, row by row, takes it, as in PyTorch.
    Shapes:    (batch, channels, height, width) to (batch, channels, rows, columns).
    Errors:    ShapeError where the windows leave a row or a column over.
    Source:    Ranzato et al. (2007), Unsupervised learning of invariant feature hierarchies.

    With `return_index` the forward pass returns `(y, index)`: for each output the place of its largest number, counted
    row by row over the image, as MaxUnpool2D takes it.
    """

    def __init__(
        self, name: str, input_dim: tuple[int, int, int], size: tuple[int, int], stride: int, return_index: bool = False
    ) -> None:
        super().__init__(name, input_dim, size, stride)
        self.return_index = return_index
        self.index: Array | None = None

    def forward(self, input: Array) -> Any:
        rows, columns = self.counts(input.shape[1:])
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

    def _places(self, index: Array) -> Array:
        """Places within windows as places within the image."""
        rows = Backend.arange(index.shape[2])[:, None] * self.windows.stride + index // self.windows.width
        columns = Backend.arange(index.shape[3])[None, :] * self.windows.stride + index % self.windows.width
        places: Array = rows * self.input_dim[2] + columns
        return places
