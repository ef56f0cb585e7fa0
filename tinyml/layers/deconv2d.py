"""Transposed convolution: every number of an image adds a multiple of a filter to a larger image."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import prod
from typing import ClassVar

from numpy.random import Generator

from tinyml.core import Array, Backend, Parameter, Program, ShapeError, generator
from tinyml.initialisers import Initialiser, library_uniform
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.conv_base import Convolution
from tinyml.layers.operation_counts import OperationCounts, input_counts, output_counts
from tinyml.layers.windows import Windows


class Deconv2D(Convolution):
    """The transpose of a convolution: its forward pass is the backward pass of Conv2D, and vice versa.

    Forward:   y[n,f,r·stride+i·dilation,s·stride+j·dilation] sums b[f] and x[n,c,r,s] w[c,f,i,j] over c and over all
               (r, s, i, j) at that position; then `padding` rows and columns are cut off on every side.
    Backward:  ∂ℓ/∂x[n,c,r,s] = Σ ∇ w[c,f,i,j] over the positions in its window;  ∂ℓ/∂w[c,f,i,j] = Σ x[n,c,r,s] ∇ over
               n, r, s;  ∂ℓ/∂b[f] = Σ ∇[n,f,·,·]. With `bias=False` there is no b.
    Shapes:    x (batch, channels, rows, columns), w (channels, filters, h, w), b (filters,),
               y (batch, filters, (rows − 1)·stride − 2·padding + (h − 1)·dilation + 1, and the same for columns).
    Errors:    ShapeError if an input has another shape, or the output would be empty.
    Source:    Zeiler et al. (2010), Deconvolutional networks; PyTorch's `ConvTranspose2d`. The `initialiser`
               draws the initial weights; the initial biases are 0, as in the original library.
    """

    paints = True
    unit_axes: ClassVar[Mapping[str, int]] = {"w": 1, "b": 0}
    input_axes: ClassVar[Mapping[str, int]] = {"w": 0}

    def __init__(
        self,
        name: str,
        input_dim: tuple[int, int, int],
        n_filters: int,
        h_filter: int,
        w_filter: int,
        stride: int,
        dilation: int = 1,
        padding: int = 0,
        *,
        bias: bool = True,
        initialiser: Initialiser = library_uniform,
        rng: Generator | None = None,
    ) -> None:
        super().__init__(name)
        self.windows = Windows((h_filter, w_filter), stride, padding, dilation)
        self.windows.check(f"Deconv2D '{name}'")
        self.input_dim = tuple(input_dim)
        self.n_filters = n_filters
        self.output_shape(self.input_dim)
        rng = rng or generator()
        self.weight = self.build_param(initialiser((input_dim[0], n_filters, h_filter, w_filter), rng))
        self.with_bias = bias
        if bias:
            self.bias = self.build_param(Backend.zeros(n_filters), is_bias=True)

    def parameters(self) -> dict[str, Parameter]:
        return {"w": self.weight, "b": self.bias} if self.with_bias else {"w": self.weight}

    def forward_program(self, at: LayerBuffers) -> Program:
        """wᵀx has the contributions of each input to its window; each pixel sums its contributions and the bias."""
        windows = at.scratch("painted", self._window_shape(at))
        product = (self._weight(at).T.dot, self._flat(at.input), windows.reshape(self._painted, -1))
        bias = at.values[self.bias.block][:, None, None, None] if self.with_bias else 0.0
        return [product, (Backend.copyto, at.output, bias), *self.windows.gather(windows, at.output)]

    def parameter_program(self, at: LayerBuffers) -> Program:
        """x times (the windows of ∇)ᵀ."""
        gradient = at.gradients[self.weight.block].reshape(self.input_dim[0], -1)
        seen = at.scratch("seen", self._window_shape(at))
        program: Program = [
            *self.windows.spread(at.output_gradient, seen),
            (self._flat(at.input).dot, seen.reshape(self._painted, -1).T, gradient),
        ]
        if self.with_bias:
            program.append((partial(at.output_gradient.sum, axis=(1, 2, 3), out=at.gradients[self.bias.block]),))
        return program

    def input_program(self, at: LayerBuffers) -> Program:
        """w times the windows of ∇, which `parameter_program` has copied."""
        seen = at.scratch("seen", self._window_shape(at)).reshape(self._painted, -1)
        return [(self._weight(at).dot, seen, self._flat(at.input_gradient))]

    def _weight(self, at: LayerBuffers) -> Array:
        return at.values[self.weight.block].reshape(self.input_dim[0], -1)

    def _flat(self, images: Array) -> Array:
        return images.reshape(self.input_dim[0], -1)

    @property
    def _painted(self) -> int:
        """The number of outputs to which one input contributes."""
        return self.n_filters * self.windows.height * self.windows.width

    def _window_shape(self, at: LayerBuffers) -> tuple[int, ...]:
        return (self.n_filters, self.windows.height, self.windows.width, *at.input.shape[1:])

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        who = f"Deconv2D '{self.name}'"
        if input_shape != self.input_dim:
            raise ShapeError(f"{who}: expects samples of shape {self.input_dim}, got {input_shape}.")
        height, width = (
            (count - 1) * self.windows.stride + reach - 2 * self.windows.padding
            for count, reach in zip(input_shape[1:], self.windows.reach, strict=True)
        )
        if height < 1 or width < 1:
            raise ShapeError(f"{who}: with padding {self.windows.padding} the output is empty; use a smaller padding.")
        return (self.n_filters, height, width)

    def forward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        meeting = self.windows.most_over_a_pixel((input_shape[1], input_shape[2]))
        return (output_counts(self.output_shape(input_shape), self.input_dim[0] * meeting + self.biased),)

    def backward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        _, height, width = self.output_shape(input_shape)
        terms = {"w": prod(self.input_dim[1:]) * batch, "b": height * width * batch}
        return (*self.parameter_counts("parameter_gradients", terms), input_counts(self.input_dim, self._painted))
