"""The sentences of large steps: a layer, and a whole pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from tinyml.narrate.message import Message
from tinyml.narrate.nodes import loss_message
from tinyml.narrate.story import MOST_NAMED, Story, worded_for
from tinyml.narrate.updates import stages_update
from tinyml.steps import Stage


def pass_message(story: Story, stages: Sequence[Stage]) -> Message:
    """Return the message of a pass: what it computes."""
    match stages[0].phase:
        case "forward":
            last = [stage for stage in stages if stage.layer == story.last and stage.computes == "output"]
            return Message("pass.forward", values={"results": _results(story, last)})
        case "loss":
            return loss_message(story)
        case "backward":
            learning = [stage for stage in stages if stage.computes == "parameter_gradients"]
            if not learning:
                return Message("pass.backward.plain", values={"results": _results(story, stages[-1:])})
            several = ".batch" if story.batch > 1 else ""
            return Message(
                f"pass.backward{several}",
                values={"results": _results(story, learning)} | ({"samples": story.batch} if several else {}),
            )
    return stages_update(story, stages, None)


def layer_message(story: Story, stages: Sequence[Stage]) -> Message:
    """Return the message of a layer in a pass: what it computes."""
    stage = stages[-1]
    if stage.layer == "loss":
        if stage.phase == "loss":
            return loss_message(story)
        return Message("layer.loss_gradient", values={"results": _results(story, stages)})
    layer, title = story.layer(stage.layer).layer, story.titled(stage.layer)
    if stage.phase == "update":
        return stages_update(story, stages, title)
    if stage.phase == "forward":
        outputs = [part for part in stages if part.computes == "output"]
        return worded_for(layer, "layer.forward", [], {}, {"layer": title, "results": _results(story, outputs)})
    passed = [part for part in stages if part.computes == "input_gradient"]
    variants = ["learning"] if len(passed) < len(stages) else []
    values = {"layer": title, "results": _results(story, passed)}
    return worded_for(layer, "layer.backward", variants, {}, values)


def _results(story: Story, stages: Sequence[Stage]) -> Message | tuple[Message, ...]:
    """Return the numbers of some stages: the first of them by name, and the count of the others."""
    count = sum(stage.nodes * _each(stage) for stage in stages) if stages else 0
    return story.first(islice(_refs(story, stages), MOST_NAMED + 1), count)


def _each(stage: Stage) -> int:
    return sum(results.each for results in stage.results if results.terms)


def _refs(story: Story, stages: Sequence[Stage]) -> Iterator[str]:
    for stage in stages:
        for node in range(stage.nodes):
            yield from stage.refs(node, story.sample)
