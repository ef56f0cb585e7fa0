"""The gradient check: a witness that can say no."""

import numpy as np
import pytest

from tests.support.networks import build
from tests.tinyml.test_trace import CHAPTER
from tinyml.gradient_check import GradientRow, gradient_check
from tinyml.layers import Tanh
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
