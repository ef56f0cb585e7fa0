"""The sentences of the large steps: a layer, and a whole pass, each with the reason why it comes when it does."""

from __future__ import annotations

from tinyml.expression import short
from tinyml.narrate.story import Story, several
from tinyml.steps import Phase, Stage

PASSES: dict[Phase, str] = {
    "forward": "Forward pass",
    "loss": "Loss",
    "backward": "Backward pass",
    "update": "Update",
}


def pass_sentence(story: Story, phase: Phase) -> str:
    """What a pass does, and why it comes now."""
    layers = several(len(story.trace.layers), "layer")
    value = short(story.trace.loss.value)
    match phase:
        case "forward":
            return (
                f"What goes in flows through {layers}, first to last, because each needs what the one before it gives."
            )
        case "loss":
            return f"The outputs are held against the targets: the loss is {value}, {story.trace.loss.loss.in_words}."
        case "backward":
            return (
                f"The gradient of the loss flows back through {layers}, last to first, because the gradient of an "
                "output is only known once all that it feeds has handed it back."
            )
    return (
        "Every parameter takes its step only now, because the backward pass needed the old values: "
        f"{story.trace.optimizer.in_words}."
    )


def layer_title(stage: Stage) -> str:
    """The title of a layer's step, with which those of its nodes and terms begin."""
    if stage.layer == "loss":
        return "Loss"
    return {
        "forward": f"Layer {stage.layer}",
        "backward": f"Backward through {stage.layer}",
        "update": f"Update of {stage.layer}",
    }[stage.phase]


def layer_sentence(story: Story, stage: Stage) -> str:
    """What a layer does in a pass, and why it is its turn."""
    if stage.layer == "loss":
        return _loss(story, stage)
    if stage.phase == "update":
        rule = story.trace.optimizer.in_words
        return f"All gradients are known, and none needs the old parameters of {stage.layer} any more: {rule}."
    return _forward(story, stage) if stage.phase == "forward" else _backward(story, stage)


def _forward(story: Story, stage: Stage) -> str:
    before, after = story.before(stage.layer), story.after(stage.layer)
    given = f"what {before} gave" if before else "the network’s inputs"
    wanted = f"{after} waits for them" if after else "they are the network’s outputs"
    words = story.layer(stage.layer).layer.in_words.forward
    return f"{stage.layer} takes {given} and gives its outputs, and {wanted}: {words}."


def _backward(story: Story, stage: Stage) -> str:
    recorded, before, after = story.layer(stage.layer), story.before(stage.layer), story.after(stage.layer)
    words = recorded.layer.in_words
    came = f"what {after} handed back" if after else "the gradient of the loss"
    goal = f"It hands the result back to {before}." if before else "There the way back ends."
    learnt = f"First its parameters: {words.learning}. Then its inputs: " if recorded.parameters else "Its inputs: "
    return f"{stage.layer} takes {came}. {learnt}{words.backward}. {goal}"


def _loss(story: Story, stage: Stage) -> str:
    measured = story.trace.loss.loss.in_words
    if stage.phase == "loss":
        value = short(story.trace.loss.value)
        return f"All outputs are known now and can be held against the targets: the loss is {value}, {measured}."
    last = story.trace.layers[-1].layer.name
    return f"The backward pass begins at the loss, {measured}, and asks how it would change with each output of {last}."
