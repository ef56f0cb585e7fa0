"""Initialisers: functions that draw the initial values of a weight from a seeded generator.

An initialiser is called as `initialiser(shape, rng)`. A shape is (outputs, inputs, *kernel): fan_in = inputs · kernel
area is the number of inputs of one output, fan_out = outputs · kernel area the number of outputs that use one input.
"""

from collections.abc import Callable, Mapping
from math import prod, sqrt
from typing import Final

from numpy.random import Generator

from tinyml.core import Array, Backend, normal, uniform

Shape = tuple[int, ...]
Initialiser = Callable[[Shape, "Generator"], Array]


def fans(shape: Shape) -> tuple[int, int]:
    """Return (fan_in, fan_out) of a weight tensor; a vector has one output per entry."""
    if len(shape) < 2:
        return 1, prod(shape)
    area = prod(shape[2:])
    return shape[1] * area, shape[0] * area


def library_uniform(shape: Shape, rng: "Generator") -> Array:
    """Uniform in ±√(1 / fan_in), the default of the layers."""
    return _uniform(sqrt(1 / fans(shape)[0]), shape, rng)


def xavier_uniform(shape: Shape, rng: "Generator") -> Array:
    """Uniform in ±√(6 / (fan_in + fan_out)); Glorot and Bengio (2010), for tanh and the logistic function."""
    return _uniform(sqrt(6 / sum(fans(shape))), shape, rng)


def xavier_normal(shape: Shape, rng: "Generator") -> Array:
    """Normal with deviation √(2 / (fan_in + fan_out)); Glorot and Bengio (2010)."""
    return normal(rng, sqrt(2 / sum(fans(shape))), shape)


def he_uniform(shape: Shape, rng: "Generator") -> Array:
    """Uniform in ±√(6 / fan_in); He et al. (2015), for rectifiers."""
    return _uniform(sqrt(6 / fans(shape)[0]), shape, rng)


def he_normal(shape: Shape, rng: "Generator") -> Array:
    """Normal with deviation √(2 / fan_in); He et al. (2015)."""
    return normal(rng, sqrt(2 / fans(shape)[0]), shape)


# The initialisers without arguments, by name.
INITIALISERS: Final[Mapping[str, Initialiser]] = {
    rule.__name__: rule for rule in (library_uniform, xavier_uniform, xavier_normal, he_uniform, he_normal)
}


def constant(value: float) -> Initialiser:
    """Return an initialiser that sets every entry to `value`. Equal units stay equal: use it for biases."""

    def rule(shape: Shape, rng: "Generator") -> Array:  # noqa: ARG001 - every rule is called alike
        return Backend.full(shape, float(value))

    return rule


def _uniform(bound: float, shape: Shape, rng: "Generator") -> Array:
    return uniform(rng, -bound, bound, shape)


__all__ = [
    "INITIALISERS",
    "constant",
    "fans",
    "he_normal",
    "he_uniform",
    "library_uniform",
    "xavier_normal",
    "xavier_uniform",
]
