"""One step of a recorded training step, at any grain: a title, a sentence, and the numbers that it computes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import prod
from typing import NamedTuple

from tinyml.expression import Expression
from tinyml.narrate.message import Message, Named
from tinyml.narrate.nodes import node_message
from tinyml.narrate.passes import layer_message, pass_message
from tinyml.narrate.story import Story
from tinyml.narrate.sums import Sum
from tinyml.narrate.terms import factors, sample_of, term_message, unexplained
from tinyml.narrate.titles import layer_title, node_title, pass_title, term_title
from tinyml.narrate.updates import change
from tinyml.steps import Grain, Phase, Place, Stage, count, locate, ref_of
from tinyml.trace import Trace

# If a node computes more numbers than this, as in a wide layer, only the first are named.
MOST_REFS = 100


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the number `of`: its formula, and its `index` of `count`, counted from 0.

    `factors` are the refs of the numbers that it contains, and `sample` is its sample, if terms of several samples are
    summed. `running` is the result of the terms up to this one: their sum, or the `largest` of them. `around` is the
    formula of the number as a function of the complete sum, which is written Σ; None if the sum is the number itself.
    """

    of: Named
    index: int
    count: int
    expression: Expression
    factors: tuple[str, ...]
    running: float
    sample: int | None
    largest: bool
    around: Expression | None

    @property
    def value(self) -> float:
        """The value of the term."""
        return self.expression.value


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `start` is the cursor before it, `cursor` the cursor after it. For a node or a term, `refs` are the
    first of the numbers that it computes or adds a term to, and `computed` counts all of them.

    `title` and `sentence` are messages, which `worded` converts to text. `term` is the term of a step of one term; None
    if the step is larger, idle, or has no formula.
    """

    number: int
    start: int
    cursor: int
    grain: Grain
    phase: Phase
    layer: str
    computes: str
    node: int | None
    title: Message
    sentence: Message
    refs: tuple[str, ...]
    computed: int
    term: Term | None


class _Words(NamedTuple):
    """The messages and numbers of a step, without its place."""

    title: Message
    sentence: Message
    refs: tuple[str, ...]
    computed: int
    term: Term | None = None


def narrate(trace: Trace, by: Grain, number: int, sample: int = 0) -> Step:
    """Narrate step `number` of a grain, counted from 0. Raises IndexError if there is none."""
    return _step(Story(trace, sample), locate(trace.stages, by, number))


def narrate_from(trace: Trace, by: Grain, first: int, limit: int, sample: int = 0) -> Iterator[Step]:
    """Narrate up to `limit` steps of a grain in order of time, from step `first`."""
    story = Story(trace, sample)
    for number in range(first, min(first + limit, count(trace.stages, by))):
        yield _step(story, locate(trace.stages, by, number))


def _step(story: Story, place: Place) -> Step:
    stage = place.stage
    words = _words_of(story, place)
    return Step(
        place.number, place.before, place.after, place.by, stage.phase, stage.layer, stage.computes, place.node, *words
    )


def _words_of(story: Story, place: Place) -> _Words:
    stage, node = place.stage, place.node or 0
    computed = sum(prod(results.shape) for part in place.stages for results in part.results)
    match place.by:
        case "pass":
            return _Words(pass_title(stage), pass_message(story, place.stages), (), computed)
        case "layer":
            return _Words(layer_title(stage), layer_message(story, place.stages), (), computed)
        case "node":
            refs = tuple(islice(stage.refs(node, story.sample), MOST_REFS))
            title, sentence = node_title(story, stage, node), node_message(story, stage, node)
            return _Words(title, sentence, refs, stage.computed(node))
    return _term(story, stage, node, place.term or 0)


def _term(story: Story, stage: Stage, node: int, number: int) -> _Words:
    results, entry, term = stage.part(number)
    ref = ref_of(results, node, entry, story.sample)
    if ref is None:
        return _Words(layer_title(stage), Message("term.none"), (), 0)
    title = term_title(story, stage, ref, term, results.terms)
    if stage.computes == "next":
        return _Words(title, change(story, ref), (ref,), 1, _single(story, ref))
    found = story.terms(ref, results.terms)
    if found is None:
        return _Words(title, unexplained(story, ref, results.terms), (ref,), 1)
    # If the node is only this operation, the sentence of the node has more detail.
    one = stage.terms == 1
    sentence = node_message(story, stage, node) if one else term_message(story, stage, ref, found, term)
    if term >= len(found.terms):
        return _Words(title, sentence, (ref,), 1)
    return _Words(title, sentence, (ref,), 1, _term_of(story, stage, ref, found, term))


def _single(story: Story, ref: str) -> Term | None:
    found = story.terms(ref, 1)
    return None if found is None else Term(
        story.named(ref), 0, 1, found.formula, factors(found, 0), found.value, None, False, None
    )  # fmt: skip


def _term_of(story: Story, stage: Stage, ref: str, found: Sum, term: int) -> Term:
    return Term(
        story.named(ref), term, len(found.terms), found.terms[term], factors(found, term), found.running[term],
        sample_of(stage, found, term, story.batch), found.largest, found.around,
    )  # fmt: skip
