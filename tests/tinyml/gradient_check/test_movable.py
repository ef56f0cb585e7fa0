"""Numbers chosen by their refs are checked like all numbers; refs of other numbers are refused."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.layer_cases import Case
from tests.support.networks import LOSSES, suited
from tests.support.networks_at_random import networks
from tests.support.reaching import reaches
from tinyml.core import DuplicateNameError, RefError
from tinyml.gradient_check import UnmovableError, gradient_check
from tinyml.gradient_check.plan import CheckPlan
from tinyml.gradient_check.stack import KEPT
from tinyml.layers import Conv2D, Dropout, Flatten, LayerNorm, Linear, Tanh
from tinyml.losses import mse_loss
from tinyml.net import Sequential


def network(cases: list[Case]) -> Sequential:
    """The layers of the cases, each with a unique name."""
    layers = [case.layer() for case in cases]
    for i, layer in enumerate(layers):
        layer.name = f"layer_{i}"
    return Sequential(layers)


def images() -> tuple[Sequential, Any, Any]:
    """A network that takes images, with a batch of two."""
    rng = np.random.default_rng(0)
    model = Sequential(
        [Conv2D("conv_1", (2, 4, 5), 3, 2, 3, rng=rng), Tanh("tanh_1"), Flatten("flat"), Linear("fc", 27, 2, rng=rng)]
    )
    return model, rng.normal(size=(2, 2, 4, 5)), rng.normal(size=(2, 2))


@pytest.mark.slow
@given(cases=networks(), loss=st.sampled_from(sorted(LOSSES)), data=st.data())
def test_chosen_numbers_are_checked_as_they_are_among_all(cases: list[Case], loss: str, data: st.DataObject) -> None:
    model, chosen_loss = network(cases), LOSSES[loss]
    rng = np.random.default_rng(cases[0].seed)
    x = rng.normal(size=cases[0].shape)
    y = suited(chosen_loss, rng.uniform(size=model.predict(x).shape))
    everything = gradient_check(model, chosen_loss, x, y, 1e-4, complex_step=True)
    by_ref = {row.ref: row for row in everything}
    assert len(by_ref) == sum(parameter.tensor.size for parameter in model.parameters) + x.size
    refs = data.draw(st.lists(st.sampled_from(everything.refs), min_size=1, max_size=9))
    chosen = gradient_check(model, chosen_loss, x, y, 1e-4, refs=refs, complex_step=True)
    assert chosen.refs == refs
    reaches(0.1, "complex steps", chosen.no_complex_step is None)
    reaches(0.1, "no complex steps", chosen.no_complex_step is not None)
    assert chosen.no_complex_step == everything.no_complex_step
    for row in chosen:
        same = by_ref[row.ref]
        assert row.analytic == same.analytic
        # Products of other shapes may be summed in another order.
        np.testing.assert_allclose([row.left, row.right], [same.left, same.right], rtol=1e-12)
        assert (row.complex_step is None) == (chosen.no_complex_step is not None)
        if row.complex_step is not None:
            assert row.complex_step == pytest.approx(same.complex_step, rel=1e-11, abs=1e-14)


def test_a_ref_is_the_entry_at_its_place_whatever_the_number_of_axes() -> None:
    model, x, y = images()
    model.backward(mse_loss(model.forward(x), y)[1])
    conv, fc = model.layers[0].parameters(), model.layers[3].parameters()
    refs = ["fc.w[26,1]", "x[1,0,3,2]", "conv_1.w[2,1,0,2]", "conv_1.b[1]", "fc.b[0]", "x[0,1,0,4]"]
    gradient = model.backward(mse_loss(model.forward(x), y)[1])
    found = gradient_check(model, mse_loss, x, y, refs=refs)
    gradients = {name: kept.gradient for name, kept in [*conv.items(), *((f"fc {n}", kept) for n, kept in fc.items())]}
    expected = [
        gradients["fc w"][1, 26],  # the library stores outputs × inputs
        gradient[1, 0, 3, 2],
        gradients["w"][2, 1, 0, 2],
        gradients["b"][1],
        gradients["fc b"][0],
        gradient[0, 1, 0, 4],
    ]
    np.testing.assert_allclose(found.analytic, expected, rtol=1e-12)
    assert found.counts["agrees"] == len(found)


def test_chosen_numbers_cost_no_passes_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    passes = []

    class Counting(Tanh):
        stackable = False  # so that each moved number is one pass

        def forward_program(self, at):  # type: ignore[no-untyped-def]
            return [(passes.append, 1), *super().forward_program(at)]

    model = Sequential([Linear("fc_1", 9, 9, rng=np.random.default_rng(0)), Counting("tanh_1")])
    gradient_check(model, mse_loss, np.ones((1, 9)), np.ones((1, 9)), refs=["fc_1.w[8,1]", "x[0,3]"])
    assert len(passes) == 1 + 2 * 2


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        ("conv_1.w[3,0,0,0]", "conv_1 has no such number to move; the check moves conv_1.w[f,c,i,j] (f < 3, c < 2, "),
        ("conv_1.w[0,0,0]", "(f < 3, c < 2, i < 2, j < 3), conv_1.b[f] (f < 3). Indices count from 0."),
        ("conv_1.w.grad[0,0,0,0]", "conv_1 has no such number to move"),
        ("conv_1.w.next[0,0,0,0]", "conv_1 has no such number to move"),
        ("conv_1.output[0,0,0,0]", "conv_1 has no such number to move"),
        ("conv_1.w", "conv_1 has no such number to move"),
        ("x[2,0,0,0]", "x has no such number to move; the check moves x[n,c,i,j] (n < 2, c < 2, i < 4, j < 5)."),
        ("x.grad[0,0,0,0]", "x has no such number to move"),
        ("fc.input[0,0]", "the check moves fc.w[j,k] (j < 27, k < 2), fc.b[k] (k < 2). Indices"),
        ("tanh_1.output[0,0,0,0]", "moves parameters and inputs, and this ref names neither; it moves conv_1.w["),
        ("loss", "this ref names neither; it moves conv_1.w["),
        ("lr", "conv_1.b[f] (f < 3), fc.w[j,k] (j < 27, k < 2), fc.b[k] (k < 2), x[n,c,i,j] (n < 2,"),
        ("y[0,0]", "this ref names neither"),
        ("fc_9.w[0,0]", "this ref names neither"),
        ("x[-1,0,0,0]", "That is not a ref; expected a name with indices from 0"),
        ("x[0,0,0,00]", "That is not a ref"),
        ("", "That is not a ref"),
    ],
)
def test_a_ref_that_cannot_be_perturbed_is_refused_with_those_that_can(ref: str, message: str) -> None:
    model, x, y = images()
    with pytest.raises(UnmovableError, match=re.escape(message)) as raised:
        gradient_check(model, mse_loss, x, y, refs=["fc.b[0]", ref, "nothing"])
    assert isinstance(raised.value, RefError)
    assert raised.value.position == 1


def test_the_list_of_what_can_be_moved_has_an_end() -> None:
    model = Sequential([Linear(f"fc_{i}", 1, 1) for i in range(15)])
    with pytest.raises(UnmovableError, match=r"fc_9.b\[k\] \(k < 1\) and 11 more\. Indices"):
        gradient_check(model, mse_loss, np.ones((1, 1)), np.ones((1, 1)), refs=["loss"])


def test_a_ref_that_could_mean_two_layers_is_refused() -> None:
    model = Sequential([Linear("fc", 1, 1), Linear("fc", 1, 1)])
    with pytest.raises(DuplicateNameError, match="two layers are called 'fc'"):
        gradient_check(model, mse_loss, np.ones((1, 1)), np.ones((1, 1)), refs=["fc.b[0]"])


def test_parameters_in_the_shape_of_images_have_refs_too() -> None:
    model = Sequential([LayerNorm("norm", (2, 3, 2)), Dropout("drop", 0.5), Flatten("flat")])
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 2, 3, 2)), rng.normal(size=(2, 12))
    check = gradient_check(model, mse_loss, x, y, refs=["norm.gamma[1,2,0]", "norm.beta[0,0,1]"])
    assert check.counts["agrees"] == 2
    with pytest.raises(UnmovableError, match=r"norm.gamma\[i,j,k\] \(i < 2, j < 3, k < 2\)"):
        gradient_check(model, mse_loss, x, y, refs=["norm.gamma[2,0,0]"])


def test_inputs_of_any_number_of_axes_have_refs() -> None:
    rng = np.random.default_rng(0)
    for shape, axes in (
        ((2, 3), "n,i"),
        ((2, 3, 1), "n,i,j"),
        ((1, 2, 1, 3, 2), "n,i,j,l,m"),
        ((1, 2, 1, 1, 3, 2), "i1,i2,i3,i4,i5,i6"),
    ):
        x = rng.normal(size=shape)
        last = f"x[{','.join(str(size - 1) for size in shape)}]"
        (row,) = gradient_check(Sequential([Tanh("h")]), mse_loss, x, np.zeros(shape), refs=[last], complex_step=True)
        h = np.tanh(x.flat[-1])
        assert row.analytic == pytest.approx(2 * h * (1 - h**2) / x.size)
        assert row.complex_step == pytest.approx(row.analytic)
        with pytest.raises(UnmovableError, match=re.escape(f"x[{axes}] (")):
            gradient_check(Sequential([Tanh("h")]), mse_loss, x, np.zeros(shape), refs=["loss"])


def test_no_more_than_a_few_stacks_are_kept() -> None:
    model, x, y = Sequential([Linear("fc", 2, 2)]), np.ones((1, 2)), np.ones((1, 2))
    for many in range(1, 9):
        gradient_check(model, mse_loss, x, y, refs=["x[0,0]", "fc.b[1]"] * many)
    assert 1 < len(model.planned("check", x, CheckPlan, mse_loss).stacks._stacks) <= KEPT
