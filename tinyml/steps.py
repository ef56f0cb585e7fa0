"""The order in which a training step happens, at four grains: pass, layer, node, term.

The finest grain, the term, is one product (or another single operation). A cursor counts the terms that are done: 0 is
before the first, the last stage's `end` is after the last. Everything is worked out from counts; no step is ever
enumerated, so a network of millions of weights costs as much as a small one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from tinyml.layers.base import Layer, Work

Phase = Literal["ready", "forward", "loss", "backward", "update"]
Grain = Literal["pass", "layer", "node", "term"]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of time in which one layer computes one quantity: `nodes` results of `terms` terms each.

    `computes` is output, loss, loss_gradient, parameter_gradients, input_gradient or next (the updated parameters).
    """

    phase: Phase
    layer: str
    computes: str
    nodes: int
    terms: int
    start: int

    @property
    def end(self) -> int:
        """The cursor when the stage is done."""
        return self.start + self.nodes * self.terms

    def done(self, cursor: int) -> int:
        """How many of the stage's nodes are complete at `cursor`."""
        return min(max(cursor - self.start, 0) // self.terms, self.nodes)


def stages(layers: Sequence[Layer], shapes: Sequence[tuple[int, ...]], batch: int) -> tuple[Stage, ...]:
    """The stages of one training step in order of time.

    `shapes` are those of one sample before the first layer and after each (`Sequential.shapes`).
    """
    placed: list[Stage] = []
    start = 0
    for phase, layer, work in _plan(layers, shapes, batch):
        placed.append(Stage(phase, layer, *work, start=start))
        start = placed[-1].end
    return tuple(placed)


def _plan(layers: Sequence[Layer], shapes: Sequence[tuple[int, ...]], batch: int) -> Iterator[tuple[Phase, str, Work]]:
    outputs = 1
    for size in shapes[-1]:
        outputs *= size
    for layer, shape in zip(layers, shapes, strict=False):
        yield "forward", layer.name, layer.forward_work(shape)
    yield "loss", "loss", Work("loss", 1, outputs * batch)
    yield "backward", "loss", Work("loss_gradient", outputs, 1)
    for layer, shape in zip(reversed(layers), reversed(shapes[:-1]), strict=True):
        for work in layer.backward_work(shape, batch):
            yield "backward", layer.name, work
    for layer, shape in zip(layers, shapes, strict=False):
        if layer.parameters():
            yield "update", layer.name, layer.update_work(shape)


def total(plan: Sequence[Stage]) -> int:
    """The cursor at the end of the training step."""
    return plan[-1].end


def phase_at(plan: Sequence[Stage], cursor: int) -> Phase:
    """The pass that the last term done belongs to; "ready" before the first."""
    return next((stage.phase for stage in plan if stage.start < cursor <= stage.end), "ready")


def end_of(plan: Sequence[Stage], phase: Phase) -> int:
    """The cursor when a pass is done; 0 for "ready"."""
    return max((stage.end for stage in plan if stage.phase == phase), default=0)


def move(plan: Sequence[Stage], cursor: int, by: Grain, count: int) -> int:
    """The cursor after `count` steps of a grain, negative ones backward; clamped to the training step at both ends.

    From the middle of a step, the first move ends it (or, backward, returns to its beginning).
    """
    if count > 0:
        return _position(plan, by, _ordinal(plan, by, cursor) + count)
    if count < 0:
        # The steps begun, rather than done: the middle of a step belongs to it.
        begun = _ordinal(plan, by, cursor - 1) + 1 if cursor > 0 else 0
        return _position(plan, by, max(begun + count, 0))
    return cursor


def _strides(plan: Sequence[Stage], by: Grain) -> list[tuple[int, int]]:
    """For each stage: how many steps of the grain end in it, and how many terms apart. Only its end counts from
    layer up.
    """
    if by == "term":
        return [(stage.nodes * stage.terms, 1) for stage in plan]
    if by == "node":
        return [(stage.nodes, stage.terms) for stage in plan]
    ends = [
        here.phase != after.phase or (by == "layer" and here.layer != after.layer) for here, after in pairwise(plan)
    ] + [True]
    return [(1 if last else 0, stage.nodes * stage.terms) for stage, last in zip(plan, ends, strict=True)]


def _ordinal(plan: Sequence[Stage], by: Grain, cursor: int) -> int:
    """How many steps of the grain are done at `cursor`."""
    return sum(
        min(max(cursor - stage.start, 0) // stride, steps)
        for stage, (steps, stride) in zip(plan, _strides(plan, by), strict=True)
    )


def _position(plan: Sequence[Stage], by: Grain, ordinal: int) -> int:
    """The cursor when `ordinal` steps of the grain are done."""
    if ordinal == 0:
        return 0
    for stage, (steps, stride) in zip(plan, _strides(plan, by), strict=True):
        if ordinal <= steps:
            return stage.start + ordinal * stride
        ordinal -= steps
    return total(plan)
