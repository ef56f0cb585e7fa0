"""Warnings about a training step that can be computed but whose layers, loss and targets do not suit each other.

Every warning follows from declarations of layers and losses: the range of the outputs (`output_range`), the size of
the groups that a layer normalizes (`normalized_over`), the function that a loss applies to scores (`squashes`) and its
intended targets (`truths`).
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

# The largest deviation of a sample's total share from 1: shares may be rounded to three digits.
SHARES_TOLERANCE = 1e-3
# A target that exceeds the end of a range by less than this, relative to the end, counts as the end.
ROUNDING = 1e-9


class Remedy(NamedTuple):
    """A suggested change: `remove` the layer, set its number of `outputs`, use another `loss`, or `share_targets`,
    which divides the targets of each sample by their sum.
    """

    kind: Literal["remove", "outputs", "loss", "share_targets"]
    layer: str | None = None
    value: int | str | None = None

    def targets(self, y: Array) -> Array | None:
        """Return the targets of the changed network, from those of the present one; None if they stay."""
        if self.kind == "share_targets":
            shares: Array = y / y.sum(axis=1, keepdims=True)
            return shares
        if self.kind == "outputs":
            # A single share is that of the second class.
            return Backend.concatenate([1 - y, y], axis=1)
        return None


class Unsuited(NamedTuple):
    """A warning about a layer, about the target with the index `target`, or about a `setting` of the optimizer.

    `concerns` names the parts of the training step whose numbers the warning explains. The best of the `remedies` is
    the first.
    """

    message: Message
    layer: str | None
    target: tuple[int, ...] | None
    concerns: tuple[str, ...]
    remedies: tuple[Remedy, ...]
    setting: str | None = None


def warnings(trace: Trace) -> list[Unsuited]:
    """Return all warnings about a recorded training step, in the order of the network."""
    return list(_Judge(trace).all())


class _Judge:
    """Checks of one training step."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.loss = trace.loss.loss
        self.outputs = prod(trace.output.shape[1:])
        if self.loss.takes_targets:
            self.lowest, self.highest = float(trace.targets.min()), float(trace.targets.max())

    def all(self) -> Iterator[Unsuited]:
        for recorded in self.trace.ordered:
            if recorded.layer.normalized_over(recorded.input.shape[1:], len(recorded.input)) == 1:
                yield self._alone(recorded)
        yield from self._divided_by_zero()
        if not self.loss.takes_targets:
            return
        if self.loss.of_shares and self.outputs == 1:
            yield self._one_output()
        else:
            yield from self._squeezed()
        yield from self._targets()

    def _alone(self, recorded: LayerTrace) -> Unsuited:
        """Warn of a layer that normalizes a single number: its output does not depend on its input."""
        name = recorded.layer.name
        message = worded_for(recorded.layer, "warning.alone", [], {}, {"layer": self._titled(name)})
        return Unsuited(message, name, None, (name,), self._removed(recorded))

    def _divided_by_zero(self) -> Iterator[Unsuited]:
        """Warn of an update that divides 0 by 0: its result is NaN."""
        optimizer = self.trace.optimizer
        if optimizer.scaled_by is None or optimizer.epsilon:
            return
        found = [
            (recorded.layer.name, name, zero)
            for recorded in self.trace.ordered
            for name, of in recorded.parameters.items()
            if recorded.layer.parameters()[name].require_grad
            and (zero := optimizer.divided_by_zero(of.next_state)) is not None
        ]
        if not found:
            return
        layer, name, zero = found[0]
        count = sum(int(marked.sum()) for _, _, marked in found)
        first = Story(self.trace).named(f"{layer}.{name}[{','.join(map(str, _first(zero)))}]")
        message = Message("warning.divided_by_zero", {"w": first}, {"count": count})
        yield Unsuited(message, None, None, tuple(dict.fromkeys(layer for layer, _, _ in found)), (), "epsilon")

    def _one_output(self) -> Unsuited:
        """Warn of softmax over one output, which is 1 for every score."""
        last = self.trace.last.layer.name
        remedies = []
        if Range(self.lowest, self.highest).within(UNIT):
            widened = self._widened()
            remedies = [] if widened is None else [Remedy("outputs", widened, 2)]
            remedies.append(Remedy("loss", value="binary_cross_entropy"))
        message = Message("warning.one_output", values={"layer": self._titled(last)})
        return Unsuited(message, last, None, (last, "loss"), tuple(remedies))

    def _widened(self) -> str | None:
        """Return the last layer that determines the number of outputs; None if no layer does."""
        place: int | None = self.trace.topology.last
        while place is not None:
            recorded = self.trace.layers[place]
            if recorded.output.ndim != 2 or recorded.output.shape[1] != self.outputs:
                return None
            name: str = recorded.layer.name
            if recorded.layer.connects:
                return name
            place = self.trace.topology.sources[place]
        return None

    def _squeezed(self) -> Iterator[Unsuited]:
        """Warn of a last activation whose range restricts the scores of the loss, or excludes targets."""
        topology = self.trace.topology
        # Of each output: its range, and the layer that bounds it.
        ranges: dict[int | None, Range] = {None: EVERYTHING}
        bounding: dict[int | None, LayerTrace | None] = {None: None}
        for place in topology.order:
            recorded, source = self.trace.layers[place], topology.sources[place]
            ranges[place] = recorded.layer.output_range(ranges[source])
            if not ranges[place].bounded:
                bounding[place] = None
            elif ranges[place] != ranges[source] and recorded.layer.output_range(EVERYTHING).bounded:
                bounding[place] = recorded
            else:
                bounding[place] = bounding[source]
        reached, squeezing = ranges[topology.last], bounding[topology.last]
        if squeezing is None:
            return
        compared = self.loss.compared_range(reached, self.outputs)
        if self.loss.squashes and reached.within(UNIT):
            yield self._twice(squeezing, compared)
        elif (missed := self._missed(compared)) is not None:
            yield self._out_of_reach(squeezing, compared, *missed)

    def _twice(self, squeezing: LayerTrace, compared: Range) -> Unsuited:
        """Warn of a loss that takes scores but receives the output of a sigmoid or softmax."""
        layer = squeezing.layer
        key = "warning.twice" if layer.squashes == self.loss.squashes else "warning.squashed"
        ends: dict[str, Value] = {"least": compared.lowest, "most": compared.highest}
        message = Message(f"{key}.{self.loss.squashes}", values={"layer": self._titled(layer.name), **ends})
        return Unsuited(message, layer.name, None, (layer.name, "loss"), self._removed(squeezing))

    def _missed(self, compared: Range) -> tuple[str, float] | None:
        """Return the end of the range, `compared`, that an accepted target exceeds: its side and its value."""
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
        """Warn of targets for which the loss is not intended."""
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
        # A sample without shares cannot be divided by their sum.
        divided = [Remedy("share_targets")] if (sums > 0).all() else []
        yield Unsuited(message, None, at, ("y", "loss"), (*divided, Remedy("loss", value="binary_cross_entropy")))

    def _removed(self, recorded: LayerTrace) -> tuple[Remedy, ...]:
        """Return the remedy of removing a layer, if other layers remain and still fit each other."""
        fits = len(self.trace.layers) > 1 and recorded.input.shape == recorded.output.shape
        return (Remedy("remove", recorded.layer.name),) if fits else ()

    def _target(self, at: tuple[int, ...]) -> Named:
        return Story(self.trace).named(f"y[{','.join(map(str, at))}]")

    def _titled(self, name: str) -> Message:
        return Story(self.trace).titled(name)


def _first(marked: Array) -> tuple[int, ...]:
    """Return the index of the first marked entry."""
    return tuple(map(int, Backend.argwhere(marked)[0]))
