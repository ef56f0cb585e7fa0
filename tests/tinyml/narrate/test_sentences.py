"""What the steps say, word for word, where one can follow it with a pencil."""

import pytest

from tests.support.networks import Document, build
from tests.tinyml.test_trace import CHAPTER
from tinyml.narrate import Step, narrate
from tinyml.steps import Grain

TWO_LAYERS: Document = {
    "input_shape": [1],
    "layers": [
        {"type": "Linear", "name": "fc_1", "w": [[0.5]], "b": [0.0]},
        {"type": "ReLu", "name": "relu_1"},
        {"type": "Linear", "name": "fc_2", "w": [[1.0, 2.0]], "b": [0.0, 0.0]},
    ],
    "loss": {"type": "half_squared_error"},
    "optimizer": {"type": "sgd", "lr": 0.5},
    "x": [[2.0], [4.0], [-2.0]],
    "y": [[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]],
}


def told(document: Document, by: Grain, number: int, sample: int = 0) -> Step:
    return narrate(build(document).trace(), by, number, sample)


def find(document: Document, by: Grain, title: str, sample: int = 0) -> Step:
    recorded = build(document).trace()
    number = 0
    while (step := narrate(recorded, by, number, sample)).title != title:
        number += 1
    return step


def test_a_product_flows_into_its_sum() -> None:
    first, second, last = (told(CHAPTER, "term", number) for number in (3, 4, 5))
    assert first.title == "Layer fc_1: ŷ₂, term 1 of 3"
    assert first.sentence == "x₁ = 0.1 times w₁₂⁽¹⁾ = 0.2 is 0.02; the sum for ŷ₂ begins with it."
    assert second.sentence == "x₂ = 0.5 times w₂₂⁽¹⁾ = 0.3 is 0.15; the sum for ŷ₂ so far is 0.17."
    assert last.sentence == "b₂⁽¹⁾ = 0.45 comes as it is; with that the sum is complete: ŷ₂ is 0.62."
    assert second.term is not None
    assert second.term.factors == ("x[0,1]", "fc_1.w[1,1]")
    assert (second.term.index, second.term.count, second.refs) == (1, 3, ("fc_1.output[0,1]",))


def test_what_comes_back_from_several_outputs_is_a_term_each() -> None:
    one, other = (told(CHAPTER, "term", number) for number in (16, 17))
    assert one.title == "Backward through fc_1: the gradient of x₁, term 1 of 2"
    assert one.sentence == (
        "x₁ feeds 2 outputs, so its gradient sums what comes back from each of them; from ŷ₁: "
        "∇₁⁽¹⁾ = 0.48 times w₁₁⁽¹⁾ = 0.15 is 0.072; the sum for the gradient of x₁ begins with it."
    )
    assert other.sentence == (
        "From ŷ₂, which x₁ feeds too: ∇₂⁽¹⁾ = −0.37 times w₁₂⁽¹⁾ = 0.2 is −0.074; "
        "with that the sum is complete: the gradient of x₁ is −0.002."
    )


def test_what_a_batch_brings_to_a_weight_is_a_term_for_each_sample() -> None:
    step = find(TWO_LAYERS, "term", "Backward through fc_2: the gradient of w₁₂⁽²⁾, term 2 of 3")
    assert step.sentence == (
        "Sample 2 of 3: ∇₂⁽²⁾ = 4 times h₁⁽¹⁾ = 2 is 8; the sum for the gradient of w₁₂⁽²⁾ so far is 10."
    )
    assert step.term is not None
    assert (step.term.sample, step.term.running) == (1, 10.0)


def test_the_loss_is_told_by_its_law() -> None:
    step = told(CHAPTER, "term", 7)
    assert step.title == "Loss: ℓ, term 2 of 2"
    assert step.sentence == (
        "(0.62 − 0.99) squared is 0.1369; with that the sum is complete, 0.3673; by ℓ = ½ Σ (ŷ − y)², that makes "
        "ℓ = 0.18365."
    )


