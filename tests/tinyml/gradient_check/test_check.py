"""The gradient check detects wrong gradients."""

import numpy as np
import pytest

from tests.support.networks import build
from tests.tinyml.test_trace import CHAPTER, everything
from tinyml.gradient_check import gradient_check
from tinyml.layers import GELU, BatchNorm, Dropout, Layer, Linear, Sigmoid, Softmax, Tanh
from tinyml.losses import half_squared_error, mse_loss
from tinyml.net import Sequential


def test_right_gradients_pass_and_nothing_is_left_moved() -> None:
    setting = build(CHAPTER)
    before = [parameter.tensor.copy() for parameter in setting.model.parameters]
    rows = list(gradient_check(setting.model, setting.loss, setting.x, setting.y))
    assert len(rows) == 8
    assert all(row.verdict == "agrees" for row in rows)
    for parameter, tensor in zip(setting.model.parameters, before, strict=True):
        np.testing.assert_array_equal(parameter.tensor, tensor)


def test_a_wrong_gradient_is_caught() -> None:
    class Wrong(Tanh):
        def backward(self, in_gradient):  # type: ignore[no-untyped-def]
            return -super().backward(in_gradient)

    rows = list(
        gradient_check(Sequential([Wrong("wrong_1")]), half_squared_error, np.full((1, 2), 0.3), np.ones((1, 2)))
    )
    assert all(row.verdict == "differs" for row in rows)


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
    assert all(row.verdict == "agrees" for row in rows), rows


def network(*layers: Layer) -> Sequential:
    return Sequential([Linear("fc_1", 3, 4, rng=np.random.default_rng(0)), *layers])


@pytest.mark.parametrize("between", [Tanh("h"), Sigmoid("h"), Softmax("h"), GELU("h"), Dropout("h", 0.5)])
def test_networks_side_by_side_give_what_one_after_another_gives(
    between: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    model = network(between, Linear("fc_2", 4, 2, rng=rng))
    together = gradient_check(model, mse_loss, x, y)
    assert together.counts["agrees"] == len(together)
    monkeypatch.setattr(type(between), "stackable", False)
    alone = gradient_check(network(between, model.layers[2]), mse_loss, x, y)
    assert together.refs == alone.refs
    np.testing.assert_allclose(together.left, alone.left, rtol=1e-13)
    np.testing.assert_allclose(together.right, alone.right, rtol=1e-13)
    np.testing.assert_array_equal(together.analytic, alone.analytic)


def test_more_numbers_than_fit_side_by_side_are_moved_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    x, y = rng.normal(size=(2, 3)), rng.normal(size=(2, 4))
    at_once = gradient_check(network(Tanh("h")), mse_loss, x, y)
    monkeypatch.setattr("tinyml.gradient_check.moves.MAX_STACKED", 2 * 3 * (16 + 3 * 8))
    in_turns = gradient_check(network(Tanh("h")), mse_loss, x, y)
    np.testing.assert_allclose(at_once.numeric, in_turns.numeric, rtol=1e-9, atol=1e-12)
    assert len(in_turns) == 16 + 6


def test_the_inputs_may_be_left_out() -> None:
    setting = build(CHAPTER)
    check = gradient_check(setting.model, setting.loss, setting.x, setting.y, inputs=False)
    assert check.refs == [row.ref for row in check]
    assert not [ref for ref in check.refs if ref.startswith("x")]
    assert check.counts["agrees"] == len(check)


def test_a_network_that_changed_since_is_checked_as_it_is_now() -> None:
    setting = build(CHAPTER)
    first = gradient_check(setting.model, setting.loss, setting.x, setting.y)
    setting.model.layers[0].parameters()["w"].tensor = np.full((2, 2), 2.0)
    again = gradient_check(setting.model, setting.loss, setting.x, setting.y)
    assert first.counts["agrees"] == len(first)
    assert again.counts["agrees"] == len(again)
    assert not np.array_equal(first.left, again.left)
