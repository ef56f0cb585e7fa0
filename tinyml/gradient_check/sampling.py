"""A sample of the numbers to check, drawn from a seed, with some of each parameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.random import Generator

from tinyml.core import Array, Backend
from tinyml.core.random import generator
from tinyml.gradient_check.movable import Movable


@dataclass(frozen=True, slots=True)
class Sample:
    """So many numbers, drawn from a seed; all if there are no more."""

    count: int
    seed: int


def drawn(movables: Sequence[Movable], sample: Sample) -> Array:
    """The numbers of a sample, ascending and without repetition; the same seed draws the same. Every parameter has an
    equal share; what a small one does not need is distributed among the others. If the sample has fewer numbers than
    there are parameters, that many parameters are drawn, with one number each.
    """
    rng = generator(sample.seed)
    found = [
        movable.start + rng.choice(movable.size, share, replace=False, shuffle=False)
        for movable, share in zip(movables, _shares([one.size for one in movables], sample.count, rng), strict=True)
    ]
    return Backend.asarray(sorted(int(number) for numbers in found for number in numbers), dtype=int)


def _shares(sizes: Sequence[int], count: int, rng: Generator) -> list[int]:
    """How many numbers are drawn of each."""
    shares = [0] * len(sizes)
    # The smallest first: what one does not need of its share is left for the larger ones. If not each can have a
    # number, chance decides who has one.
    order = rng.permutation(len(sizes)).tolist()
    if count >= len(sizes):
        order.sort(key=sizes.__getitem__)
    for left, which in zip(range(len(order), 0, -1), order, strict=True):
        shares[which] = min(sizes[which], count // left or min(count, 1))
        count -= shares[which]
    return shares
