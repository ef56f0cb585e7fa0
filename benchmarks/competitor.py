"""A workload with its competitors, its target, and its floor, below which no implementation can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]
Numbers = dict[str, Array]


def nothing() -> None:
    """Most runners have nothing to close."""


@dataclass(frozen=True, slots=True)
class Runner:
    """One competitor, ready to start.

    `run`      does the work once; it is this that is timed.
    `numbers`  the results of the work so far, under the same names for all competitors.
    `timed`    does the work so often and returns the seconds, for a competitor that measures its own time.
    `close`    ends whatever the runner has started.
    """

    run: Callable[[], object]
    numbers: Callable[[], Numbers]
    timed: Callable[[int], float] | None = None
    close: Callable[[], None] = nothing


@dataclass(frozen=True, slots=True)
class Competitor:
    """A competitor: `make` returns a runner at the common start, `missing` says why there is none."""

    name: str
    make: Callable[[], Runner] | None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """The target ratio to another competitor: how many times `faster`, or else at most which share of its time."""

    against: str
    figure: float
    faster: bool = True

    def ratio(self, ours: float, other: float) -> float:
        """The ratio of two times, in the direction of the target."""
        return other / ours if self.faster else ours / other

    def reached(self, ratio: float) -> bool:
        """Whether the ratio reaches the target."""
        return ratio >= self.figure if self.faster else ratio <= self.figure

    def __str__(self) -> str:
        return f"≥ {self.figure:g} × faster" if self.faster else f"≤ {self.figure:.2f} of its time"


@dataclass(frozen=True, slots=True)
class Floor:
    """A part of the work that every implementation must do, measured alone."""

    name: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Workload:
    """One piece of work. The first competitor is ours; without `reaches` it is measured for information.

    `steps`      how often each does the work before the numbers are compared, to `tolerance`.
    `per`        how many equal things one run does at once, for times that are given per thing.
    """

    key: str
    title: str
    competitors: tuple[Competitor, ...]
    reaches: tuple[Reach, ...] = ()
    floors: tuple[Floor, ...] = ()
    steps: int = 3
    tolerance: float = 1e-10
    per: int = 1
