"""The sentences of steps, word for word, for networks that can be computed by hand."""

from typing import NamedTuple

import pytest

from tests.support.networks import Document, build
from tests.tinyml.test_trace import CHAPTER
from tinyml.expression import evaluate
from tinyml.narrate import Step, narrate, worded
from tinyml.steps import Grain

TWO_LAYERS: Document = {
    "input_shape": [1],
    "layers": [
        {"type": "Linear", "name": "fc_1", "output_dim": 1, "w": [[0.5]], "b": [0.0]},
        {"type": "ReLu", "name": "relu_1"},
        {"type": "Linear", "name": "fc_2", "output_dim": 2, "w": [[1.0, 2.0]], "b": [0.0, 0.0]},
    ],
    "loss": {"type": "half_squared_error"},
    "optimizer": {"type": "sgd", "lr": 0.5},
    "x": [[2.0], [4.0], [-2.0]],
    "y": [[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]],
}


class Narrated(NamedTuple):
    """A step with its title and its sentence in words."""

    step: Step
    title: str
    sentence: str


def spoken(step: Step, sample: int) -> Narrated:
    return Narrated(step, worded(step.title, "en", sample), worded(step.sentence, "en", sample))


def narrated(document: Document, by: Grain, number: int, sample: int = 0) -> Narrated:
    return spoken(narrate(build(document).trace(), by, number, sample), sample)


def find(document: Document, by: Grain, title: str, sample: int = 0) -> Narrated:
    recorded = build(document).trace()
    number = 0
    while (step := spoken(narrate(recorded, by, number, sample), sample)).title != title:
        number += 1
    return step


def test_a_product_flows_into_its_sum() -> None:
    first, second, last = (narrated(CHAPTER, "term", number) for number in (3, 4, 5))
    assert first.title == "Layer fc_1: ŷ₂, term 1 of 3"
    assert first.sentence == "Term 1 of 3: the sum for ŷ₂ begins with x₁ · w₁₂⁽¹⁾ = 0.1 · 0.2 = 0.02."
    assert second.sentence == (
        "Term 2 of 3: x₂ · w₂₂⁽¹⁾ = 0.5 · 0.3 = 0.15 is added to the sum for ŷ₂, which is 0.17 so far."
    )
    assert last.sentence == "Term 3 of 3: b₂⁽¹⁾ = 0.45 completes the sum for ŷ₂: 0.62."
    term = second.step.term
    assert term is not None
    assert term.factors == ("x[0,1]", "fc_1.w[1,1]")
    assert (term.index, term.count, term.of.ref) == (1, 3, "fc_1.output[0,1]")


def test_what_comes_back_from_several_outputs_is_a_term_each() -> None:
    one, other = (narrated(CHAPTER, "term", number) for number in (16, 17))
    assert one.title == "Backward through fc_1: ∂ℓ/∂x₁, term 1 of 2"
    assert one.sentence == "Term 1 of 2: the sum for ∂ℓ/∂x₁ begins with ∇₁⁽¹⁾ · w₁₁⁽¹⁾ = 0.48 · 0.15 = 0.072."
    assert other.sentence == (
        "Term 2 of 2: ∇₂⁽¹⁾ · w₁₂⁽¹⁾ = −0.37 · 0.2 = −0.074 completes the sum for ∂ℓ/∂x₁: −0.002."
    )


def test_what_a_batch_brings_to_a_weight_is_a_term_for_each_sample() -> None:
    step = find(TWO_LAYERS, "term", "Backward through fc_2: ∂ℓ/∂w₁₂⁽²⁾, term 2 of 3", sample=1)
    assert step.sentence == (
        "Sample 2 of 3: ∇₂⁽²⁾ · h₁⁽¹⁾ = 4 · 2 = 8 is added to the sum for ∂ℓ/∂w₁₂⁽²⁾, which is 10 so far."
    )
    assert step.step.term is not None
    assert (step.step.term.sample, step.step.term.running) == (1, 10.0)


def test_what_is_done_to_a_complete_sum_is_written_with_it() -> None:
    step = narrated(CHAPTER, "term", 7)
    assert step.title == "Loss: ℓ, term 2 of 2"
    assert step.sentence == (
        "Term 2 of 2: (ŷ₂ − y₂)² = (0.62 − 0.99)² = 0.1369 completes the sum Σ = 0.3673; "
        "with it ℓ = 0.5 · Σ = 0.5 · 0.3673 = 0.18365."
    )
    term = step.step.term
    assert term is not None
    assert term.around is not None
    assert (term.running, evaluate(term.around)) == pytest.approx((0.3673, 0.18365))


