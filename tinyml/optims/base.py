"""What an optimizer is: a rule that turns a gradient into the next values of a parameter."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from tinyml.core import Array, Backend, OrderError, Parameter

State = dict[str, Array]
DOUBLE = Backend.dtype(float)


class Optimizer(ABC):
    """An update rule. `propose` looks, `update` acts; neither touches the gradient, which one may want to read then.

    `lr` is the learning rate η, which may be changed between steps.
    """

    # True where a class overrides `update`; determined once for each class.
    overrides_update: ClassVar[bool] = False

    # What documents call it; otherwise its class.
    type: ClassVar[str] = ""

    # λ, which only some have.
    weight_decay: float = 0.0

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.type = cls.type or cls.__name__
        cls.overrides_update = cls.update is not Optimizer.update or cls.propose is not Optimizer.propose

    def __init__(self, lr: float) -> None:
        self.lr = lr

    @property
    def lr(self) -> float:
        """The learning rate η."""
        return self._lr

    @lr.setter
    def lr(self, lr: float) -> None:
        """It may change between steps."""
        self._lr = lr
        # An array without axes is the cheapest operand beside an array of the same dtype.
        self._rate = Backend.asarray(lr, dtype=DOUBLE)

    @property
    def as_one(self) -> bool:
        """Whether a step is the same for one long parameter as for all of them, and leaves no state behind."""
        return False

    @property
    def along(self) -> str | None:
        """The state, by name, that a parameter moves against, such as a velocity; None where that is the gradient."""
        return None

    @abstractmethod
    def change(self, tensor: Array, gradient: Array, state: State, out: Array | None = None) -> tuple[Array, State]:
        """What a step takes away from the tensor, in `out` where one is given, and the state after the step. The other
        arguments are only read.

        Missing state starts at its initial value: all of it at the first step, some of it for another optimizer.
        """

    def propose(self, param: Parameter, gradient: Array | None = None) -> tuple[Array, State]:
        """The value that an update would give the parameter; `gradient` is the parameter's own by default. A frozen
        parameter keeps its value.
        """
        if not param.require_grad:
            return param.tensor, param.state
        gradient = self._present(param.gradient if gradient is None else gradient)
        change, state = self.change(param.tensor, gradient, param.state)
        return param.tensor - change, state

    def update(self, param: Parameter) -> None:
        """Take the step that `propose` proposes."""
        if param.require_grad:
            tensor = param.tensor
            change, param.state = self.change(tensor, self._present(param.gradient), param.state)
            Backend.subtract(tensor, change, tensor)

    def _present(self, gradient: Array | None) -> Array:
        if gradient is None:
            raise OrderError(
                f"{type(self).__name__}: the parameter has no gradient yet; run forward and backward first."
            )
        return gradient
