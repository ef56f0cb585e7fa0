"""What an optimizer is: a rule that turns a gradient into the next values of a parameter."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from tinyml.core import Array, OrderError, Parameter

if TYPE_CHECKING:
    from tinyml.expression import Leaf
    from tinyml.layers.base import Explained

State = dict[str, Array]


class Optimizer(ABC):
    """An update rule. `propose` looks, `update` acts; neither touches the gradient, which one may want to read then.

    `lr` is the learning rate η, which may be changed between steps.
    """

    def __init__(self, lr: float) -> None:
        self.lr = lr

    @abstractmethod
    def step(self, tensor: Array, gradient: Array, state: State) -> tuple[Array, State]:
        """The tensor and the state after one step. The arguments are only read.

        What the state lacks starts anew: all of it at the first step, some of it after another kind of optimizer.
        """

    def propose(self, param: Parameter) -> tuple[Array, State]:
        """What an update would make of the parameter, which stays as it is if it asks to be left alone."""
        if not param.require_grad:
            return param.tensor, param.state
        if param.gradient is None:
            raise OrderError(
                f"{type(self).__name__}: the parameter has no gradient yet; run forward and backward first."
            )
        return self.step(param.tensor, param.gradient, param.state)

    def update(self, param: Parameter) -> None:
        """Take the step that `propose` proposes."""
        param.tensor, param.state = self.propose(param)

    def explain(self, value: Leaf, gradient: Leaf) -> Explained:
        """Why one entry of a parameter becomes what it becomes."""
        raise NotImplementedError(f"{type(self).__name__} has no formula for its update yet.")
