"""Batch normalization."""

from __future__ import annotations

from math import prod

from tinyml.core import Array, Backend, ShapeError
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.normalized import Normalization, go_back, normalize, normalize_together, normalized
from tinyml.layers.operation_counts import ResultCounts


class BatchNorm(Normalization):
    """Normalizes each feature to mean 0 and variance 1 over the batch, then applies a learned scale and shift.

    Forward:   y = γ x̂ + β, with x̂ = (x − μ) / √(σ² + ε). In training mode μ and σ² are computed over the batch (for
               images also over all pixels); in evaluation mode the running ones are used.
    Backward:  ∂ℓ/∂γ = Σ ∇ x̂, ∂ℓ/∂β = Σ ∇, and with g = γ∇: ∂ℓ/∂x = (g − mean g − x̂ mean(g x̂)) / √(σ² + ε);
               in evaluation mode ∂ℓ/∂x = g / √(σ² + ε).
    Shapes:    x and y (batch, features, …); γ and β (features,).
    Units:     `momentum` is the weight of the current batch in the running mean and (unbiased) variance.
    Errors:    ShapeError for another number of features.
    Source:    Ioffe and Szegedy (2015), Batch normalization; PyTorch's `BatchNorm1d` and `BatchNorm2d`.
    """

    reach = "channel"
    running_state = ("running_mean", "running_variance")
    shared_saved = frozenset({"mean", "variance"})

    def __init__(self, name: str, features: int, momentum: float = 0.1, epsilon: float = 1e-5) -> None:
        super().__init__(name, (features,), epsilon)
        self.features = features
        self.momentum = momentum
        self.running_mean = Backend.zeros(features)
        self.running_variance = Backend.ones(features)

    def buffers(self) -> dict[str, Array]:
        return {"running_mean": self.running_mean, "running_variance": self.running_variance}

    def gathered(self, input_shape: tuple[int, ...], batch: int) -> tuple[ResultCounts, int]:
        summed = prod(input_shape[1:]) * batch
        return ResultCounts("mean", (self.features,), summed if self.training else 0), summed

    def _normalize(self, at: LayerBuffers) -> None:
        x = at.input
        if self.training:
            values = normalize_together(at, tuple(range(1, x.ndim)), self.epsilon)
            mean, variance = at.scratch("mean", ()), at.scratch("variance", ())
            self._remember(mean.ravel(), variance.ravel(), x.size // self.features)
        else:
            mean, variance = self._along(self.running_mean, x), self._along(self.running_variance, x)
            values = normalize(at, mean, variance, self.epsilon)
        at.output[...] = self._along(at.values[self.gamma.block], x) * values + self._along(
            at.values[self.beta.block], x
        )

    def _learn(self, at: LayerBuffers) -> None:
        upstream, over = at.output_gradient, tuple(range(1, at.output_gradient.ndim))
        (upstream * normalized(at)).sum(axis=over, out=at.gradients[self.gamma.block])
        upstream.sum(axis=over, out=at.gradients[self.beta.block])

    def _go_back(self, at: LayerBuffers) -> None:
        inner = at.output_gradient * self._along(at.values[self.gamma.block], at.output_gradient)
        # The running statistics do not depend on x, so no gradient flows through them.
        over = tuple(range(1, inner.ndim)) if self.training else ()
        go_back(at, inner, over)

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        if input_shape[:1] != (self.features,):
            raise ShapeError(f"BatchNorm '{self.name}': expects {self.features} features, got {input_shape}.")
        return input_shape

    def _remember(self, mean: Array, variance: Array, count: int) -> None:
        unbiased = variance * (count / max(count - 1, 1))
        self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
        self.running_variance = (1 - self.momentum) * self.running_variance + self.momentum * unbiased

    @staticmethod
    def _along(vector: Array, like: Array) -> Array:
        """Return a vector with one entry per feature, reshaped to broadcast along the features of `like`."""
        return vector.reshape(-1, *(1,) * (like.ndim - 1))
