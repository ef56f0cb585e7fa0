"""What a training step consists of: stages in order of time, each of so many nodes of so many terms.

The finest grain, the term, is one product (or another single operation). A cursor counts the terms that are done: 0 is
before the first, the last stage's `end` is after the last. Everything is worked out from counts; no step is ever
enumerated, so a network of millions of weights costs as much as a small one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from tinyml.layers import Layer
from tinyml.layers.work import Index, Results, Work

if TYPE_CHECKING:
    from tinyml.losses import Loss

Phase = Literal["ready", "forward", "loss", "backward", "update"]


class Part(NamedTuple):
    """What one term of a node belongs to: the `term`-th of the node's `entry`-th number of these results."""

    results: Results
    entry: int
    term: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of time in which one layer computes one quantity: `nodes` results of `terms` terms each.

    `computes` is output (before it mean and variance, where a layer normalizes), loss, loss_gradient,
    parameter_gradients, input_gradient or next (the updated parameters). `results` tells which numbers these are, by
    their refs.
    """

    phase: Phase
    layer: str
    computes: str
    nodes: int
    terms: int
    start: int
    results: tuple[Results, ...]

    @property
    def end(self) -> int:
        """The cursor when the stage is done."""
        return self.start + self.nodes * self.terms

    def done(self, cursor: int) -> int:
        """How many of the stage's nodes are complete at `cursor`."""
        return min(max(cursor - self.start, 0) // self.terms, self.nodes)

    def part(self, term: int) -> Part:
        """What the term of a node that is counted `term` belongs to."""
        for results in self.results:
            if term < results.each * results.terms:
                return Part(results, *divmod(term, results.terms))
            term -= results.each * results.terms
        raise IndexError(f"{self.layer}: a node of this stage has {self.terms} terms, counted from 0.")

    def refs(self, node: int, sample: int) -> Iterator[str]:
        """The numbers that a node computes, those of one sample where each sample has its own."""
        for results in self.results:
            for entry in range(results.each):
                ref = ref_of(results, node, entry, sample)
                if ref is not None:
                    yield ref

    def last_ref(self, node: int, sample: int) -> str:
        """The last of a node's numbers."""
        found = (ref_of(results, node, results.each - 1, sample) for results in reversed(self.results))
        return next(ref for ref in found if ref is not None)

    def computed(self, node: int) -> int:
        """How many numbers a node computes, of each sample where each has its own."""
        return sum(results.each for results in self.results if results.place(node, 0) is not None)


def ref_of(results: Results, node: int, entry: int, sample: int) -> str | None:
    """The ref of one number of a stage's results; None where there is none for the node."""
    index = results.place(node, entry)
    return None if index is None else written(results.name, (sample, *index) if results.sampled else index)


def written(name: str, index: Index) -> str:
    """A ref from its name and its index."""
    return f"{name}[{','.join(map(str, index))}]" if index else name


def stages(layers: Sequence[Layer], shapes: Sequence[tuple[int, ...]], batch: int, loss: Loss) -> tuple[Stage, ...]:
    """The stages of one training step in order of time.

    `shapes` are those of one sample before the first layer and after each (`Sequential.shapes`).
    """
    placed: list[Stage] = []
    start = 0
    for phase, layer, work in _plan(layers, shapes, batch, loss):
        placed.append(Stage(phase, layer, work.computes, work.nodes, work.terms, start, work.results))
        start = placed[-1].end
    return tuple(placed)


def _plan(
    layers: Sequence[Layer], shapes: Sequence[tuple[int, ...]], batch: int, loss: Loss
) -> Iterator[tuple[Phase, str, Work]]:
    for layer, shape in zip(layers, shapes, strict=False):
        for work in layer.forward_work(shape, batch):
            yield "forward", layer.name, _named(work, layer.name)
    value, gradient = loss.work(shapes[-1], batch)
    yield "loss", "loss", value
    yield "backward", "loss", _named(gradient, layers[-1].name)
    before = ["", *(layer.name for layer in layers[:-1])]
    for layer, shape, giver in zip(reversed(layers), reversed(shapes[:-1]), reversed(before), strict=True):
        for work in layer.backward_work(shape, batch):
            yield "backward", layer.name, _named(work, layer.name, giver)
    for layer in layers:
        for work in layer.update_work():
            yield "update", layer.name, _named(work, layer.name)


def _named(work: Work, layer: str, before: str = "") -> Work:
    """The work with its results under their full names: an input's gradient under that of what gave the input."""

    def full(name: str) -> str:
        if name == "input.grad":
            return f"{before}.output.grad" if before else "x.grad"
        return f"{layer}.{name}"

    return work._replace(results=tuple(part._replace(name=full(part.name)) for part in work.results))


def total(plan: Sequence[Stage]) -> int:
    """The cursor at the end of the training step."""
    return plan[-1].end


def phase_at(plan: Sequence[Stage], cursor: int) -> Phase:
    """The pass that the last term done belongs to; "ready" before the first."""
    return next((stage.phase for stage in plan if stage.start < cursor <= stage.end), "ready")


def end_of(plan: Sequence[Stage], phase: Phase) -> int:
    """The cursor when a pass is done; 0 for "ready"."""
    return max((stage.end for stage in plan if stage.phase == phase), default=0)
