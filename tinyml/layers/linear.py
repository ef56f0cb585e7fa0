"""The fully connected layer."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod, sqrt
from typing import TYPE_CHECKING, ClassVar, cast

from tinyml.core import Array, Backend, Block, Parameter, Program, ShapeError, generator, uniform
from tinyml.core.special import product
from tinyml.initialisers import Initialiser, library_uniform
from tinyml.layers.linear_reasons import ExplainedLinear
from tinyml.layers.site import Site
from tinyml.layers.work import Work, input_work, output_work

if TYPE_CHECKING:
    from numpy.random import Generator


class Linear(ExplainedLinear):
    """Joins every input to every output by a weight.

    Forward:   Ŷ = Xw + b, with w = weightᵀ; without a bias (`bias=False`) Ŷ = Xw.
    Backward:  ∂ℓ/∂w = Xᵀ∇ (Law 1), ∂ℓ/∂b = Σₙ ∇ₙ, ∂ℓ/∂X = ∇wᵀ (Law 2), where ∇ = ∂ℓ/∂Ŷ.
    Shapes:    X (batch, input_dim), Ŷ (batch, output_dim), weight (output_dim, input_dim), bias (output_dim,).
    Errors:    ShapeError where an input, or a given weight or bias, has another shape.
    Source:    the chapter "Fully Connected Layers". The weights start as the `initialiser` draws them, the
               biases uniform in ±√(1 / input_dim).
    """

    connects = True
    stackable = True
    analytic = True
    piecewise_affine = True
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
        self.input_dim = input_dim
        self.output_dim = output_dim
        if input_dim < 1 or output_dim < 1:
            raise ShapeError(
                f"Linear '{name}': sizes must be at least 1, but {input_dim} inputs and {output_dim} outputs came."
            )
        if bias is True:
            bias = None
        if rng is None and (weight is None or bias is None):
            # Only where something is drawn: making a generator takes longer than all the rest here.
            rng = generator()
        weight = self._initial("weight", weight, (output_dim, input_dim), initialiser, rng)
        self.takes_one = bias is not False
        if bias is False:
            self.weight = self.build_param(weight)
        else:
            bias = self._initial("bias", bias, (output_dim,), self._initial_bias, rng)
            # The bias is one more column of the weights, so that one product with the inputs and a 1 does all.
            affine = Block(Backend.empty((output_dim, input_dim + 1), dtype=Backend.result_type(weight, bias)))
            self.weight = Parameter(weight, block=affine, place=(..., slice(input_dim)))
            self.bias = Parameter(bias, block=affine, place=(..., input_dim))

    def _initial_bias(self, shape: tuple[int, ...], rng: Generator) -> Array:
        # A bias by itself does not tell how many numbers go into an output.
        bound = sqrt(1 / self.input_dim)
        return uniform(rng, -bound, bound, shape)

    def _initial(
        self, what: str, given: Array | None, shape: tuple[int, ...], initialiser: Initialiser, rng: Generator | None
    ) -> Array:
        if given is None:
            return initialiser(shape, cast("Generator", rng))
        if given.shape != shape:
            raise ShapeError(
                f"Linear '{self.name}': {what} must have shape {shape}, but {given.shape} came; "
                f"give (output_dim, input_dim) for weight and (output_dim,) for bias."
            )
        return given

    def parameters(self) -> dict[str, Parameter]:
        return {"w": self.weight, "b": self.bias} if self.takes_one else {"w": self.weight}

    def in_notation(self, name: str, tensor: Array) -> Array:
        # The library keeps outputs × inputs, the chapter writes inputs × outputs: this is the one place where they
        # meet.
        return tensor.T

    def forward_program(self, at: Site) -> Program:
        """(w | b) times (X over a row of ones); without a bias w times X, as in the programs below."""
        x, affine, output = at.input_with_one, at.values[self.weight.block], at.output
        if at.as_one and at.shares_input and output.flags.c_contiguous:
            return [product(_rows(affine), x, _rows(output))]
        return [product(affine, x, output)]

    def parameter_program(self, at: Site) -> Program:
        """∇ times (X over a row of ones)ᵀ: the last column of it is Σₙ ∇ₙ, the gradient of b."""
        x, upstream, gradient = at.input_with_one, at.output_gradient, at.gradients[self.weight.block]
        return [product(upstream, x.swapaxes(-1, -2), gradient)]

    def input_program(self, at: Site) -> Program:
        # With the biases too, whose row is the gradient of the constant 1: leaving them out would copy the weights.
        affine = at.values[self.weight.block].swapaxes(-1, -2)
        return [product(affine, at.output_gradient, at.input_gradient_with_one)]

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        if input_shape != (self.input_dim,):
            raise ShapeError(
                f"Linear '{self.name}': expects {self.input_dim} inputs a sample, but samples of shape {input_shape} "
                f"came; change input_dim, or the width of the layer before it."
            )
        return (self.output_dim,)

    def forward_work(self, input_shape: tuple[int, ...], batch: int) -> tuple[Work, ...]:
        return (output_work((self.output_dim,), self.input_dim + self.biased),)

    def backward_work(self, input_shape: tuple[int, ...], batch: int) -> tuple[Work, ...]:
        return (
            *self.parameter_work("parameter_gradients", batch),
            input_work((self.input_dim,), self.output_dim),
        )


def _rows(array: Array) -> Array:
    """An array as a matrix, with all axes but the last in one: so the weights of a whole stack are one matrix."""
    return array.reshape(prod(array.shape[:-1]), array.shape[-1])  # not −1, which no samples leave open