def test_one_operation_is_written_at_once() -> None:
    assert narrated(CHAPTER, "term", 8).sentence == (
        "Backward starts at the loss: ∇₁⁽¹⁾ = ŷ₁ − y₁ = 0.49 − 0.01 = 0.48. A small change of ŷ₁ changes ℓ 0.48 times "
        "as much."
    )
    assert narrated(CHAPTER, "term", 23).sentence == (
        "w₁₂⁽¹⁾ goes from 0.2 to 0.2185, against its gradient −0.037, with learning rate 0.5."
    )
    passed, stopped = (find(TWO_LAYERS, "term", f"Layer relu_1: h₁⁽¹⁾ (sample {n + 1} of 3)", n) for n in (0, 2))
    assert passed.sentence == "ReLU passes what is positive and stops the rest: h₁⁽¹⁾ = z₁⁽¹⁾ = 1, as z > 0."
    assert stopped.sentence == "ReLU passes what is positive and stops the rest: h₁⁽¹⁾ = 0, as z ≤ 0."


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Layer fc_2: ŷ₂ (sample 2 of 3)", "ŷ₂ adds up what reaches it: h₁⁽¹⁾ · w₁₂⁽²⁾ + b₂⁽²⁾ = 2 · 2 + 0 = 4."),
        (
            "Backward through fc_2: ∂ℓ/∂w₁₁⁽²⁾ and ∂ℓ/∂b₁⁽²⁾",
            "A weight’s gradient is the gradient of its unit times the weight’s input, summed over the 3 samples; "
            "the bias’s is the sum of the unit’s gradients: ∂ℓ/∂w₁₁⁽²⁾ = 5 and ∂ℓ/∂b₁⁽²⁾ = 3.",
        ),
        (
            "Backward through fc_2: ∂ℓ/∂h₁⁽¹⁾ (sample 2 of 3)",
            "h₁⁽¹⁾ feeds 2 units, and a gradient comes back from each: ∂ℓ/∂h₁⁽¹⁾ = 2 · 1 + 4 · 2 = 10.",
        ),
        (
            "Backward through fc_1: ∂ℓ/∂x₁ (sample 2 of 3)",
            "x₁ feeds one unit, and its gradient comes back times the weight between them: ∂ℓ/∂x₁ = ∇₁⁽¹⁾ · w₁₁⁽¹⁾ = "
            "10 · 0.5 = 5.",
        ),
        (
            "Update of fc_2: w₁₁⁽²⁾ and b₁⁽²⁾",
            "Against the gradient, with learning rate 0.5: w₁₁⁽²⁾ goes from 1 to −1.5 and b₁⁽²⁾ goes from 0 to −1.5.",
        ),
    ],
)
def test_a_node_names_what_it_computes_and_from_what(title: str, expected: str) -> None:
    assert find(TWO_LAYERS, "node", title, sample=1).sentence == expected


def test_the_coarse_steps_name_what_they_compute() -> None:
    passes = [narrated(TWO_LAYERS, "pass", number) for number in range(4)]
    assert [step.title for step in passes] == ["Forward pass", "Loss", "Backward pass", "Update"]
    assert passes[0].sentence == "Forward, from the inputs to the outputs: ŷ₁ = 1 and ŷ₂ = 2."
    assert passes[1].sentence.endswith("ℓ = 12.5, half the sum of all squared errors.")
    assert "each gradient summed over the 3 samples" in passes[2].sentence
    assert passes[3].sentence.endswith("with learning rate 0.5: 6 parameters move against their gradient.")
    layers = [narrated(TWO_LAYERS, "layer", number) for number in range(10)]
    assert [step.title for step in layers] == [
        "Layer fc_1", "Layer relu_1", "Layer fc_2", "Loss", "Loss", "Backward through fc_2", "Backward through relu_1",
        "Backward through fc_1", "Update of fc_1", "Update of fc_2",
    ]  # fmt: skip
    assert layers[5].sentence == (
        "Fully connected layer fc_2 turns the gradient that reached it into the gradients of its parameters, and "
        "passes back ∂ℓ/∂h₁⁽¹⁾ = 5."
    )
    assert layers[6].sentence == "ReLU relu_1 passes the gradient back: ∇₁⁽¹⁾ = 5."


