"""Layer normalization."""

from __future__ import annotations

from tinyml.core import Array, Backend, Parameter, ShapeError
from tinyml.layers.base import Layer
from tinyml.layers.normalized import Normalized, normalized


class LayerNorm(Layer):
    """Moves each sample to mean 0 and variance 1 over its numbers, then each number to a mean and width that are
    learnt.

    Forward:   y = γ x̂ + β, with x̂ = (x − μ) / √(σ² + ε), μ and σ² those of the sample.
    Backward:  ∂ℓ/∂γ = Σₙ ∇ x̂, ∂ℓ/∂β = Σₙ ∇, and with g = γ∇: ∂ℓ/∂x = (g − mean g − x̂ mean(g x̂)) / √(σ² + ε).
    Shapes:    x and y (batch, *input_dim); γ and β input_dim.
    Errors:    ShapeError for samples of another shape.
    Source:    Ba, Kiros and Hinton (2016), Layer normalization; PyTorch's `LayerNorm`.
    """

    elementwise = False

    def __init__(self, name: str, input_dim: int | tuple[int, ...], epsilon: float = 1e-5) -> None:
        super().__init__(name)
        self.input_dim = (input_dim,) if isinstance(input_dim, int) else tuple(input_dim)
        self.epsilon = epsilon
        self.gamma = self.build_param(Backend.ones(self.input_dim))
        self.beta = self.build_param(Backend.zeros(self.input_dim))
        self.normalized: Normalized | None = None

    def parameters(self) -> dict[str, Parameter]:
        return {"gamma": self.gamma, "beta": self.beta}

    def forward(self, input: Array) -> Array:
        self.output_shape(input.shape[1:])
        axes = tuple(range(1, input.ndim))
        mean, variance = input.mean(axis=axes, keepdims=True), input.var(axis=axes, keepdims=True)
        self.normalized = normalized(input, mean, variance, self.epsilon, axes)  # backward needs x̂
        return self.gamma.tensor * self.normalized.values + self.beta.tensor

    def backward(self, in_gradient: Array) -> Array:
        kept = self.recall(self.normalized)
        self.gamma.gradient = (in_gradient * kept.values).sum(axis=0)
        self.beta.gradient = in_gradient.sum(axis=0)
        return kept.back(in_gradient * self.gamma.tensor)

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        if input_shape != self.input_dim:
            raise ShapeError(
                f"LayerNorm '{self.name}': expects samples of shape {self.input_dim}, but {input_shape} came."
            )
        return input_shape
