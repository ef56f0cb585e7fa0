"""What BatchNorm and LayerNorm share: numbers moved to mean 0 and variance 1, and the way back through both."""

from __future__ import annotations

from tinyml.core import Array, Backend
from tinyml.layers.site import Site


def normalize(at: Site, mean: Array, variance: Array, epsilon: float) -> Array:
    """x̂ = (x − mean) / √(variance + ε), kept at the site with the deviation √(variance + ε)."""
    values = normalized(at)
    deviation = at.scratch("deviation", mean.shape)
    Backend.sqrt(variance + epsilon, deviation)
    Backend.subtract(at.input, mean, values)
    Backend.divide(values, deviation, values)
    return values


def normalized(at: Site) -> Array:
    """The x̂ of the last forward pass."""
    return at.scratch("normalized", at.input.shape)


def go_back(at: Site, in_gradient: Array, axes: tuple[int, ...]) -> None:
    """From ∇ = ∂ℓ/∂x̂ to ∂ℓ/∂x = (∇ − mean ∇ − x̂ mean(∇ x̂)) / deviation, the means over `axes`; without axes, where
    mean and variance do not depend on x, ∇ / deviation.
    """
    values, deviation = normalized(at), at.scratch("deviation", ())
    if axes:
        with_values = (in_gradient * values).mean(axis=axes, keepdims=True)
        in_gradient = in_gradient - in_gradient.mean(axis=axes, keepdims=True) - values * with_values
    Backend.divide(in_gradient, deviation, at.input_gradient)
