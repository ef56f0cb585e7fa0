"""The base class of BatchNorm and LayerNorm."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import cache
from math import prod
from typing import Any, ClassVar, NamedTuple

from tinyml.core import Array, Backend, Parameter, Program, overflow_allowed
from tinyml.layers.base import Layer
from tinyml.layers.buffers import LayerBuffers, samples_first
from tinyml.layers.operation_counts import OperationCounts, ResultCounts, input_counts


class Normalization(Layer):
    """A layer that normalizes numbers to mean 0 and variance 1, then scales them by γ and shifts them by β.

    Subclasses define the numbers that are normalized together: in `_normalize`, `_learn` and `_go_back`.
    """

    elementwise = False
    letters: ClassVar[Mapping[str, str]] = {
        "gamma": "γ",
        "beta": "β",
        "mean": "μ",
        "variance": "σ²",
        "normalized": "x̂",
        "running_mean": "μ̄",
        "running_variance": "σ̄²",
    }

    def __init__(self, name: str, shape: tuple[int, ...], epsilon: float) -> None:
        super().__init__(name)
        self.epsilon = epsilon
        self.gamma = self.build_param(Backend.ones(shape))
        self.beta = self.build_param(Backend.zeros(shape), is_bias=True)

    def parameters(self) -> dict[str, Parameter]:
        return {"gamma": self.gamma, "beta": self.beta}

    def forward_program(self, at: LayerBuffers) -> Program:
        return [(self._normalize, at)]

    def saved(self, at: LayerBuffers) -> dict[str, Array]:
        mean, variance = at.scratch("mean", ()).reshape(-1), at.scratch("variance", ()).reshape(-1)
        return {"mean": mean, "variance": variance, "normalized": samples_first(normalized(at))}

    def parameter_program(self, at: LayerBuffers) -> Program:
        return [(self._learn, at)]

    def input_program(self, at: LayerBuffers) -> Program:
        return [(self._go_back, at)]

    @abstractmethod
    def gathered(self, input_shape: tuple[int, ...], batch: int) -> tuple[ResultCounts, int]:
        """Return the counts of the means (the variances have the same) in a training pass, with the number of terms of
        each, and the number of terms of a parameter's gradient. 0 terms mean that mean and variance are given.
        """

    def normalized_over(self, input_shape: tuple[int, ...], batch: int) -> int | None:
        # Without terms, mean and variance are given.
        return self.gathered(input_shape, batch)[0].terms or None

    def forward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        mean, _ = self.gathered(input_shape, batch)
        # x̂, and then γx̂ + β.
        moved = (
            ResultCounts("normalized", input_shape, 1, sampled=True),
            ResultCounts("output", input_shape, 2, sampled=True),
        )
        output = OperationCounts("output", prod(input_shape), moved)
        if not mean.terms:
            return (output,)
        nodes = prod(mean.shape)
        variance = OperationCounts("variance", nodes, (mean._replace(name="variance"),))
        return OperationCounts("mean", nodes, (mean,)), variance, output

    def backward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        mean, summed = self.gathered(input_shape, batch)
        learning = self.parameter_counts("parameter_gradients", summed)
        return (*learning, input_counts(input_shape, max(1, mean.terms)))

    def reads(self, computes: str) -> tuple[str, ...]:
        # The gradients are functions of x̂, which the forward pass has stored.
        own = {"input_gradient": ("gamma",), "parameter_gradients": ()}
        return own[computes] if computes in own else super().reads(computes)

    @abstractmethod
    def _normalize(self, at: LayerBuffers) -> None:
        """Compute the output from the input."""

    @abstractmethod
    def _learn(self, at: LayerBuffers) -> None:
        """Compute the gradients of γ and β."""

    @abstractmethod
    def _go_back(self, at: LayerBuffers) -> None:
        """Compute the gradient of the input."""


class Scaled(NamedTuple):
    """Numbers divided by a power of two near the maximum of each group, which changes no digit: x / s, ε / s² and the
    exponent of s. Their squares are in the range of the dtype for any x.
    """

    x: Array
    epsilon: Array
    exponent: Array

    def back(self, values: Array, power: int = 1) -> Array:
        """Return the values times s to that power."""
        multiplied: Array = Backend.ldexp(values, power * self.exponent)
        return multiplied


def scaled(x: Array, over: tuple[int, ...], epsilon: float) -> Scaled:
    """Scale the numbers of each group, which are along the axes `over`."""
    largest = Backend.maximum(Backend.abs(x).max(axis=over, keepdims=True), epsilon**0.5)
    # ∞ and NaN are unchanged for any s.
    exponent = Backend.frexp(Backend.where(Backend.isfinite(largest), largest, 1))[1] - 1
    epsilons = Backend.full(largest.shape, epsilon, dtype=x.dtype)
    return Scaled(Backend.ldexp(x, -exponent), Backend.ldexp(epsilons, -2 * exponent), exponent)


def squares_in_range(sums: Array) -> bool:
    """Return whether means of squares, each with ε added, are accurate: none is infinite, NaN, or so small that its
    squares have lost significant digits.
    """
    lowest, highest = _limits(sums.dtype)
    return bool(lowest <= sums.min() and sums.max() <= highest)


@cache
def _limits(dtype: Any) -> tuple[float, float]:
    """Return the bounds between which sums of squares are accurate."""
    of = Backend.finfo(dtype)
    return float(of.tiny) / float(of.eps), float(of.max)


def normalize_together(at: LayerBuffers, over: tuple[int, ...], epsilon: float) -> Array:
    """Return x̂ of the numbers along the axes `over`, by their mean and variance, and store them like `normalize`."""
    x = at.input
    with overflow_allowed():
        mean, variance = x.mean(axis=over, keepdims=True), x.var(axis=over, keepdims=True)
    if squares_in_range(variance + epsilon):
        return normalize(at, mean, variance, epsilon)
    with overflow_allowed():
        own = scaled(x, over, epsilon)
        mean, variance = own.x.mean(axis=over, keepdims=True), own.x.var(axis=over, keepdims=True)
        deviation = Backend.sqrt(variance + own.epsilon)
        at.scratch("mean", mean.shape)[...] = own.back(mean)
        at.scratch("variance", mean.shape)[...] = own.back(variance, 2)
        at.scratch("deviation", mean.shape)[...] = own.back(deviation)
    values = normalized(at)
    Backend.divide(own.x - mean, deviation, values)
    return values


def normalize(at: LayerBuffers, mean: Array, variance: Array, epsilon: float) -> Array:
    """Return x̂ = (x − mean) / √(variance + ε); it is stored in the buffers with mean, variance and the deviation."""
    values = normalized(at)
    at.scratch("mean", mean.shape)[...] = mean
    at.scratch("variance", variance.shape)[...] = variance
    deviation = at.scratch("deviation", mean.shape)
    Backend.sqrt(variance + epsilon, deviation)
    Backend.subtract(at.input, mean, values)
    Backend.divide(values, deviation, values)
    return values


def normalized(at: LayerBuffers) -> Array:
    """Return the x̂ of the last forward pass."""
    return at.scratch("normalized", at.input.shape)


def go_back(at: LayerBuffers, in_gradient: Array, axes: tuple[int, ...]) -> None:
    """Compute ∂ℓ/∂x = (∇ − mean ∇ − x̂ mean(∇ x̂)) / deviation from ∇ = ∂ℓ/∂x̂, with the means over `axes`; without
    axes, if mean and variance do not depend on x, ∂ℓ/∂x = ∇ / deviation.
    """
    values, deviation = normalized(at), at.scratch("deviation", ())
    if axes:
        with_values = (in_gradient * values).mean(axis=axes, keepdims=True)
        in_gradient = in_gradient - in_gradient.mean(axis=axes, keepdims=True) - values * with_values
    Backend.divide(in_gradient, deviation, at.input_gradient)
