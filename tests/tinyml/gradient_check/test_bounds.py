"""How far a number may be moved, and how closely derivatives must agree: at the limits and one beyond."""

import math

import numpy as np
import pytest

from tests.support.networks import build
from tests.tinyml.test_trace import CHAPTER
from tinyml.gradient_check import MAX_EPSILON, MIN_EPSILON, GradientCheck, gradient_check


def check(epsilon: float = 1e-5, tolerance: float = 1e-4) -> GradientCheck:
    setting = build(CHAPTER)
    return gradient_check(setting.model, setting.loss, setting.x, setting.y, epsilon, tolerance=tolerance)


@pytest.mark.parametrize("epsilon", [MIN_EPSILON, MAX_EPSILON, 1])
def test_epsilon_may_be_as_small_and_as_large_as_its_limits(epsilon: float) -> None:
    found = check(epsilon)
    assert (MIN_EPSILON, MAX_EPSILON) == (1e-12, 1.0)
    assert found.epsilon == epsilon
    # The chapter's loss is a polynomial of the second degree, so that truncation leaves nothing out even at 1.
    np.testing.assert_allclose(found.numeric, found.analytic, atol=1e-3)


@pytest.mark.parametrize(
    "epsilon",
    [
        math.nextafter(MIN_EPSILON, 0),
        math.nextafter(MAX_EPSILON, 2),
        0,
        -1e-5,
        1e300,
        math.inf,
        -math.inf,
        math.nan,
    ],
)
def test_an_epsilon_that_is_none_is_told(epsilon: float) -> None:
    with pytest.raises(ValueError, match=r"epsilon must be a number from 1e-12 to 1, but .* came; take 1e-05") as told:
        check(epsilon)
    assert str(epsilon) in str(told.value)


def test_derivatives_agree_where_their_error_is_below_the_tolerance() -> None:
    error = float(check(1e-9).relative_error.max())
    assert error > 0
    assert check(1e-9, math.nextafter(error, 1)).ok
    assert not check(1e-9, error).ok


@pytest.mark.parametrize("tolerance", [0, -1e-4, math.inf, math.nan])
def test_a_tolerance_that_is_none_is_told(tolerance: float) -> None:
    with pytest.raises(ValueError, match=r"tolerance must be a finite number above 0, but .* came; take 0.0001"):
        check(tolerance=tolerance)
