"""Batch normalization: its running statistics, and how it predicts."""

import numpy as np
import pytest

from tinyml.core import ShapeError
from tinyml.layers import BatchNorm, LayerNorm
from tinyml.net import Sequential

X = np.array([[1.0, 10.0], [3.0, 30.0], [5.0, 20.0]])


def test_features_leave_with_mean_0_and_variance_1() -> None:
    output = BatchNorm("norm_1", 2).forward(X)
    np.testing.assert_allclose(output.mean(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose(output.var(axis=0), 1, rtol=1e-4)


def test_running_statistics_move_by_the_momentum_and_serve_in_predicting() -> None:
    layer = BatchNorm("norm_1", 2, momentum=0.25)
    layer.forward(X)
    np.testing.assert_allclose(layer.running_mean, 0.25 * X.mean(axis=0))
    np.testing.assert_allclose(layer.running_variance, 0.75 + 0.25 * X.var(axis=0, ddof=1))
    predicted = Sequential([layer]).predict(X)
    np.testing.assert_allclose(predicted, (X - layer.running_mean) / np.sqrt(layer.running_variance + 1e-5))


def test_in_predicting_nothing_flows_back_through_the_statistics() -> None:
    layer = BatchNorm("norm_1", 2)
    layer.forward(X)
    layer.training = False
    layer.forward(X)
    expected = np.broadcast_to(1 / np.sqrt(layer.running_variance + 1e-5), X.shape)
    np.testing.assert_allclose(layer.backward(np.ones_like(X)), expected)


def test_a_batch_of_one_has_no_variance_and_gives_no_warning() -> None:
    np.testing.assert_array_equal(BatchNorm("norm_1", 2).forward(X[:1]), [[0, 0]])


def test_an_invalid_argument_is_refused() -> None:
    with pytest.raises(ShapeError, match=r"BatchNorm 'n': expects 3 features, got \(2,\)"):
        BatchNorm("n", 3).forward(X)
    with pytest.raises(ShapeError, match=r"LayerNorm 'n': expects samples of shape \(3,\), got \(2,\)"):
        LayerNorm("n", 3).forward(X)
