"""A network computes the same numbers as its layers, whatever changes in the layers between passes."""

import copy

import numpy as np
import pytest

from tinyml.core import Parameter
from tinyml.layers import LayerNorm, Linear, Tanh
from tinyml.learner import Learner
from tinyml.losses import Loss, mse_loss
from tinyml.net import Sequential
from tinyml.optims import AdamOptimizer, Optimizer, SGDOptimizer
from tinyml.trace import trace

RNG = np.random.default_rng(5)
X, Y, WIDE = RNG.normal(size=(5, 3)), RNG.normal(size=(5, 2)), RNG.normal(size=(5, 4))


def network() -> Sequential:
    rng = np.random.default_rng(1)
    return Sequential([Linear("a", 3, 4, rng=rng), Tanh("t"), Linear("b", 4, 2, rng=rng)])


def tensors(model: Sequential) -> list[np.ndarray]:
    return [parameter.tensor.copy() for layer in model.layers for parameter in layer.parameters().values()]


def learn(model: Sequential, y: np.ndarray = Y, loss: Loss = mse_loss, optimizer: Optimizer | None = None) -> float:
    return Learner(model, loss, optimizer or SGDOptimizer(0.1)).batch_fit(X, y)


def assert_same(ours: list[np.ndarray], theirs: list[np.ndarray]) -> None:
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)


def test_the_first_layers_of_a_trained_network_can_be_trained_and_traced_by_themselves() -> None:
    model = network()
    learn(model)
    first = Sequential(model.layers[:2])
    alone = Sequential([copy.deepcopy(layer) for layer in first.layers])
    followed = trace(first, mse_loss, SGDOptimizer(0.1), X, WIDE).layers[0].parameters["w"].next
    for one in (first, alone):
        learn(one, WIDE)
    np.testing.assert_allclose(first.layers[0].parameters()["w"].tensor.T, followed)
    assert_same(tensors(first), tensors(alone))
    assert_same(tensors(model)[:2], tensors(first))


def test_a_network_can_go_on_training_without_its_last_layer() -> None:
    model = network()
    learn(model)
    model.layers.pop()
    alone = Sequential([copy.deepcopy(layer) for layer in model.layers])
    for one in (model, alone):
        learn(one, WIDE)
    assert_same(tensors(model), tensors(alone))


def test_a_layer_of_two_networks_is_trained_by_both_in_turn() -> None:
    model = network()
    other = Sequential([model.layers[0], Linear("c", 4, 2, rng=np.random.default_rng(2))])
    by_hand = copy.deepcopy((model, other))
    for _ in range(3):
        for one in (model, other):
            learn(one)
        for one in by_hand:
            one.backward(mse_loss(one.forward(X), Y)[1])
            one.update(SGDOptimizer(0.1))
    assert_same(tensors(model) + tensors(other), tensors(by_hand[0]) + tensors(by_hand[1]))


def test_a_view_of_a_tensor_taken_before_the_first_pass_stays_one() -> None:
    model = network()
    weight = model.layers[0].parameters()["w"].tensor
    model.forward(X)
    learn(model)
    weight[...] = 0
    np.testing.assert_array_equal(model.layers[0].parameters()["w"].tensor, 0)


def test_a_view_of_a_tensor_stays_one_when_a_parameter_is_frozen() -> None:
    model = network()
    weight = model.layers[0].parameters()["w"].tensor
    model.layers[2].parameters()["b"].require_grad = False
    bias = tensors(model)[3]
    learn(model)
    weight[...] = 0
    np.testing.assert_array_equal(model.layers[0].parameters()["w"].tensor, 0)
    np.testing.assert_array_equal(tensors(model)[3], bias)


def test_an_activation_used_twice_goes_back_through_both_of_its_passes() -> None:
    rng = np.random.default_rng(3)
    one = Tanh("one")
    twice = Sequential([Linear("a", 3, 4, rng=rng), one, Linear("b", 4, 2, rng=rng), one])
    each = Sequential([*copy.deepcopy(twice.layers[:3]), Tanh("other")])
    for model in (twice, each):
        model.forward(X)
    for _ in range(2):
        np.testing.assert_array_equal(twice.backward(Y), each.backward(Y))
    assert_same([p.gradient for p in twice.parameters], [p.gradient for p in each.parameters])  # type: ignore[misc]


def test_a_layer_put_in_the_place_of_another_is_updated() -> None:
    model, trained = network(), network()
    for one in (model, trained):
        one.layers[2] = Linear("c", 4, 2, rng=np.random.default_rng(6))
    learn(trained)
    model.backward(mse_loss(model.forward(X), Y)[1])
    model.update(SGDOptimizer(0.1))
    assert_same(tensors(model), tensors(trained))


class Careful(SGDOptimizer):
    """Sets every entry of a gradient that is larger than a hundredth to 0."""

    def update(self, param: Parameter) -> None:
        param.gradient = np.clip(np.asarray(param.gradient), -0.01, 0.01)
        super().update(param)


def test_an_optimizer_with_its_own_update_is_called_for_it() -> None:
    model, by_hand = network(), network()
    for _ in range(2):
        learn(model, optimizer=Careful(1.0))
        by_hand.backward(mse_loss(by_hand.forward(X), Y)[1])
        by_hand.update(Careful(1.0))
    assert_same(tensors(model), tensors(by_hand))


@pytest.mark.parametrize("kinds", ["momentum", "adam"])
def test_what_an_optimizer_remembers_outlasts_steps_that_need_no_memory(kinds: str) -> None:
    first: Optimizer = SGDOptimizer(0.1, 0.9) if kinds == "momentum" else AdamOptimizer(0.01)
    model, by_hand = network(), network()
    for optimizer in (first, first, SGDOptimizer(0.1), first):
        learn(model, optimizer=optimizer)
        by_hand.backward(mse_loss(by_hand.forward(X), Y)[1])
        by_hand.update(optimizer)
    assert_same(tensors(model), tensors(by_hand))


def test_a_parameter_put_in_the_place_of_another_is_used_and_trained() -> None:
    model = Sequential([LayerNorm("norm", 3), Linear("a", 3, 2, rng=np.random.default_rng(7))])
    norm = model.layers[0]
    assert isinstance(norm, LayerNorm)
    model.forward(X)
    learn(model)
    norm.gamma = norm.build_param(np.zeros(3))
    bias, weight = norm.beta.tensor, model.layers[1].parameters()
    np.testing.assert_allclose(model.forward(X), np.tile(bias @ weight["w"].tensor.T + weight["b"].tensor, (5, 1)))
    learn(model)
    assert (norm.gamma.tensor != 0).all()


def test_a_parameter_in_a_shared_array_can_be_set_but_not_replaced() -> None:
    layer = Linear("a", 3, 2)
    with pytest.raises(AttributeError, match=r"Linear 'a': weight shares one array .* layer\.weight\.tensor = values"):
        layer.weight = Parameter(np.zeros((2, 3)))


def test_a_parameter_of_two_layers_is_the_same_for_both_wherever_it_was_moved() -> None:
    one, other = LayerNorm("one", 3), LayerNorm("other", 3)
    other.beta = one.beta
    before = one.forward(X)
    Sequential([other]).forward(X)
    one.beta.tensor = one.beta.tensor + 7
    np.testing.assert_allclose(one.forward(X), before + 7)


def test_a_pass_goes_on_as_it_began_though_the_network_runs_between_its_steps() -> None:
    model = network()
    expected = model.forward(X)
    outputs = []
    for step in model.forward_steps(X):
        outputs.append(step.output)
        model.forward(100 * X)
    np.testing.assert_array_equal(outputs[-1], expected)
