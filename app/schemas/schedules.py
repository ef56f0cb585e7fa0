"""The schedules of learning rates in documents."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, Literal

from pydantic import Field

from app import limits
from app.schemas.base import NotNegative, Strict, at_most
from tinyml.optims import CosineSchedule, Schedule, StepSchedule, WarmUpSchedule

# A number of epochs or training steps.
Span = Annotated[int, Field(ge=1, le=limits.MAX_EPOCH), at_most("MAX_EPOCH")]
Fraction = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Unit = Literal["epoch", "step"]


class ScheduleSchema(Strict):
    """How the learning rate of a training step follows from how many epochs or training steps there were before it."""

    type: str

    @abstractmethod
    def build(self, unit: Unit = "epoch") -> Schedule:
        """Return the schedule, which counts epochs or training steps."""


class StepRule(ScheduleSchema):
    """The rate is multiplied by `factor` after each `every`."""

    type: Literal["step"]
    every: Span
    factor: NotNegative = 0.1

    def build(self, unit: Unit = "epoch") -> Schedule:
        return StepSchedule(unit=unit, every=self.every, factor=self.factor)


class CosineRule(ScheduleSchema):
    """The rate falls to `least` within `over`, along half a wave of the cosine, and stays there."""

    type: Literal["cosine"]
    over: Span
    least: NotNegative = 0.0

    def build(self, unit: Unit = "epoch") -> Schedule:
        return CosineSchedule(unit=unit, over=self.over, least=self.least)


class StepScheduleSchema(StepRule):
    """The rate is multiplied by `factor` after each `every` epochs, or training steps."""

    unit: Unit = "epoch"

    def build(self, unit: Unit = "epoch") -> Schedule:
        return super().build(self.unit)


class CosineScheduleSchema(CosineRule):
    """The rate falls to `least` within `over` epochs, or training steps, along half a wave of the cosine; then it stays
    there.
    """

    unit: Unit = "epoch"

    def build(self, unit: Unit = "epoch") -> Schedule:
        return super().build(self.unit)


class WarmUpScheduleSchema(ScheduleSchema):
    """The rate rises from `start_factor` times itself within `over` epochs, or training steps; from then on it follows
    `after`, which counts from there, or stays as it is.
    """

    type: Literal["warm_up"]
    over: Span
    start_factor: Fraction = 1 / 3
    unit: Unit = "epoch"
    after: Annotated[StepRule | CosineRule, Field(discriminator="type")] | None = None

    def build(self, unit: Unit = "epoch") -> Schedule:
        after = None if self.after is None else self.after.build(self.unit)
        return WarmUpSchedule(unit=self.unit, over=self.over, start_factor=self.start_factor, after=after)


AnySchedule = Annotated[StepScheduleSchema | CosineScheduleSchema | WarmUpScheduleSchema, Field(discriminator="type")]
# The fields whose value is a schedule, and the types that pydantic adds to the locations of errors within.
FIELDS, TYPES = ("schedule", "after"), ("step", "cosine", "warm_up")
