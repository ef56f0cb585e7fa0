"""The loss of each training step, thinned where there are too many."""

from __future__ import annotations

from tinyml.core import Array, Backend


class Curve:
    """Numbers at the steps 0, `stride`, 2 · `stride`, …: at first of every step, and once there are more than `most` of
    every second, fourth, and so on. Half of the numbers are thinned out at a time.
    """

    def __init__(self, most: int) -> None:
        self._most = max(2, most)
        self._kept = Backend.empty(min(self._most, 1024))
        self.stride = 1
        self.length = 0  # of the whole curve, in steps

    @property
    def kept(self) -> Array:
        """The numbers that are kept: a view."""
        return self._kept[: -(-self.length // self.stride)]

    def extend(self, numbers: Array) -> None:
        """Append the numbers of the following steps."""
        for start in range(0, len(numbers), self._most):
            self._extend(numbers[start : start + self._most])

    def _extend(self, numbers: Array) -> None:
        while True:
            count = -(-self.length // self.stride)
            added = numbers[count * self.stride - self.length :: self.stride]
            if count + len(added) <= self._most:
                break
            thinned = self._kept[:count:2].copy()
            self._kept[: len(thinned)] = thinned
            self.stride *= 2
        if count + len(added) > len(self._kept):
            wider = Backend.empty(min(self._most, 2 * (count + len(added))))
            wider[:count] = self._kept[:count]
            self._kept = wider
        self._kept[count : count + len(added)] = added
        self.length += len(numbers)

    def between(self, start: int, end: int, most: int) -> tuple[Array, Array]:
        """Of the steps from `start` to before `end` at most so many, evenly: their places, and their numbers."""
        first = -(-start // self.stride)
        last = min(-(-end // self.stride), len(self.kept))
        places = Backend.arange(first, max(first, last))[:: max(1, -(-(last - first) // max(most, 1)))]
        return places * self.stride, self.kept[places]


__all__ = ["Curve"]
