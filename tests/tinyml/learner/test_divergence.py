"""A training that computes ∞ or NaN stops and reports where that began."""

import pickle
from typing import Any

import numpy as np
import pytest

from tinyml.core import DivergenceError, TinymlError
from tinyml.data import Batches
from tinyml.layers import BatchNorm, Dropout, Layer, Linear, ReLu
from tinyml.learner import Learner
from tinyml.losses import HuberLoss, half_squared_error, mse_loss
from tinyml.net import Sequential
from tinyml.optims import AdamOptimizer, Clip, RMSPropOptimizer, SGDOptimizer, StepSchedule

X = np.random.default_rng(0).normal(size=(20, 2))
Y = X @ np.array([[1.0], [-2.0]]) + 0.5


def two_layers(*between: Layer) -> Sequential:
    rng = np.random.default_rng(0)
    return Sequential([Linear("fc_1", 2, 3, rng=rng), *between, Linear("fc_2", 3, 1, rng=rng)])


def diverged(learner: Learner, x: Any = X, y: Any = Y, epochs: int = 5, **settings: Any) -> DivergenceError:
    with pytest.raises(DivergenceError) as caught:
        learner.fit(x, y, epochs, progress=False, **settings)
    return caught.value


def by_hand(model: Sequential, lr: float) -> tuple[int, str | None, str]:
    """The first number that is not finite, found by a loop that is independent of the engine."""
    (w1, b1), (w2, b2) = ((layer.weight.tensor.T.copy(), layer.bias.tensor.copy()) for layer in model.layers)
    for step in range(1, 1000):
        h = X @ w1 + b1
        output = h @ w2 + b2
        error = output - Y
        dw2, db2, dh = h.T @ error, error.sum(0), error @ w2.T
        dw1, db1 = X.T @ dh, dh.sum(0)
        computed: list[tuple[str | None, str, Any]] = [
            ("fc_1", "output", h),
            ("fc_2", "output", output),
            (None, "loss", (error**2).sum() / 2),
            (None, "gradient of the loss", error),
            ("fc_2", "gradient of w", dw2),
            ("fc_2", "gradient of b", db2),
            ("fc_2", "gradient of the input", dh),
            ("fc_1", "gradient of w", dw1),
            ("fc_1", "gradient of b", db1),
        ]
        w1, b1, w2, b2 = w1 - lr * dw1, b1 - lr * db1, w2 - lr * dw2, b2 - lr * db2
        for layer, name, value in (("fc_1", "w", w1), ("fc_1", "b", b1), ("fc_2", "w", w2), ("fc_2", "b", b2)):
            computed.append((layer, f"updated {name}", value))
        for layer, where, value in computed:
            if not np.isfinite(value).all():
                return step, layer, where
    raise AssertionError("it did not diverge")


@pytest.mark.parametrize("lr", [1.0, 1e3, 1e30, 1e70, 1e100, 1e200, 1e307, 1.7e308])
def test_too_large_a_rate_is_reported_with_the_step_and_place_of_the_overflow(lr: float) -> None:
    with np.errstate(all="ignore"):
        expected = by_hand(two_layers(), lr)
    error = diverged(Learner(two_layers(), half_squared_error, SGDOptimizer(lr)), epochs=1000)
    assert (error.step, error.layer, error.where) == expected
    assert error.epoch == error.step  # all samples at once
    assert len(error.history) == error.epoch - 1


def order_of_the_first_epoch() -> Any:
    """That of a learner with the seed 7 and mini-batches of 6 samples."""
    batches = Batches(len(X), 6, seed=7)
    return np.concatenate([batches.rows(0, step) for step in range(batches.steps)])


@pytest.mark.parametrize("which", ["input data", "targets"])
def test_a_nan_in_the_data_is_reported_at_its_step(which: str) -> None:
    x, y = X.copy(), Y.copy()
    (x if which == "input data" else y)[13, 0] = np.nan
    order = order_of_the_first_epoch()
    met = order.tolist().index(13) // 6 + 1
    error = diverged(Learner(two_layers(), mse_loss, SGDOptimizer(0.01), seed=7), x, y, batch_size=6)
    assert (error.step, error.epoch, error.layer, error.where) == (met, 1, None, which)
    assert str(error) == (
        f"Learner: the {which} is the first that is not finite, at step {met} (epoch 1); look for ∞ and NaN in the "
        "data. The network is as it was before this step."
    )


