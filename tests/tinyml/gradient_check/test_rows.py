"""What a check found, told row by row: the worst, the failed, and what is no number."""

import math

import numpy as np
import pytest

from tinyml.gradient_check import GradientRow, gradient_check
from tinyml.gradient_check.rows import GradientCheck
from tinyml.layers import Linear
from tinyml.losses import half_squared_error
from tinyml.net import Sequential


def found(analytic: list[float], left: list[float], right: list[float]) -> GradientCheck:
    refs = [f"x[0,{i}]" for i in range(len(analytic))]
    return GradientCheck(lambda: refs, 0.5, 1e-4, np.array(analytic), np.array([left, right]))


def test_the_relative_error_of_two_zeros_is_zero() -> None:
    row = GradientRow("x[0,0]", analytic=0.0, left=1.0, right=1.0, numeric=0.0)
    assert row.relative_error == 0
    assert row.ok


def test_the_relative_error_is_that_of_the_larger() -> None:
    assert GradientRow("x[0,0]", 1.0, 0.0, 0.0, 2.0).relative_error == pytest.approx(0.5)


def test_the_worst_is_the_row_with_the_largest_relative_error_and_the_failed_are_counted() -> None:
    check = found([1.0, 2.0, 1.0, 100.0], [0.0] * 4, [1.0, 3.0, 1.0000001, 101.0])
    assert check.worst == list(check)[1]
    assert check.worst.relative_error == pytest.approx(1 / 3)
    assert (check.failed, check.ok, len(check)) == (2, False, 4)
    assert [row.ok for row in check] == [True, False, True, False]


@pytest.mark.parametrize(
    ("analytic", "left", "right"),
    [
        (math.nan, 0.0, 1.0),
        (1.0, math.nan, 1.0),
        (math.inf, 0.0, math.inf),
        (0.0, math.inf, math.inf),
        (math.inf, 0.0, 1.0),
        (1.0, 0.0, -math.inf),
        (1e308, 1e308, -1e308),
    ],
)
def test_with_what_is_not_finite_nothing_agrees_and_it_is_the_worst(analytic: float, left: float, right: float) -> None:
    check = found([1.0, analytic, 3.0], [0.0, left, 0.0], [1.0, right, 1.0])
    assert [row.ok for row in check] == [True, False, False]
    assert check.failed == 2
    assert check.worst is not None
    assert check.worst.ref == "x[0,1]"
    assert not check.ok
    np.testing.assert_array_equal(check.relative_error, [row.relative_error for row in check])


def test_a_diverged_network_is_reported_as_it_is() -> None:
    model = Sequential([Linear("fc_1", 1, 1, weight=np.array([[1e200]]), bias=np.zeros(1))])
    check = gradient_check(model, half_squared_error, np.ones((1, 1)), np.ones((1, 1)), complex_step=True)
    assert all(row.left == row.right == math.inf and math.isnan(row.numeric) for row in check)
    assert check.failed == len(check) == 3


def test_without_rows_there_is_no_worst_and_nothing_failed() -> None:
    model = Sequential([Linear("fc_1", 1, 1)])
    check = gradient_check(model, half_squared_error, np.ones((1, 1)), np.ones((1, 1)), refs=[])
    assert (check.worst, check.failed, check.ok, list(check)) == (None, 0, True, [])
