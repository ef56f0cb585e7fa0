"""The results of one workload."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles

from benchmarks.competitor import Reach, Workload


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds per run by competitor or floor, one number per round."""

    workload: Workload
    times: dict[str, list[float]]

    @property
    def ours(self) -> str:
        """The name of the first competitor, the engine."""
        return self.workload.competitors[0].name

    def median(self, name: str) -> float | None:
        """The median over the rounds; None if it was not measured."""
        return median(self.times[name]) if name in self.times else None

    def ratio(self, reach: Reach) -> float | None:
        """The ratio of the two medians."""
        ours, other = self.median(self.ours), self.median(reach.against)
        return None if ours is None or other is None else reach.ratio(ours, other)

    def middle_half(self, reach: Reach) -> tuple[float, float] | None:
        """The range of the ratios of the single rounds, without the lowest and the highest quarter."""
        if self.ratio(reach) is None:
            return None
        pairs = zip(self.times[self.ours], self.times[reach.against], strict=True)
        low, _, high = quantiles([reach.ratio(ours, other) for ours, other in pairs], n=4)
        return low, high
