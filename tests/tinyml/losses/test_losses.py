"""The losses."""

import numpy as np
import pytest

from tests.support.networks import suited
from tinyml import losses
from tinyml.core import ShapeError
from tinyml.losses import (
    HuberLoss,
    Loss,
    half_squared_error,
    huber,
    mean_absolute_error,
    mse_loss,
    softmax_cross_entropy,
)

LOSSES = list(
    {value.type: value for name in losses.__all__ if isinstance(value := getattr(losses, name), Loss)}.values()
)
each_loss = pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.type)
PREDICTED = np.array([[0.49, 0.62], [1.0, -1.0], [0.0, 3.0]])
TRUTH = np.array([[0.01, 0.99], [0.5, 0.5], [0.0, -2.0]])


def test_the_half_squared_error_sums_over_outputs_and_samples() -> None:
    value, gradient = half_squared_error(PREDICTED, TRUTH)
    assert value == pytest.approx(0.5 * ((PREDICTED - TRUTH) ** 2).sum(), rel=1e-15)
    np.testing.assert_array_equal(gradient, PREDICTED - TRUTH)


def test_the_mean_squared_error_averages_over_all_entries() -> None:
    value, gradient = mse_loss(PREDICTED, TRUTH)
    assert value == pytest.approx(((PREDICTED - TRUTH) ** 2).mean(), rel=1e-15)
    np.testing.assert_allclose(gradient, 2 * (PREDICTED - TRUTH) / PREDICTED.size, rtol=1e-15)


each_loss_of_targets = pytest.mark.parametrize(
    "loss", [loss for loss in LOSSES if loss.takes_targets], ids=lambda loss: loss.type
)


@each_loss_of_targets
def test_different_shapes_are_refused_instead_of_broadcast(loss: Loss) -> None:
    with pytest.raises(ShapeError, match=rf"{loss.type}: .* one shape, got \(3, 2\) and \(1, 2\); give one target"):
        loss(PREDICTED, TRUTH[:1])


each_loss_of_numbers = pytest.mark.parametrize(
    "loss",
    [loss for loss in LOSSES if loss.takes_targets and loss is not softmax_cross_entropy],
    ids=lambda loss: loss.type,
)


@each_loss_of_numbers
def test_one_number_a_sample_is_the_target_of_one_output(loss: Loss) -> None:
    predicted, truth = PREDICTED[:, :1], suited(loss, TRUTH[:, :1])
    value, gradient = loss(predicted, truth[:, 0])
    expected = loss(predicted, truth)
    assert value == expected[0]
    np.testing.assert_array_equal(gradient, expected[1])


@each_loss_of_numbers
@pytest.mark.parametrize("outputs", [2, 3])
def test_one_number_a_sample_is_no_target_of_several_outputs(loss: Loss, outputs: int) -> None:
    # As many samples as outputs: numpy would broadcast the vector as a row.
    predicted = np.zeros((3, outputs))
    with pytest.raises(ShapeError, match=rf"one shape, got \(3, {outputs}\) and \(3,\); give one target for each"):
        loss(predicted, np.zeros(3))


@each_loss_of_targets
def test_too_few_numbers_are_refused_with_their_count(loss: Loss) -> None:
    with pytest.raises(ShapeError, match=r"one shape, got \(3, 1\) and \(2,\)"):
        loss(np.zeros((3, 1)), np.zeros(2))


@each_loss_of_numbers
def test_a_row_of_predictions_without_an_axis_for_outputs_is_compared_as_it_is(loss: Loss) -> None:
    for count in (1, 3):
        assert loss(np.zeros(count), np.ones(count))[1].shape == (count,)


def test_the_absolute_error_is_flat_where_it_is_nothing() -> None:
    value, gradient = mean_absolute_error(np.array([[1.0, 2.0]]), np.array([[1.0, 5.0]]))
    assert value == 1.5
    np.testing.assert_array_equal(gradient, [[0, -0.5]])


def test_hubers_loss_is_square_inside_and_straight_outside() -> None:
    value, gradient = huber(np.array([[0.5, 3.0, 1.0]]), np.zeros((1, 3)))
    assert value == pytest.approx((0.125 + 2.5 + 0.5) / 3)
    np.testing.assert_allclose(gradient, [[0.5 / 3, 1 / 3, 1 / 3]])
    assert HuberLoss(2.0)(np.array([[3.0]]), np.zeros((1, 1)))[0] == 4.0


@pytest.mark.parametrize("delta", [0.0, -1.0, np.nan])
def test_hubers_width_must_be_something(delta: float) -> None:
    with pytest.raises(ValueError, match="huber: delta must be above 0"):
        HuberLoss(delta)


def test_cross_entropy_takes_classes_or_rows() -> None:
    scores = np.array([[1.0, 2.0, 0.5], [0.0, -1.0, 3.0]])
    by_class = softmax_cross_entropy(scores, np.array([1, 2]))
    by_row = softmax_cross_entropy(scores, np.array([[0.0, 1, 0], [0, 0, 1]]))
    assert by_class[0] == by_row[0]
    np.testing.assert_array_equal(by_class[1], by_row[1])


def test_cross_entropy_bears_large_batches() -> None:
    value, gradient = softmax_cross_entropy(np.zeros((500, 3)), np.zeros(500))
    assert value == pytest.approx(np.log(3))
    assert gradient.shape == (500, 3)


@pytest.mark.parametrize("classes", [[3], [-1], [0.5], [np.nan]])
def test_an_unknown_class_is_refused(classes: list[float]) -> None:
    with pytest.raises(ShapeError, match="softmax_cross_entropy: a class must be a whole number from 0 to 2"):
        softmax_cross_entropy(np.zeros((1, 3)), np.array(classes))
