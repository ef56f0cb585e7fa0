"""The limits of the moves and of the agreement between derivatives: at each limit and one beyond it."""

import math

import numpy as np
import pytest

from tests.support.networks import build
from tests.tinyml.test_trace import CHAPTER
from tinyml.gradient_check import MAX_EPSILON, MIN_EPSILON, GradientCheck, gradient_check
from tinyml.layers import LeakyReLu, Linear
from tinyml.losses import half_squared_error
from tinyml.net import Sequential


def check(epsilon: float = 1e-5, tolerance: float = 1e-4) -> GradientCheck:
    setting = build(CHAPTER)
    return gradient_check(setting.model, setting.loss, setting.x, setting.y, epsilon, tolerance=tolerance)


@pytest.mark.parametrize("epsilon", [MIN_EPSILON, MAX_EPSILON, 1])
def test_epsilon_may_be_as_small_and_as_large_as_its_limits(epsilon: float) -> None:
    found = check(epsilon)
    assert (MIN_EPSILON, MAX_EPSILON) == (1e-12, 1.0)
    assert found.epsilon == epsilon
    # The chapter's loss is a polynomial of the second degree, so that there is no truncation error even at 1.
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
def test_an_invalid_epsilon_is_refused(epsilon: float) -> None:
    with pytest.raises(ValueError, match=r"epsilon must be a number from 1e-12 to 1, got .*; take 1e-05") as raised:
        check(epsilon)
    assert str(epsilon) in str(raised.value)


def test_a_derivative_agrees_where_it_is_known_as_closely_as_the_tolerance_asks() -> None:
    rng = np.random.default_rng(0)
    model = Sequential([Linear("fc_1", 2, 2, rng=rng), LeakyReLu("h")])
    x, y = rng.normal(size=(1, 2)), rng.normal(size=(1, 2))
    row = gradient_check(model, half_squared_error, x, y, tolerance=1e-18, refs=["fc_1.w[0,0]"])[0]
    assert row.verdict == "undecided"
    known = row.bound / max(abs(row.analytic), abs(row.estimate or 0))
    for tolerance, verdict in ((math.nextafter(known, 1), "agrees"), (math.nextafter(known, 0), "undecided")):
        check = gradient_check(model, half_squared_error, x, y, tolerance=tolerance, refs=["fc_1.w[0,0]"])
        assert check[0].verdict == verdict


@pytest.mark.parametrize("tolerance", [0, -1e-4, math.inf, math.nan])
def test_an_invalid_tolerance_is_refused(tolerance: float) -> None:
    with pytest.raises(ValueError, match=r"tolerance must be a finite number above 0, got .*; take 0.1"):
        check(tolerance=tolerance)
