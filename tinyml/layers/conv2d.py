"""Convolution: one small set of weights, used at every place of an image."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from tinyml.core import Array, Backend, Parameter, ShapeError
from tinyml.layers.base import Layer, Work
from tinyml.layers.windows import Windows

if TYPE_CHECKING:
    from numpy.random import Generator


class Conv2D(Layer):
    """Lays each filter over every window of the image and sums the products, as PyTorch does: without flipping it.

    Forward:   y[n,f,r,s] = b[f] + Σ x[n,c,r·stride+i,s·stride+j] w[f,c,i,j] over c, i, j, on the padded image.
    Backward:  ∂ℓ/∂w[f,c,i,j] = Σ ∇[n,f,r,s] x[n,c,r·stride+i,s·stride+j] over n, r, s;  ∂ℓ/∂b[f] = Σ ∇[n,f,r,s];
               ∂ℓ/∂x sums ∇[n,f,r,s] w[f,c,i,j] over all windows that a pixel lies in.
    Shapes:    x (batch, channels, height, width), y (batch, filters, rows, columns), w (filters, channels, h, w), b
    (filters,). Errors:    ShapeError where an input has other channels, or no window fits.
    Source:    LeCun et al. (1989); as one matrix product ("im2col"), Chellapilla, Puri and Simard (2006). Weights and
               biases start uniform in ±√(1 / (channels · h · w)).
    """

    elementwise = False

    def __init__(
        self,
        name: str,
        input_dim: tuple[int, int, int],
        n_filter: int,
        h_filter: int,
        w_filter: int,
        stride: int = 1,
        padding: int = 0,
        *,
        rng: Generator | None = None,
    ) -> None:
        super().__init__(name)
        self.windows = Windows(h_filter, w_filter, stride, padding)
        self.windows.check(f"Conv2D '{name}'")
        self.input_dim = tuple(input_dim)
        self.n_filter = n_filter
        self.output_shape(self.input_dim)
        rng = rng or Backend.random.default_rng()
        bound = sqrt(1 / (input_dim[0] * h_filter * w_filter))
        self.weight = self.build_param(rng.uniform(-bound, bound, (n_filter, input_dim[0], h_filter, w_filter)))
        self.bias = self.build_param(rng.uniform(-bound, bound, n_filter))
        self.columns: Array | None = None

    def parameters(self) -> dict[str, Parameter]:
        return {"w": self.weight, "b": self.bias}

    def forward(self, input: Array) -> Array:
        rows, columns = self._counts(input.shape[1:])
        windows = self.windows.view(self.windows.padded(input), (rows, columns))
        # Each window becomes a column, so that all filters over all windows are one matrix product.
        self.columns = windows.transpose(1, 2, 3, 0, 4, 5).reshape(self._depth, -1)  # backward needs them for ∂ℓ/∂w
        flat = self.weight.tensor.reshape(self.n_filter, -1) @ self.columns
        output = flat.reshape(self.n_filter, len(input), rows, columns) + self.bias.tensor[:, None, None, None]
        return output.transpose(1, 0, 2, 3)

    def backward(self, in_gradient: Array) -> Array:
        flat = in_gradient.transpose(1, 0, 2, 3).reshape(self.n_filter, -1)
        self.weight.gradient = (flat @ self.recall(self.columns).T).reshape(self.weight.tensor.shape)
        self.bias.gradient = flat.sum(axis=1)
        channels, height, width = self.input_dim
        batch, _, rows, columns = in_gradient.shape
        spread = self.weight.tensor.reshape(self.n_filter, -1).T @ flat
        windows = spread.reshape(channels, self.windows.height, self.windows.width, batch, rows, columns)
        return self.windows.gathered(windows.transpose(3, 0, 1, 2, 4, 5), (height, width))

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        return (self.n_filter, *self._counts(input_shape))

    def forward_work(self, input_shape: tuple[int, ...]) -> Work:
        rows, columns = self._counts(input_shape)
        return Work("output", self.n_filter * rows * columns, self._depth + 1)

    def backward_work(self, input_shape: tuple[int, ...], batch: int) -> tuple[Work, ...]:
        rows, columns = self._counts(input_shape)
        channels, height, width = self.input_dim
        return (
            Work("parameter_gradients", self.n_filter, (self._depth + 1) * rows * columns * batch),
            Work("input_gradient", channels * height * width, self.n_filter * self.windows.height * self.windows.width),
        )

    def update_work(self, input_shape: tuple[int, ...]) -> Work:
        return Work("next", self.n_filter, self._depth + 1)

    @property
    def _depth(self) -> int:
        """How many numbers of the input a filter sees at once."""
        return self.input_dim[0] * self.windows.height * self.windows.width

    def _counts(self, shape: tuple[int, ...]) -> tuple[int, int]:
        if shape != self.input_dim:
            raise ShapeError(f"Conv2D '{self.name}': expects samples of shape {self.input_dim}, but {shape} came.")
        return self.windows.counts((shape[1], shape[2]), f"Conv2D '{self.name}'")
