"""Base classes of convolutions and their transpose."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import ClassVar

from numpy.random import Generator

from tinyml.core import Block, Index, Parameter, ShapeError
from tinyml.initialisers import Initialiser
from tinyml.layers.affine import affine_parameters
from tinyml.layers.base import Layer
from tinyml.layers.operation_counts import OperationCounts, input_counts, output_counts
from tinyml.layers.unrolled import Unrolled, over_pixels, under_windows
from tinyml.layers.windows import Windows


class Convolution(Layer):
    """y = Σ x w + b, or without b. A convolution has its windows on the input, with one output for each window and
    filter; the transpose has its windows on the output, and `paints` one window for each input. The first axis of a
    convolution's weights is the filters, that of the transpose the channels.
    """

    begins_unit = analytic = piecewise_affine = True
    elementwise = False
    reach = "window"
    windows: Windows

    def parameter_axes(self, name: str) -> str:
        within = "i,j" if len(self.windows.size) > 1 else "j"
        return "f" if name == "b" else f"c,f,{within}" if self.paints else f"f,c,{within}"

    def unrolled(self, input_shape: Index, output_shape: Index) -> dict[str, Unrolled]:
        small, large = (input_shape, output_shape) if self.paints else (output_shape, input_shape)
        image, counts = large[1:], small[1:]
        seen, lying = under_windows(self.windows, image, counts), over_pixels(self.windows, image, counts)
        return {"output": lying, "input_gradient": seen} if self.paints else {"output": seen, "input_gradient": lying}


class FilterBank(Convolution):
    """A convolution: one output of each filter for each window. Its weights (filters, channels, *window) and biases are
    in one array with a row for each filter: `affine` is (filters, channels · window + 1).

    Shapes:    x (batch, channels, *sides), y (batch, filters, *counts), w (filters, channels, *window), b (filters,).
    Errors:    ShapeError if an input has another shape, or no window fits.
    """

    unit_axes: ClassVar[Mapping[str, int]] = {"w": 0, "b": 0}
    input_axes: ClassVar[Mapping[str, int]] = {"w": 1}

    def __init__(
        self,
        name: str,
        input_dim: tuple[int, ...],
        n_filter: int,
        windows: Windows,
        bias: bool,
        initialiser: Initialiser,
        rng: Generator | None,
    ) -> None:
        super().__init__(name)
        who = f"{self.type} '{name}'"
        self.windows = windows
        self.windows.check(who)
        self.input_dim = tuple(input_dim)
        self.n_filter = n_filter
        self.output_shape(self.input_dim)
        shape = (n_filter, input_dim[0], *windows.size)
        self.weight, made = affine_parameters(who, shape, initialiser, rng, bias=bias)
        self.affine = self.weight.block
        self.with_bias = made is not None
        if made is not None:
            self.bias = made

    def parameters(self) -> dict[str, Parameter]:
        return {"w": self.weight, "b": self.bias} if self.with_bias else {"w": self.weight}

    def blocks(self) -> list[Block]:
        return [self.affine]

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        return (self.n_filter, *self._counts(input_shape))

    def forward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        return (output_counts(self.output_shape(input_shape), self.depth + self.biased),)

    def backward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        counts = self._counts(input_shape)
        return (
            *self.parameter_counts("parameter_gradients", prod(counts) * batch),
            input_counts(self.input_dim, self.n_filter * self.windows.most_over_a_pixel(counts)),
        )

    @property
    def depth(self) -> int:
        """The number of inputs in one window, over all channels."""
        return self.input_dim[0] * prod(self.windows.size)

    def _counts(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        who = f"{self.type} '{self.name}'"
        if shape != self.input_dim:
            raise ShapeError(f"{who}: expects samples of shape {self.input_dim}, got {shape}.")
        return self.windows.counts(shape[1:], who)
