"""The base class of optimizers: rules that compute the next values of a parameter from its gradient."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar

from tinyml.core import Array, Backend, OrderError, Parameter, Program
from tinyml.optims.clipping import Clip
from tinyml.optims.penalty import Penalty
from tinyml.optims.schedules import Place, Rate, Schedule

State = dict[str, Array]
DOUBLE = Backend.dtype(float)


class Optimizer(ABC):
    """An update rule. `propose` computes an update, `update` applies it; neither changes the gradient.

    `lr` is the learning rate; it may be changed between steps. With a `schedule` it is the first one, η₀, and `rate` is
    that of a step, η; code that counts the steps calls `go_to` before each of them, as trainings do. `clip` bounds the
    gradients of an update, if it is set, and `penalty` is minimized together with the loss; a network applies both to
    the gradients of all its parameters together (`used`), before it calls `update`.
    """

    clip: Clip | None = None
    penalty: Penalty | None = None

    # True where a class overrides `update`; determined once for each class.
    overrides_update: ClassVar[bool] = False

    # Its name in documents; by default that of its class.
    type: ClassVar[str] = ""

    # λ, for optimizers with weight decay, and whether biases decay too.
    weight_decay: float = 0.0
    decay_biases: bool = True

    # ε ≥ 0, for optimizers that divide a step by √s + ε, and the name of that state s; None for all others.
    epsilon: float = 0.0
    scaled_by: ClassVar[str | None] = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.type = cls.type or cls.__name__
        cls.overrides_update = cls.update is not Optimizer.update or cls.propose is not Optimizer.propose

    _schedule: Schedule | None = None
    _place: Place = 0, 0

    def __init__(self, lr: float) -> None:
        self.lr = lr

    @property
    def lr(self) -> float:
        """The learning rate, with a schedule the first one: η₀."""
        return self._lr

    @lr.setter
    def lr(self, lr: float) -> None:
        """It may change between steps."""
        self._lr = lr
        self.go_to(*self._place)

    @property
    def schedule(self) -> Schedule | None:
        """How the rate of a step follows from `lr`; None if it is `lr`."""
        return self._schedule

    @schedule.setter
    def schedule(self, schedule: Schedule | None) -> None:
        self._schedule = schedule
        self.go_to(*self._place)

    @property
    def rate(self) -> float:
        """The learning rate η of the present step."""
        return self._rate

    @property
    def present(self) -> Rate:
        """The same with where it comes from, as a record."""
        return Rate(self._rate, self._lr, self._schedule, self._passed)

    def go_to(self, epochs: int, steps: int) -> None:
        """Take the rate of the training step that has so many epochs and training steps before it."""
        self._place = epochs, steps
        if self._schedule is None:
            self._passed = 0
            self._take(self._lr)
        else:
            self._passed = epochs if self._schedule.unit == "epoch" else steps
            self._take(self._schedule.rate(self._lr, self._passed))

    def _take(self, rate: float) -> None:
        self._rate = rate
        # An array without axes is the fastest scalar operand for an array of the same dtype.
        self._operand = Backend.asarray(rate, dtype=DOUBLE)

    @property
    def as_one(self) -> bool:
        """Whether one step with a concatenated parameter equals separate steps, and there is no state."""
        return False

    def steady_program(self, tensor: Array, gradient: Array, change: Array) -> Program:
        """The operations of an update of a tensor, valid as long as the rate stays the same: those of `change`, which
        writes to `change`, and the subtraction. Empty where there is more to do, or where the step is not `as_one`.
        """
        return []

    @property
    def along(self) -> str | None:
        """The name of the state that is subtracted from a parameter, such as a velocity; None if it is the gradient."""
        return None

    @property
    def adds(self) -> bool:
        """Whether the state `along` is added to a parameter instead, such as a previous change."""
        return False

    @abstractmethod
    def change(self, tensor: Array, gradient: Array, state: State, out: Array | None = None) -> tuple[Array, State]:
        """Return what a step subtracts from the tensor, in `out` if given, and the state after the step. The other
        arguments are only read, the tensor only for its decay. Missing state starts at its initial value: all of it at
        the first step, part of it after another optimizer.
        """

    @property
    def uses_gradients(self) -> bool:
        """Whether updates use the gradients of the loss as they are: there is no clip and no penalty."""
        return self.clip is None and self.penalty is None

    def used(
        self, gradients: Mapping[Parameter, Array], tensors: Mapping[Parameter, Array] | None = None
    ) -> dict[Parameter, Array]:
        """Return what updates use for the gradients of all parameters that learn: those of the objective, clipped. The
        values of the parameters are their own, unless `tensors` has them.
        """
        made = self.of_objective(gradients, tensors)
        return made if self.clip is None else self.clip.all_clipped(made)

    def of_objective(
        self, gradients: Mapping[Parameter, Array], tensors: Mapping[Parameter, Array] | None = None
    ) -> dict[Parameter, Array]:
        """Return the gradients of the objective: with that of the penalty, if there is one."""
        if self.penalty is None:
            return dict(gradients)
        added, values = self.penalty.added, tensors or {}
        return {one: added(one, gradient, values.get(one)) for one, gradient in gradients.items()}

    def decay_of(self, is_bias: bool) -> float:
        """Return λ of a weight, or of a bias."""
        return self.weight_decay if self.decay_biases or not is_bias else 0.0

    @property
    def decays_alike(self) -> bool:
        """Whether λ is that of all parameters."""
        return self.decay_biases or not self.weight_decay

    def _decaying(self, param: Parameter) -> Array:
        """Return what `change` takes for the tensor, which only decay reads: zeros if the parameter does not decay."""
        return param.tensor if self.decays_alike or not param.is_bias else Backend.zeros_like(param.tensor)

    def divided_by_zero(self, state: State) -> Array | None:
        """Where the step was divided by 0, given the state after it: ε is 0, and so were all gradients so far. None if
        it was nowhere.
        """
        if self.scaled_by is None or self.epsilon or self.scaled_by not in state:
            return None
        zero: Array = state[self.scaled_by] == 0
        return zero if zero.any() else None

    def propose(self, param: Parameter, gradient: Array | None = None) -> tuple[Array, State]:
        """The value that an update would give the parameter; `gradient` is the parameter's own by default. A frozen
        parameter keeps its value.
        """
        if not param.require_grad:
            return param.tensor, param.state
        gradient = self._present(param.gradient if gradient is None else gradient)
        change, state = self._changed(param, gradient)
        return param.tensor - change, state

    def update(self, param: Parameter, gradient: Array | None = None) -> None:
        """Apply the update that `propose` returns."""
        if param.require_grad:
            tensor = param.tensor
            gradient = self._present(param.gradient if gradient is None else gradient)
            change, param.state = self._changed(param, gradient)
            Backend.subtract(tensor, change, tensor)

    @contextmanager
    def factored(self, factor: float) -> Iterator[None]:
        """Within this context the rate is multiplied by the factor of a parameter."""
        rate = self._rate
        self._take(rate * factor)
        try:
            yield
        finally:
            self._take(rate)

    def _changed(self, param: Parameter, gradient: Array) -> tuple[Array, State]:
        """Return what `change` does at the parameter's own rate."""
        if param.lr_factor == 1:
            return self.change(self._decaying(param), gradient, param.state)
        with self.factored(param.lr_factor):
            return self.change(self._decaying(param), gradient, param.state)

    def _present(self, gradient: Array | None) -> Array:
        if gradient is None:
            raise OrderError(
                f"{type(self).__name__}: the parameter has no gradient yet; run forward and backward first."
            )
        return gradient