@pytest.mark.parametrize("plain", [False, True])
def test_what_was_learnt_before_the_step_is_kept(plain: bool) -> None:
    x, order = X.copy(), order_of_the_first_epoch()
    x[order[13], 0] = np.inf
    batches = [order[start : start + 6] for start in range(0, 20, 6)]
    met = 2  # batches before the one with the 14th sample

    def learner() -> Learner:
        model = two_layers(BatchNorm("bn", 3), Dropout("dropout", 0.2))
        loss = (lambda predicted, truth: mse_loss(predicted, truth)) if plain else mse_loss
        return Learner(model, loss, AdamOptimizer(0.01), seed=7)

    stopped, expected = learner(), learner()
    diverged(stopped, x, batch_size=6)
    for batch in batches[:met]:
        expected.batch_fit(x[batch], Y[batch])
    for ours, theirs in zip(stopped.model.parameters, expected.model.parameters, strict=True):
        np.testing.assert_array_equal(ours.tensor, theirs.tensor)
        assert ours.state.keys() == theirs.state.keys()
        for name, array in ours.state.items():
            np.testing.assert_array_equal(array, theirs.state[name])
    (_, norm, dropout, _), (_, their_norm, their_dropout, _) = stopped.model.layers, expected.model.layers
    np.testing.assert_array_equal(norm.running_mean, their_norm.running_mean)
    np.testing.assert_array_equal(norm.running_variance, their_norm.running_variance)
    assert dropout.passes == their_dropout.passes == met


def test_an_infinite_initial_weight_is_reported_before_the_first_step() -> None:
    model = two_layers()
    model.layers[1].weight.tensor[0, 1] = np.inf
    error = diverged(Learner(model, mse_loss, SGDOptimizer(0.1)))
    assert (error.step, error.epoch, error.layer, error.where) == (0, 0, "fc_2", "w")
    assert str(error) == "Learner: the w of Linear 'fc_2' is not finite before the first step; start from other values."


def test_the_logarithm_of_zero_is_reported_for_a_plain_loss_function() -> None:
    def surprise(predicted: Any, truth: Any) -> Any:
        return -np.log(predicted).sum(), -1 / predicted

    model = two_layers(ReLu("relu"))
    model.add(ReLu("last"))
    model.layers[2].bias.tensor = np.array([-100.0])
    error = diverged(Learner(model, surprise, SGDOptimizer(0.1)), batch_size=5)
    assert (error.step, error.layer, error.where) == (1, None, "loss")
    assert "try a learning rate below 0.1, or look for very large numbers in the data" in str(error)


def test_a_plain_loss_function_with_a_nan_gradient_is_reported() -> None:
    calls: list[int] = []

    def broken(predicted: Any, truth: Any) -> Any:
        calls.append(1)
        value, gradient = mse_loss(predicted, truth)
        return value, gradient * (np.nan if len(calls) == 3 else 1)

    error = diverged(Learner(two_layers(), broken, SGDOptimizer(0.01)), batch_size=10)
    assert (error.step, error.epoch, error.layer, error.where) == (3, 2, None, "gradient of the loss")


STEEP = HuberLoss(1e150)  # a finite loss with a gradient of this size
FAR = np.full((4, 1), 1e155)


def steep() -> Sequential:
    """The gradient of the second layer's input overflows."""
    layers = [
        Linear("fc_1", 2, 3, weight=np.full((3, 2), 1e-300), bias=np.zeros(3)),
        Linear("fc_2", 3, 1, weight=np.full((1, 3), 1e200), bias=np.zeros(1)),
    ]
    return Sequential(layers)


@pytest.mark.parametrize("plain", [False, True])
def test_a_gradient_that_overflows_under_a_finite_loss_is_reported_at_once(plain: bool) -> None:
    loss = (lambda predicted, truth: STEEP(predicted, truth)) if plain else STEEP
    model = steep()
    error = diverged(Learner(model, loss, SGDOptimizer(1e-160)), X[:4], FAR)
    assert (error.step, error.layer, error.where) == (1, "fc_2", "gradient of the input")
    np.testing.assert_array_equal(model.layers[0].weight.tensor, 1e-300)


def test_a_gradient_that_overflows_is_reported_though_it_is_clipped() -> None:
    optimizer = SGDOptimizer(1e-160)
    optimizer.clip = Clip("value", 1.0)
    error = diverged(Learner(steep(), STEEP, optimizer), X[:4], FAR, batch_size=2)
    assert (error.step, error.layer, error.where) == (1, "fc_2", "gradient of the input")


