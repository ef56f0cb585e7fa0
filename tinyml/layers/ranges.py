"""Between which numbers something lies, whatever the parameters are."""

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
        """Whether there is a number that it does not hold."""
        return self.lowest > -inf or self.highest < inf

    def within(self, other: Range) -> bool:
        """Whether `other` holds all of it."""
        return self.lowest >= other.lowest and self.highest <= other.highest

    def joined(self, value: float) -> Range:
        """The smallest range that holds this one and the value."""
        return Range(min(self.lowest, value), max(self.highest, value))

    def through(self, function: Callable[[float], float], *turns: float) -> Range:
        """What a continuous function makes of it, which turns round at most at `turns`. Infinite ends are passed to the
        function.
        """
        made = [function(z) for z in (*self, *(turn for turn in turns if self.lowest < turn < self.highest))]
        return Range(min(made), max(made))


EVERYTHING = Range()
# Chances, and shares of one.
UNIT = Range(0.0, 1.0)


def logistic(z: float) -> float:
    """σ(z) of one number, infinite ones too."""
    return 0.5 * (1 + tanh(z / 2))
