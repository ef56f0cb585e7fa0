"""The sentences of updates: what happened to each parameter, from its gradient and its values before and after."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice
from math import prod

from tinyml.core import Array, Backend
from tinyml.explain.refs import parse
from tinyml.narrate.message import Message, Named, Value
from tinyml.narrate.story import MOST_NAMED, Story, bare, listed
from tinyml.steps import Stage

# What can happen to a parameter, in the order in which a sentence lists it.
KINDS = ("against", "with", "zero", "moves", "stays", "frozen")

# The causes of a move against the gradient whose messages say the rate.
RATED = ("", "velocity", "mean")

# What the message of a clipped update has.
CLIPPED = {"norm": ("most", "norm", "factor", "rate", "counts"), "value": ("most", "cut", "rate", "counts")}


def change(story: Story, ref: str) -> Message:
    """Return the message of the update of one parameter; `ref` is the ref of its next value."""
    kind, refs = _kind(story, ref), _refs(story, ref)
    if kind == "moves" and _is_divided_by_zero(story, ref):
        return Message("update.undefined", {"w": refs["w"]})
    factor = _factor(story, bare(ref).partition("[")[0].rpartition(".")[0])
    if kind == "stays" and factor == 0:
        return Message("update.stays.factor", {"w": refs["w"]})
    if kind == "stays" and refs["grad"].value == 0:
        return Message("update.stays.zero", refs)
    if kind in ("frozen", "stays", "moves"):
        return Message(f"update.{kind}", refs)
    cause, driver = _cause(story, ref)
    values: dict[str, Value] = {"decay": story.trace.optimizer.weight_decay} if cause == "decay" else {}
    refs |= {} if driver is None else {"driver": driver}
    if kind == "against" and cause in RATED:
        values["rate"] = _factored(Message("rate", {"lr": story.named("lr")}), factor)
    return Message(".".join(filter(None, ("update", kind, cause))), refs, values)


def node_update(story: Story, stage: Stage, node: int) -> Message:
    """Return the message of the update of the parameters of one unit."""
    refs = list(islice(stage.refs(node, story.sample), MOST_NAMED + 1))
    count = stage.computed(node)
    if count == 1:
        return change(story, refs[0])
    moves = [Message(f"change.{_brief(_kind(story, ref))}", _refs(story, ref)) for ref in refs]
    counts = _counts(story, stage, node)
    values: dict[str, Value] = {"changes": listed(moves, count), "counts": _counted(counts)}
    if set(counts) == {"frozen"}:
        return Message("update.several.frozen", values={"changes": values["changes"]})
    values["rate"] = _factored(Message("rate", {"lr": story.named("lr")}), _factor(story, stage.layer))
    return Message("update.several.against" if set(counts) == {"against"} else "update.several", values=values)


def stages_update(story: Story, stages: Sequence[Stage], of: Message | None) -> Message:
    """Return the message of the update of all parameters of a layer, or, if `of` is None, of the network."""
    counts: dict[str, int] = {}
    for stage in stages:
        for kind, count in _counts(story, stage, None).items():
            counts[kind] = counts.get(kind, 0) + count
    values: dict[str, Value] = {"counts": _counted(counts)}
    if of is not None:
        values["layer"] = of
    key = "pass.update" if of is None else "layer.update"
    if set(counts) == {"frozen"}:
        return Message(f"{key}.frozen", values=values)
    values["rate"] = _rate(story) if of is None else _factored(_rate(story), _factor(story, stages[0].layer))
    clip, clipped = story.trace.optimizer.clip, story.trace.clipped
    if of is None and story.trace.objective is not None:
        key = f"{key}.penalty"
    if of is None and clip is not None and clipped is not None and clipped.changed:
        values |= {"most": clip.most, "norm": clipped.norm, "factor": clipped.factor, "cut": clipped.changed}
        return Message(f"{key}.{clip.kind}", values={word: values[word] for word in CLIPPED[clip.kind]})
    return Message(key, values=values)


def _rate(story: Story) -> Message:
    """Return the learning rate, and where a schedule has it from."""
    rate, refs = story.trace.rate, {"lr": story.named("lr")}
    if rate.schedule is None:
        return Message("rate", refs)
    # Counted from 1 here.
    return Message(f"rate.{rate.schedule.unit}s", refs, {"first": rate.first, "number": rate.passed + 1})


def _factored(rate: Message, factor: float) -> Message:
    return rate if factor == 1 else Message("rate.factor", values={"rate": rate, "factor": factor})


def _factor(story: Story, layer: str | None) -> float:
    """Return the rate factor of a layer, which all of its parameters have."""
    parameters = [] if layer is None else list(story.layer(layer).layer.parameters().values())
    return parameters[0].lr_factor if parameters else 1.0


def _refs(story: Story, ref: str) -> dict[str, Named]:
    own = bare(ref)
    return {"w": story.named(own), "next": story.named(ref), "grad": story.named(used_gradient(story, own))}


def gradient_ref(own: str) -> str:
    """Return the ref of the gradient of a parameter's entry."""
    name, bracket, index = own.partition("[")
    return f"{name}.grad{bracket}{index}"


