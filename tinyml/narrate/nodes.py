"""The sentence of one node: what is computed now, from what, and what it is needed for."""

from __future__ import annotations

from itertools import islice

from tinyml.expression import short
from tinyml.narrate.story import Story, capital, listed, several
from tinyml.narrate.terms import sources
from tinyml.steps import Stage

# Sources that a sentence names one by one; of more it tells how many there are.
MOST_SOURCES = 3
# A number with more terms names none of its sources: to look at its whole formula for one sentence would take long.
FEW_TERMS = 8


def node_sentence(story: Story, stage: Stage, node: int) -> str:
    """What a node computes, how, and why now."""
    match stage.computes:
        case "parameter_gradients":
            return _parameters(story, stage, node)
        case "next":
            return _updated(story, stage, node)
    return f"{_how(story, stage, stage.last_ref(node, story.sample))} {_why(story, stage)}"


def gathers(story: Story, stage: Stage, node: int) -> str:
    """The numbers of a node in words: h₁, or the gradients of the weights and the bias into ŷ₁."""
    count, last = stage.computed(node), stage.last_ref(node, story.sample)
    if stage.computes not in ("parameter_gradients", "next") or count == 1:
        return story.subject(last)
    what = "the gradients of" if stage.computes == "parameter_gradients" else "the new"
    symbols = [story.symbol(_bare(ref)) for ref in _first(story, stage, node)]
    if count > MOST_SOURCES:
        return f"{what} {count:,} parameters, {symbols[0]} to {story.symbol(_bare(last))}"
    return f"{what} {listed(symbols)}"


def _first(story: Story, stage: Stage, node: int) -> list[str]:
    """The refs of a node's first numbers."""
    return list(islice(stage.refs(node, story.sample), MOST_SOURCES))


def _how(story: Story, stage: Stage, ref: str) -> str:
    value, subject = short(story.value(ref)), story.subject(ref)
    results = stage.results[-1]
    words = _words(story, stage)
    found = story.terms(ref, results.terms) if results.terms <= FEW_TERMS else None
    named = [f"{story.plain(leaf.symbol)} = {short(leaf.value)}" for leaf in sources(found.terms)] if found else []
    if 0 < len(named) <= MOST_SOURCES:
        return f"From {listed(named)}, {subject} becomes {value}: {words}."
    gathered = f", from {results.terms:,} terms" if results.terms > 1 else ""
    return capital(f"{subject} becomes {value}{gathered}: {words}.")


def _words(story: Story, stage: Stage) -> str:
    if stage.layer == "loss":
        measured = story.trace.loss.loss.in_words
        return measured if stage.computes == "loss" else f"the loss is {measured}, and this is its slope there"
    if stage.computes == "mean":
        return "the mean of what is to be moved"
    if stage.computes == "variance":
        return "the mean squared distance from that mean"
    words = story.layer(stage.layer).layer.in_words
    return words.forward if stage.phase == "forward" else words.backward


def _why(story: Story, stage: Stage) -> str:
    match stage.computes:
        case "mean" | "variance":
            return "The outputs of the layer need it."
        case "output":
            after = story.after(stage.layer)
            return (
                f"Layer {after} needs it next."
                if after
                else "It is an output of the network, and the loss needs it next."
            )
        case "loss":
            return "The backward pass begins here."
        case "loss_gradient":
            return f"It flows back into {story.trace.layers[-1].layer.name} next."
    before = story.before(stage.layer)
    return f"It flows back into {before} next." if before else "The way back ends here, at the inputs."


def _parameters(story: Story, stage: Stage, node: int) -> str:
    several = stage.computed(node) > 1
    words = story.layer(stage.layer).layer.in_words.learning
    batch = f", summed over the {story.batch} samples" if story.batch > 1 else ""
    return capital(
        f"{gathers(story, stage, node)} {'are' if several else 'is'} known now{batch}: {words}. "
        f"The update needs {'them' if several else 'it'} later."
    )


def _updated(story: Story, stage: Stage, node: int) -> str:
    moves = [
        f"{story.symbol(_bare(ref))} goes from {short(story.value(_bare(ref)))} to {short(story.value(ref))}"
        for ref in _first(story, stage, node)
    ]
    rest = stage.computed(node) - len(moves)
    told = listed([*moves, f"{several(rest, 'more parameter')} likewise"] if rest else moves)
    return capital(f"{told}: {_rule(story, stage)}.")


def _rule(story: Story, stage: Stage) -> str:
    parameters = story.layer(stage.layer).layer.parameters().values()
    if not any(parameter.require_grad for parameter in parameters):
        return "the layer is frozen, so they stay as they are"
    return story.trace.optimizer.in_words


def _bare(ref: str) -> str:
    """The ref of the number itself, whose gradient or next value a ref names."""
    return ref.replace(".grad", "", 1).replace(".next", "", 1)
