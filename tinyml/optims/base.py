"""What an optimizer is: a rule that turns a gradient into the next values of a parameter."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from tinyml.core import Array, OrderError, Parameter

if TYPE_CHECKING:
    from tinyml.expression import Leaf
    from tinyml.layers.base import Explained


class Optimizer(ABC):
    """An update rule. `propose` looks, `update` acts; neither touches the gradient, which one may want to read
    afterwards.

    `lr` is the learning rate η.
    """

    lr: float

    @abstractmethod
    def propose(self, param: Parameter) -> tuple[Array, Array | None]:
        """The tensor and the velocity that an update would give; nothing changes."""

    @abstractmethod
    def explain(self, value: Leaf, gradient: Leaf) -> Explained:
        """Why one entry of a parameter becomes what it becomes."""

    def update(self, param: Parameter) -> None:
        """Take the step that `propose` proposes, unless the parameter asks to be left alone."""
        if param.require_grad:
            param.tensor, param.velocity = self.propose(param)

    def gradient_of(self, param: Parameter) -> Array:
        """The parameter's gradient, or a clear error where no backward pass has set one."""
        if param.gradient is None:
            raise OrderError(
                f"{type(self).__name__}: the parameter has no gradient yet; run forward and backward first."
            )
        return param.gradient
