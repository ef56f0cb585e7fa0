"""The stages of a training step in order of time, each with a number of nodes and terms per node.

The finest grain, the term, is one product (or another single operation). A cursor counts the terms that are done: 0 is
before the first, the last stage's `end` is after the last. Everything is computed from counts without enumerating
steps, so a network with millions of weights costs as much as a small one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from tinyml.core import Index
from tinyml.layers import Layer
from tinyml.layers.buffers import Shape
from tinyml.layers.operation_counts import OperationCounts, ResultCounts
from tinyml.layers.topology import Topology
from tinyml.losses import Loss

Phase = Literal["ready", "forward", "loss", "backward", "update"]


class Part(NamedTuple):
    """The position of one term of a node: the `term`-th of the node's `entry`-th number of these results."""

    results: ResultCounts
    entry: int
    term: int


class Settled(NamedTuple):
    """A tensor without a step: its numbers are known together with those of the results `by` with the same index or,
    if `by` is None, when the stage is complete.
    """

    name: str
    by: str | None


class Stage(NamedTuple):
    """The part of a training step in which one layer computes one quantity: `nodes` results of `terms` terms each.

    `computes` is output (before it mean and variance, where a layer normalizes), loss (before it probabilities, where
    it goes through them), loss_gradient, parameter_gradients, input_gradient or next (the updated parameters). `own`
    lists these numbers under the names that the layer called `owner` uses, and `giver` is the
    layer whose output is its input.
    `reading` are the parameters, and `input`, whose values its formulas are made of (`Layer.reads`, `Loss.reads`).
    """

    phase: Phase
    layer: str
    computes: str
    nodes: int
    terms: int
    start: int
    own: tuple[ResultCounts, ...]
    owner: str = ""
    giver: str = ""
    reading: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The name of the tensor that the layer, or the loss, takes as its input: `x`, or `relu_1.output`."""
        return f"{self.giver}.output" if self.giver else "x"

    @property
    def reads(self) -> tuple[str, ...]:
        """The names of the tensors in `reading`, such as `x`, `relu_1.output` or `fc_1.w`."""
        if self.layer == "loss":
            return tuple(self.source if name == "input" else name for name in self.reading)
        return tuple(self.source if name == "input" else f"{self.owner}.{name}" for name in self.reading)

    @property
    def results(self) -> tuple[ResultCounts, ...]:
        """The refs of the computed numbers; an input's gradient has the name of the layer that the input comes from."""
        return tuple([ResultCounts(self._full(part.name), *part[1:]) for part in self.own])

    @property
    def settles(self) -> tuple[Settled, ...]:
        """The numbers without a step that are known together with those of this stage."""
        match self.computes:
            case "loss":
                return (Settled("loss.grad", "loss"),)
            case "loss_gradient":
                # ∂ℓ/∂y and, where the loss makes p of the output, ∂ℓ/∂p, each at the place of the output.
                names = (f"{name}.grad" for name in ("y", "loss.p") if name in self.reading)
                return tuple(Settled(name, f"{self.owner}.output.grad") for name in names)
            case "parameter_gradients" if any(part.name == "b.grad" for part in self.own):
                # The bias node's: Σₖ ∇ₖ bₖ needs the gradient of every output of the layer.
                return (Settled(f"{self.owner}.one.grad", None),)
        return ()

    def _full(self, name: str) -> str:
        if name == "input.grad":
            return f"{self.source}.grad"
        return f"{self.owner}.{name}" if self.owner else name

    @property
    def end(self) -> int:
        """The cursor when the stage is done."""
        return self.start + self.nodes * self.terms

    def done(self, cursor: int) -> int:
        """How many of the stage's nodes are complete at `cursor`."""
        return min(max(cursor - self.start, 0) // self.terms, self.nodes)

    def part(self, term: int) -> Part:
        """Return the position of term `term` of a node."""
        for results in self.results:
            if term < results.each * results.terms:
                return Part(results, *divmod(term, results.terms))
            term -= results.each * results.terms
        raise IndexError(f"{self.layer}: a node of this stage has {self.terms} terms, counted from 0.")

    def refs(self, node: int, sample: int) -> Iterator[str]:
        """The numbers that a node computes; those of one sample if each sample has its own."""
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
        """How many numbers a node computes; per sample if each has its own."""
        return sum(results.each for results in self.results if results.place(node, 0) is not None)


def ref_of(results: ResultCounts, node: int, entry: int, sample: int) -> str | None:
    """The ref of one number of a stage's results; None if the node has none."""
    index = results.place(node, entry)
    return None if index is None else written(results.name, (sample, *index) if results.sampled else index)


def written(name: str, index: Index) -> str:
    """A ref from its name and its index."""
    return f"{name}[{','.join(map(str, index))}]" if index else name


def stages(
    layers: Sequence[Layer], topology: Topology, input_shape: Shape, batch: int, loss: Loss
) -> tuple[Stage, ...]:
    """The stages of one training step in order of time. `input_shape` is that of one sample."""
    placed: list[Stage] = []
    start, last = 0, layers[topology.last].name
    for phase, counts, layer, giver in _plan(layers, topology, input_shape, batch, loss):
        nodes, terms = counts.nodes, counts.terms
        if layer is None:
            # What the loss computes belongs to the corresponding output.
            owner = "" if phase == "loss" else last
            reads = loss.reads(counts.computes)
            placed.append(
                Stage(phase, "loss", counts.computes, nodes, terms, start, counts.results, owner, giver, reads)
            )
        else:
            name, reads = layer.name, layer.reads(counts.computes)
            placed.append(Stage(phase, name, counts.computes, nodes, terms, start, counts.results, name, giver, reads))
        start += nodes * terms
    return tuple(placed)


def _plan(
    layers: Sequence[Layer], topology: Topology, input_shape: Shape, batch: int, loss: Loss
) -> Iterator[tuple[Phase, OperationCounts, Layer | None, str]]:
    """Phase and counts of each stage, the layer that does it, None for the loss, and the one that feeds it."""
    shapes, last = topology.shapes(layers, input_shape), topology.last
    names: dict[int | None, str] = {None: ""}
    names.update(enumerate(layer.name for layer in layers))
    fed = [(layers[place], shapes.inputs[place], names[topology.sources[place]]) for place in topology.order]
    for layer, shape, giver in fed:
        for counts in layer.forward_counts(shape, batch):
            yield "forward", counts, layer, giver
    *values, gradient = loss.counts(shapes.outputs[last], batch)
    for counts in values:
        yield "loss", counts, None, names[last]
    yield "backward", gradient, None, names[last]
    for layer, shape, giver in reversed(fed):
        for counts in layer.backward_counts(shape, batch):
            yield "backward", counts, layer, giver
    for layer, _, giver in fed:
        for counts in layer.update_counts():
            yield "update", counts, layer, giver


def total(plan: Sequence[Stage]) -> int:
    """The cursor at the end of the training step."""
    return plan[-1].end


def phase_at(plan: Sequence[Stage], cursor: int) -> Phase:
    """The pass that the last term done belongs to; "ready" before the first."""
    return next((stage.phase for stage in plan if stage.start < cursor <= stage.end), "ready")


def end_of(plan: Sequence[Stage], phase: Phase) -> int:
    """The cursor when a pass is done; 0 for "ready"."""
    return max((stage.end for stage in plan if stage.phase == phase), default=0)
