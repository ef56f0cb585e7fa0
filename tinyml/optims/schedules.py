"""Schedules: learning rates that follow from how many epochs or training steps there were."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from math import cos, inf, pi
from typing import ClassVar, Literal, NamedTuple

Unit = Literal["epoch", "step"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(ABC):
    """A rule for the learning rate η of a training step: from the first rate η₀, and from the number t of epochs, or of
    training steps, before it. `unit` says which of the two t counts.
    """

    type: ClassVar[str]
    unit: Unit = "epoch"

    @abstractmethod
    def rate(self, first: float, count: int) -> float:
        """Return η for η₀ and t."""

    def part(self, count: int) -> tuple[Schedule | None, int]:
        """Return the rule that applies at t, and the number that it counts. None is a constant rate."""
        return self, count


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSchedule(Schedule):
    """η = η₀ γ^⌊t/E⌋: after each `every`, E ≥ 1, the rate is multiplied by `factor`, γ ≥ 0. As PyTorch's `StepLR`."""

    type = "step"
    every: int
    factor: float = 0.1

    def rate(self, first: float, count: int) -> float:
        try:
            return first * float(self.factor) ** (count // self.every)
        except OverflowError:
            return first * inf


@dataclass(frozen=True, slots=True, kw_only=True)
class CosineSchedule(Schedule):
    """η = η_min + (η₀ − η_min)(1 + cos(π t/T))/2 while t ≤ T: down to `least`, η_min ≥ 0, within `over`, T ≥ 1. Then it
    stays there, where PyTorch's `CosineAnnealingLR`, equal until then, rises again.
    """

    type = "cosine"
    over: int
    least: float = 0.0

    def rate(self, first: float, count: int) -> float:
        return self.least + (first - self.least) * (1 + cos(pi * min(count, self.over) / self.over)) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUpSchedule(Schedule):
    """η = η₀ (s + (1 − s) t/W) while t < W: up from a share of η₀, `start_factor`, s in [0, 1], within `over`, W ≥ 1.
    Then the rate is η₀, or follows another schedule `after`, which counts from here. As PyTorch's `LinearLR`, and its
    `SequentialLR` of both.
    """

    type = "warm_up"
    over: int
    start_factor: float = 1 / 3
    after: Schedule | None = None

    def rate(self, first: float, count: int) -> float:
        if count < self.over:
            return first * (self.start_factor + (1 - self.start_factor) * count / self.over)
        return first if self.after is None else self.after.rate(first, count - self.over)

    def part(self, count: int) -> tuple[Schedule | None, int]:
        if count < self.over:
            return self, count
        rest = count - self.over
        return (None, rest) if self.after is None else self.after.part(rest)


class Rate(NamedTuple):
    """The learning rate of a training step: `value`, η, from `first`, η₀, and the `schedule`, if there is one. `passed`
    is the number t of epochs or training steps before it, as the schedule counts them.
    """

    value: float
    first: float
    schedule: Schedule | None = None
    passed: int = 0


# The epochs and the training steps before one, both counted over the whole training.
Place = tuple[int, int]