def used_gradient(story: Story, own: str) -> str:
    """Return the ref of the gradient from which the update of a parameter's entry begins: with a penalty that of the
    objective.
    """
    if story.trace.optimizer.penalty is None:
        return gradient_ref(own)
    name, bracket, index = own.partition("[")
    return f"{name}.objective_grad{bracket}{index}"


def _brief(kind: str) -> str:
    return kind if kind in ("stays", "frozen") else "moves"


def _kind(story: Story, ref: str) -> str:
    own = bare(ref)
    if _is_frozen(story, own):
        return "frozen"
    before, after, gradient = story.value(own), story.value(ref), story.value(used_gradient(story, own))
    if before == after:
        return "stays"
    if math.isnan(after - before) or math.isnan(gradient):
        return "moves"
    if gradient == 0:
        return "zero"
    product = math.copysign(1.0, after - before) * math.copysign(1.0, gradient)
    return "against" if product < 0 else "with"


def _is_frozen(story: Story, own: str) -> bool:
    layer, _, name = own.partition("[")[0].rpartition(".")
    return not story.layer(layer).layer.parameters()[name].require_grad


def _is_divided_by_zero(story: Story, ref: str) -> bool:
    layer, _, name = bare(ref).partition("[")[0].rpartition(".")
    zero = story.trace.optimizer.divided_by_zero(story.layer(layer).parameters[name].next_state)
    return zero is not None and bool(zero[parse(bare(ref)).index])


def _cause(story: Story, ref: str) -> tuple[str, Named | None]:
    """Return what changed the parameter, if it can be determined: the quantity along or against which it moved, or
    else the weight decay.
    """
    own, optimizer = bare(ref), story.trace.optimizer
    moved = story.value(ref) - story.value(own)
    along = optimizer.along
    name, bracket, index = own.partition("[")
    driver = story.named(f"{name}.{along}.next{bracket}{index}" if along else used_gradient(story, own))
    toward = moved if along and optimizer.adds else -moved
    if driver.value and math.copysign(1.0, driver.value) == math.copysign(1.0, toward):
        return (along, driver) if along else ("", None)
    layer, _, parameter = name.rpartition(".")
    decay = optimizer.decay_of(story.layer(layer).layer.parameters()[parameter].is_bias)
    return ("decay", None) if decay else ("", None)


def _counts(story: Story, stage: Stage, node: int | None) -> dict[str, int]:
    """Return how often each outcome occurs among the parameters of a stage, or of one node of it."""
    counts = dict.fromkeys(KINDS, 0)
    for frozen, value, after, gradient in _arrays(story, stage, node):
        if frozen:
            counts["frozen"] += value.size
            continue
        moved = value != after
        # Signs rather than a product, which may underflow to 0.
        sign = Backend.sign(after - value) * Backend.sign(gradient)
        counts["stays"] += int((~moved).sum())
        counts["zero"] += int((moved & (gradient == 0) & ~Backend.isnan(sign)).sum())
        counts["against"] += int((moved & (sign < 0)).sum())
        counts["with"] += int((moved & (sign > 0)).sum())
        counts["moves"] += int((moved & Backend.isnan(sign)).sum())
    return {kind: count for kind, count in counts.items() if count}


def _arrays(story: Story, stage: Stage, node: int | None) -> Iterator[tuple[bool, Array, Array, Array]]:
    """Yield for each parameter of a stage whether it is frozen, its values before and after, and its gradient."""
    recorded = story.layer(stage.layer)
    for results in stage.own:
        name = results.name.removesuffix(".next")
        entry = recorded.parameters[name]
        slope = entry.gradient if entry.objective_gradient is None else entry.objective_gradient
        arrays = [entry.value, entry.next, slope]
        if node is not None and results.axis is not None:
            arrays = [array.take(node, axis=results.axis) for array in arrays]
        elif node is not None:
            if node >= prod(results.shape):
                continue
            arrays = [array.reshape(-1)[node : node + 1] for array in arrays]
        value, after, gradient = arrays
        yield not recorded.layer.parameters()[name].require_grad, value, after, gradient


def _counted(counts: dict[str, int]) -> tuple[Message, ...]:
    return tuple(
        Message(f"count.{kind}.one" if counts[kind] == 1 else f"count.{kind}", values={"count": counts[kind]})
        for kind in KINDS
        if kind in counts
    )
