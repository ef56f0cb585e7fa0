"""Steps at four grains: counting, locating and moving, without enumeration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from tinyml.steps.stages import Stage, total

Grain = Literal["pass", "layer", "node", "term"]


@dataclass(frozen=True, slots=True)
class Place:
    """The position of a step: from one cursor to another, in one stage or, from layer up, in several.

    `node` counts within the stage where the step is one node or one of its terms, `term` within the node where it is
    one term.
    """

    number: int
    by: Grain
    before: int
    after: int
    stages: tuple[Stage, ...]
    node: int | None = None
    term: int | None = None

    @property
    def stage(self) -> Stage:
        """The stage, the first where there are several."""
        return self.stages[0]


def count(plan: Sequence[Stage], by: Grain) -> int:
    """How many steps of a grain the training step has."""
    return sum(steps for steps, _ in _strides(plan, by))


def steps_done(plan: Sequence[Stage], by: Grain, cursor: int) -> int:
    """How many steps of a grain are done at a cursor: the number of the current step, or of the next."""
    return sum(
        min(max(cursor - stage.start, 0) // stride, steps)
        for stage, (steps, stride) in zip(plan, _strides(plan, by), strict=True)
    )


def locate(plan: Sequence[Stage], by: Grain, number: int) -> Place:
    """Return the position of step `number` of a grain, counted from 0. Raises IndexError if there is none."""
    ordinal, first = number, 0
    for i, (stage, (steps, stride)) in enumerate(zip(plan, _strides(plan, by), strict=True)):
        if 0 <= ordinal < steps:
            if by in ("pass", "layer"):
                return Place(number, by, plan[first].start, stage.end, tuple(plan[first : i + 1]))
            before = stage.start + ordinal * stride
            node, term = divmod(ordinal, stage.terms) if by == "term" else (ordinal, None)
            return Place(number, by, before, before + stride, (stage,), node, term)
        ordinal -= steps
        first = i + 1 if steps else first
    raise IndexError(f"There is no step {number} by {by}: there are {count(plan, by)}, counted from 0.")


def move(plan: Sequence[Stage], cursor: int, by: Grain, count: int) -> int:
    """The cursor after `count` steps of a grain, negative ones backward; clamped to the training step at both ends.

    From the middle of a step, the first move ends it (or, backward, returns to its beginning).
    """
    crossed, there = across(plan, cursor, by, count)
    return there if crossed == 0 else total(plan) if crossed > 0 else 0


def across(plan: Sequence[Stage], cursor: int, by: Grain, count: int) -> tuple[int, int]:
    """Like `move`, but through consecutive training steps of the same plan: by how many of them `count` steps of a
    grain advance (negative: back), and the cursor there.

    Computed from counts, so a billion steps take no longer than one. Between two training steps, the cursor is at the
    end of the first.
    """
    if count == 0:
        return 0, cursor
    if count > 0 or cursor == 0:
        done = steps_done(plan, by, cursor) + count
    else:
        # The steps begun, rather than done: the middle of a step belongs to it.
        done = steps_done(plan, by, cursor - 1) + 1 + count
    steps = sum(number for number, _ in _strides(plan, by))
    crossed = (done - 1) // steps
    return crossed, _position(plan, by, done - crossed * steps)


def _strides(plan: Sequence[Stage], by: Grain) -> list[tuple[int, int]]:
    """For each stage: how many steps of the grain end in it, and their length in terms. From layer up only its end
    counts.
    """
    if by == "term":
        return [(stage.nodes * stage.terms, 1) for stage in plan]
    if by == "node":
        return [(stage.nodes, stage.terms) for stage in plan]
    ends = [
        here.phase != after.phase or (by == "layer" and here.layer != after.layer) for here, after in pairwise(plan)
    ] + [True]
    return [(1 if last else 0, stage.nodes * stage.terms) for stage, last in zip(plan, ends, strict=True)]


def _position(plan: Sequence[Stage], by: Grain, ordinal: int) -> int:
    """The cursor when `ordinal` steps of the grain are done."""
    if ordinal == 0:
        return 0
    for stage, (steps, stride) in zip(plan, _strides(plan, by), strict=True):
        if ordinal <= steps:
            return stage.start + ordinal * stride
        ordinal -= steps
    return total(plan)