def test_one_operation_is_told_at_once() -> None:
    assert told(CHAPTER, "term", 8).sentence == "0.49 − 0.01 is 0.48: that is the gradient of ŷ₁."
    assert told(CHAPTER, "term", 23).sentence == "0.2 − 0.5 × (−0.037) is 0.2185: that is the new w₁₂⁽¹⁾."
    passed, stopped = (find(TWO_LAYERS, "term", f"Layer relu_1: h₁⁽¹⁾ (sample {n + 1} of 3)", n) for n in (0, 2))
    assert passed.sentence == "As z > 0, z₁⁽¹⁾ = 1 comes as it is: that is h₁⁽¹⁾."
    assert stopped.sentence == "As z ≤ 0, 0 comes: that is h₁⁽¹⁾."


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (
            "Layer relu_1: h₁⁽¹⁾ (sample 2 of 3)",
            "From z₁⁽¹⁾ = 2, h₁⁽¹⁾ becomes 2: what is positive passes, and the rest becomes 0. "
            "Layer fc_2 needs it next.",
        ),
        (
            "Backward through fc_2: the gradients of w₁₁⁽²⁾ and b₁⁽²⁾",
            "The gradients of w₁₁⁽²⁾ and b₁⁽²⁾ are known now, summed over the 3 samples: a weight carried one input to "
            "one output, so its gradient is what came back from that output times that input. The update needs them "
            "later.",
        ),
        (
            "Backward through fc_2: the gradient of h₁⁽¹⁾ (sample 2 of 3)",
            "The gradient of h₁⁽¹⁾ becomes 10, from 2 terms: an input feeds every output, so it gathers what comes "
            "back from each of them, times the weight between them. It flows back into relu_1 next.",
        ),
        (
            "Update of fc_2: the new w₁₁⁽²⁾ and b₁⁽²⁾",
            "w₁₁⁽²⁾ goes from 1 to −1.5 and b₁⁽²⁾ goes from 0 to −1.5: each goes against its gradient, as far as the "
            "learning rate says.",
        ),
    ],
)
def test_a_node_tells_what_it_computes_and_what_needs_it(title: str, said: str) -> None:
    assert find(TWO_LAYERS, "node", title, sample=1).sentence == said


def test_the_large_steps_tell_why_they_come_in_this_order() -> None:
    passes = [told(TWO_LAYERS, "pass", number) for number in range(4)]
    assert [step.title for step in passes] == ["Forward pass", "Loss", "Backward pass", "Update"]
    assert "because each needs what the one before it gives" in passes[0].sentence
    assert "the loss is 12.5, half the sum of all squared errors" in passes[1].sentence
    assert "last to first, because the gradient of an output is only known once" in passes[2].sentence
    assert "only now, because the backward pass needed the old values" in passes[3].sentence
    layers = [told(TWO_LAYERS, "layer", number) for number in range(10)]
    assert [step.title for step in layers] == [
        "Layer fc_1", "Layer relu_1", "Layer fc_2", "Loss", "Loss", "Backward through fc_2", "Backward through relu_1",
        "Backward through fc_1", "Update of fc_1", "Update of fc_2",
    ]  # fmt: skip
    assert layers[5].sentence.startswith("fc_2 takes the gradient of the loss. First its parameters: ")
    assert layers[6].sentence.endswith("It hands the result back to fc_1.")


def test_a_wide_layers_node_names_its_first_and_last_parameter() -> None:
    wide = {
        **TWO_LAYERS,
        "layers": [{"type": "Linear", "name": "fc_1", "w": [[0.5, 1.0]] * 120, "b": [0.0, 0.0]}],
        "x": [[0.1] * 120],
        "y": [[0.0, 0.0]],
    }
    step = find(wide, "node", "Update of fc_1: the new 121 parameters, w₁₁⁽¹⁾ to b₁⁽¹⁾")
    assert (len(step.refs), step.computed) == (100, 121)
    assert " and 118 more parameters likewise: " in step.sentence


def test_a_sum_of_too_many_terms_is_told_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tinyml.narrate.sums.MOST_TERMS", 2)
    step = told(CHAPTER, "term", 3)
    assert step.sentence == "One more term flows into ŷ₂; it has too many to be told one by one."
    assert step.term is None
    assert step.refs == ("fc_1.output[0,1]",)


def test_a_step_that_there_is_not_is_an_error() -> None:
    with pytest.raises(IndexError, match="there are 26, counted from 0"):
        told(CHAPTER, "term", 26)
