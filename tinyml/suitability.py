"""What does not suit in a training step, though it can be computed: layers, loss and targets held against each other.

Every warning follows from what layers and losses declare of themselves: between which numbers outputs lie
(`output_range`), what a layer normalizes over (`normalized_over`), what a loss does to scores (`squashes`) and which
targets it is meant for (`truths`).
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Literal, NamedTuple

from tinyml.core import Array, Backend
from tinyml.layers.ranges import EVERYTHING, UNIT, Range
from tinyml.narrate import Message, Named
from tinyml.narrate.message import Value
from tinyml.narrate.story import Story, worded_for
from tinyml.trace import LayerTrace, Trace

# By how much the shares of a sample may miss one: they may be rounded to three digits.
SHARES_TOLERANCE = 1e-3
# A target beyond the end of a range by less than this, relative to the end, is at the end.
ROUNDING = 1e-9


class Remedy(NamedTuple):
    """A change that helps: `remove` the layer, give it so many `outputs`, take another `loss`, or `share_targets`,
    which divides the targets of each sample by their sum.
    """

    kind: Literal["remove", "outputs", "loss", "share_targets"]
    layer: str | None = None
    value: int | str | None = None


class Unsuited(NamedTuple):
    """Something that does not suit: at a layer, or at the target whose index is `target`.

    `concerns` names the parts of the training step whose numbers it
    explains, and the first of the `remedies` is the best.
    """

    message: Message
    layer: str | None
    target: tuple[int, ...] | None
    concerns: tuple[str, ...]
    remedies: tuple[Remedy, ...]


def warnings(trace: Trace) -> list[Unsuited]:
    """All that does not suit in a recorded training step, in the order of the network."""
    return list(_Judge(trace).all())


class _Judge:
    """Looks at one training step."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.loss = trace.loss.loss
        self.outputs = prod(trace.output.shape[1:])
        if self.loss.takes_targets:
            self.lowest, self.highest = float(trace.targets.min()), float(trace.targets.max())

    def all(self) -> Iterator[Unsuited]:
        for recorded in self.trace.layers:
            if recorded.layer.normalized_over(recorded.input.shape[1:], len(recorded.input)) == 1:
                yield self._alone(recorded)
        if not self.loss.takes_targets:
            return
        if self.loss.of_shares and self.outputs == 1:
            yield self._one_output()
        else:
            yield from self._squeezed()
        yield from self._targets()

    def _alone(self, recorded: LayerTrace) -> Unsuited:
        """A layer that normalizes one number alone: its output does not depend on its input."""
        name = recorded.layer.name
        message = worded_for(recorded.layer, "warning.alone", [], {}, {"layer": self._titled(name)})
        return Unsuited(message, name, None, (name,), self._removed(recorded))

    def _one_output(self) -> Unsuited:
        """Softmax over one output gives 1, whatever its score."""
        last = self.trace.last.layer.name
        remedies = []
        if Range(self.lowest, self.highest).within(UNIT):
            widened = self._widened()
            remedies = [] if widened is None else [Remedy("outputs", widened, 2)]
            remedies.append(Remedy("loss", value="binary_cross_entropy"))
        message = Message("warning.one_output", values={"layer": self._titled(last)})
        return Unsuited(message, last, None, (last, "loss"), tuple(remedies))

    def _widened(self) -> str | None:
        """The layer whose width the network's outputs have, where there is one."""
        for recorded in reversed(self.trace.layers):
            if recorded.output.ndim != 2 or recorded.output.shape[1] != self.outputs:
                return None
            name: str = recorded.layer.name
            if recorded.layer.connects:
                return name
        return None

    def _squeezed(self) -> Iterator[Unsuited]:
        """A last activation that keeps the outputs where the loss wants scores, or away from the targets."""
        reached, squeezing = EVERYTHING, None
        for recorded in self.trace.layers:
            before, reached = reached, recorded.layer.output_range(reached)
            if not reached.bounded:
                squeezing = None
            elif reached != before and recorded.layer.output_range(EVERYTHING).bounded:
                squeezing = recorded
        if squeezing is None:
            return
        compared = self.loss.compared_range(reached, self.outputs)
        if self.loss.squashes and reached.within(UNIT):
            yield self._twice(squeezing, compared)
        elif (missed := self._missed(compared)) is not None:
            yield self._out_of_reach(squeezing, compared, *missed)

    def _twice(self, squeezing: LayerTrace, compared: Range) -> Unsuited:
        """The loss takes scores, but gets what was squashed already."""
        layer = squeezing.layer
        key = "warning.twice" if layer.squashes == self.loss.squashes else "warning.squashed"
        ends: dict[str, Value] = {"least": compared.lowest, "most": compared.highest}
        message = Message(f"{key}.{self.loss.squashes}", values={"layer": self._titled(layer.name), **ends})
        return Unsuited(message, layer.name, None, (layer.name, "loss"), self._removed(squeezing))

    def _missed(self, compared: Range) -> tuple[str, float] | None:
        """The end of the range that a target lies beyond, and that end; those that the loss is not meant for apart."""
        truths = self.loss.truths
        lowest, highest = max(self.lowest, truths.lowest), min(self.highest, truths.highest)
        if lowest < compared.lowest - ROUNDING * abs(compared.lowest):
            return "below", compared.lowest
        if highest > compared.highest + ROUNDING * abs(compared.highest):
            return "above", compared.highest
        return None

    def _out_of_reach(self, squeezing: LayerTrace, compared: Range, side: str, end: float) -> Unsuited:
        y, name = self.trace.targets, squeezing.layer.name
        beyond = y < compared.lowest if side == "below" else y > compared.highest
        squashed = f".{self.loss.squashes}" if self.loss.squashes else ""
        message = Message(
            f"warning.{side}{squashed}",
            {"target": self._target(_first(beyond))},
            {"layer": self._titled(name), "end": end, "count": int(beyond.sum())},
        )
        return Unsuited(message, name, None, (name, "loss", "y"), self._removed(squeezing))

    def _targets(self) -> Iterator[Unsuited]:
        """Targets that the loss is not meant for."""
        y, truths = self.trace.targets, self.loss.truths
        if not Range(self.lowest, self.highest).within(truths):
            outside = (y < truths.lowest) | (y > truths.highest)
            at, count = _first(outside), int(outside.sum())
            message = Message(f"warning.targets.{self.loss.squashes}", {"target": self._target(at)}, {"count": count})
            yield Unsuited(message, None, at, ("y", "loss"), (Remedy("loss", value="mean_squared_error"),))
        elif self.loss.of_shares:
            yield from self._shares()

    def _shares(self) -> Iterator[Unsuited]:
        sums = self.trace.targets.sum(axis=1)
        missing = Backend.abs(sums - 1) > SHARES_TOLERANCE
        if not missing.any():
            return
        at = _first(missing)
        message = Message(
            "warning.shares", values={"sum": float(sums[at]), "sample": at[0] + 1, "count": int(missing.sum())}
        )
        # A sample without any share cannot be divided by their sum.
        divided = [Remedy("share_targets")] if (sums > 0).all() else []
        yield Unsuited(message, None, at, ("y", "loss"), (*divided, Remedy("loss", value="binary_cross_entropy")))

    def _removed(self, recorded: LayerTrace) -> tuple[Remedy, ...]:
        """Removing a layer, where the others still fit each other, and there are others."""
        fits = len(self.trace.layers) > 1 and recorded.input.shape == recorded.output.shape
        return (Remedy("remove", recorded.layer.name),) if fits else ()

    def _target(self, at: tuple[int, ...]) -> Named:
        return Story(self.trace).named(f"y[{','.join(map(str, at))}]")

    def _titled(self, name: str) -> Message:
        return Story(self.trace).titled(name)


def _first(marked: Array) -> tuple[int, ...]:
    """The first place that is marked."""
    return tuple(map(int, Backend.argwhere(marked)[0]))
