"""Every loss on random predictions and truths, compared with PyTorch and central differences, and far from 0."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.networks import LOSSES, suited
from tests.support.pytorch import torch_losses
from tests.support.pytorch_layers import where_torch_is
from tests.support.reaching import reaches
from tinyml.core import overflow_allowed
from tinyml.losses import HuberLoss, Loss, softmax_cross_entropy

each_loss = pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda loss: loss.type)
each_size = pytest.mark.parametrize("size", [30.0, 745.0, 1e3, 1e300])
batches = st.integers(1, 6)
Pair = tuple[np.ndarray, np.ndarray]


@st.composite
def pairs(draw: st.DrawFn, ties: bool | None = None) -> Pair:
    """A prediction and a truth; with ties, some entries are equal, and some errors are exactly 1."""
    shape = draw(batches), draw(st.integers(1, 5))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    if draw(st.booleans()) if ties is None else ties:
        return rng.integers(-2, 3, shape).astype(float), rng.integers(-2, 3, shape).astype(float)
    # Errors that are neither 0 nor ±1, where the absolute error and Huber's have a kink.
    error = rng.choice([-1.0, 1.0], shape) * rng.choice([0.3, 0.7, 1.5, 3.0], shape)
    truth = rng.normal(size=shape)
    return truth + error, truth


@pytest.mark.slow
@where_torch_is
@each_loss
@given(pair=pairs())
def test_value_and_both_gradients_equal_pytorchs(loss: Loss, pair: Pair) -> None:
    import torch

    pair = pair[0], suited(loss, pair[1]) if loss.takes_targets else pair[1]
    reaches(0.05, "entries that are equal", bool((pair[0] == pair[1]).any()))
    predicted, truth = (torch.tensor(array, requires_grad=True) for array in pair)
    value = torch_losses()[loss.type](predicted, truth)
    value.backward()
    ours = loss(*pair)
    assert ours[0] == pytest.approx(value.item(), rel=1e-12, abs=1e-12)
    np.testing.assert_allclose(ours[1], predicted.grad, rtol=1e-10, atol=1e-12)
    if loss.takes_targets:
        np.testing.assert_allclose(loss.truth_gradient(*pair), truth.grad, rtol=1e-10, atol=1e-12)


@each_loss
def test_memory_layout_and_dtype_of_the_targets_change_no_bit(loss: Loss) -> None:
    rng = np.random.default_rng(1)
    predicted, truth = rng.normal(size=(5, 21)), rng.dirichlet(np.ones(21), 5)
    truth = suited(loss, truth) if loss.takes_targets else truth
    layouts = [np.ascontiguousarray, np.asfortranarray, lambda array: np.repeat(array, 2, axis=1)[:, ::2]]
    found = [loss(one(predicted), other(truth)) for one in layouts for other in layouts]
    assert len({(value, gradient.tobytes()) for value, gradient in found}) == 1
    # The targets of a network in float32 are rounded first, as in a plan.
    short = predicted.astype(np.float32)
    assert loss(short, truth)[0] == loss(short, truth.astype(np.float32))[0]


@where_torch_is
@given(pair=pairs(), delta=st.sampled_from([0.5, 1.0, 2.0]))
def test_hubers_loss_equals_pytorchs_whatever_its_width(pair: Pair, delta: float) -> None:
    import torch

    predicted, truth = torch.tensor(pair[0], requires_grad=True), torch.tensor(pair[1])
    value = torch.nn.functional.huber_loss(predicted, truth, delta=delta)
    value.backward()
    ours = HuberLoss(delta)(*pair)
    reaches(0.2, "an error within the width", bool((np.abs(pair[0] - pair[1]) < delta).any()))
    reaches(0.2, "an error beyond the width", bool((np.abs(pair[0] - pair[1]) > delta).any()))
    reaches(0.1, "an error of exactly the width", bool((np.abs(pair[0] - pair[1]) == delta).any()))
    assert ours[0] == pytest.approx(value.item(), rel=1e-12, abs=1e-12)
    np.testing.assert_allclose(ours[1], predicted.grad, rtol=1e-10, atol=1e-12)


@pytest.mark.slow
@where_torch_is
@given(batch=batches, seed=st.integers(0, 2**32 - 1))
def test_classes_give_what_they_give_in_pytorch(batch: int, seed: int) -> None:
    import torch

    rng = np.random.default_rng(seed)
    scores, classes = rng.normal(size=(batch, 4)), rng.integers(0, 4, batch)
    predicted = torch.tensor(scores, requires_grad=True)
    value = torch.nn.functional.cross_entropy(predicted, torch.tensor(classes))
    value.backward()
    ours = softmax_cross_entropy(scores, classes)
    assert ours[0] == pytest.approx(value.item(), rel=1e-12)
    np.testing.assert_allclose(ours[1], predicted.grad, rtol=1e-10, atol=1e-12)


@where_torch_is
def test_every_loss_has_its_counterpart_in_pytorch() -> None:
    assert torch_losses().keys() == LOSSES.keys()


def slopes(measure: Any, at: np.ndarray, step: float) -> np.ndarray:
    """The central difference quotient of every entry."""
    found = np.zeros_like(at)
    for index in np.ndindex(at.shape):
        moved = np.zeros_like(at)
        moved[index] = step
        found[index] = (measure(at + moved) - measure(at - moved)) / (2 * step)
    return found


@each_loss
@settings(max_examples=40)
@given(pair=pairs(ties=False))
def test_both_gradients_are_those_of_exactly_the_value(loss: Loss, pair: Pair) -> None:
    predicted, truth = pair[0], suited(loss, pair[1])
    numeric = slopes(lambda moved: loss(moved, truth)[0], predicted, 1e-5)
    np.testing.assert_allclose(loss(predicted, truth)[1], numeric, rtol=1e-6, atol=1e-6)
    if loss.allowed or not loss.takes_targets:  # between the targets ±1 the hinge loss is undefined
        return
    numeric = slopes(lambda moved: loss(predicted, moved)[0], truth, 1e-5)
    np.testing.assert_allclose(loss.truth_gradient(predicted, truth), numeric, rtol=1e-6, atol=1e-6)


# The truths are at a corner, on an edge and in the interior of the probability simplex.
TRUTHS = np.array([[1.0, 0.0, 0.0], [0.0, 0.5, 0.5], [0.2, 0.3, 0.5], [0.0, 0.0, 1.0]])
# ½(10³⁰⁰)² overflows, so ∞ is the right answer here.
SQUARES = {"half_squared_error", "mean_squared_error"}


@each_loss
@each_size
def test_far_from_0_value_and_gradient_are_finite_and_belong_together(loss: Loss, size: float) -> None:
    predicted = size * np.array([[1.0, -1.0, 0.25], [-1.0, 1.0, 0.5], [-1.0, -0.5, -0.75], [1.0, 0.75, 0.5]])
    if loss.type in SQUARES and size > 1e150:
        with overflow_allowed():
            value, gradient = loss(predicted, TRUTHS)
        assert value == np.inf
        assert np.isfinite(gradient).all()
        return
    truths = suited(loss, TRUTHS)
    value, gradient = loss(predicted, truths)
    assert np.isfinite(value)
    # A relative step, so that it is not lost beside a large value.
    numeric = slopes(lambda moved: loss(moved, truths)[0], predicted, size * 1e-4)
    np.testing.assert_allclose(gradient, numeric, rtol=1e-5, atol=1e-5)
    assert truths is None or np.isfinite(loss.truth_gradient(predicted, truths)).all()


@each_size
def test_cross_entropy_of_a_sure_prediction_is_nothing_or_all(size: float) -> None:
    scores = np.array([[size, -size, -size]])
    assert softmax_cross_entropy(scores, np.array([0]))[0] == pytest.approx(0, abs=1e-20)
    value, gradient = softmax_cross_entropy(scores, np.array([1]))
    assert value == 2 * size
    np.testing.assert_allclose(gradient, [[1, -1, 0]], atol=1e-20)


@pytest.mark.parametrize("delta", [0.5, 1.0, 2.0])
def test_at_its_width_hubers_loss_is_the_same_from_both_sides(delta: float) -> None:
    error = np.array([[delta, -delta, np.nextafter(delta, 9), np.nextafter(delta, 0)]])
    value, gradient = HuberLoss(delta)(error, np.zeros((1, 4)))
    assert value == pytest.approx(0.5 * delta**2, rel=1e-15)
    np.testing.assert_allclose(gradient, [[delta / 4, -delta / 4, delta / 4, delta / 4]], rtol=1e-15)


@each_loss
def test_float32_gives_a_float32_gradient_that_agrees(loss: Loss) -> None:
    predicted, truth = np.array([[0.5, -1.0, 2.0], [3.0, 0.1, -2.0]]), suited(loss, TRUTHS[:2])
    value, gradient = loss(predicted.astype(np.float32), None if truth is None else truth.astype(np.float32))
    expected = loss(predicted, truth)
    assert gradient.dtype == np.float32
    assert value == pytest.approx(expected[0], rel=1e-5)
    np.testing.assert_allclose(gradient, expected[1], rtol=1e-5, atol=1e-6)


def test_float32_scores_and_classes_give_a_float32_gradient() -> None:
    assert softmax_cross_entropy(np.ones((2, 3), np.float32), np.array([0, 2]))[1].dtype == np.float32
