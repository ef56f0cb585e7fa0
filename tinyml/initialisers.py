"""How weights start: rules that draw a first tensor from a seeded generator.

A rule is called as `rule(shape, rng)`. A shape begins with the outputs, then the inputs; what follows belongs to a
kernel, whose area multiplies both: fan_in is how many numbers go into one output, fan_out how many outputs one number
goes into.
"""

from collections.abc import Callable, Mapping
from math import prod, sqrt
from typing import TYPE_CHECKING, Final

from tinyml.core import Array, Backend, normal, uniform

if TYPE_CHECKING:
    from numpy.random import Generator

Shape = tuple[int, ...]
Initialiser = Callable[[Shape, "Generator"], Array]


def fans(shape: Shape) -> tuple[int, int]:
    """(fan_in, fan_out) of a weight tensor; a vector has one output an entry."""
    if len(shape) < 2:
        return 1, prod(shape)
    area = prod(shape[2:])
    return shape[1] * area, shape[0] * area


def library_uniform(shape: Shape, rng: "Generator") -> Array:
    """The library's own: uniform in ±√(1 / fan_in)."""
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


# The rules that need no number of their own, by the names under which one can choose them.
INITIALISERS: Final[Mapping[str, Initialiser]] = {
    rule.__name__: rule for rule in (library_uniform, xavier_uniform, xavier_normal, he_uniform, he_normal)
}


def constant(value: float) -> Initialiser:
    """Every entry the same. Units that start alike stay alike, so this suits biases and demonstrations."""

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
