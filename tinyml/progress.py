"""Progress of a training step: the numbers that are computed at a cursor."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tinyml.core import Array, Backend, Index
from tinyml.explain.refs import parse
from tinyml.layers.operation_counts import ResultCounts
from tinyml.steps import Stage, total


@dataclass(frozen=True, slots=True)
class Known:
    """The known entries of one array: those that the first `nodes` nodes of its stage compute."""

    results: ResultCounts
    nodes: int
    complete: bool

    def holds(self, index: Index) -> bool:
        """Return whether the entry at an index is known."""
        if self.complete or not self.nodes:
            return self.complete
        own = index[1:] if self.results.sampled else index
        # A scalar, such as Adam's number of updates, is known with the first node.
        return len(own) < len(self.results.shape) or self.results.node(own) < self.nodes

    def entries(self, array: Array) -> Array:
        """Return a Boolean array of the array's shape, True for known entries."""
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
    """The numbers that are computed at a cursor. Inputs, targets, parameters and everything else that no stage computes
    are known from the start.
    """

    def __init__(self, plan: Sequence[Stage], cursor: int) -> None:
        self.complete = cursor >= total(plan)
        self._plan = plan
        self._cursor = cursor
        self._sources = {stage.layer: stage.source for stage in plan if stage.phase == "forward"}

    @cached_property
    def _known(self) -> dict[str, Known]:
        return {
            results.name: Known(results, stage.done(self._cursor), stage.end <= self._cursor)
            for stage in self._plan
            for results in stage.results
        }

    @cached_property
    def _settled(self) -> dict[str, tuple[str | None, bool]]:
        """Return for tensors without a stage the result they depend on, and whether its stage is complete."""
        return {name: (by, stage.end <= self._cursor) for stage in self._plan for name, by in stage.settles}

    def known(self, name: str) -> Known | None:
        """Return the known entries of a tensor such as `fc_1.w.grad` or `loss`; None if all are known, because they
        were given or the step is complete.
        """
        return None if self.complete else self._known.get(name)

    @property
    def loss(self) -> bool:
        """Return whether the loss is known."""
        return self.complete or self._known["loss"].complete

    def outputs(self, layer: str) -> int:
        """Return the number of known outputs of a layer for each sample, in row-major order."""
        return self._known[f"{layer}.output"].nodes

    def tensor(self, name: str) -> Known | None:
        """Return the known entries of a tensor by the name in its refs, including tensors that become known with
        another, such as an optimizer's state with its parameter. None if all are known.
        """
        if self.complete:
            return None
        ref = parse(name)
        own = self._name(ref.owner, ref.part, ref.kind)
        by, complete = self._settled.get(own, (own, True))
        if by is None:
            return None if complete else NOTHING
        known = self.known(by)
        # A tensor without a stage is given, or, like a running mean, known when the step is complete.
        return NOTHING if known is None and ref.kind.endswith("next") else known

    def knows(self, ref: str) -> bool:
        """Return whether the number of a valid ref is known."""
        known = self.tensor(ref)
        return known is None or known.holds(parse(ref).index)

    def _name(self, owner: str, part: str, kind: str) -> str:
        """Return the name of the tensor that a stage computes for a ref."""
        if owner == "loss" and part in ("penalty", "objective"):
            return owner
        stem = self._sources[owner] if part == "input" else f"{owner}.{part}" if part else owner
        if kind == "value":
            return stem
        if kind == "objective_grad":
            return f"{stem}.grad"
        # The optimizer's state of a parameter is known with the parameter: fc_1.w.velocity.next.
        return f"{stem}.{kind.rpartition('.')[2]}" if kind.endswith("next") else f"{stem}.{kind}"
