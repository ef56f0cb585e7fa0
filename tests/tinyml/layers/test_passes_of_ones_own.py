"""Layers that override `forward` and `backward`, as in the chapter's library, may do anything in them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tinyml.core import DuplicateNameError, OrderError
from tinyml.layers import Layer, Linear, Tanh
from tinyml.learner import Learner
from tinyml.losses import mse_loss
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer

Floats = NDArray[np.float64]
X = np.random.default_rng(4).normal(size=(5, 3))


class Keeping(Layer):
    """Stores every array that it is given."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.seen: list[Floats] = []

    def forward(self, input: Floats) -> Floats:
        self.seen.append(input)
        return input

    def backward(self, in_gradient: Floats) -> Floats:
        self.seen.append(in_gradient)
        return in_gradient


class InPlace(Layer):
    """Doubles its input in place."""

    def forward(self, input: Floats) -> Floats:
        np.multiply(input, 2, out=input)
        return input

    def backward(self, in_gradient: Floats) -> Floats:
        in_gradient *= 2
        return in_gradient


class Scale(Layer):
    """Learns a factor for each number, whose gradient its backward pass sets."""

    sets = True

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.factor = self.build_param(np.ones(3))

    def forward(self, input: Floats) -> Floats:
        self.input = input
        return input * self.factor.tensor

    def backward(self, in_gradient: Floats) -> Floats:
        if self.sets:
            self.factor.gradient = (in_gradient * self.input).sum(axis=0)
        return in_gradient * self.factor.tensor


class Forgetful(Scale):
    sets = False


def test_what_it_was_given_never_changes_later() -> None:
    keeping = Keeping("keeping")
    model = Sequential([keeping, Linear("a", 3, 3)])
    for times in range(3):
        model.forward(times * X)
        Learner(model, mse_loss, SGDOptimizer(0.1)).batch_fit(times * X, X)
    for times in range(3):
        for seen in keeping.seen[2 * times : 2 * times + 2]:
            np.testing.assert_array_equal(seen, times * X)


def test_it_may_change_what_it_is_given_and_spoils_nothing_before_it() -> None:
    model, alone = Sequential([Tanh("t"), InPlace("double")]), Tanh("alone")
    np.testing.assert_array_equal(model.forward(X), 2 * alone.forward(X))
    np.testing.assert_allclose(model.backward(X.copy()), alone.backward(2 * X))


def test_a_gradient_that_it_does_not_set_is_an_error_rather_than_nan() -> None:
    model = Sequential([Forgetful("scale"), Linear("a", 3, 3)])
    learner = Learner(model, mse_loss, SGDOptimizer(0.1))
    with pytest.raises(OrderError, match="Forgetful 'scale': backward must set the gradient of each parameter"):
        learner.batch_fit(X, X)
    model.layers[0].parameters()["factor"].require_grad = False
    assert np.isfinite(learner.batch_fit(X, X))


def test_used_twice_it_is_refused() -> None:
    own = Scale("scale")
    plain = Keeping("keeping")
    for layer in (own, plain):
        with pytest.raises(DuplicateNameError, match="is in the network twice"):
            Sequential([layer, Linear("a", 3, 3), layer]).forward(X)
