"""A step of a recorded training step, of any grain, told: a title, a sentence, and the numbers that it computes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import prod

from tinyml.narrate.nodes import gathers, node_sentence
from tinyml.narrate.passes import PASSES, layer_sentence, layer_title, pass_sentence
from tinyml.narrate.story import Story, capital
from tinyml.narrate.terms import sample_of, sources, term_sentence
from tinyml.steps import Grain, Phase, Place, count, locate, ref_of
from tinyml.trace import Trace

# Of a node that computes more numbers than this, as one of a wide layer does, the first are named.
MOST_REFS = 100


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a number: `index` of `count`, counted from 0. `factors` are the refs of the numbers that it is made
    of, and `running` is what the terms have come to with it. `sample` is the one that it comes from, where terms of
    several are summed.
    """

    index: int
    count: int
    factors: tuple[str, ...]
    value: float
    running: float
    sample: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `cursor` is where it leaves the cursor, `start` where it found it; `refs` are the numbers that it
    computes, or adds a term to, for a node or a term: the first of them, of `computed`, which counts all.

    `term` is there where one term flows, and None where the step is larger, idle, or has no formula.
    """

    number: int
    start: int
    cursor: int
    grain: Grain
    phase: Phase
    layer: str
    computes: str
    node: int | None
    title: str
    sentence: str
    refs: tuple[str, ...]
    computed: int
    term: Term | None


def narrate(trace: Trace, by: Grain, number: int, sample: int = 0) -> Step:
    """Tell the step of a grain that is counted `number`, from 0. Raises an IndexError where there is none."""
    return _told(Story(trace, sample), locate(trace.stages, by, number))


def narrate_from(trace: Trace, by: Grain, first: int, limit: int, sample: int = 0) -> Iterator[Step]:
    """Tell up to `limit` steps of a grain in order of time, from the one that is counted `first`."""
    story = Story(trace, sample)
    for number in range(first, min(first + limit, count(trace.stages, by))):
        yield _told(story, locate(trace.stages, by, number))


def _told(story: Story, place: Place) -> Step:
    stage = place.stage
    term = None
    refs: tuple[str, ...] = ()
    computed = sum(prod(results.shape) for part in place.stages for results in part.results)
    if place.by == "pass":
        title, sentence = PASSES[stage.phase], pass_sentence(story, stage.phase)
    elif place.by == "layer":
        title, sentence = layer_title(stage), layer_sentence(story, stage)
    elif place.by == "node":
        node = place.node or 0
        title = f"{layer_title(stage)}: {gathers(story, stage, node)}{story.of_sample(stage)}"
        sentence = node_sentence(story, stage, node)
        refs = tuple(islice(stage.refs(node, story.sample), MOST_REFS))
        computed = stage.computed(node)
    else:
        title, sentence, refs, term = _term(story, place)
        computed = len(refs)
    return Step(
        place.number, place.before, place.after, place.by, stage.phase, stage.layer, stage.computes, place.node,
        title, capital(sentence), refs, computed, term,
    )  # fmt: skip


def _term(story: Story, place: Place) -> tuple[str, str, tuple[str, ...], Term | None]:
    stage, node = place.stage, place.node or 0
    results, entry, term = stage.part(place.term or 0)
    ref = ref_of(results, node, entry, story.sample)
    if ref is None:
        return layer_title(stage), "No number has this place.", (), None
    title = f"{layer_title(stage)}: {story.subject(ref)}{story.of_sample(stage)}"
    if results.terms > 1:
        title += f", term {term + 1} of {results.terms}"
    found = story.terms(ref, results.terms)
    if found is None:
        sentence = f"One more term flows into {story.subject(ref)}; it has too many to be told one by one."
        return title, sentence, (ref,), None
    sentence = term_sentence(story, stage, ref, found, term)
    if term >= len(found.terms):
        return title, sentence, (ref,), None
    factors = tuple(leaf.ref for leaf in sources([found.terms[term]]))
    told = Term(
        term, len(found.terms), factors, found.terms[term].value, found.running[term],
        sample_of(stage, found, term, story.batch),
    )  # fmt: skip
    return title, sentence, (ref,), told
