"""The sentence of one term: what it is, what the terms have come to with it, and what is still done to their sum."""

from __future__ import annotations

from tinyml.expression import Expression
from tinyml.narrate.formulas import equation
from tinyml.narrate.message import Message, Value
from tinyml.narrate.story import Story, formula_of, with_conditions
from tinyml.narrate.sums import MOST_TERMS, Sum, leaves, sources
from tinyml.steps import Stage


def term_message(story: Story, stage: Stage, ref: str, found: Sum, term: int) -> Message:
    """What the term adds to the number that `ref` names, and what that makes so far."""
    count, of = len(found.terms), {"out": story.named(ref)}
    if term >= count:
        return Message("term.idle.one" if count == 1 else "term.idle", of, {"count": count})
    if count == 1:
        return _single(ref, found, story)
    moment = "first" if term == 0 else "last" if term == count - 1 else "next"
    values: dict[str, Value] = {
        "place": _place(stage, found, term, story.batch),
        "term": term_equation(found.terms[term]),
        "count": count,
        "running": found.running[term],
    }
    if found.largest:
        return Message(f"term.largest.{moment}", of, values)
    if found.around is None:
        return Message(f"term.{moment}", of, values)
    if moment != "last":
        return Message(f"term.{moment}.within", of, values)
    law = equation(found.around)
    if law is None or formula_of(found.around) is None:
        return Message("term.last.within.long", of, values)
    return Message("term.last.within", of, {**values, "law": law})


def unexplained(story: Story, ref: str, count: int) -> Message:
    """Where a number has no terms to tell: there are too many, or its layer has no formula."""
    key = "term.many" if count > MOST_TERMS else "term.unexplained"
    return Message(key, {"out": story.named(ref)}, {"count": count})


def term_equation(formula: Expression) -> Message:
    """A term as an equation, with the condition that makes it so; the value alone where its formula is long."""
    written = formula_of(formula)
    key, values = with_conditions("formula", formula, {"formula": written or formula.value})
    return Message(key, values=values)


def sample_of(stage: Stage, found: Sum, term: int, batch: int) -> int | None:
    """The sample that a term comes from, where the stage sums over the batch."""
    if batch == 1 or stage.results[0].sampled or term >= len(found.terms) or stage.computes == "next":
        return None
    sampled = [leaf.ref for leaf in leaves(found.terms[term]) if _is_sampled(leaf.ref)]
    return int(sampled[0].partition("[")[2].rstrip("]").split(",")[0]) if sampled else None


def factors(found: Sum, term: int) -> tuple[str, ...]:
    """The refs of the numbers that a term is made of."""
    return tuple(leaf.ref for leaf in sources([found.terms[term]]))


def _single(ref: str, found: Sum, story: Story) -> Message:
    """A number that is one operation."""
    (formula,) = found.terms
    written = formula_of(formula)
    of = {"out": story.named(ref)}
    if written is None:
        return Message("term.single.long", of)
    key, values = with_conditions("term.single", formula, {"equation": written})
    return Message(key, of, values)


def _place(stage: Stage, found: Sum, term: int, batch: int) -> Message:
    """Which of the terms it is, and of which sample where they are summed over the batch."""
    count, sample = len(found.terms), sample_of(stage, found, term, batch)
    values = {"term": term + 1, "count": count}
    if sample is None:
        return Message("place.term", values=values)
    samples = {"sample": sample + 1, "samples": batch}
    return Message("place.sample", values=samples) if count == batch else Message("place.both", values=values | samples)


def _is_sampled(ref: str) -> bool:
    """Whether a ref's first index is the sample: inputs, outputs, targets and their gradients."""
    name = ref.partition("[")[0].removesuffix(".grad")
    return name in ("x", "y", "loss.p") or name.endswith((".output", ".input", ".normalized", ".mask"))
