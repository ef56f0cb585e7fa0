"""The fully connected layer."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from tinyml.core import Array, Backend, Parameter, ShapeError
from tinyml.expression import product, total
from tinyml.initialisers import Initialiser, library_uniform
from tinyml.layers.base import Explained, Layer, Work

if TYPE_CHECKING:
    from numpy.random import Generator

    from tinyml.explain.scope import LayerScope


class Linear(Layer):
    """Joins every input to every output by a weight.

    Forward:   Ŷ = Xw + b, with w = weightᵀ.
    Backward:  ∂ℓ/∂w = Xᵀ∇ (Law 1), ∂ℓ/∂b = Σₙ ∇ₙ, ∂ℓ/∂X = ∇wᵀ (Law 2), where ∇ = ∂ℓ/∂Ŷ.
    Shapes:    X (batch, input_dim), Ŷ (batch, output_dim), weight (output_dim, input_dim), bias (output_dim,).
    Errors:    ShapeError where an input, or a given weight or bias, has another shape.
    Source:    the chapter "Fully Connected Layers". The weights start as the `initialiser` draws them, the
               biases uniform in ±√(1 / input_dim).
    """

    connects = True
    elementwise = False

    def __init__(
        self,
        name: str,
        input_dim: int,
        output_dim: int,
        *,
        weight: Array | None = None,
        bias: Array | None = None,
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
        rng = rng or Backend.random.default_rng()
        self.weight = self._initial("weight", weight, (output_dim, input_dim), initialiser, rng)
        self.bias = self._initial("bias", bias, (output_dim,), self._initial_bias, rng)
        self.input: Array | None = None

    def _initial_bias(self, shape: tuple[int, ...], rng: Generator) -> Array:
        # A bias by itself does not tell how many numbers go into an output.
        bound = sqrt(1 / self.input_dim)
        return rng.uniform(-bound, bound, shape)

    def _initial(
        self, what: str, given: Array | None, shape: tuple[int, ...], initialiser: Initialiser, rng: Generator
    ) -> Parameter:
        if given is None:
            return self.build_param(initialiser(shape, rng))
        if given.shape != shape:
            raise ShapeError(
                f"Linear '{self.name}': {what} must have shape {shape}, but {given.shape} came; "
                f"give (output_dim, input_dim) for weight and (output_dim,) for bias."
            )
        # Whole numbers could not be trained: an update would be cut to whole numbers again.
        return self.build_param(given if Backend.issubdtype(given.dtype, Backend.floating) else given.astype(float))

    def parameters(self) -> dict[str, Parameter]:
        return {"w": self.weight, "b": self.bias}

    def in_notation(self, name: str, tensor: Array) -> Array:
        # The library keeps outputs × inputs, the chapter writes inputs × outputs: this is the one place where they
        # meet.
        return tensor.T

    def forward(self, input: Array) -> Array:
        if input.shape[-1:] != (self.input_dim,):
            raise ShapeError(
                f"Linear '{self.name}': expects {self.input_dim} inputs a sample, but an array of shape "
                f"{input.shape} came; "
                f"change input_dim, or the width of the layer before it."
            )
        self.input = input  # backward needs X: ∂ℓ/∂w depends on it
        return input @ self.weight.tensor.T + self.bias.tensor

    def backward(self, in_gradient: Array) -> Array:
        self.weight.gradient = in_gradient.T @ self.recall(self.input)
        self.bias.gradient = in_gradient.sum(axis=0)
        return in_gradient @ self.weight.tensor

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        if input_shape != (self.input_dim,):
            raise ShapeError(
                f"Linear '{self.name}': expects samples of shape ({self.input_dim},), but {input_shape} came."
            )
        return (self.output_dim,)

    def forward_work(self, input_shape: tuple[int, ...]) -> Work:
        return Work("output", self.output_dim, self.input_dim + 1)

    def backward_work(self, input_shape: tuple[int, ...], batch: int) -> tuple[Work, ...]:
        return (
            Work("parameter_gradients", self.output_dim, (self.input_dim + 1) * batch),
            Work("input_gradient", self.input_dim, self.output_dim),
        )

    def update_work(self, input_shape: tuple[int, ...]) -> Work:
        return Work("next", self.output_dim, self.input_dim + 1)

    def explain_output(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        products = [product(scope.input(sample, j), scope.parameter("w", j, unit)) for j in range(self.input_dim)]
        return Explained("Ŷ = Xw + b", total([*products, scope.parameter("b", unit)]))

    def explain_input_gradient(self, scope: LayerScope, sample: int, unit: int) -> Explained:
        paths = [
            product(scope.output_gradient(sample, k), scope.parameter("w", unit, k)) for k in range(self.output_dim)
        ]
        return Explained("Law 2: ∂ℓ/∂X = ∇wᵀ", total(paths))

    def explain_parameter_gradient(self, scope: LayerScope, name: str, index: tuple[int, ...]) -> Explained:
        samples = range(scope.batch)
        if name == "b":
            return Explained(
                "∂ℓ/∂b = ∇, summed over the batch", total([scope.output_gradient(n, *index) for n in samples])
            )
        j, k = index
        return Explained(
            "Law 1: ∂ℓ/∂w = Xᵀ∇", total([product(scope.output_gradient(n, k), scope.input(n, j)) for n in samples])
        )
