"""Training over data."""

import math
from copy import deepcopy
from typing import Any

import numpy as np
import pytest

from tinyml.core import ShapeError
from tinyml.data import circle
from tinyml.layers import Dropout, Linear, Tanh
from tinyml.learner import Epoch, Learner
from tinyml.losses import mse_loss
from tinyml.net import Sequential
from tinyml.optims import AdamOptimizer, Penalty, SGDOptimizer, StepSchedule

X = np.random.default_rng(0).normal(size=(30, 2))
Y = X @ np.array([[1.0], [-2.0]]) + 0.5


def line(**settings: Any) -> Learner:
    model = Sequential([Linear("fc_1", 2, 1, rng=np.random.default_rng(0))])
    return Learner(model, mse_loss, SGDOptimizer(0.1), **settings)


def test_a_line_is_found() -> None:
    learner = line()
    history = learner.fit(X, Y, epochs=200, batch_size=10, progress=False)
    assert [epoch.number for epoch in history] == list(range(1, 201))
    assert history[-1].loss < 1e-10
    weight = learner.model.layers[0].parameters()["w"].tensor
    np.testing.assert_allclose(weight, [[1, -2]], atol=1e-4)


def test_a_circle_is_learnt_by_a_hidden_layer() -> None:
    rng = np.random.default_rng(0)
    x, y = circle(200, rng)
    model = Sequential([Linear("fc_1", 2, 8, rng=rng), Tanh("tanh_1"), Linear("fc_2", 8, 1, rng=rng)])
    learner = Learner(model, mse_loss, AdamOptimizer(0.03))
    learner.fit(x / 5, y, epochs=150, batch_size=20, progress=False)
    assert ((learner.predict(x / 5) > 0.5) == (y > 0.5)).mean() > 0.97


def test_one_seed_gives_one_training() -> None:
    losses = [[epoch.loss for epoch in line(seed=seed).fit(X, Y, 3, 7, progress=False)] for seed in (1, 1, 2)]
    assert losses[0] == losses[1] != losses[2]


def test_every_sample_is_seen_once_an_epoch_whatever_the_batch_size() -> None:
    seen: list[float] = []

    def watching(predicted: Any, truth: Any) -> Any:
        seen.extend(truth.ravel())
        return mse_loss(predicted, truth)

    learner = line()
    learner.loss = watching
    learner.fit(X, Y, epochs=1, batch_size=8, progress=False)
    assert sorted(seen) == sorted(Y.ravel())


def test_the_loss_of_an_epoch_is_the_mean_over_samples_not_over_batches() -> None:
    learner = line()
    learner.optimizer.lr = 0.0
    expected = mse_loss(learner.predict(X), Y)[0]
    assert learner.fit(X, Y, 1, batch_size=7, progress=False)[0].loss == pytest.approx(expected)


def test_what_is_kept_apart_is_measured_and_not_trained_on() -> None:
    x, y = X.copy(), Y.copy()
    y[20:] = 1e6
    epoch = line().fit(x, y, 50, validation=1 / 3, progress=False)[-1]
    assert epoch.loss < 0.1
    assert epoch.validation_loss is not None
    assert epoch.validation_loss > 1e11


def test_measuring_drops_nothing() -> None:
    learner = Learner(Sequential([Dropout("dropout_1", 0.9)]), mse_loss, SGDOptimizer(0.1))
    epoch = learner.fit(X, X, 1, validation=0.5, progress=False)[0]
    assert epoch.validation_loss == 0
    assert epoch.loss > 0


def test_penalties_shrink_the_weights_and_stay_out_of_the_data_loss() -> None:
    plain, shrunk = line(), line()
    shrunk.optimizer.penalty = Penalty(l1=0.01, l2=0.1)
    loss = plain.fit(X, Y, 100, progress=False)[-1]
    penalised = shrunk.fit(X, Y, 100, progress=False)[-1]
    weight = shrunk.model.layers[0].parameters()["w"].tensor
    assert np.abs(weight).sum() < np.abs(plain.model.layers[0].parameters()["w"].tensor).sum()
    assert penalised.penalty == pytest.approx(0.01 * np.abs(weight).sum() + 0.05 * (weight**2).sum())
    assert loss.penalty == 0
    assert penalised.loss < 0.1