@pytest.mark.parametrize("batch_size", [2, 4])
def test_an_update_that_overflows_is_reported_at_its_step_within_and_at_the_end_of_an_epoch(
    batch_size: int,
) -> None:
    model = Sequential([Linear("fc_1", 2, 1, rng=np.random.default_rng(0))])
    error = diverged(Learner(model, STEEP, SGDOptimizer(1e200)), X[:4], FAR, batch_size=batch_size)
    assert (error.step, error.epoch, error.layer, error.where) == (1, 1, "fc_1", "updated w")
    assert "This step's update has been made" in str(error)


def test_a_step_of_0_over_0_is_reported_with_the_remedy() -> None:
    learner = Learner(Sequential([Linear("f", 2, 1)]), mse_loss, RMSPropOptimizer(epsilon=0))
    with pytest.raises(DivergenceError, match="updated w of Linear 'f' .* its step was 0/0, .*; set epsilon above 0"):
        learner.fit(np.array([[1.0, 0.0]]), np.array([[1.0]]), 2, progress=False)


def test_a_frozen_parameter_does_not_hide_its_gradient() -> None:
    model = Sequential([Linear("fc_1", 2, 1, weight=np.zeros((1, 2)), bias=np.zeros(1))])
    for parameter in model.parameters:
        parameter.require_grad = False
    error = diverged(Learner(model, STEEP, SGDOptimizer(0.0)), np.full((4, 2), 1e200), FAR)
    assert error.where == "gradient of w"


def test_running_statistics_that_overflow_are_reported_though_the_output_is_finite() -> None:
    model = Sequential([BatchNorm("bn", 2), Linear("fc_1", 2, 1, rng=np.random.default_rng(0))])
    error = diverged(Learner(model, mse_loss, SGDOptimizer(0.1)), X * 1e200)
    assert (error.step, error.layer, error.where) == (1, "bn", "running_variance")
    np.testing.assert_array_equal(model.layers[0].running_variance, 1)


def test_what_is_kept_apart_is_looked_at_too() -> None:
    x = X.copy()
    x[-1, 0] = np.nan
    learner = Learner(two_layers(), mse_loss, SGDOptimizer(0.01))
    error = diverged(learner, x, batch_size=8, validation=0.2)
    assert (error.step, error.epoch, error.layer, error.where) == (2, 1, None, "validation input data")
    assert error.history == []
    assert np.isfinite(learner.predict(X)).all()


def test_the_epochs_before_are_in_the_error_and_the_first_rate_stays() -> None:
    seen: list[Any] = []
    learner = Learner(two_layers(), half_squared_error, SGDOptimizer(1e-3))
    learner.optimizer.schedule = StepSchedule(every=2, factor=1e100)
    error = diverged(learner, epochs=9, batch_size=10, callbacks=[seen.append])
    assert error.epoch > 2
    assert error.history == seen
    assert [epoch.number for epoch in error.history] == list(range(1, error.epoch))
    assert learner.optimizer.lr == 1e-3


def test_large_numbers_are_no_divergence() -> None:
    # Their squares overflow, but not they themselves.
    model = Sequential([Linear("fc_1", 1, 1, weight=np.full((1, 1), 1e160), bias=np.zeros(1))])
    history = Learner(model, HuberLoss(1e100), SGDOptimizer(0.1)).fit(
        np.ones((4, 1)), np.zeros((4, 1)), 3, progress=False
    )
    assert len(history) == 3


def test_single_steps_are_not_watched() -> None:
    learner = Learner(two_layers(), half_squared_error, SGDOptimizer(1e200))
    diverged(learner)
    with np.errstate(all="ignore"):
        losses = [learner.batch_fit(X, Y) for _ in range(3)]
    assert not np.isfinite(losses[-1])


def test_it_is_an_arithmetic_error_that_travels_between_processes() -> None:
    error = diverged(Learner(two_layers(), half_squared_error, SGDOptimizer(1e100)))
    assert isinstance(error, TinymlError)
    assert isinstance(error, ArithmeticError)
    copy = pickle.loads(pickle.dumps(error))
    assert str(copy) == str(error)
    assert (copy.step, copy.layer, copy.where, copy.history) == (error.step, error.layer, error.where, error.history)
