"""Steps on many images, taken part by part, and just what they would have been."""

import copy

import numpy as np
import pytest

from tinyml.core import DivergenceError
from tinyml.layers import BatchNorm, Conv2D, Dropout, Flatten, Layer, Linear, MaxPool2D, ReLu, Softmax
from tinyml.learner import Learner
from tinyml.losses import (
    Loss,
    LossSite,
    binary_cross_entropy,
    half_squared_error,
    huber,
    mean_absolute_error,
    mse_loss,
    softmax_cross_entropy,
)
from tinyml.net import Sequential
from tinyml.net import parted_plan as parted
from tinyml.net.parted_plan import PartedPlan, part_of
from tinyml.net.training_plan import TrainingPlan
from tinyml.optims import SGDOptimizer
from tinyml.trace import trace

BATCH = 12
# What passes of one sample: 36 pixels, 2 × 16 of the convolution and its ReLu, 2 × 4 of the pool and in a row, 3.
PASSING = 36 + 32 + 32 + 8 + 8 + 3


def network(*first: Layer) -> Sequential:
    rng = np.random.default_rng(0)
    return Sequential(
        [
            *first,
            Conv2D("conv", (1, 6, 6), 2, 3, 3, rng=rng),
            ReLu("relu"),
            MaxPool2D("pool", (2, 4, 4), (2, 2), 2),
            Flatten("flat"),
            Linear("fc", 8, 3, rng=rng),
        ]
    )


def data(batch: int = BATCH) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    return rng.normal(size=(batch, 1, 6, 6)), rng.dirichlet(np.ones(3), batch)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of four samples are the most."""
    monkeypatch.setattr(parted, "PART", 4 * PASSING)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "loss",
    [binary_cross_entropy, half_squared_error, huber, mean_absolute_error, mse_loss, softmax_cross_entropy],
    ids=lambda loss: loss.type,
)
def test_a_step_in_parts_is_the_step_on_the_whole(loss: Loss) -> None:
    x, y = data()
    learner = Learner(network(), loss, SGDOptimizer(0.1))
    whole = network()
    for _ in range(3):
        step = trace(whole, loss, SGDOptimizer(0.1), x, y)
        assert learner.batch_fit(x, y) == pytest.approx(step.loss.value, rel=1e-13)
        for layer, recorded in zip(learner.model.layers, step.layers, strict=True):
            for name, parameter in layer.parameters().items():
                kept = recorded.parameters[name]
                seen = layer.in_notation(name, parameter.gradient)
                np.testing.assert_allclose(seen, kept.gradient, rtol=1e-12, atol=1e-14)
                seen = layer.in_notation(name, parameter.tensor)
                np.testing.assert_allclose(seen, kept.next, rtol=1e-12, atol=1e-14)
        for mine, other in zip(whole.parameters, learner.model.parameters, strict=True):
            mine.tensor = other.tensor
    plan = learner.model.training_plan("fit", loss, x)
    assert isinstance(plan, PartedPlan)
    assert plan.batch == 4


@pytest.mark.usefixtures("small")
def test_classes_come_in_parts_too() -> None:
    x, _ = data()
    classes = np.arange(BATCH) % 3
    by_class, by_row = (Learner(network(), softmax_cross_entropy, SGDOptimizer(0.1)) for _ in range(2))
    assert by_class.batch_fit(x, classes) == by_row.batch_fit(x, np.eye(3)[classes])


@pytest.mark.usefixtures("small")
def test_a_batch_of_as_much_as_a_part_may_be_is_whole_and_one_beyond_is_not() -> None:
    layers = network().layers
    assert part_of(mse_loss, layers, (1, 6, 6), 4) == 4
    assert part_of(mse_loss, layers, (1, 6, 6), 5) == 5  # no part of more than half a part divides it
    assert part_of(mse_loss, layers, (1, 6, 6), 6) == 3
    assert part_of(mse_loss, layers, (1, 6, 6), 7) == 7
    assert part_of(mse_loss, layers, (1, 6, 6), 8) == 4


class Normalised(Softmax):
    """Across the samples."""

    def __init__(self) -> None:
        super().__init__("across", axis=0)


class Own(ReLu):
    def backward(self, in_gradient):  # type: ignore[no-untyped-def]
        return super().backward(in_gradient)


class Largest(Loss):
    """The largest error alone: no sum over samples."""

    type = "largest"
    formula = "ℓ = max ŷ"

    def gradient_program(self, at: LossSite):  # type: ignore[no-untyped-def]
        return [(at.gradient.fill, 0)]

    def value(self, at: LossSite) -> float:
        return float(at.predicted.max())

    explain_value = explain_gradient = None  # type: ignore[assignment]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("first", [BatchNorm("norm", 1), Dropout("drop", 0.5), Normalised(), Own("own")])
def test_where_samples_or_passes_depend_on_each_other_the_batch_stays_whole(first: Layer) -> None:
    x, _ = data()
    assert type(network(first).training_plan("fit", mse_loss, x)) is TrainingPlan


@pytest.mark.usefixtures("small")
def test_a_loss_that_is_no_sum_takes_the_whole_batch() -> None:
    x, _ = data()
    assert type(network().training_plan("fit", Largest(), x)) is TrainingPlan


def test_a_network_with_more_parameters_than_passing_numbers_takes_the_whole_batch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parted, "PART", 60)
    layers = [Linear("fc", 10, 10)]
    assert part_of(mse_loss, layers, (10,), 12) == 12


@pytest.mark.usefixtures("small")
def test_a_copy_of_a_learner_trains_by_itself() -> None:
    x, y = data()
    learner = Learner(network(), mse_loss, SGDOptimizer(0.1))
    learner.batch_fit(x, y)
    other = copy.deepcopy(learner)
    before = other.model.parameters[0].tensor.copy()
    learner.batch_fit(x, y)
    np.testing.assert_array_equal(other.model.parameters[0].tensor, before)
    assert other.batch_fit(x, y) < Learner(network(), mse_loss, SGDOptimizer(0.1)).batch_fit(x, y)


@pytest.mark.usefixtures("small")
def test_where_a_number_left_the_range_is_told_though_it_was_in_an_earlier_part() -> None:
    x, y = data()
    x[1, 0, 2, 2] = np.nan
    with pytest.raises(DivergenceError, match="input data") as raised:
        Learner(network(), mse_loss, SGDOptimizer(0.1)).fit(x, y, 1, progress=False)
    assert raised.value.step == 1
