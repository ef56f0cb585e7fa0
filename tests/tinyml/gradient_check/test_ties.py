"""Where layers compare equal numbers: correct branches of the backward pass are accepted, and faults are found."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.layer_cases import Case
from tests.support.layers_at_random import cases
from tinyml.gradient_check import gradient_check
from tinyml.gradient_check.following import branches_taken, forward_along
from tinyml.layers import ELU, Conv2D, Flatten, Layer, LeakyReLu, Linear, MaxPool2D, ReLu
from tinyml.losses import half_squared_error, softmax_cross_entropy
from tinyml.net import Sequential

SPLIT = ("ReLu", "LeakyReLu", "ELU", "MaxPool2D")
RECTIFIERS: dict[str, Layer | None] = {
    "none": None,
    "ReLu": ReLu("h"),
    "LeakyReLu": LeakyReLu("h", 0.3),
    "ELU": ELU("h", 2.0),
}


def drawn(seed: int, rectifier: str, stride: int, biased: bool) -> tuple[Sequential, Any]:
    """A convolutional network, and an image with a few strokes on a background of zeros."""
    rng = np.random.default_rng(seed)
    image = np.zeros((1, 1, 8, 8))
    image[0, 0, 2:4, 2:6] = rng.uniform(0.1, 1, (2, 4))
    conv = Conv2D("conv", (1, 8, 8), 2, 3, 3)
    for name, parameter in conv.parameters().items():
        parameter.tensor = rng.normal(size=parameter.shape) * (biased or name != "b")
    between = RECTIFIERS[rectifier]
    pool = MaxPool2D("pool", (2, 6, 6), 2, stride)
    width = 2 * pool.output_shape((2, 6, 6))[1] ** 2
    last = Linear("fc", width, 3, weight=rng.normal(size=(3, width)) / 4)
    return Sequential([conv, *([between] if between else []), pool, Flatten("flat"), last]), image


@pytest.mark.parametrize("rectifier", RECTIFIERS)
def test_on_an_image_with_a_dark_ground_no_right_derivative_differs(rectifier: str) -> None:
    decided: Counter[Any] = Counter()
    for seed in range(3):
        for stride in (1, 2):
            for biased in (False, True):
                model, image = drawn(seed, rectifier, stride, biased)
                check = gradient_check(model, softmax_cross_entropy, image, np.array([[0.0, 1, 0]]))
                assert check.failed == 0, next(row for row in check if row.verdict == "differs")
                for row in check:
                    decided[row.verdict, row.witness] += 1
                    if row.witness == "branch":
                        assert row.limits is not None
                        assert row.estimate is not None
                        assert abs(row.analytic - row.estimate) <= row.bound < 1e-2 * max(map(abs, row.limits))
    # There are dozens of kinks, and many derivatives elsewhere.
    assert decided["kink", "branch"] > 30, decided
    assert decided["agrees", "quotient"] > 300, decided


@pytest.mark.parametrize("factor", [-1.0, 2.0])
def test_a_fault_is_found_at_these_kinks_too(factor: float) -> None:
    class Faulty(MaxPool2D):
        def input_program(self, at):  # type: ignore[no-untyped-def]
            return [*super().input_program(at), (np.multiply, at.input_gradient, factor, at.input_gradient)]

    wrong = 0
    for seed in range(3):
        model, image = drawn(seed, "none", 1, biased=False)
        y = np.array([[0.0, 1, 0]])
        right = list(gradient_check(model, softmax_cross_entropy, image, y))
        pool = Faulty("pool", (2, 6, 6), 2, 1)
        faulty = Sequential([pool if layer.name == "pool" else layer for layer in model.layers])
        for row, spoiled in zip(right, gradient_check(faulty, softmax_cross_entropy, image, y), strict=True):
            if row.witness == "branch" and abs(row.analytic) > 1e-6:
                left, right_ = row.limits or (0.0, 0.0)
                between = min(left, right_) <= spoiled.analytic <= max(left, right_)
                assert spoiled.verdict == ("kink" if between else "differs"), (row, spoiled)
                wrong += spoiled.verdict == "differs"
    assert wrong > 10


def test_where_the_loss_has_a_slope_the_backward_pass_has_to_meet_it_whatever_branch_it_follows() -> None:
    # relu(x) − relu(−x) is x, whose slope is 1; along the branches z ≤ 0 of both it is 0.
    both = Linear("both", 1, 2, weight=np.array([[1.0], [-1.0]]), bias=np.zeros(2))
    model = Sequential([both, ReLu("h"), Linear("sum", 2, 1, weight=np.array([[1.0, -1.0]]), bias=np.zeros(1))])
    check = gradient_check(model, half_squared_error, np.zeros((1, 1)), -np.ones((1, 1)), refs=["x[0,0]"])
    assert check[0].analytic == 0
    assert check[0].numeric == pytest.approx(1)
    assert check[0].verdict == "differs"


@pytest.mark.parametrize("kind", SPLIT)
def test_along_the_branches_of_a_pass_a_layer_gives_what_it_gave(kind: str) -> None:
    met: Counter[bool] = Counter()

    @settings(max_examples=20)
    @given(case=cases(kind, st.integers(1, 3), ties=None))
    def holds(case: Case) -> None:
        layer = case.layer()
        model = Sequential([layer])
        x = case.x()
        output = model.forward(x)
        plan, _ = layer.recall(layer.ran)
        branches = branches_taken(plan)
        assert set(branches) == {layer}
        plan.passes[-1].buffers.output[...] = np.nan
        forward_along(plan, branches)
        assert np.array_equal(plan.output(), output)
        # It keeps these branches when the numbers change sign.
        plan.first.input *= -1
        forward_along(plan, branches)
        met[not np.array_equal(plan.output(), model.forward(-x))] += 1

    holds()
    assert met[True] >= 3, met
