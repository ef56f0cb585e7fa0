"""The sentence of one term: the term, the result of the terms so far, and the function of their sum that follows."""

from __future__ import annotations

from tinyml.expression import Expression
from tinyml.narrate.formulas import equation
from tinyml.narrate.message import Message, Value
from tinyml.narrate.story import Story, formula_of, with_conditions
from tinyml.narrate.sums import MOST_TERMS, Sum, leaves, sources
from tinyml.steps import Stage


def term_message(story: Story, stage: Stage, ref: str, found: Sum, term: int) -> Message:
    """Return the message of a term: what it adds to the number that `ref` names, and the result so far."""
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
    """Return the message of a number without terms: there are too many, or its layer has no formula."""
    key = "term.many" if count > MOST_TERMS else "term.unexplained"
    return Message(key, {"out": story.named(ref)}, {"count": count})


def term_equation(formula: Expression) -> Message:
    """Return a term as an equation, with the conditions of its cases; only the value if its formula is long."""
    written = formula_of(formula)
    key, values = with_conditions("formula", formula, {"formula": written or formula.value})
    return Message(key, values=values)


def sample_of(stage: Stage, found: Sum, term: int, batch: int) -> int | None:
    """Return the sample of a term, if the stage sums over the batch."""
    if batch == 1 or stage.results[0].sampled or term >= len(found.terms) or stage.computes == "next":
        return None
    sampled = [leaf.ref for leaf in leaves(found.terms[term]) if _is_sampled(leaf.ref)]
    return int(sampled[0].partition("[")[2].rstrip("]").split(",")[0]) if sampled else None


def factors(found: Sum, term: int) -> tuple[str, ...]:
    """Return the refs of the numbers in a term."""
    return tuple(leaf.ref for leaf in sources([found.terms[term]]))


def _single(ref: str, found: Sum, story: Story) -> Message:
    """Return the message of a number that is one operation."""
    (formula,) = found.terms
    written = formula_of(formula)
    of = {"out": story.named(ref)}
    if written is None:
        return Message("term.single.long", of)
    key, values = with_conditions("term.single", formula, {"equation": written})
    return Message(key, of, values)


def _place(stage: Stage, found: Sum, term: int, batch: int) -> Message:
    """Return the message of a term's position, and of its sample if the terms are summed over the batch."""
    count, sample = len(found.terms), sample_of(stage, found, term, batch)
    values = {"term": term + 1, "count": count}
    if sample is None:
        return Message("place.term", values=values)
    samples = {"sample": sample + 1, "samples": batch}
    return Message("place.sample", values=samples) if count == batch else Message("place.both", values=values | samples)


def _is_sampled(ref: str) -> bool:
    """Return whether a ref's first index is the sample: inputs, outputs, targets and their gradients."""
    name = ref.partition("[")[0].removesuffix(".grad")
    return name in ("x", "y", "loss.p") or name.endswith((".output", ".input", ".normalized", ".mask"))
