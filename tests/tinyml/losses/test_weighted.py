"""Label smoothing and weights of classes and outputs: against PyTorch, central differences, and as formulas."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.pytorch_layers import where_torch_is
from tests.support.reaching import reaches
from tests.tinyml.explain.test_everything import check
from tests.tinyml.losses.test_every_loss import slopes
from tests.tinyml.losses.test_probabilities import recorded
from tinyml.core import ShapeError
from tinyml.explain import explain
from tinyml.losses import BinaryCrossEntropy, ProbabilityLoss, SoftmaxCrossEntropy, softmax_cross_entropy

Case = tuple[np.ndarray, np.ndarray, np.ndarray | None, float]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Scores, classes, weights or none, and a smoothing, which may be 0."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    batch, classes = draw(st.integers(1, 5)), draw(st.integers(2, 5))
    weights = rng.uniform(0.1, 4, classes) if draw(st.booleans()) else None
    scores = draw(st.sampled_from([0.5, 3.0, 40.0])) * rng.normal(size=(batch, classes))
    return scores, rng.integers(0, classes, batch), weights, draw(st.sampled_from([0.0, 0.1, 0.5]))


@where_torch_is
@given(case=cases())
def test_classes_with_weights_and_smoothing_give_what_they_give_in_pytorch(case: Case) -> None:
    import torch

    scores, classes, weights, smoothing = case
    reaches(0.2, "both settings", weights is not None and smoothing > 0)
    predicted = torch.tensor(scores, requires_grad=True)
    value = torch.nn.functional.cross_entropy(
        predicted,
        torch.tensor(classes),
        weight=None if weights is None else torch.tensor(weights),
        label_smoothing=smoothing,
    )
    value.backward()
    ours = SoftmaxCrossEntropy(weights, smoothing)(scores, classes)
    assert ours[0] == pytest.approx(value.item(), rel=1e-12, abs=1e-12)
    np.testing.assert_allclose(ours[1], predicted.grad, rtol=1e-10, atol=1e-12)


@where_torch_is
@given(case=cases(), seed=st.integers(0, 2**32 - 1))
def test_rows_of_probabilities_have_the_weighted_mean_where_pytorch_divides_by_the_samples(
    case: Case, seed: int
) -> None:
    import torch

    scores, _, weights, smoothing = case
    reaches(0.3, "weights", weights is not None)
    shares = np.random.default_rng(seed).dirichlet(np.ones(scores.shape[1]), len(scores))
    predicted, truth = (torch.tensor(array, requires_grad=True) for array in (scores, shares))
    kwargs: dict[str, Any] = {} if weights is None else {"weight": torch.tensor(weights)}
    value = torch.nn.functional.cross_entropy(predicted, truth, label_smoothing=smoothing, **kwargs)
    if weights is not None:
        value = value * len(scores) / (torch.tensor(weights) * truth).sum()
    value.backward()
    loss = SoftmaxCrossEntropy(weights, smoothing)
    ours = loss(scores, shares)
    assert ours[0] == pytest.approx(value.item(), rel=1e-12, abs=1e-12)
    np.testing.assert_allclose(ours[1], predicted.grad, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(loss.truth_gradient(scores, shares), truth.grad, rtol=1e-9, atol=1e-11)


@where_torch_is
@given(case=cases(), seed=st.integers(0, 2**32 - 1))
def test_weights_of_the_answer_yes_give_what_they_give_in_pytorch(case: Case, seed: int) -> None:
    import torch

    scores, weights = case[0], np.random.default_rng(seed).uniform(0.1, 9, case[0].shape[1])
    chances = np.random.default_rng(seed).choice([0.0, 1.0, 0.3], scores.shape)
    reaches(0.5, "a weighted target of 1", bool((chances == 1).any()))
    predicted, truth = (torch.tensor(array, requires_grad=True) for array in (scores, chances))
    value = torch.nn.functional.binary_cross_entropy_with_logits(
        predicted, truth, pos_weight=torch.tensor(weights), reduction="sum"
    ) / len(scores)
    value.backward()
    loss = BinaryCrossEntropy(weights)
    ours = loss(scores, chances)
    assert ours[0] == pytest.approx(value.item(), rel=1e-12, abs=1e-12)
    np.testing.assert_allclose(ours[1], predicted.grad, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(loss.truth_gradient(scores, chances), truth.grad, rtol=1e-10, atol=1e-12)


def made(case: Case, seed: int) -> tuple[ProbabilityLoss, np.ndarray, np.ndarray]:
    """One of the losses with settings, scores, and targets that need not sum to 1."""
    scores, classes, weights, smoothing = case
    rng = np.random.default_rng(seed)
    if seed % 3 == 0:
        return BinaryCrossEntropy(rng.uniform(0.1, 9, scores.shape[1])), scores, rng.uniform(0, 1, scores.shape)
    targets = np.eye(scores.shape[1])[classes] if seed % 3 == 1 else rng.uniform(0.1, 1, scores.shape)
    return SoftmaxCrossEntropy(weights, smoothing), scores, targets


@settings(max_examples=60)
@given(case=cases(), seed=st.integers(0, 2**16))
def test_both_gradients_are_those_of_exactly_the_value(case: Case, seed: int) -> None:
    loss, scores, truth = made(case, seed)
    reaches(0.2, "weights of classes", isinstance(loss, SoftmaxCrossEntropy) and case[2] is not None)
    numeric = slopes(lambda moved: loss(moved, truth)[0], scores, 1e-5)
    np.testing.assert_allclose(loss(scores, truth)[1], numeric, rtol=1e-6, atol=1e-6)
    numeric = slopes(lambda moved: loss(scores, moved)[0], truth, 1e-5)
    np.testing.assert_allclose(loss.truth_gradient(scores, truth), numeric, rtol=1e-5, atol=1e-5)


@settings(max_examples=60)
@given(case=cases(), seed=st.integers(0, 2**16))
def test_every_formula_evaluates_to_its_number(case: Case, seed: int) -> None:
    loss, scores, truth = made(case, seed)
    step = recorded(loss, scores, truth)
    reaches(0.2, "scores whose probabilities are rounded", bool((step.loss.p == 1).any() or abs(scores).max() > 40))
    index = ",".join(str(int(np.random.default_rng(seed).integers(size))) for size in scores.shape)
    for ref in ("loss", f"loss.p[{index}]", f"loss.p.grad[{index}]", f"fc_1.output.grad[{index}]", f"y.grad[{index}]"):
        for notation in ("scalar", "chain", "stable"):
            check(step, ref, notation)


def test_weights_of_1_without_smoothing_change_nothing() -> None:
    scores, classes = np.array([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]]), np.array([2, 0])
    assert SoftmaxCrossEntropy([1, 1, 1])(scores, classes)[0] == softmax_cross_entropy(scores, classes)[0]


def test_a_formula_names_the_settings_and_what_they_do() -> None:
    step = recorded(SoftmaxCrossEntropy([1, 3], 0.1), np.array([[1.0, -1.0]]), [1])
    explained = explain(step, "fc_1.output.grad[0,1]")
    assert dict(explained.law.values) == {
        "formula": "∂ℓ/∂ŷ = (p Σₖ tₖ − t) / C",
        "definition": "p = softmax(ŷ), t = c ((1 − ε) y + ε / K), C = Σ c y",
    }
    assert "c 2 × ((1 − epsilon) × y 2 + epsilon / K)" in explained.text


@pytest.mark.parametrize(
    ("kind", "arguments", "message"),
    [
        (SoftmaxCrossEntropy, {"weight": [1, 0]}, "weight must be finite numbers above 0"),
        (SoftmaxCrossEntropy, {"weight": []}, "weight must be finite numbers above 0"),
        (SoftmaxCrossEntropy, {"label_smoothing": 1}, "label_smoothing must be from 0 to below 1"),
        (BinaryCrossEntropy, {"pos_weight": [-1]}, "pos_weight must be finite numbers above 0"),
    ],
)
def test_settings_out_of_range_are_refused(kind: Any, arguments: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        kind(**arguments)


@pytest.mark.parametrize("loss", [SoftmaxCrossEntropy([1, 2]), BinaryCrossEntropy([1, 2])], ids=lambda one: one.type)
def test_there_is_a_weight_for_each_output(loss: ProbabilityLoss) -> None:
    with pytest.raises(ShapeError, match="give one weight for each output"):
        loss(np.ones((1, 3)), np.ones((1, 3)))
