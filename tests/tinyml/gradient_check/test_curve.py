"""The error against ε: a V whose right arm is truncation, of order ε², and whose left arm is rounding, of order 1/ε."""

import numpy as np
import pytest

from tests.support.networks import build
from tests.tinyml.test_trace import CHAPTER
from tinyml.gradient_check import UnmovableError, epsilons, error_curve, gradient_check
from tinyml.layers import Layer, Linear, ReLu, Tanh
from tinyml.losses import Loss, half_squared_error, mse_loss, softmax_cross_entropy
from tinyml.net import Sequential

RNG = np.random.default_rng(0)
MODEL = Sequential(
    [Linear("fc_1", 3, 6, rng=RNG), Tanh("tanh_1"), Linear("fc_2", 6, 2, rng=RNG), Tanh("tanh_2")],
)
X, Y = RNG.normal(size=(4, 3)), RNG.normal(size=(4, 2))
REFS = gradient_check(MODEL, mse_loss, X, Y).refs


def errors(low: float, high: float, per_decade: int) -> tuple[np.ndarray, np.ndarray]:
    """log ε, and the logarithm of the mean error over all refs, for the ε of a range."""
    curves = [error_curve(MODEL, mse_loss, X, Y, ref, per_decade) for ref in REFS]
    steps = np.array([point.epsilon for point in curves[0].points])
    found = np.array([[abs(point.numeric - curve.analytic) for point in curve.points] for curve in curves])
    some = (steps >= low) & (steps <= high)
    return np.log10(steps[some]), np.log10(found.mean(axis=0)[some])


def test_truncation_grows_with_the_square_of_epsilon() -> None:
    slope = np.polyfit(*errors(1e-3, 1e-1, 4), 1)[0]
    assert slope == pytest.approx(2, abs=0.05)


def test_rounding_grows_with_one_over_epsilon() -> None:
    slope = np.polyfit(*errors(1e-12, 1e-7, 8), 1)[0]
    assert slope == pytest.approx(-1, abs=0.1)


@pytest.mark.parametrize("ref", ["fc_1.w[2,4]", "fc_2.b[1]", "x[3,0]"])
def test_every_point_is_what_the_check_gives_at_that_epsilon(ref: str) -> None:
    curve = error_curve(MODEL, mse_loss, X, Y, ref, 2)
    assert curve.ref == ref
    assert curve.complex_step == pytest.approx(curve.analytic, rel=1e-12)
    assert curve.no_complex_step is None
    for point in curve.points:
        (row,) = gradient_check(MODEL, mse_loss, X, Y, point.epsilon, refs=[ref])
        assert row.analytic == curve.analytic
        assert [point.left, point.right] == pytest.approx([row.left, row.right], rel=1e-14)
        assert point.numeric == (point.right - point.left) / (2 * point.epsilon)
        size = max(abs(curve.analytic), abs(point.numeric))
        assert point.relative_error == pytest.approx(abs(point.numeric - curve.analytic) / size, rel=1e-12)


def test_more_points_than_fit_side_by_side_are_computed_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = error_curve(MODEL, mse_loss, X, Y, "fc_1.w[0,0]")
    monkeypatch.setattr("tinyml.gradient_check.moves.MAX_STACKED", 1000)
    in_turns = error_curve(MODEL, mse_loss, X, Y, "fc_1.w[0,0]")
    for one, other in zip(at_once.points, in_turns.points, strict=True):
        assert [one.left, one.right] == pytest.approx([other.left, other.right], rel=1e-14)


def test_the_epsilons_go_from_a_tenth_to_a_billionth_of_a_thousandth() -> None:
    assert epsilons(1) == [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12]
    many = epsilons(5)
    assert len(many) == 56
    assert many[::5] == epsilons(1)
    assert np.diff(np.log10(many)) == pytest.approx(-0.2)


@pytest.mark.parametrize("per_decade", [0, -3])
def test_a_curve_without_points_is_refused(per_decade: int) -> None:
    setting = build(CHAPTER)
    with pytest.raises(ValueError, match=r"per_decade must be at least 1, got .*; take 4"):
        error_curve(setting.model, setting.loss, setting.x, setting.y, "x[0,0]", per_decade)


def test_a_ref_that_cannot_be_perturbed_is_refused_with_those_that_can() -> None:
    setting = build(CHAPTER)
    with pytest.raises(UnmovableError, match=r"fc_1.w\[j,k\] \(j < 2, k < 2\)"):
        error_curve(setting.model, setting.loss, setting.x, setting.y, "fc_1.w[2,0]")


@pytest.mark.parametrize(
    ("layers", "loss", "is_one"),
    [
        ([Linear("a", 2, 2, rng=np.random.default_rng(1))], mse_loss, True),
        ([Linear("a", 2, 2, rng=np.random.default_rng(1)), ReLu("h")], mse_loss, True),
        ([Linear("a", 2, 2, rng=np.random.default_rng(1)), Tanh("h")], mse_loss, False),
        ([Tanh("h"), Linear("a", 2, 2, rng=np.random.default_rng(1))], mse_loss, True),
        ([Linear("a", 2, 2, rng=np.random.default_rng(1))], softmax_cross_entropy, False),
    ],
)
def test_only_a_parabola_is_reported_as_one(layers: list[Layer], loss: Loss, is_one: bool) -> None:
    x, y = np.array([[3.0, -2.0]]), np.array([[0.0, 1.0]])
    curve = error_curve(Sequential(layers), loss, x, y, "a.w[0,0]")
    assert curve.parabola is is_one
    quotients = [point.numeric for point in curve.points if point.epsilon >= 1e-3]
    if is_one:
        assert quotients == pytest.approx([curve.analytic] * len(quotients), rel=1e-8, abs=1e-12)


def test_a_gradient_lost_in_rounding_makes_no_parabola_of_a_cross_entropy() -> None:
    weight = np.array([[40.0], [0.0]])
    model = Sequential([Linear("a", 1, 2, weight=weight, bias=np.zeros(2))])
    curve = error_curve(model, softmax_cross_entropy, np.ones((1, 1)), np.array([[1.0, 0.0]]), "a.w[0,0]")
    assert not curve.parabola


def test_where_the_largest_step_crosses_a_corner_the_loss_is_no_parabola() -> None:
    model = Sequential([ReLu("h")])
    curve = error_curve(model, half_squared_error, np.full((1, 1), 0.05), np.ones((1, 1)), "x[0,0]")
    assert not curve.parabola
