"""The sentence of one term: what flows into a number now, and what it has come to."""

from __future__ import annotations

from collections.abc import Sequence

from tinyml.expression import Choice, Expression, Leaf, Number, Operation, short, text
from tinyml.narrate.story import Story
from tinyml.narrate.sums import Sum, leaves
from tinyml.steps import Stage


def term_sentence(story: Story, stage: Stage, ref: str, found: Sum, term: int) -> str:
    """What the term adds to the number that `ref` names, from where, and what that makes so far."""
    count, subject = len(found.terms), story.subject(ref)
    if term >= count:
        return _idle(story, ref, found)
    what = said(story, found.terms[term], sample_of(stage, found, term, story.batch))
    if count == 1:
        return f"{_from(story, stage, ref, found, 0)}{what}: that is {subject}{_done(found, subject)}."
    gathered = "the largest" if found.largest else "the sum"
    of = f" for {subject}" if found.whole else ""
    if term == 0:
        so_far = f"{gathered}{of} begins with it"
    elif term < count - 1:
        so_far = f"{gathered}{of} so far is {short(found.running[term])}"
    elif found.whole:
        so_far = f"with that {gathered} is complete: {subject} is {short(found.value)}"
    else:
        so_far = f"with that {gathered} is complete, {short(found.running[term])}{_done(found, subject)}"
    return f"{_from(story, stage, ref, found, term)}{what}; {so_far}."


def sample_of(stage: Stage, found: Sum, term: int, batch: int) -> int | None:
    """The sample that a term comes from, where the stage sums over the batch."""
    if batch == 1 or stage.results[0].sampled or term >= len(found.terms) or stage.computes == "next":
        return None
    sampled = [leaf.ref for leaf in leaves(found.terms[term]) if _is_sampled(leaf.ref)]
    return int(sampled[0].partition("[")[2].rstrip("]").split(",")[0]) if sampled else None


def said(story: Story, formula: Expression, sample: int | None = None) -> str:
    """A term with its numbers: x₁ = 0.1 times w₁₂ = 0.2 is 0.02."""

    def named(leaf: Leaf) -> str:
        return f"{story.plain(leaf.symbol, sample)} = {short(leaf.value)}"

    match formula:
        case Leaf():
            return f"{named(formula)} comes as it is"
        case Number(value):
            return f"{short(value)} comes"
        case Choice(cases, taken):
            return f"as {cases[taken].when}, {said(story, cases[taken].value, sample)}"
        case Operation("product", args) if all(isinstance(arg, Leaf) for arg in args):
            return f"{' times '.join(named(arg) for arg in args if isinstance(arg, Leaf))} is {short(formula.value)}"
    return f"{text(formula, 'numbers')} is {short(formula.value)}"


def sources(formulas: Sequence[Expression]) -> list[Leaf]:
    """The named numbers that formulas are made from, each once."""
    return list({leaf.ref: leaf for formula in formulas for leaf in leaves(formula)}.values())


def _from(story: Story, stage: Stage, ref: str, found: Sum, term: int) -> str:
    """Where the term comes from, and why there are several."""
    count = len(found.terms)
    sample = sample_of(stage, found, term, story.batch)
    if sample is not None:
        return f"Sample {sample + 1} of {story.batch}: "
    if stage.computes == "input_gradient" and count > 1:
        fed = _fed(story, stage, found.terms[term])
        if not found.whole:
            return f"From {fed}: "
        of = story.symbol(ref.replace(".grad", "", 1))
        if term == 0:
            return f"{of} feeds {count} outputs, so its gradient sums what comes back from each of them; from {fed}: "
        return f"From {fed}, which {of} feeds too: "
    return ""


def _fed(story: Story, stage: Stage, formula: Expression) -> str:
    """The output of the layer that a term of an input's gradient came back from."""
    for leaf in leaves(formula):
        if leaf.ref.startswith(f"{stage.layer}.output.grad["):
            return story.symbol(leaf.ref.replace(".grad", "", 1))
    return stage.layer


def _done(found: Sum, subject: str) -> str:
    """What is still done to the sum, once it is complete."""
    return "" if found.whole else f"; by {found.law}, that makes {subject} = {short(found.value)}"


def _idle(story: Story, ref: str, found: Sum) -> str:
    terms = "its only term is" if len(found.terms) == 1 else f"its {len(found.terms)} terms are"
    return (
        f"Nothing more flows into {story.subject(ref)}: {terms} done. "
        "Numbers further from the border of the image have more."
    )


def _is_sampled(ref: str) -> bool:
    """Whether a ref's first index is the sample: inputs, outputs, targets and their gradients."""
    name = ref.partition("[")[0].removesuffix(".grad")
    return name in ("x", "y") or name.endswith((".output", ".input", ".normalized", ".mask"))
