"""Verdicts on correct derivatives: they agree at every ε, kinks are reported as kinks, and the rest is undecided."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.layer_cases import Case
from tests.support.networks import LOSSES, suited
from tests.support.networks_at_random import networks
from tinyml.gradient_check import GradientCheck, GradientRow, gradient_check
from tinyml.layers import Layer, LeakyReLu, Linear, ReLu, Sigmoid, Tanh
from tinyml.losses import half_squared_error, mean_absolute_error, mse_loss, softmax_cross_entropy
from tinyml.net import Sequential

XOR = {
    "x": np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]),
    "y": np.array([[0.0], [1], [1], [0]]),
}


def linear(name: str, weight: object, bias: object) -> Linear:
    w = np.array(weight, dtype=float).T
    return Linear(name, w.shape[1], w.shape[0], weight=w, bias=np.array(bias, dtype=float))


def xor(y: np.ndarray) -> GradientCheck:
    """The textbook solution of XOR with two rectifiers, one of which is exactly 0 for two of the samples."""
    model = Sequential([linear("h", [[1, 1], [1, 1]], [0, -1]), ReLu("r"), linear("o", [[1], [-2]], [0])])
    return gradient_check(model, mse_loss, XOR["x"], y)


def of(check: GradientCheck, ref: str) -> GradientRow:
    return next(row for row in check if row.ref == ref)


def test_where_the_loss_is_flat_on_both_sides_of_a_rectifiers_corner_the_zero_agrees() -> None:
    check = xor(XOR["y"])
    assert check.counts == {"agrees": 17, "differs": 0, "kink": 0, "undecided": 0}
    assert check.failed == 0
    # Not because no limit is found: each quotient's limit is known to be 0 to eight digits.
    assert all(row.bound < 1e-7 for row in check)


def test_at_a_true_kink_both_limits_are_reported() -> None:
    check = xor(1 - XOR["y"])
    assert check.counts == {"agrees": 7, "differs": 0, "kink": 10, "undecided": 0}
    row = of(check, "h.w[0,1]")
    assert (row.verdict, row.witness, row.estimate) == ("kink", "one_sided", None)
    assert row.limits == pytest.approx((1, 0), abs=1e-6)
    assert of(check, "x[1,0]").limits == pytest.approx((0.5, -0.5), abs=1e-6)
    assert of(check, "o.b[0]").limits is None
    assert check.worst is not None
    assert check.worst.verdict == "kink"


@pytest.mark.parametrize("stop", [0.0, 1.0])
def test_a_backward_value_between_the_limits_of_a_kink_is_right_and_one_outside_differs(stop: float) -> None:
    class Turned(ReLu):
        def backward(self, in_gradient):  # type: ignore[no-untyped-def]
            return np.where(self.seen > 0, in_gradient, chosen * in_gradient)

        def forward(self, input):  # type: ignore[no-untyped-def]
            self.seen = input
            return np.maximum(input, 0)

    for chosen, verdict in ((stop, "kink"), (0.5, "kink"), (-0.25, "differs"), (1.25, "differs")):
        row = of(
            gradient_check(Sequential([Turned("r")]), half_squared_error, np.zeros((1, 1)), -np.ones((1, 1))), "x[0,0]"
        )
        assert (row.analytic, row.verdict) == (chosen, verdict)
        assert row.limits == pytest.approx((0, 1), abs=1e-6)


def test_the_corner_of_an_absolute_value_is_a_kink_though_its_quotient_equals_the_gradient() -> None:
    row = gradient_check(
        Sequential([LeakyReLu("r", -1.0), linear("o", [[1]], [0])]),
        mean_absolute_error,
        np.zeros((1, 1)),
        -np.ones((1, 1)),
        refs=["x[0,0]"],
    )[0]
    assert row.numeric == pytest.approx(0, abs=1e-9)
    assert (row.verdict, row.limits) == ("kink", pytest.approx((-1, 1)))


@pytest.mark.parametrize("distance", [1e-3, 1e-6, 1e-8])
def test_beside_a_kink_the_derivative_is_there_and_a_smaller_step_finds_it(distance: float) -> None:
    model = Sequential([ReLu("r")])
    for side in (-1, 1):
        check = gradient_check(model, half_squared_error, np.full((1, 1), side * distance), -np.ones((1, 1)), 1e-2)
        row = check[0]
        assert row.relative_error > 0.3
        assert (row.verdict, row.witness) == ("agrees", "quotient")
        assert row.estimate_epsilon is not None
        assert row.estimate_epsilon <= distance


def test_nearer_than_rounding_resolves_it_counts_as_a_kink() -> None:
    row = gradient_check(Sequential([ReLu("r")]), half_squared_error, np.full((1, 1), 1e-15), -np.ones((1, 1)))[0]
    assert (row.verdict, row.limits) == ("kink", pytest.approx((0, 1), abs=1e-6))


@pytest.mark.parametrize("complex_step", [True, False])
def test_a_large_loss_beside_it_makes_no_right_derivative_wrong(complex_step: bool) -> None:
    model = Sequential([linear("fc", [[0, 0.5]], [0, 0])])
    check = gradient_check(
        model, half_squared_error, np.ones((1, 1)), np.array([[1000, 0.501]]), complex_step=complex_step
    )
    row = of(check, "fc.w[0,1]")
    assert row.relative_error > 1e-4
    assert (row.verdict, row.witness) == ("agrees", "complex_step")
    assert check.failed == 0


def test_without_a_complex_step_a_larger_step_decides() -> None:
    model = Sequential([linear("fc", [[0, 0.5]], [0, 0]), LeakyReLu("h")])
    check = gradient_check(model, half_squared_error, np.ones((1, 1)), np.array([[1000, 0.501]]))
    row = of(check, "fc.w[0,1]")
    assert (row.verdict, row.witness, check.failed) == ("agrees", "quotient", 0)
    assert row.estimate_epsilon is not None
    assert row.estimate_epsilon > 1e-5


def test_a_derivative_below_its_bound_is_undecided_and_the_bound_is_reported() -> None:
    model = Sequential([linear("fc", [[1e-17]], [0]), LeakyReLu("h")])
    row = gradient_check(model, half_squared_error, np.ones((1, 1)), np.array([[0.7]]), refs=["x[0,0]"])[0]
    assert row.analytic == pytest.approx(-7e-18 * 1, rel=1e-9)
    assert row.verdict == "undecided"
    assert 1e-17 < row.bound < 1e-13


def test_a_dead_unit_agrees_although_nothing_moves() -> None:
    model = Sequential([linear("fc", [[1]], [-5]), ReLu("h"), linear("o", [[1]], [1])])
    check = gradient_check(model, half_squared_error, np.ones((1, 1)), np.array([[0.7]]))
    assert check.counts["agrees"] == len(check)
    assert of(check, "fc.w[0,0]").analytic == 0


@pytest.mark.parametrize("between", [Tanh("h"), ReLu("h")])
def test_with_a_non_finite_loss_the_verdict_is_undecided(between: Layer) -> None:
    model = Sequential([between, linear("fc", [[1e200]], [0])])
    check = gradient_check(model, half_squared_error, np.ones((1, 1)), np.ones((1, 1)), complex_step=True)
    assert check.counts["undecided"] == len(check) == 3
    assert all(np.isinf(row.bound) for row in check)


def test_a_backward_pass_that_is_no_number_differs_from_a_derivative_that_is_one() -> None:
    class Broken(Tanh):
        def input_program(self, at):  # type: ignore[no-untyped-def]
            return [(at.input_gradient.fill, np.nan)]

    for complex_step in (True, False):
        model, x = Sequential([Broken("h")]), np.full((1, 2), 0.3)
        check = gradient_check(model, half_squared_error, x, np.ones((1, 2)), complex_step=complex_step)
        assert check.failed == 2


def test_with_an_overflowing_derivative_the_verdict_is_undecided() -> None:
    # ∂ℓ/∂x is 3e460. The quotients see a saturated unit on both sides, and a flat loss.
    model = Sequential([linear("a", [[1e153]], [0]), Tanh("h"), linear("b", [[1e154]], [0])])
    check = gradient_check(model, half_squared_error, np.full((1, 1), 1e-153), np.ones((1, 1)))
    row = of(check, "x[0,0]")
    assert np.isinf(row.analytic)
    assert (row.verdict, row.estimate, row.bound) == ("undecided", None, np.inf)
    assert check.failed == 0


def test_a_saturated_unit_whose_slope_has_lost_its_digits_agrees() -> None:
    # 1 − h has three correct digits at z = 30, and the complex step all of them: the difference is rounding.
    for z in (20.0, 30.0, 36.0, 40.0):
        check = gradient_check(
            Sequential([Sigmoid("h")]), half_squared_error, np.full((1, 1), z), np.zeros((1, 1)), complex_step=True
        )
        assert check[0].verdict == "agrees", check[0]


def test_a_probability_of_nearly_one_agrees() -> None:
    model = Sequential([linear("fc", [[40.0, 0.0]], [0, 0])])
    for between in ([], [ReLu("h")]):
        check = gradient_check(
            Sequential([*model.layers, *between]),
            softmax_cross_entropy,
            np.ones((1, 1)),
            np.array([[1.0, 0.0]]),
            complex_step=True,
        )
        assert check.failed == 0, list(check)


@pytest.mark.parametrize("epsilon", [1e-12, 1e-8, 1e-5, 1e-2, 1.0])
def test_the_verdict_does_not_rest_on_epsilon(epsilon: float) -> None:
    rng = np.random.default_rng(0)
    model = Sequential([Linear("a", 3, 4, rng=rng), LeakyReLu("h"), Linear("b", 4, 2, rng=rng), Tanh("t")])
    x, y = rng.normal(size=(3, 3)), rng.normal(size=(3, 2))
    check = gradient_check(model, mse_loss, x, y, epsilon)
    assert check.counts["agrees"] == len(check)
    assert check.epsilon == epsilon
    assert check.left[0] == gradient_check(model, mse_loss, x, y, epsilon, refs=["a.w[0,0]"]).left[0]


@pytest.mark.slow
def test_of_random_networks_no_right_derivative_differs() -> None:
    met: Counter[str] = Counter()

    @settings(max_examples=50)
    @given(
        drawn=networks(),
        loss=st.sampled_from(sorted(LOSSES)),
        # Targets near the outputs give tiny gradients that can be decided; inputs of 1e-8, to normalize, often cannot.
        sizes=st.tuples(
            st.sampled_from([1e-8, 1e-3, 1.0, 1e3]), st.sampled_from([1e-8, 1e-8, 1e3, 1e-8, 1.0, 1e3, 1e-3])
        ),
        epsilon=st.sampled_from([1e-5, 1e-2, 1e-7]),
        complex_step=st.booleans(),
        close=st.sampled_from([True, True, False]),
        seed=st.integers(0, 2**32 - 1),
    )
    def holds(
        drawn: list[Case],
        loss: str,
        sizes: tuple[float, float],
        epsilon: float,
        complex_step: bool,
        close: bool,
        seed: int,
    ) -> None:
        rng, layers = np.random.default_rng(seed), []
        for i, case in enumerate(drawn):
            layers.append(case.layer())
            layers[-1].name = f"layer_{i}"
        model, x = Sequential(layers), drawn[0].x() * sizes[0]
        output = model.predict(x)
        if loss in ("softmax_cross_entropy", "binary_cross_entropy"):
            y = np.eye(output.shape[1])[rng.integers(0, output.shape[1], len(output))]
        else:
            y = suited(LOSSES[loss], output * close + sizes[1] * rng.normal(size=output.shape))
        check = gradient_check(model, LOSSES[loss], x, y, epsilon, complex_step=complex_step)
        assert not check.failed, [row for row in check if row.verdict == "differs"][:3]
        met.update({verdict: count for verdict, count in check.counts.items() if count})
        met["all"] += len(check)
        met["large losses"] += sum(check.left > 100)
        met["tiny gradients"] += int(((check.analytic != 0) & (np.abs(check.analytic) < 1e-9)).sum())
        met["not at the requested step"] += sum(
            row.witness == "quotient" and row.estimate_epsilon != epsilon for row in check
        )

    holds()
    assert met["agrees"] > 0.95 * met["all"], met
    assert met["undecided"] < 0.03 * met["all"], met
    for case in ("large losses", "tiny gradients", "not at the requested step"):
        assert met[case] > 80, met


def test_random_networks_at_their_kinks_are_distinguished_from_wrong_ones() -> None:
    met: Counter[str] = Counter()

    @settings(max_examples=30)
    @given(seed=st.integers(0, 2**32 - 1), kind=st.sampled_from([ReLu, LeakyReLu]))
    def holds(seed: int, kind: type[Layer]) -> None:
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(1, 3))
        first = Linear("a", 3, 4, rng=rng)
        w, b = first.parameters().values()
        b.tensor = -(x @ w.tensor.T)[0] * (np.arange(4) < 1) + b.tensor * (np.arange(4) >= 1)
        model = Sequential([first, kind("h"), Linear("b", 4, 2, rng=rng)])
        z = first.forward(x)[0, 0]
        check = gradient_check(model, half_squared_error, x, rng.normal(size=(1, 2)))
        assert not check.failed, list(check)
        met.update(check.counts)
        for row in check:
            at_kink = abs(z) < 1e-13 and (row.ref == "a.b[0]" or row.ref.startswith("x") or row.ref == "a.w[0,0]")
            if at_kink:
                assert row.verdict == "kink", row
                met["at the kink"] += 1

    holds()
    assert met["at the kink"] > 75, met


@pytest.mark.parametrize("epsilon", [1e-5, 1e-2, 1e-9])
@pytest.mark.parametrize("path", sorted((Path(__file__).parents[3] / "app" / "examples").glob("*.json")), ids=str)
def test_of_the_examples_that_ship_none_differs(path: Path, epsilon: float) -> None:
    from app.documents import build as built
    from app.schemas.document import NetworkDocument

    written = json.loads(path.read_text("utf-8"))
    document = NetworkDocument.model_validate(written.get("document", written))
    experiment = built(document)
    parts = experiment.model, experiment.loss, experiment.x, experiment.y
    check = gradient_check(*parts, epsilon, complex_step=True)
    assert check.failed == 0
    # The digits have some derivatives that are smaller than the rounding of a loss: about 1e-12.
    assert all(abs(row.analytic) < 1e-12 for row in check if row.verdict == "undecided")
    assert check.counts["undecided"] < 0.04 * len(check)
