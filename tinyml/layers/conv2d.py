"""Convolution: one small set of weights, used at every place of an image."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from tinyml.core import Array, Backend, Block, Parameter, Program, ShapeError, generator, uniform
from tinyml.layers.base import Layer, Work
from tinyml.layers.site import Site
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
        rng = rng or generator()
        depth = input_dim[0] * h_filter * w_filter
        bound = sqrt(1 / depth)
        weight = uniform(rng, -bound, bound, (n_filter, depth))
        bias = uniform(rng, -bound, bound, (n_filter, 1))
        # As in Linear the bias is one more column of the weights.
        self.affine = Block(Backend.concatenate([weight, bias], axis=1))
        shape = (n_filter, input_dim[0], h_filter, w_filter)
        self.weight = Parameter.part(self.affine, (..., slice(depth)), shape)
        self.bias = Parameter.part(self.affine, (..., depth), (n_filter,))

    def parameters(self) -> dict[str, Parameter]:
        return {"w": self.weight, "b": self.bias}

    def forward_program(self, at: Site) -> Program:
        """(w | b) times (the windows, a column each, over a row of ones)."""
        columns = self._columns(at)
        windows = columns[:-1].reshape(self._window_shape(at))
        product = (at.values[self.affine].dot, columns, at.output.reshape(self.n_filter, -1))
        return [*self.windows.spread(at.input, windows), product]

    def parameter_program(self, at: Site) -> Program:
        """∇ times (the windows over a row of ones)ᵀ."""
        upstream = at.output_gradient.reshape(self.n_filter, -1)
        return [(upstream.dot, self._columns(at).T, at.gradients[self.affine])]

    def input_program(self, at: Site) -> Program:
        """wᵀ∇ is what each window would change of the image; each pixel sums its places in all windows."""
        upstream = at.output_gradient.reshape(self.n_filter, -1)
        windows = at.scratch("window gradients", self._window_shape(at))
        product = (at.values[self.affine][:, :-1].T.dot, upstream, windows.reshape(self._depth, -1))
        return [product, *self.windows.gather(windows, at.input_gradient)]

    def _columns(self, at: Site) -> Array:
        """The windows of a batch, a column each, over a row of ones."""
        columns = at.scratch("columns", (self._depth + 1, at.output[0].size))
        columns[-1] = 1
        return columns

    def _window_shape(self, at: Site) -> tuple[int, ...]:
        return (self.input_dim[0], self.windows.height, self.windows.width, *at.output.shape[1:])

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
