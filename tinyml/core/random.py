"""Random numbers of a seeded generator, as arrays of the backend.

The generator is numpy's on a GPU too, so that a seed gives the same weights, masks and order of samples on every
machine; cupy's generator draws other numbers and has neither `normal` nor `permutation`.
"""

from numpy.random import PCG64, Generator, SeedSequence, default_rng

from tinyml.core.backend import Array, Backend

generator = default_rng


def uniform(rng: Generator, low: float, high: float, shape: int | tuple[int, ...]) -> Array:
    """Return samples of the uniform distribution on [low, high)."""
    return Backend.asarray(rng.uniform(low, high, shape))


def normal(rng: Generator, deviation: float, shape: int | tuple[int, ...]) -> Array:
    """Return samples of the normal distribution with mean 0 and the given standard deviation."""
    return Backend.asarray(rng.normal(0.0, deviation, shape))


def permutation(count: int, seed: int, *key: int) -> Array:
    """Return the numbers from 0 to count − 1 in the random order that belongs to a seed and a key, such as that of an
    epoch.

    They are sorted by the raw 64-bit numbers of PCG64, seeded with `SeedSequence(seed, spawn_key=key)`. numpy promises
    that both stay the same in later versions; of `Generator.permutation` it does not. Another key has another stream,
    also than `generator(seed)`: an order by the numbers from which the rows were drawn would sort the rows.
    """
    raw = PCG64(SeedSequence(seed, spawn_key=key)).random_raw(count)
    return Backend.asarray(raw.argsort(kind="stable"))


__all__ = ["generator", "normal", "permutation", "uniform"]