ONE_WEIGHT: Document = {
    "input_shape": [1],
    "layers": [{"type": "Linear", "name": "fc_1", "output_dim": 1, "w": [[1.0]], "b": [0.0]}],
    "loss": {"type": "half_squared_error"},
    "optimizer": {"type": "sgd", "lr": 0.1},
    "x": [[1.0]],
    "y": [[0.9]],
}
AGAINST = {"fc_1.w": {"velocity": [[-10.0]]}, "fc_1.b": {"velocity": [0.0]}}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "w₁₁⁽¹⁾ goes from 1 to 0.99, against its gradient 0.1, with learning rate 0.1."),
        (
            {"optimizer": {"type": "sgd", "lr": 0.1, "momentum": 0.9, "state": AGAINST}},
            "w₁₁⁽¹⁾ goes from 1 to 1.89, with its gradient 0.1 and not against it: the velocity is now −8.9, and "
            "w₁₁⁽¹⁾ moves against that.",
        ),
        (
            {"y": [[1.0]], "optimizer": {"type": "sgd", "lr": 0.1, "weight_decay": 0.5}},
            "w₁₁⁽¹⁾ goes from 1 to 0.95: its gradient is 0, and weight decay λ = 0.5 moves it.",
        ),
        (
            {"y": [[1.1]], "optimizer": {"type": "sgd", "lr": 0.1, "weight_decay": 0.5}},
            "w₁₁⁽¹⁾ goes from 1 to 0.96: weight decay λ = 0.5 takes it there, with its gradient −0.1 and not "
            "against it.",
        ),
        ({"y": [[1.0]]}, "w₁₁⁽¹⁾ stays at 1: its gradient is 0."),
        ({"optimizer": {"type": "sgd", "lr": 0.0}}, "w₁₁⁽¹⁾ stays at 1; its gradient is 0.1."),
        (
            {"y": [[1.0]], "optimizer": {"type": "adamw", "lr": 0.1, "weight_decay": 0.5}},
            "w₁₁⁽¹⁾ goes from 1 to 0.95: its gradient is 0, and weight decay λ = 0.5 moves it.",
        ),
        (
            {"y": [[1.0]], "optimizer": {"type": "adam", "epsilon": 0}},
            "w₁₁⁽¹⁾ has no next value: all of its gradients so far are 0, and ε is 0 too, so that its step is 0/0.",
        ),
    ],
)
def test_an_update_is_worded_by_what_happened(changes: Document, expected: str) -> None:
    assert find({**ONE_WEIGHT, **changes}, "term", "Update of fc_1: w₁₁⁽¹⁾").sentence == expected


def test_a_normalization_over_two_numbers_sums_the_upstream_gradients() -> None:
    document = {
        **ONE_WEIGHT,
        "input_shape": [2],
        "layers": [{"type": "LayerNorm", "name": "ln", "gamma": [1.5, 0.5], "beta": [0.1, -0.2]}],
        "x": [[1.0, 2.0]],
        "y": [[0.0, 0.0]],
    }
    first = find(document, "term", "Backward through ln: ∂ℓ/∂x₁, term 1 of 2")
    assert first.sentence.startswith("Term 1 of 2: the sum Σ within ∂ℓ/∂x₁ begins with γ₁⁽¹⁾ · ")
    assert find(document, "node", "Layer ln: x̂₁⁽¹⁾ and ŷ₁").sentence == (
        "ŷ₁ is the normalized number, scaled by γ and moved by β: 1.5 · (−0.99998) + 0.1 = −1.39997."
    )


def test_a_wide_layers_node_names_its_first_and_last_parameter() -> None:
    wide = {
        **TWO_LAYERS,
        "input_shape": [120],
        "layers": [{"type": "Linear", "name": "fc_1", "output_dim": 2, "w": [[0.5, 1.0]] * 120, "b": [0.0, 0.0]}],
        "x": [[0.1] * 120],
        "y": [[0.0, 0.0]],
    }
    step = find(wide, "node", "Update of fc_1: w₁₁⁽¹⁾, w₂₁⁽¹⁾, w₃₁⁽¹⁾ and 118 more")
    assert (len(step.step.refs), step.step.computed) == (100, 121)
    assert "w₃₁⁽¹⁾ goes from 0.5 to " in step.sentence
    assert " and 118 more" in step.sentence


def test_a_sum_of_too_many_terms_is_narrated_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tinyml.narrate.sums.MOST_TERMS", 2)
    monkeypatch.setattr("tinyml.narrate.terms.MOST_TERMS", 2)
    step = narrated(CHAPTER, "term", 3)
    assert step.sentence == "One more of 3 terms flows into ŷ₂; these are too many to list one by one."
    assert step.step.term is None
    assert step.step.refs == ("fc_1.output[0,1]",)


def test_a_step_that_there_is_not_is_an_error() -> None:
    with pytest.raises(IndexError, match="there are 26, counted from 0"):
        narrated(CHAPTER, "term", 26)
