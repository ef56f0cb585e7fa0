"""How far a training step has come at a cursor: which of its numbers exist by then."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tinyml.core import Array, Backend, Index
from tinyml.explain.refs import parse
from tinyml.layers.operation_counts import ResultCounts
from tinyml.steps import Stage, total


@dataclass(frozen=True, slots=True)
class Known:
    """How much of one array of the training step is known: what the first `nodes` of its stage's nodes compute."""

    results: ResultCounts
    nodes: int
    complete: bool

    def holds(self, index: Index) -> bool:
        """Whether the entry at an index is known."""
        if self.complete or not self.nodes:
            return self.complete
        own = index[1:] if self.results.sampled else index
        # What there is one of, such as the count of Adam's updates, is there with the first node.
        return len(own) < len(self.results.shape) or self.results.node(own) < self.nodes

    def entries(self, array: Array) -> Array:
        """Which entries of the array are known: an array of truth values, of its shape."""
        if self.complete:
            return Backend.ones(array.shape, dtype=bool)
        shape = self.results.shape
        if (array.shape[1:] if self.results.sampled else array.shape) != shape:
            return Backend.full(array.shape, self.nodes > 0)
        if self.results.axis is None:
            nodes = Backend.arange(array[0].size if self.results.sampled else array.size).reshape(shape)
        else:
            across = [1] * len(shape)
            across[self.results.axis] = -1
            nodes = Backend.arange(shape[self.results.axis]).reshape(across)
        return Backend.broadcast_to(nodes < self.nodes, array.shape)


# Of an array that no stage computes by itself, and that is not there before the step is complete.
NOTHING = Known(ResultCounts("", ()), 0, complete=False)


class Progress:
    """What is computed at a cursor. Inputs, targets and parameters are there from the start, as is all that no stage
    computes.
    """

    def __init__(self, plan: Sequence[Stage], cursor: int) -> None:
        self.complete = cursor >= total(plan)
        self._plan = plan
        self._cursor = cursor
        layers = list(dict.fromkeys(stage.layer for stage in plan if stage.phase == "forward"))
        self._before = dict(zip(layers, ["x", *(f"{layer}.output" for layer in layers)], strict=False))

    @cached_property
    def _known(self) -> dict[str, Known]:
        return {
            results.name: Known(results, stage.done(self._cursor), stage.end <= self._cursor)
            for stage in self._plan
            for results in stage.results
        }

    @cached_property
    def _settled(self) -> dict[str, tuple[str | None, bool]]:
        """By which results other numbers are known, and whether their stage is complete."""
        return {name: (by, stage.end <= self._cursor) for stage in self._plan for name, by in stage.settles}

    def known(self, name: str) -> Known | None:
        """How much is known of the numbers of a name, such as `fc_1.w.grad` or `loss`; None where all of them are, as
        they were given or the step is complete.
        """
        return None if self.complete else self._known.get(name)

    @property
    def loss(self) -> bool:
        """Whether the loss is known."""
        return self.complete or self._known["loss"].complete

    def outputs(self, layer: str) -> int:
        """How many of a layer's outputs are known of each sample, first to last, row by row."""
        return self._known[f"{layer}.output"].nodes

    def tensor(self, name: str) -> Known | None:
        """How much is known of a tensor by the name that its refs have, also of one that is there with another, as
        what an optimizer remembers is with the parameter. None where all of it is.
        """
        if self.complete:
            return None
        asked = parse(name)
        own = self._name(asked.owner, asked.part, asked.kind)
        by, complete = self._settled.get(own, (own, True))
        if by is None:
            return None if complete else NOTHING
        known = self.known(by)
        # What is no one's stage is given, or, as a running mean, is there when the step is complete.
        return NOTHING if known is None and asked.kind.endswith("next") else known

    def knows(self, ref: str) -> bool:
        """Whether the number that a valid ref names is known."""
        known = self.tensor(ref)
        return known is None or known.holds(parse(ref).index)

    def _name(self, owner: str, part: str, kind: str) -> str:
        """The name under which a stage computes what a ref names."""
        stem = self._before[owner] if part == "input" else f"{owner}.{part}" if part else owner
        if kind == "value":
            return stem
        # What the optimizer remembers of a parameter is there with the parameter: fc_1.w.velocity.next.
        return f"{stem}.{kind.rpartition('.')[2]}" if kind.endswith("next") else f"{stem}.{kind}"
