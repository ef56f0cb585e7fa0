"""The hinge loss: its value, the margin, and its valid targets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.support.networks import Document, build
from tests.support.pytorch_layers import where_torch_is
from tests.support.reaching import reaches
from tinyml.core import TargetError
from tinyml.explain import explain
from tinyml.gradient_check import gradient_check
from tinyml.layers import Linear
from tinyml.losses import hinge
from tinyml.narrate import narrate, plain_law, worded
from tinyml.net import Sequential

SIDES = st.sampled_from([-1.0, 1.0])
# Agreements yŷ below the margin, on it and beyond it, and exactly 0.
SCORES = st.sampled_from([-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0])
SHAPES = st.tuples(st.integers(1, 4), st.integers(1, 3))


def test_with_one_output_it_is_the_mean_over_the_samples() -> None:
    value, gradient = hinge(np.array([[0.5], [-2.0], [3.0], [-0.25]]), np.array([[1.0], [1.0], [1.0], [-1.0]]))
    assert value == (0.5 + 3 + 0 + 0.75) / 4
    np.testing.assert_array_equal(gradient, [[-0.25], [-0.25], [0.0], [0.25]])


def test_several_outputs_are_as_many_questions() -> None:
    value, gradient = hinge(np.array([[0.5, -2.0], [3.0, -0.25]]), np.array([[1.0, 1.0], [1.0, -1.0]]))
    assert value == (0.5 + 3 + 0 + 0.75) / 4
    np.testing.assert_array_equal(gradient, [[-0.25, -0.25], [0.0, 0.25]])


def test_at_the_margin_the_slope_is_0_and_no_negative_zero() -> None:
    scores = np.array([[1.0, -1.0, np.nextafter(1, 0), np.nextafter(1, 2)]])
    value, gradient = hinge(scores, np.array([[1.0, -1.0, 1.0, 1.0]]))
    assert value == pytest.approx(0, abs=1e-16)
    np.testing.assert_array_equal(gradient, [[0, 0, -0.25, 0]])
    assert not np.signbit(gradient[gradient == 0]).any()


@pytest.mark.parametrize("target", [0.0, 0.99, -2.0, np.nan])
def test_other_targets_are_refused_with_a_way_out(target: float) -> None:
    message = r"hinge: a target must be −1 or \+1, .* for the other, or take binary_cross_entropy"
    with pytest.raises(TargetError, match=message):
        hinge(np.ones((2, 1)), np.array([[1.0], [target]]))
    model = Sequential([Linear("fc", 1, 1, rng=np.random.default_rng(0))])
    with pytest.raises(TargetError, match=message):
        model.training_plan("step", hinge, np.ones((2, 1))).take(np.ones((2, 1)), np.array([[1.0], [target]]))


@where_torch_is
@given(data=st.data(), shape=SHAPES)
def test_it_equals_pytorchs_margin_ranking_loss_beside_the_margin(data: st.DataObject, shape: tuple[int, int]) -> None:
    import torch

    scores, sides = data.draw(arrays(float, shape, elements=SCORES)), data.draw(arrays(float, shape, elements=SIDES))
    predicted = torch.tensor(scores, requires_grad=True)
    theirs = torch.nn.functional.margin_ranking_loss(
        predicted, torch.zeros(shape, dtype=torch.float64), torch.tensor(sides), margin=1.0
    )
    theirs.backward()
    value, gradient = hinge(scores, sides)
    assert value == pytest.approx(theirs.item(), rel=1e-15)
    beside = scores * sides != 1
    reaches(0.8, "a score beside the margin", bool(beside.any()))
    np.testing.assert_allclose(gradient[beside], predicted.grad.numpy()[beside], rtol=1e-15)


@given(data=st.data(), shape=SHAPES)
def test_the_check_finds_its_gradient_right_and_a_kink_at_the_margin(
    data: st.DataObject, shape: tuple[int, int]
) -> None:
    scores, sides = data.draw(arrays(float, shape, elements=SCORES)), data.draw(arrays(float, shape, elements=SIDES))
    # The outputs are the inputs, so that each moved number moves one output.
    same = Sequential([Linear("fc", shape[1], shape[1], weight=np.eye(shape[1]), bias=np.zeros(shape[1]))])
    rows = {row.ref: row for row in gradient_check(same, hinge, scores, sides)}
    assert not any(row.verdict == "differs" for row in rows.values())
    reaches(0.05, "a score at the margin", bool((scores * sides == 1).any()))
    for n, k in np.ndindex(shape):
        row, kink = rows[f"x[{n},{k}]"], scores[n, k] * sides[n, k] == 1
        assert row.verdict == ("kink" if kink else "agrees")
        if kink:
            assert row.analytic == 0


def chapter(score: float) -> Document:
    return {
        "input_shape": [1],
        "layers": [{"type": "Linear", "name": "fc", "output_dim": 1, "w": [[score]], "b": [0.0]}],
        "loss": {"type": "hinge"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[1.0]],
        "y": [[1.0]],
    }


def test_it_explains_itself_on_both_sides_of_the_margin() -> None:
    short, reached = (build(chapter(score)).trace() for score in (0.5, 1.0))
    value = explain(short, "loss")
    assert plain_law(value.law) == "ℓ = Σ max(0, 1 − yŷ) / M over all M entries"
    assert value.value == 0.5
    assert "max(0, 1 − 1 × 0.5)" in value.text
    for recorded, slope, when in ((short, -1.0, "yŷ < 1"), (reached, 0.0, "yŷ ≥ 1")):
        explanation = explain(recorded, "fc.output.grad[0,0]")
        assert (plain_law(explanation.law), explanation.value) == ("∂ℓ/∂ŷ = −y / M where yŷ < 1, else 0", slope)
        assert when in explanation.text


def test_its_sentence_names_what_it_compares() -> None:
    recorded = build(chapter(0.5)).trace()
    sentence = worded(narrate(recorded, "pass", 1).sentence)
    assert "the mean amount by which the outputs fall short of the margin 1" in sentence, sentence
