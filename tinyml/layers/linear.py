"""The fully connected layer."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import ClassVar

from numpy.random import Generator

from tinyml.core import Array, Parameter, Program, ShapeError
from tinyml.core.products import product
from tinyml.initialisers import Initialiser, library_uniform
from tinyml.layers.affine import affine_parameters
from tinyml.layers.base import Layer
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.operation_counts import OperationCounts, input_counts, output_counts


class Linear(Layer):
    """Connects every input to every output by a weight.

    Forward:   Ŷ = Xw + b, with w = weightᵀ; without a bias (`bias=False`) Ŷ = Xw.
    Backward:  ∂ℓ/∂w = Xᵀ∇ (Law 1), ∂ℓ/∂b = Σₙ ∇ₙ, ∂ℓ/∂X = ∇wᵀ (Law 2), where ∇ = ∂ℓ/∂Ŷ.
    Shapes:    X (batch, input_dim), Ŷ (batch, output_dim), weight (output_dim, input_dim), bias (output_dim,).
    Errors:    ShapeError if an input, or a given weight or bias, has another shape.
    Source:    the chapter "Fully Connected Layers". The `initialiser` draws the initial weights; the
               initial biases are uniform in ±√(1 / input_dim).
    """

    connects = stackable = analytic = piecewise_affine = begins_unit = True
    elementwise = False
    reach = "all"
    unit_axes: ClassVar[Mapping[str, int]] = {"w": 1, "b": 0}
    input_axes: ClassVar[Mapping[str, int]] = {"w": 0}

    def __init__(
        self,
        name: str,
        input_dim: int,
        output_dim: int,
        *,
        weight: Array | None = None,
        bias: Array | bool | None = True,
        initialiser: Initialiser = library_uniform,
        rng: Generator | None = None,
    ) -> None:
        super().__init__(name)
        self.input_dim, self.output_dim = input_dim, output_dim
        who, start = f"Linear '{name}'", True if bias is None else bias
        self.weight, made = affine_parameters(who, (output_dim, input_dim), initialiser, rng, weight, start)
        self.takes_one = made is not None
        if made is not None:
            self.bias = made

    def parameters(self) -> dict[str, Parameter]:
        return {"w": self.weight, "b": self.bias} if self.takes_one else {"w": self.weight}

    def in_notation(self, name: str, tensor: Array) -> Array:
        # The library stores outputs × inputs, the chapter writes inputs × outputs.
        return tensor.T

    def forward_program(self, at: LayerBuffers) -> Program:
        """(w | b) times (X over a row of ones); without a bias w times X, as in the programs below."""
        x, affine, output = at.input_with_one, at.values[self.weight.block], at.output
        if at.as_one and at.shares_input and output.flags.c_contiguous:
            return product(_rows(affine), x, _rows(output))
        return product(affine, x, output)

    def parameter_program(self, at: LayerBuffers) -> Program:
        """∇ times (X over a row of ones)ᵀ: the last column of it is Σₙ ∇ₙ, the gradient of b."""
        x, upstream, gradient = at.input_with_one, at.output_gradient, at.gradients[self.weight.block]
        return product(upstream, x.swapaxes(-1, -2), gradient)

    def input_program(self, at: LayerBuffers) -> Program:
        # With the biases too, whose row is the gradient of the constant 1: leaving them out would copy the weights.
        affine = at.values[self.weight.block].swapaxes(-1, -2)
        return product(affine, at.output_gradient, at.input_gradient_with_one)

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        if input_shape != (self.input_dim,):
            raise ShapeError(
                f"Linear '{self.name}': expects {self.input_dim} inputs per sample, got samples of shape "
                f"{input_shape}; change input_dim, or the width of the layer before it."
            )
        return (self.output_dim,)

    def forward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        return (output_counts((self.output_dim,), self.input_dim + self.biased),)

    def backward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        return (*self.parameter_counts("parameter_gradients", batch), input_counts((self.input_dim,), self.output_dim))


def _rows(array: Array) -> Array:
    """Return an array as a matrix with all axes but the last merged, such as the weights of a stack in one matrix."""
    return array.reshape(prod(array.shape[:-1]), array.shape[-1])  # not −1, which is ambiguous for an empty batch
