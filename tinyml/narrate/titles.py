"""The titles of steps: what they compute, and of which sample."""

from __future__ import annotations

from itertools import islice

from tinyml.narrate.message import Message, Value
from tinyml.narrate.story import MOST_NAMED, Story, bare, listed, several_samples
from tinyml.steps import Stage


def pass_title(stage: Stage) -> Message:
    """The title of a whole pass."""
    return Message(f"title.pass.{stage.phase}")


def layer_title(stage: Stage) -> Message:
    """The title of a layer's step, with which those of its nodes and terms begin."""
    if stage.layer == "loss":
        return Message("title.loss")
    return Message(f"title.layer.{stage.phase}", values={"name": stage.layer})


def node_title(story: Story, stage: Stage, node: int) -> Message:
    """The title of a node: the numbers that it computes."""
    refs = islice(stage.refs(node, story.sample), MOST_NAMED + 1)
    symbols = [Message("symbol", {"number": story.named(_subject(ref))}) for ref in refs]
    return _titled(story, stage, "title.node", {"what": listed(symbols, stage.computed(node))})


def term_title(story: Story, stage: Stage, ref: str, term: int, count: int) -> Message:
    """The title of one term of a number."""
    what = Message("symbol", {"number": story.named(_subject(ref))})
    if count == 1:
        return _titled(story, stage, "title.node", {"what": what})
    return _titled(story, stage, "title.term", {"what": what, "term": term + 1, "count": count})


def _titled(story: Story, stage: Stage, key: str, values: dict[str, Value]) -> Message:
    values = {"layer": layer_title(stage), **values}
    if not several_samples(story, stage):
        return Message(key, values=values)
    return Message(f"{key}.sample", values={**values, "sample": story.sample + 1, "samples": story.batch})


def _subject(ref: str) -> str:
    """The number in the title: for an update, the parameter itself."""
    return bare(ref) if ".next[" in ref else ref
