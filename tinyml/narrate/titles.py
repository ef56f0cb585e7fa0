"""The titles of steps and of equations: what they compute, and for which sample, layer or parameter."""

from __future__ import annotations

from itertools import islice

from tinyml.equations import Equation
from tinyml.narrate.message import Message, Value
from tinyml.narrate.story import MOST_NAMED, Story, bare, listed, several_samples
from tinyml.narrate.wording import placeholders, wordings
from tinyml.steps import Stage
from tinyml.trace import Trace


def pass_title(stage: Stage) -> Message:
    """Return the title of a whole pass."""
    return Message(f"title.pass.{stage.phase}")


def layer_title(stage: Stage) -> Message:
    """Return the title of a layer's step; the titles of its nodes and terms begin with it."""
    if stage.layer == "loss":
        return Message("title.loss")
    return Message(f"title.layer.{stage.phase}", values={"name": stage.layer})


def node_title(story: Story, stage: Stage, node: int) -> Message:
    """Return the title of a node: the numbers that it computes."""
    refs = islice(stage.refs(node, story.sample), MOST_NAMED + 1)
    symbols = [Message("symbol", {"number": story.named(_subject(ref))}) for ref in refs]
    return _titled(story, stage, "title.node", {"what": listed(symbols, stage.computed(node))})


def term_title(story: Story, stage: Stage, ref: str, term: int, count: int) -> Message:
    """Return the title of one term of a number."""
    what = Message("symbol", {"number": story.named(_subject(ref))})
    if count == 1:
        return _titled(story, stage, "title.node", {"what": what})
    return _titled(story, stage, "title.term", {"what": what, "term": term + 1, "count": count})


def equation_title(trace: Trace, equation: Equation) -> Message:
    """Return the title of an equation of a training step, with its layer, parameter or rule if its wording has it."""
    key = f"title.equation.{equation.title}"
    rule = trace.optimizer.type if equation.phase == "update" else trace.loss.loss.type
    values: dict[str, Value] = {"rule": _kind(rule)}
    if (name := equation.layer) is not None:
        (layer,) = (one.layer for one in trace.layers if one.layer.name == name)
        values |= {"name": name, "layer": Message("named", values={"kind": _kind(layer.type), "name": name})}
        if (parameter := equation.parameter) is not None:
            values["parameter"] = layer.letters.get(parameter, parameter)
    named = {name for name, _ in placeholders(wordings("en")[key])}
    return Message(key, values={name: value for name, value in values.items() if name in named})


def law_title(equation: Equation) -> Message | None:
    """Return the message of the chapter's law that an equation is, if any."""
    return None if equation.law is None else Message(f"title.law.{equation.law}")


def _kind(kind: str) -> Value:
    """Return the name of a type of layer, loss or optimizer: the type itself if it has no wording."""
    key = f"kind.{kind}"
    return Message(key) if key in wordings("en") else kind


def _titled(story: Story, stage: Stage, key: str, values: dict[str, Value]) -> Message:
    values = {"layer": layer_title(stage), **values}
    if not several_samples(story, stage):
        return Message(key, values=values)
    return Message(f"{key}.sample", values={**values, "sample": story.sample + 1, "samples": story.batch})


def _subject(ref: str) -> str:
    """Return the ref of the number in the title: for an update, the parameter itself."""
    return bare(ref) if ".next[" in ref else ref
