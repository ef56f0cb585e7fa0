"""The complex step, the third estimate: exact where it applies, otherwise with a reason."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.layers_at_random import KINDS, cases
from tests.support.networks import LOSSES
from tinyml import layers
from tinyml.gradient_check import error_curve, gradient_check
from tinyml.layers import GELU, Dropout, Flatten, Layer, Linear, ReLu, Sigmoid, Tanh
from tinyml.losses import huber, mse_loss
from tinyml.net import Sequential

ANALYTIC = sorted(name for name in KINDS if getattr(layers, name).analytic)
SMOOTH_LOSSES = sorted(name for name, loss in LOSSES.items() if loss.analytic)


def network(*between: Layer) -> Sequential:
    rng = np.random.default_rng(0)
    return Sequential([Linear("fc_1", 3, 4, rng=rng), *between, Linear("fc_2", 4, 2, rng=rng)])


@pytest.mark.slow
@pytest.mark.parametrize("kind", ANALYTIC)
@settings(max_examples=30)
@given(data=st.data(), loss=st.sampled_from(SMOOTH_LOSSES))
def test_through_every_analytic_layer_it_equals_the_backward_pass(kind: str, data: st.DataObject, loss: str) -> None:
    case = data.draw(cases(kind, st.integers(1, 3)))
    layer, rng = case.layer(), np.random.default_rng(case.seed)
    layer.name = "first"
    width = int(np.prod(layer.output_shape(case.shape[1:])))
    model = Sequential([layer, Flatten("flat"), Linear("fc", width, 2, rng=rng)])
    check = gradient_check(model, LOSSES[loss], case.x(), rng.uniform(size=(case.shape[0], 2)), complex_step=True)
    assert check.no_complex_step is None
    assert check.complex_step is not None
    scale = max(1.0, float(np.abs(check.analytic).max()))
    np.testing.assert_allclose(check.complex_step, check.analytic, rtol=1e-9, atol=1e-12 * scale)
    assert [row.complex_step for row in check] == check.complex_step.tolist()


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {*ANALYTIC, "MaxUnpool2D"}))
@settings(max_examples=10)
@given(data=st.data())
def test_a_layer_that_is_not_analytic_gives_a_reason_and_no_number(kind: str, data: st.DataObject) -> None:
    case = data.draw(cases(kind, st.integers(1, 2)))
    layer = case.layer()
    layer.name = "first"
    model = Sequential([layer, Flatten("flat")])
    x = case.x()
    first = f"x[{','.join('0' * x.ndim)}]"
    check = gradient_check(model, mse_loss, x, np.zeros_like(model.predict(x)), refs=[first], complex_step=True)
    assert check.complex_step is None
    assert [row.complex_step for row in check] == [None]
    assert str(check.no_complex_step) == (
        f"No complex step: {kind} 'first' compares its numbers, or applies a function that is defined for real "
        "numbers only."
    )


def test_the_analytic_layers_and_losses_are_those_without_a_kink() -> None:
    assert {"Conv2D", "Deconv2D", "Linear", "Sigmoid", "Softmax", "Softplus", "Tanh"} <= set(ANALYTIC)
    assert not {"ELU", "GELU", "LeakyReLu", "MaxPool2D", "ReLu"} & set(ANALYTIC)
    assert set(LOSSES) - set(SMOOTH_LOSSES) == {"hinge", "huber", "mean_absolute_error"}


def test_a_loss_that_is_not_analytic_gives_a_reason() -> None:
    x, y = np.ones((1, 3)), np.ones((1, 2))
    check = gradient_check(network(Tanh("h")), huber, x, y, complex_step=True)
    assert check.complex_step is None
    assert "the loss huber compares" in str(check.no_complex_step)
    curve = error_curve(network(Tanh("h")), huber, x, y, "fc_1.w[0,0]")
    assert (curve.complex_step, curve.no_complex_step) == (None, check.no_complex_step)


def test_a_layer_with_its_own_passes_gives_a_reason_even_below_an_analytic_one() -> None:
    class Own(Tanh):
        def forward(self, input):  # type: ignore[no-untyped-def]
            return super().forward(abs(input))

        def backward(self, in_gradient):  # type: ignore[no-untyped-def]
            return super().backward(in_gradient)

    check = gradient_check(network(Own("own")), mse_loss, np.ones((1, 3)), np.ones((1, 2)), complex_step=True)
    assert check.complex_step is None
    assert (
        str(check.no_complex_step)
        == "No complex step: Own 'own' overrides its passes, which support real numbers only."
    )


def test_it_is_not_taken_unless_requested() -> None:
    check = gradient_check(network(Tanh("h")), mse_loss, np.ones((1, 3)), np.ones((1, 2)))
    assert (check.complex_step, check.no_complex_step) == (None, None)


def test_it_meets_the_masks_that_the_other_witnesses_meet() -> None:
    rng = np.random.default_rng(3)
    model = network(Dropout("drop", 0.5, seed=1), Sigmoid("h"))
    x = rng.normal(size=(6, 3))
    model.forward(x)  # so that the next masks are not the first
    check = gradient_check(model, mse_loss, x, rng.normal(size=(6, 2)), complex_step=True)
    assert check.complex_step is not None
    np.testing.assert_allclose(check.complex_step, check.analytic, rtol=1e-11, atol=1e-14)


def test_side_by_side_and_one_after_another_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=(3, 3)), rng.normal(size=(3, 2))
    together = gradient_check(network(Tanh("h")), mse_loss, x, y, complex_step=True).complex_step
    monkeypatch.setattr(Tanh, "stackable", False)
    alone = gradient_check(network(Tanh("h")), mse_loss, x, y, complex_step=True).complex_step
    np.testing.assert_allclose(np.array(together), np.array(alone), rtol=1e-13)


def test_a_network_in_single_precision_takes_it_in_double() -> None:
    rng = np.random.default_rng(5)
    model = network(Tanh("h")).astype(np.float32)
    x, y = rng.normal(size=(3, 3)).astype(np.float32), rng.normal(size=(3, 2)).astype(np.float32)
    check = gradient_check(model, mse_loss, x, y, 1e-2, complex_step=True)
    assert check.complex_step is not None
    assert check.complex_step.dtype == np.float64
    np.testing.assert_allclose(check.complex_step, check.analytic, rtol=1e-4, atol=1e-6)
    assert model.parameters[0].tensor.dtype == np.float32


@pytest.mark.parametrize("between", [ReLu("h"), GELU("h"), Tanh("h")])
def test_the_network_is_left_as_it_was(between: Layer) -> None:
    model = network(between)
    before = [parameter.tensor.copy() for parameter in model.parameters]
    gradient_check(model, mse_loss, np.ones((1, 3)), np.ones((1, 2)), complex_step=True)
    for parameter, tensor in zip(model.parameters, before, strict=True):
        np.testing.assert_array_equal(parameter.tensor, tensor)
