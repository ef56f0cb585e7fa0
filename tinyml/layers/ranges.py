"""Ranges of numbers, for outputs with any values of the parameters."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, tanh
from typing import NamedTuple


class Range(NamedTuple):
    """All numbers from `lowest` to `highest`, both included; an end may be infinite."""

    lowest: float = -inf
    highest: float = inf

    @property
    def bounded(self) -> bool:
        """Whether the range excludes any number."""
        return self.lowest > -inf or self.highest < inf

    def within(self, other: Range) -> bool:
        """Return whether `other` includes the whole range."""
        return self.lowest >= other.lowest and self.highest <= other.highest

    def joined(self, value: float) -> Range:
        """Return the smallest range that includes this one and the value."""
        return Range(min(self.lowest, value), max(self.highest, value))

    def through(self, function: Callable[[float], float], *turns: float) -> Range:
        """Return the image of the range under a continuous function with local extrema at most at `turns`. Infinite
        ends are passed to the function.
        """
        made = [function(z) for z in (*self, *(turn for turn in turns if self.lowest < turn < self.highest))]
        return Range(min(made), max(made))


EVERYTHING = Range()
# Probabilities.
UNIT = Range(0.0, 1.0)


def logistic(z: float) -> float:
    """Return σ(z) of one number, which may be infinite."""
    return 0.5 * (1 + tanh(z / 2))
