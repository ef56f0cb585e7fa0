"""The sentence of one node: what it computes, and from which numbers."""

from __future__ import annotations

from itertools import islice

from tinyml.explain.refs import parse
from tinyml.expression import Call, Choice, Expression, Number, Operation
from tinyml.expression.text import taken
from tinyml.narrate.message import Message, Named, Value
from tinyml.narrate.story import (
    MOST_NAMED,
    Story,
    bare,
    conditions_of,
    formula_of,
    listed,
    with_conditions,
    worded_for,
)
from tinyml.narrate.sums import Sum
from tinyml.narrate.updates import node_update
from tinyml.narrate.wording import wordings
from tinyml.steps import Stage

# A number with more terms is described without its formula, which would take too long to build for one sentence.
FEW_TERMS = 32


def node_message(story: Story, stage: Stage, node: int) -> Message:
    """Return the message of a node: what it computes, and how."""
    match stage.computes:
        case "parameter_gradients":
            return _parameters(story, stage, node)
        case "next":
            return node_update(story, stage, node)
        case "loss":
            return loss_message(story)
        case "probabilities":
            return _probability(story, stage, node)
        case "loss_gradient":
            return _loss_gradient(story, stage.last_ref(node, story.sample))
    return _computed(story, stage, stage.last_ref(node, story.sample))


def loss_message(story: Story) -> Message:
    """Return the message of the loss: what it compares, and its value; with a penalty also the objective."""
    if story.trace.objective is None:
        return _loss(story)
    refs = {"objective": story.named("loss.objective"), "penalty": story.named("loss.penalty")}
    return Message("node.loss.penalty", refs, {"loss": _loss(story)})


def _loss(story: Story) -> Message:
    loss, out = story.trace.loss.loss, story.named("loss")
    count, words = story.trace.output.size, wordings("en")
    measured = next(key for key in (f"loss.{loss.type}.{count}", f"loss.{loss.type}", "loss") if key in words)
    values: dict[str, Value] = {"count": count, "measured": Message(measured)}
    if not loss.takes_targets:
        return Message("node.loss.alone", {"out": out}, {"measured": values["measured"]})
    if story.trace.output.size > MOST_NAMED + 1 or story.trace.output.ndim != 2 or story.batch > 1:
        return Message("node.loss", {"out": out}, values)
    compared = f"{story.last}.output" if loss.of_probabilities is None else "loss.p"
    pairs = tuple(
        Message(
            "pair",
            {"predicted": story.named(f"{compared}[0,{k}]"), "target": story.named(f"y[0,{k}]")},
        )
        for k in range(story.trace.output.shape[1])
    )
    return Message("node.loss.pairs", {"out": out}, {**values, "pairs": pairs})


def _probability(story: Story, stage: Stage, node: int) -> Message:
    """Return the message of how the loss maps a score to a probability."""
    ref, loss = stage.last_ref(node, story.sample), story.trace.loss.loss
    key, refs = f"node.probability.{loss.squashes}", {"out": story.named(ref)}
    terms = stage.results[-1].terms
    found = story.terms(ref, terms) if terms <= FEW_TERMS else None
    written = None if found is None else formula_of(found.formula)
    return Message(f"{key}.long", refs) if written is None else Message(key, refs, {"equation": written})


def _loss_gradient(story: Story, ref: str) -> Message:
    found = story.terms(ref, 1)
    refs: dict[str, Named] = {"out": story.named(ref), "of": story.named(bare(ref))}
    formula = None if found is None else found.terms[0]
    written = None if formula is None else formula_of(formula)
    if formula is None or written is None:
        return Message("node.loss_gradient.long", refs)
    if _at_a_kink(formula):
        return Message("node.loss_gradient.kink", refs, {"equation": written})
    key, values = with_conditions("node.loss_gradient", formula, {"equation": written})
    return Message(key, refs, values)


def _at_a_kink(formula: Expression) -> bool:
    """Return whether the formula takes the sign of 0, where the loss is not differentiable."""
    match taken(formula):
        case Call("sign", _, value):
            return value == 0
        case Operation(_, args) | Call(_, args):
            return any(map(_at_a_kink, args))
    return False


def _computed(story: Story, stage: Stage, ref: str) -> Message:
    """Return the message of one number of a layer: its output, the gradient of its input, or a statistic."""
    recorded, results = story.layer(stage.layer), stage.results[-1]
    found = story.terms(ref, results.terms) if results.terms <= FEW_TERMS else None
    refs = {"out": story.named(ref), "of": story.named(bare(ref))}
    count = len(found.terms) if found else results.terms
    bias = int(stage.computes == "output" and recorded.layer.biased)
    values: dict[str, Value] = {
        "layer": story.titled(stage.layer),
        "count": count,
        "products": count - bias,
        "outside": results.terms - count,
    }
    variants = _variants(stage, found, results.terms, count - bias)
    if recorded.layer.elementwise and "mask" in recorded.saved:
        mask = recorded.saved["mask"][parse(ref).index]
        variants = ["predict" if not recorded.training else "kept" if mask else "dropped"]
    if found is not None:
        written = formula_of(found.formula)
        values |= {} if written is None else {"equation": written}
        values["won"] = _won(found)
        held = conditions_of(found.formula)
        if held:
            values["when"] = held
            variants = [*variants, "when"]
    if not bias:
        variants = [form for one in [*variants, "", "long"] for form in (f"{one}.unbiased".lstrip("."), one)]
    return worded_for(recorded.layer, f"node.{stage.computes}", variants, refs, values)


def _variants(stage: Stage, found: Sum | None, steps: int, products: int) -> list[str]:
    """Return the variants that apply to a number that is computed in `steps` steps, the most specific first."""
    if found is None:
        return ["gathered"]
    terms = found.terms
    if len(terms) == 1 and isinstance(terms[0], Number):
        return ["none"]
    if stage.computes == "input_gradient" and all(isinstance(term, Choice) for term in terms):
        won = _won(found)
        return [f"won{won}" if won < 2 else "won"]
    if stage.computes == "output" and len(terms) < steps:
        return [f"edge{products}" if products < 2 else "edge"]
    return ["one"] if len(terms) == 1 else ["gathered"]


def _won(found: Sum) -> int:
    """Return the number of terms whose first case was taken."""
    return sum(isinstance(term, Choice) and term.taken == 0 for term in found.terms)


def _parameters(story: Story, stage: Stage, node: int) -> Message:
    """Return the message of the gradients of the parameters of one unit."""
    recorded, count = story.layer(stage.layer), stage.computed(node)
    refs = list(islice(stage.refs(node, story.sample), MOST_NAMED + 1))
    values: dict[str, Value] = {"gradients": listed([_gradient(story, stage, ref) for ref in refs], count)}
    values["samples"] = story.batch
    variants = ["batch"] if story.batch > 1 else []
    if not recorded.layer.biased:
        variants = [*(f"unbiased.{one}" for one in variants), *variants, "unbiased"]
    return worded_for(recorded.layer, "node.parameter_gradients", variants, {}, values)


def _gradient(story: Story, stage: Stage, ref: str) -> Message:
    """Return the message of a parameter's gradient: its formula if it is one operation, otherwise its value."""
    name = ref.partition("[")[0]
    terms = next(results.terms for results in stage.results if results.name == name)
    found = story.terms(ref, 1) if terms == 1 else None
    written = None if found is None else formula_of(found.formula)
    out = story.named(ref)
    if written is None:
        return Message("number", {"number": out})
    return Message("equal", {"out": out}, {"equation": written})
