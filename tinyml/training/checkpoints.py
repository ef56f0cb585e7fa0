"""Moments of a training that are kept, so that those between them can be computed again."""

from __future__ import annotations

from bisect import bisect_right

from tinyml.core import TinymlError
from tinyml.learner.moments import Moment

# How many bytes of moments a training keeps, and how many hashes. The moments of a small network take about a kilobyte.
MOST_BYTES = 64 * 1024 * 1024
MOST_HASHES = 65_536


class ReplayError(TinymlError):
    """A moment that was computed again differs from the one that was: the training cannot be repeated, for instance
    because a layer draws random numbers that are no part of its state.
    """


class Checkpoints:
    """Moments by their steps, at most `most` bytes of them: where there are too many, every second of the older half is
    forgotten, so that the distance between them grows with their age. Their hashes are kept.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._moments: dict[int, Moment] = {}
        self._hashes: dict[int, bytes] = {}
        self.bytes = 0

    @property
    def steps(self) -> list[int]:
        """The steps of the kept moments, in ascending order."""
        return list(self._moments)

    def add(self, step: int, moment: Moment) -> None:
        """Keep a moment, of a later step than all others."""
        if step in self._moments:
            return
        self._moments[step] = moment
        self._hashes[step] = moment.digest
        self.bytes += moment.size
        while self.bytes > self._most and len(self._moments) > 2:
            older = self.steps[: max(3, len(self._moments) // 2)]
            for forgotten in older[1::2]:  # never the first
                self.bytes -= self._moments.pop(forgotten).size
        if len(self._hashes) > MOST_HASHES:
            for forgotten in list(self._hashes)[1 : MOST_HASHES // 2 : 2]:
                del self._hashes[forgotten]

    def before(self, step: int) -> tuple[int, Moment]:
        """The latest kept moment that is not after a step, with its own step."""
        steps = self.steps
        found = steps[bisect_right(steps, step) - 1]
        return found, self._moments[found]

    def known(self, start: int, end: int) -> list[int]:
        """The steps after `start` up to `end` whose hashes are known."""
        steps = list(self._hashes)
        return steps[bisect_right(steps, start) : bisect_right(steps, end)]

    def check(self, step: int, moment: Moment) -> None:
        """Raise ReplayError if a moment that was computed again is not the one that was."""
        if self._hashes[step] != moment.digest:
            raise ReplayError(f"Training step {step} was computed again, and its numbers differ from those before.")


__all__ = ["MOST_BYTES", "Checkpoints", "ReplayError"]
