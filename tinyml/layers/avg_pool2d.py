"""The mean of each window."""

from __future__ import annotations

from math import prod

from tinyml.core import Array, Backend, ShapeError
from tinyml.layers.base import Layer, Work
from tinyml.layers.windows import Windows


class AvgPool2D(Layer):
    """Keeps the mean of each window; windows may overlap.

    Forward:   y[n,c,r,s] = mean of x over the window at (r·stride, s·stride).
    Backward:  each ∂ℓ/∂y is shared alike among the places of its window.
    Shapes:    (batch, channels, height, width) to (batch, channels, rows, columns).
    Errors:    ShapeError where the windows leave a row or a column over.
    Source:    LeCun et al. (1998), Gradient-based learning applied to document recognition, without its coefficients.
    """

    elementwise = False

    def __init__(self, name: str, input_dim: tuple[int, int, int], size: tuple[int, int], stride: int) -> None:
        super().__init__(name)
        self.windows = Windows(*size, stride=stride)
        self.windows.check(f"AvgPool2D '{name}'")
        self.input_dim = tuple(input_dim)
        self.output_shape(self.input_dim)

    def forward(self, input: Array) -> Array:
        output: Array = self.windows.view(input, self._counts(input.shape[1:])).mean(axis=(2, 3))
        return output

    def backward(self, in_gradient: Array) -> Array:
        height, width = self.windows.height, self.windows.width
        share = (in_gradient / (height * width))[:, :, None, None]
        shape = (*in_gradient.shape[:2], height, width, *in_gradient.shape[2:])
        return self.windows.gathered(Backend.broadcast_to(share, shape), (self.input_dim[1], self.input_dim[2]))

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        return (self.input_dim[0], *self._counts(input_shape))

    def forward_work(self, input_shape: tuple[int, ...]) -> Work:
        outputs = prod(self.output_shape(input_shape))
        return Work("output", outputs, self.windows.height * self.windows.width)

    def _counts(self, shape: tuple[int, ...]) -> tuple[int, int]:
        who = f"AvgPool2D '{self.name}'"
        if shape != self.input_dim:
            raise ShapeError(f"{who}: expects samples of shape {self.input_dim}, but {shape} came.")
        return self.windows.exact_counts((shape[1], shape[2]), who)
