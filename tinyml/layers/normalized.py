"""What BatchNorm and LayerNorm share: numbers moved to mean 0 and variance 1, and the way back through both."""

from __future__ import annotations

from typing import NamedTuple

from tinyml.core import Array, Backend


class Normalized(NamedTuple):
    """Numbers of mean 0 and variance 1, and the deviation that they were divided by."""

    values: Array
    deviation: Array
    axes: tuple[int, ...]

    def back(self, in_gradient: Array) -> Array:
        """From ∂ℓ/∂values to ∂ℓ/∂x, through mean and variance: (∇ − mean ∇ − x̂ mean(∇ x̂)) / deviation."""
        along = in_gradient.mean(axis=self.axes, keepdims=True)
        with_values = (in_gradient * self.values).mean(axis=self.axes, keepdims=True)
        input_gradient: Array = (in_gradient - along - self.values * with_values) / self.deviation
        return input_gradient


def normalized(x: Array, mean: Array, variance: Array, epsilon: float, axes: tuple[int, ...]) -> Normalized:
    """(x − mean) / √(variance + ε), with all that the way back needs."""
    deviation = Backend.sqrt(variance + epsilon)
    return Normalized((x - mean) / deviation, deviation, axes)
