"""Layer normalization."""

from __future__ import annotations

from math import prod

from tinyml.core import Backend, ShapeError
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.normalized import Normalization, go_back, normalize_together, normalized
from tinyml.layers.operation_counts import ResultCounts


class LayerNorm(Normalization):
    """Normalizes each sample to mean 0 and variance 1, then applies a learned scale and shift to each number.

    Forward:   y = γ x̂ + β, with x̂ = (x − μ) / √(σ² + ε), μ and σ² the mean and variance of the sample.
    Backward:  ∂ℓ/∂γ = Σₙ ∇ x̂, ∂ℓ/∂β = Σₙ ∇, and with g = γ∇: ∂ℓ/∂x = (g − mean g − x̂ mean(g x̂)) / √(σ² + ε).
    Shapes:    x and y (batch, *input_dim); γ and β input_dim.
    Errors:    ShapeError for samples of another shape.
    Source:    Ba, Kiros and Hinton (2016), Layer normalization; PyTorch's `LayerNorm`.
    """

    reach = "all"

    def __init__(self, name: str, input_dim: int | tuple[int, ...], epsilon: float = 1e-5) -> None:
        self.input_dim = (input_dim,) if isinstance(input_dim, int) else tuple(input_dim)
        super().__init__(name, self.input_dim, epsilon)

    def gathered(self, input_shape: tuple[int, ...], batch: int) -> tuple[ResultCounts, int]:
        return ResultCounts("mean", (), prod(input_shape), sampled=True), batch

    def _normalize(self, at: LayerBuffers) -> None:
        values = normalize_together(at, tuple(range(at.input.ndim - 1)), self.epsilon)
        Backend.multiply(at.values[self.gamma.block][..., None], values, at.output)
        Backend.add(at.output, at.values[self.beta.block][..., None], at.output)

    def _learn(self, at: LayerBuffers) -> None:
        (at.output_gradient * normalized(at)).sum(axis=-1, out=at.gradients[self.gamma.block])
        at.output_gradient.sum(axis=-1, out=at.gradients[self.beta.block])

    def _go_back(self, at: LayerBuffers) -> None:
        inner = at.output_gradient * at.values[self.gamma.block][..., None]
        go_back(at, inner, tuple(range(inner.ndim - 1)))

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        if input_shape != self.input_dim:
            raise ShapeError(f"LayerNorm '{self.name}': expects samples of shape {self.input_dim}, got {input_shape}.")
        return input_shape
