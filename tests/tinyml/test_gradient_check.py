"""The gradient check: a witness that can say no."""

import numpy as np
import pytest

from tests.support.networks import build
from tests.tinyml.test_trace import CHAPTER, everything
from tinyml.gradient_check import GradientRow, gradient_check
from tinyml.layers import BatchNorm, Dropout, Linear, Tanh
from tinyml.losses import half_squared_error
from tinyml.net import Sequential


def test_right_gradients_pass_and_nothing_is_left_moved() -> None:
    setting = build(CHAPTER)
    before = [parameter.tensor.copy() for parameter in setting.model.parameters]
    rows = list(gradient_check(setting.model, setting.loss, setting.x, setting.y))
    assert len(rows) == 8
    assert all(row.ok for row in rows)
    for parameter, tensor in zip(setting.model.parameters, before, strict=True):
        np.testing.assert_array_equal(parameter.tensor, tensor)


def test_a_wrong_gradient_is_caught() -> None:
    class Wrong(Tanh):
        def backward(self, in_gradient):  # type: ignore[no-untyped-def]
            return -super().backward(in_gradient)

    rows = list(
        gradient_check(Sequential([Wrong("wrong_1")]), half_squared_error, np.full((1, 2), 0.3), np.ones((1, 2)))
    )
    assert not any(row.ok for row in rows)


def test_the_relative_error_of_two_zeros_is_zero() -> None:
    row = GradientRow("x[0,0]", analytic=0.0, left=1.0, right=1.0, numeric=0.0)
    assert row.relative_error == 0
    assert row.ok


def test_the_relative_error_is_that_of_the_larger() -> None:
    assert GradientRow("x[0,0]", 1.0, 0.0, 0.0, 2.0).relative_error == pytest.approx(0.5)


def test_looking_leaves_every_cache_mask_and_statistic_as_found() -> None:
    rng = np.random.default_rng(0)
    model = Sequential([Linear("fc_1", 3, 4, rng=rng), BatchNorm("norm_1", 4), Dropout("drop_1", 0.5), Tanh("tanh_1")])
    x, y = rng.normal(size=(5, 3)), rng.normal(size=(5, 4))
    before = everything(model)
    for row in gradient_check(model, half_squared_error, x, y):
        assert abs(row.analytic - row.numeric) <= 1e-6 * max(1, abs(row.analytic)), row
        after = everything(model)
        assert after.keys() == before.keys()
        for name, value in before.items():
            np.testing.assert_array_equal(after[name], value, err_msg=name)


def test_whole_numbers_are_moved_by_a_little_too() -> None:
    weight, bias = np.array([[1, -2], [3, 1]]), np.array([0, 1])
    model = Sequential([Linear("fc_1", 2, 2, weight=weight, bias=bias), Tanh("tanh_1")])
    model.layers[0].parameters()["w"].tensor = weight
    rows = list(gradient_check(model, half_squared_error, np.array([[1, 0]]), np.array([[0, 1]])))
    assert len(rows) == 8
    assert all(row.ok for row in rows), rows
