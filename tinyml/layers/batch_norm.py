"""Batch normalization."""

from __future__ import annotations

from tinyml.core import Array, Backend, Parameter, ShapeError
from tinyml.layers.base import Layer
from tinyml.layers.normalized import Normalized, normalized


class BatchNorm(Layer):
    """Moves each feature to mean 0 and variance 1 over the batch, then to a mean and a width that are learnt.

    Forward:   y = γ x̂ + β, with x̂ = (x − μ) / √(σ² + ε). In training μ and σ² are those of the batch, for images over
               all places too; when predicting they are the running ones.
    Backward:  ∂ℓ/∂γ = Σ ∇ x̂, ∂ℓ/∂β = Σ ∇, and with g = γ∇: ∂ℓ/∂x = (g − mean g − x̂ mean(g x̂)) / √(σ² + ε);
               when predicting ∂ℓ/∂x = g / √(σ² + ε).
    Shapes:    x and y (batch, features, …); γ and β (features,).
    Units:     `momentum` is the weight of the newest batch in the running mean and (unbiased) variance.
    Errors:    ShapeError for another number of features.
    Source:    Ioffe and Szegedy (2015), Batch normalization; PyTorch's `BatchNorm1d` and `BatchNorm2d`.
    """

    elementwise = False

    def __init__(self, name: str, features: int, momentum: float = 0.1, epsilon: float = 1e-5) -> None:
        super().__init__(name)
        self.features = features
        self.momentum = momentum
        self.epsilon = epsilon
        self.gamma = self.build_param(Backend.ones(features))
        self.beta = self.build_param(Backend.zeros(features))
        self.running_mean = Backend.zeros(features)
        self.running_variance = Backend.ones(features)
        self.normalized: Normalized | None = None

    def parameters(self) -> dict[str, Parameter]:
        return {"gamma": self.gamma, "beta": self.beta}

    def buffers(self) -> dict[str, Array]:
        return {"running_mean": self.running_mean, "running_variance": self.running_variance}

    def forward(self, input: Array) -> Array:
        self.output_shape(input.shape[1:])
        axes = (0, *range(2, input.ndim))
        if self.training:
            mean, variance = input.mean(axis=axes, keepdims=True), input.var(axis=axes, keepdims=True)
            self._remember(mean.ravel(), variance.ravel(), input.size // self.features)
        else:
            mean, variance = self._along(self.running_mean, input), self._along(self.running_variance, input)
            axes = ()  # the running numbers do not depend on x, so nothing flows back through them
        self.normalized = normalized(input, mean, variance, self.epsilon, axes)  # backward needs x̂
        return self._along(self.gamma.tensor, input) * self.normalized.values + self._along(self.beta.tensor, input)

    def backward(self, in_gradient: Array) -> Array:
        kept = self.recall(self.normalized)
        over = (0, *range(2, in_gradient.ndim))
        self.gamma.gradient = (in_gradient * kept.values).sum(axis=over)
        self.beta.gradient = in_gradient.sum(axis=over)
        inner = in_gradient * self._along(self.gamma.tensor, in_gradient)
        return kept.back(inner) if kept.axes else inner / kept.deviation

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        if input_shape[:1] != (self.features,):
            raise ShapeError(f"BatchNorm '{self.name}': expects {self.features} features, but {input_shape} came.")
        return input_shape

    def _remember(self, mean: Array, variance: Array, count: int) -> None:
        unbiased = variance * (count / max(count - 1, 1))
        self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
        self.running_variance = (1 - self.momentum) * self.running_variance + self.momentum * unbiased

    @staticmethod
    def _along(vector: Array, like: Array) -> Array:
        """One number a feature, shaped to meet the features of `like`."""
        return vector.reshape(-1, *(1,) * (like.ndim - 2))
