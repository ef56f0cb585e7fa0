"""Every loss and optimizer has an explanation, which is found by its class."""

from typing import Any

import numpy as np
import pytest

from tests.support.networks import LOSSES
from tinyml import optims
from tinyml.core import Array, Program
from tinyml.explain import explain
from tinyml.explain.losses import EXPLANATIONS as OF_LOSSES
from tinyml.explain.losses import loss_explanation
from tinyml.explain.optims import EXPLANATIONS as OF_OPTIMIZERS
from tinyml.explain.optims import optimizer_explanation
from tinyml.layers import Linear
from tinyml.losses import Loss, LossBuffers, half_squared_error
from tinyml.net import Sequential
from tinyml.optims import AdamWOptimizer, Optimizer, SGDOptimizer
from tinyml.trace import Trace, trace


class OwnLoss(Loss):
    """A user's loss without an explanation."""

    type = "own"
    formula = "ℓ = Σ ŷ"

    def gradient_program(self, at: LossBuffers) -> Program:
        return [(at.gradient.fill, 1.0)]

    def value(self, at: LossBuffers) -> Any:
        return at.total(at.predicted)


class OwnOptimizer(Optimizer):
    """A user's optimizer without an explanation."""

    def change(
        self, tensor: Array, gradient: Array, state: dict[str, Array], out: Array | None = None
    ) -> tuple[Array, dict[str, Array]]:
        return np.multiply(gradient, self.lr, out), state


class FasterDescent(SGDOptimizer):
    """A class derived from one that has an explanation."""


def step(loss: Loss, optimizer: Optimizer) -> Trace:
    model = Sequential([Linear("fc_1", 2, 1, weight=np.array([[1.0, 2.0]]), bias=np.zeros(1))])
    return trace(model, loss, optimizer, np.array([[1.0, 3.0]]), np.array([[5.0]]))


def test_all_of_the_engine_have_one() -> None:
    assert set(map(type, LOSSES.values())) <= set(OF_LOSSES)
    public = [getattr(optims, name) for name in optims.__all__]
    offered = [kind for kind in public if issubclass(kind, Optimizer) and kind is not Optimizer]
    assert set(offered) == set(OF_OPTIMIZERS)


def test_a_derived_class_has_that_of_its_base() -> None:
    assert type(optimizer_explanation(FasterDescent(0.1))) is OF_OPTIMIZERS[SGDOptimizer]
    # Not that of the base class if it has its own.
    assert type(optimizer_explanation(AdamWOptimizer())) is OF_OPTIMIZERS[AdamWOptimizer]


def test_without_one_the_error_explains_what_to_write_and_other_numbers_are_explained() -> None:
    with pytest.raises(NotImplementedError, match=r"OwnLoss has no explanation; write a LossExplanation"):
        loss_explanation(OwnLoss())
    with pytest.raises(NotImplementedError, match=r"OwnOptimizer has no explanation; write an OptimizerExplanation"):
        optimizer_explanation(OwnOptimizer(0.1))
    recorded = step(half_squared_error, OwnOptimizer(0.1))
    assert explain(recorded, "fc_1.w.grad[0,0]").value == 2.0
    with pytest.raises(NotImplementedError, match="OwnOptimizer"):
        explain(recorded, "fc_1.w.next[0,0]")
    recorded = step(OwnLoss(), SGDOptimizer(0.1))
    assert explain(recorded, "fc_1.w.grad[1,0]").value == 3.0
    with pytest.raises(NotImplementedError, match="OwnLoss"):
        explain(recorded, "loss")
