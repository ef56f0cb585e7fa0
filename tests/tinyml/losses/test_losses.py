"""The losses."""

import numpy as np
import pytest

from tinyml import losses
from tinyml.core import ShapeError
from tinyml.losses import Loss, half_squared_error, mse_loss

LOSSES = [getattr(losses, name) for name in losses.__all__ if name != "Loss"]
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


@each_loss
@pytest.mark.parametrize("batch", [1, 2, 3])
def test_the_gradient_is_that_of_exactly_the_value(loss: Loss, batch: int) -> None:
    predicted, truth, step = PREDICTED[:batch], TRUTH[:batch], 1e-6
    gradient = loss(predicted, truth)[1]
    for index in np.ndindex(predicted.shape):
        moved = np.zeros_like(predicted)
        moved[index] = step
        numeric = (loss(predicted + moved, truth)[0] - loss(predicted - moved, truth)[0]) / (2 * step)
        assert gradient[index] == pytest.approx(numeric, abs=1e-8)


@each_loss
def test_shapes_that_differ_are_told_instead_of_stretched(loss: Loss) -> None:
    with pytest.raises(ShapeError, match=rf"{loss.type}: .* one shape, but \(3, 2\) and \(2,\) came; give one target"):
        loss(PREDICTED, TRUTH[0])