def test_predicting_takes_a_batch_size_too() -> None:
    learner = line()
    np.testing.assert_allclose(learner.predict(X, batch_size=7), learner.predict(X), rtol=1e-14)
    with pytest.raises(ShapeError, match="a batch needs at least one sample"):
        learner.predict(X, 0)


def test_labels_that_are_one_number_a_sample_train_like_a_column_of_them() -> None:
    flat, column = line(), line()
    assert flat.fit(X, Y[:, 0], 5, 7, validation=0.2, progress=False) == column.fit(
        X, Y, 5, 7, validation=0.2, progress=False
    )


def test_a_copy_of_a_trained_model_goes_its_own_way_and_takes_no_plan_along() -> None:
    learner = line()
    learner.batch_fit(X, Y)
    copy = deepcopy(learner.model)
    assert all(parameter.block.vector.given is None for parameter in copy.parameters)
    before = copy.predict(X)
    learner.batch_fit(X, Y)
    np.testing.assert_array_equal(copy.predict(X), before)


def test_training_stops_when_it_stands_still() -> None:
    learner = line()
    learner.optimizer.lr = 0.0
    assert len(learner.fit(X, Y, 100, patience=3, progress=False)) == 4


@pytest.mark.parametrize("batch_size", [None, 2])
def test_a_schedule_changes_the_rate_and_counts_on_from_one_fit_to_the_next(batch_size: int | None) -> None:
    learner, rates = line(), []
    learner.optimizer.schedule = StepSchedule(every=2, factor=0.5)
    for epochs in (3, 2):
        learner.fit(X, Y, epochs, batch_size, callbacks=[lambda epoch: rates.append(epoch.lr)], progress=False)
    assert rates == pytest.approx([0.1, 0.1, 0.05, 0.05, 0.025])
    assert learner.optimizer.lr == 0.1


def test_callbacks_hear_of_every_epoch_and_may_end_it_all() -> None:
    def stop(epoch: Epoch) -> None:
        if epoch.number == 2:
            raise StopIteration

    learner = line()
    with pytest.raises(StopIteration):
        learner.fit(X, Y, 9, callbacks=[stop], progress=False)


@pytest.mark.parametrize(("labels", "validation"), [(Y[:5], 0.0), (Y, 1.0), (Y, 0.99), (Y, -0.1), (Y, math.nan)])
def test_data_without_training_samples_is_refused(labels: Any, validation: float) -> None:
    with pytest.raises((ShapeError, ValueError), match="leave nothing|NaN"):
        line().fit(X, labels, 1, validation=validation, progress=False)


@pytest.mark.parametrize(
    "loss", [mse_loss, lambda predicted, truth: mse_loss(predicted, truth)], ids=["loss", "function"]
)
def test_several_steps_on_a_batch_are_the_steps_one_by_one(loss) -> None:  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(6, 2)), rng.normal(size=(6, 1))

    def learner() -> Learner:
        layers = [
            Linear("fc_1", 2, 3, rng=np.random.default_rng(0)),
            Linear("fc_2", 3, 1, rng=np.random.default_rng(1)),
        ]
        optimizer = SGDOptimizer(0.1)
        optimizer.penalty = Penalty(l2=0.01)
        return Learner(Sequential(layers), loss, optimizer)

    at_once, one_by_one = learner(), learner()
    losses = [one_by_one.batch_fit(x, y) for _ in range(4)]
    assert at_once.batch_fit(x, y, steps=4) == losses[-1]
    for mine, other in zip(at_once.model.parameters, one_by_one.model.parameters, strict=True):
        np.testing.assert_array_equal(mine.tensor, other.tensor)
    with pytest.raises(ValueError, match="Learner: steps must be at least 1, got 0"):
        at_once.batch_fit(x, y, steps=0)
