"""Networks trained side by side, each as it would have trained by itself."""

import numpy as np
import pytest

from tinyml.core import ShapeError
from tinyml.layers import ELU, GELU, BatchNorm, Conv2D, Dropout, Flatten, Layer, Linear, ReLu, Sigmoid, Softmax, Tanh
from tinyml.learner import Learner
from tinyml.losses import (
    BinaryCrossEntropy,
    LossBuffers,
    SoftmaxCrossEntropy,
    binary_cross_entropy,
    half_squared_error,
    huber,
    mse_loss,
    softmax_cross_entropy,
)
from tinyml.net import Ensemble, Sequential
from tinyml.optims import AdamOptimizer, Optimizer, RMSPropOptimizer, SGDOptimizer

COUNT = 3
LOSSES = [binary_cross_entropy, half_squared_error, huber, mse_loss, softmax_cross_entropy]
WEIGHTED = [BinaryCrossEntropy([0.5, 1, 3]), SoftmaxCrossEntropy([0.5, 1, 3], 0.1)]


def network(seed: int, *between: Layer) -> Sequential:
    rng = np.random.default_rng(seed)
    return Sequential([Linear("fc_1", 2, 4, rng=rng), *between, Linear("fc_2", 4, 3, rng=rng)])


def data(batch: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(9)
    return rng.normal(size=(batch, 2)), rng.dirichlet(np.ones(3), batch)


@pytest.mark.parametrize("batch", [1, 2, 5])
@pytest.mark.parametrize("loss", [*LOSSES, *WEIGHTED], ids=lambda loss: loss.type + " weighted" * (loss in WEIGHTED))
@pytest.mark.parametrize("between", [ELU, GELU, ReLu, Sigmoid, Softmax, Tanh])
def test_each_network_learns_what_it_would_have_learnt_by_itself(between, loss, batch: int) -> None:  # type: ignore[no-untyped-def]
    x, y = data(batch)
    alone = [Learner(network(seed, between("h")), loss, SGDOptimizer(0.1)) for seed in range(COUNT)]
    ensemble = Ensemble([network(seed, between("h")) for seed in range(COUNT)], loss, SGDOptimizer(0.1))
    assert len(ensemble) == COUNT
    for _ in range(3):
        np.testing.assert_array_equal(ensemble.batch_fit(x, y), [each.batch_fit(x, y) for each in alone])
    ensemble.write_back()
    np.testing.assert_array_equal(ensemble.predict(x), [each.predict(x) for each in alone])
    for number, (model, each) in enumerate(zip(ensemble.models, alone, strict=True)):
        for mine, other in zip(model.parameters, each.model.parameters, strict=True):
            np.testing.assert_array_equal(mine.tensor, other.tensor)
        for name, gradient in ensemble.gradients().items():
            layer, parameter = name.split(".")
            of = next(own for own in each.model.layers if own.name == layer).parameters()[parameter].gradient
            np.testing.assert_array_equal(gradient[number], of)


@pytest.mark.parametrize("optimizer", [SGDOptimizer(0.1, 0.9), AdamOptimizer(0.01)])
def test_an_optimizer_that_remembers_does_so_for_each(optimizer: Optimizer) -> None:
    x, y = data(4)
    ensemble = Ensemble([network(seed, Tanh("h")) for seed in range(COUNT)], mse_loss, optimizer)
    alone = [Learner(network(seed, Tanh("h")), mse_loss, optimizer) for seed in range(COUNT)]
    for _ in range(4):
        np.testing.assert_array_equal(ensemble.batch_fit(x, y), [each.batch_fit(x, y) for each in alone])


@pytest.mark.parametrize("optimizer", [SGDOptimizer(0.1, 0.9), RMSPropOptimizer(0.01), AdamOptimizer(0.01)])
def test_alone_and_in_a_stack_in_turn_is_alone_throughout(optimizer: Optimizer) -> None:
    x, y = data(4)
    alone, turning = (
        [Learner(network(seed, Dropout("d", 0.5)), mse_loss, optimizer) for seed in range(COUNT)] for _ in range(2)
    )
    for each in turning:
        each.batch_fit(x, y, 2)
    ensemble = Ensemble([each.model for each in turning], mse_loss, optimizer)
    for _ in range(3):
        ensemble.batch_fit(x, y)
    assert {each.model.layers[1].passes for each in turning} == {2}  # type: ignore[attr-defined]
    ensemble.write_back()
    for one, other in zip(alone, turning, strict=True):
        assert one.batch_fit(x, y, 7) == other.batch_fit(x, y, 2)
        for mine, theirs in zip(one.model.parameters, other.model.parameters, strict=True):
            np.testing.assert_array_equal(mine.tensor, theirs.tensor)
            assert mine.state.keys() == theirs.state.keys()
            for name, remembered in mine.state.items():
                np.testing.assert_array_equal(remembered, theirs.state[name])


def test_networks_whose_steps_are_counted_differently_are_refused() -> None:
    x, y = data(4)
    learners = [Learner(network(seed), mse_loss, AdamOptimizer(0.01)) for seed in range(COUNT)]
    for steps, each in enumerate(learners, 1):
        each.batch_fit(x, y, steps)
    with pytest.raises(ShapeError, match="count is not the same for all parameters of all networks; stack those that"):
        Ensemble([each.model for each in learners], mse_loss, AdamOptimizer(0.01))


def test_layers_without_weights_may_come_first_and_shapes_may_change() -> None:
    rng = np.random.default_rng(0)

    def build(seed: int) -> Sequential:
        return Sequential([Tanh("t"), Flatten("f"), Linear("fc", 6, 2, rng=np.random.default_rng(seed))])

    x, y = rng.normal(size=(4, 2, 3)), rng.normal(size=(4, 2))
    ensemble = Ensemble([build(0), build(1)], mse_loss, SGDOptimizer(0.1))
    alone = [Learner(build(seed), mse_loss, SGDOptimizer(0.1)) for seed in (0, 1)]
    for _ in range(2):
        np.testing.assert_array_equal(ensemble.batch_fit(x, y), [each.batch_fit(x, y) for each in alone])


def test_a_dropped_unit_is_dropped_in_all_of_them_and_none_when_predicting() -> None:
    x, y = data(6)
    ensemble = Ensemble(
        [network(seed, Dropout("d", 0.5, seed=3)) for seed in range(COUNT)], mse_loss, SGDOptimizer(0.1)
    )
    alone = [Learner(network(seed, Dropout("d", 0.5, seed=3)), mse_loss, SGDOptimizer(0.1)) for seed in range(COUNT)]
    np.testing.assert_array_equal(ensemble.batch_fit(x, y), [each.batch_fit(x, y) for each in alone])
    np.testing.assert_array_equal(ensemble.predict(x), [each.predict(x) for each in alone])


def test_until_they_are_written_back_the_networks_stay_as_they_were() -> None:
    x, y = data(2)
    model = network(0)
    before = model.layers[0].parameters()["w"].tensor.copy()
    ensemble = Ensemble([model, network(1)], mse_loss, SGDOptimizer(0.5))
    ensemble.batch_fit(x, y)
    np.testing.assert_array_equal(model.layers[0].parameters()["w"].tensor, before)
    ensemble.write_back()
    np.testing.assert_array_equal(model.layers[0].parameters()["w"].tensor, ensemble.tensors()["fc_1.w"][0])
    assert not np.array_equal(model.layers[0].parameters()["w"].tensor, before)


class Own(Tanh):
    def backward(self, in_gradient):  # type: ignore[no-untyped-def]
        return in_gradient


@pytest.mark.parametrize(
    ("models", "message"),
    [
        ([], "Ensemble: expects at least one network, got none"),
        ([network(0), network(0, Tanh("h"))], "network 1 has other layers, sizes or settings than network 0"),
        (
            [network(0, Dropout("d", 0.1)), network(0, Dropout("d", 0.9))],
            "network 1 has other layers, sizes or settings",
        ),
        (
            [Sequential([BatchNorm("norm", 2)])],
            "BatchNorm 'norm' works on one network at a time; train these one by one",
        ),
        ([Sequential([Conv2D("conv", (1, 3, 3), 1, 2, 2)])], "Conv2D 'conv' works on one network at a time"),
        ([Sequential([Own("own")])], "Own 'own' works on one network at a time"),
    ],
)
def test_networks_that_cannot_be_stacked_are_refused(models: list[Sequential], message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        Ensemble(models, mse_loss, SGDOptimizer(0.1))


def test_a_loss_gives_each_network_its_value() -> None:
    predicted, truth = np.random.default_rng(0).normal(size=(4, 3, 5)), np.full((3, 5), 0.25)
    for loss in (binary_cross_entropy, half_squared_error, huber, mse_loss, softmax_cross_entropy):
        alone = [loss(each.T, truth.T)[0] for each in predicted]
        at = LossBuffers(predicted, truth, np.empty_like(predicted))
        for operation, *operands in loss.gradient_program(at):
            operation(*operands)
        np.testing.assert_array_equal(loss.value(at), alone)


def test_in_float32_too_each_network_learns_what_it_would_have_learnt_by_itself() -> None:
    x, y = data(5)
    alone = [Learner(network(seed, Tanh("h")).astype(np.float32), mse_loss, SGDOptimizer(0.1)) for seed in range(COUNT)]
    ensemble = Ensemble(
        [network(seed, Tanh("h")).astype(np.float32) for seed in range(COUNT)], mse_loss, SGDOptimizer(0.1)
    )
    for _ in range(3):
        np.testing.assert_array_equal(ensemble.batch_fit(x, y), [each.batch_fit(x, y) for each in alone])


def test_what_is_frozen_stays_in_a_stack_too() -> None:
    models = [Sequential([Linear("a", 3, 2, rng=np.random.default_rng(seed))]) for seed in range(3)]
    for model in models:
        model.layers[0].parameters()["w"].require_grad = False
    ensemble = Ensemble(models, mse_loss, SGDOptimizer(0.1, weight_decay=0.1))
    before = {name: tensor.copy() for name, tensor in ensemble.tensors().items()}
    ensemble.batch_fit(np.ones((4, 3)), np.ones((4, 2)))
    np.testing.assert_array_equal(ensemble.tensors()["a.w"], before["a.w"])
    assert (ensemble.tensors()["a.b"] != before["a.b"]).all()


def test_a_stack_takes_another_loss_between_steps() -> None:
    models = [Sequential([Linear("a", 3, 2, rng=np.random.default_rng(seed))]) for seed in range(3)]
    x, y = np.ones((4, 3)), np.zeros((4, 2))
    ensemble = Ensemble(models, mse_loss, SGDOptimizer(0.0))
    ensemble.batch_fit(x, y)
    ensemble.loss = huber
    np.testing.assert_array_equal(ensemble.batch_fit(x, y), [huber(model.forward(x), y)[0] for model in models])
