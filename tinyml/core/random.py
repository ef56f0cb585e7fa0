"""Random numbers of a seeded generator, as arrays of the backend.

The generator is numpy's on a GPU too, so that a seed gives the same weights, masks and order of samples on every
machine; cupy's generator draws other numbers and has neither `normal` nor `permutation`.
"""

from numpy.random import Generator, default_rng

from tinyml.core.backend import Array, Backend

generator = default_rng


def uniform(rng: Generator, low: float, high: float, shape: int | tuple[int, ...]) -> Array:
    """Return samples of the uniform distribution on [low, high)."""
    return Backend.asarray(rng.uniform(low, high, shape))


def normal(rng: Generator, deviation: float, shape: int | tuple[int, ...]) -> Array:
    """Return samples of the normal distribution with mean 0 and the given standard deviation."""
    return Backend.asarray(rng.normal(0.0, deviation, shape))


def permutation(rng: Generator, count: int) -> Array:
    """Return the numbers from 0 to count − 1 in random order."""
    return Backend.asarray(rng.permutation(count))


__all__ = ["generator", "normal", "permutation", "uniform"]
