"""Chance: what is drawn by a seeded generator, as arrays of the backend.

The generator is numpy's on a GPU too. So a seed gives the same weights, masks and order of samples on every machine;
cupy's own draws other numbers, and knows neither `normal` nor `permutation`.
"""

from numpy.random import Generator, default_rng

from tinyml.core.backend import Array, Backend

generator = default_rng


def uniform(rng: Generator, low: float, high: float, shape: int | tuple[int, ...]) -> Array:
    """Numbers that lie anywhere in [low, high) with one chance."""
    return Backend.asarray(rng.uniform(low, high, shape))


def normal(rng: Generator, deviation: float, shape: int | tuple[int, ...]) -> Array:
    """Numbers that lie around 0 with a standard deviation."""
    return Backend.asarray(rng.normal(0.0, deviation, shape))


def permutation(rng: Generator, count: int) -> Array:
    """The numbers from 0 to count − 1 in some order."""
    return Backend.asarray(rng.permutation(count))


__all__ = ["generator", "normal", "permutation", "uniform"]
