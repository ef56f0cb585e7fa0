"""The optimizers in documents."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from app.schemas.base import NotNegative, Share, Strict, at_most
from app.schemas.clips import AnyClip
from app.schemas.optimizer_states import AdamState, MomentumState, Remembered, SquareState, SumState
from app.schemas.schedules import AnySchedule
from app.shapes import ShapeMismatch
from tinyml.optims import (
    AdagradOptimizer,
    AdamOptimizer,
    AdamWOptimizer,
    Optimizer,
    RMSPropOptimizer,
    SGDOptimizer,
)

Betas = Annotated[list[Share], Field(min_length=2, max_length=2)]


class OptimizerSchema(Strict):
    """The common fields of all optimizers. `state` is the optimizer state by parameter, such as `fc_1.w`; empty at
    first. `lr` is the learning rate, with a `schedule` the first one.
    """

    type: str
    lr: NotNegative
    state: Mapping[str, Any]
    schedule: AnySchedule | None = None
    decay_biases: bool = True
    clip: AnyClip | None = None

    @property
    def copies(self) -> int:
        """How many numbers of state it has for each number of a parameter."""
        return 1

    @property
    def lacks_momentum(self) -> bool:
        """Whether Nesterov is switched on without momentum."""
        return False

    def uses(self, remembered: Remembered) -> bool:
        """Whether it goes on with such state, or begins without."""
        return True

    def build(self) -> Optimizer:
        """Return the optimizer. Raises a ShapeMismatch if its settings are inconsistent."""
        made = self.rule()
        if self.schedule is not None:
            made.schedule = self.schedule.build()
        made.decay_biases = self.decay_biases
        if self.clip is not None:
            made.clip = self.clip.build()
        return made

    @abstractmethod
    def rule(self) -> Optimizer:
        """Return the optimizer without what all optimizers have. Raises a ShapeMismatch as `build` does."""

    def written(self) -> dict[str, Any]:
        """Its fields except the state and those with their default; the learning rate is always included."""
        return {
            "type": self.type,
            "lr": self.lr,
            **self.model_dump(exclude={"type", "lr", "state"}, exclude_defaults=True),
        }


class SGDSchema(OptimizerSchema):
    """Gradient descent: w_new = w − η ∂ℓ/∂w; with momentum μ: v_new = μv + ∂ℓ/∂w, w_new = w − ηv_new."""

    type: Literal["sgd"]
    lr: NotNegative
    momentum: NotNegative | None = None
    nesterov: bool = False
    weight_decay: NotNegative = 0.0
    momentum_form: Literal["velocity", "previous_change"] = "velocity"
    state: Annotated[dict[str, MomentumState], at_most("MAX_REMEMBERED")] = Field(default_factory=dict)

    @property
    def copies(self) -> int:
        return 1 if self.momentum or self.state else 0

    @property
    def lacks_momentum(self) -> bool:
        return self.nesterov and not self.momentum

    def uses(self, remembered: Remembered) -> bool:
        return ("change" in type(remembered).model_fields) == (self.momentum_form == "previous_change")

    def rule(self) -> Optimizer:
        # Here rather than in a validator of the whole model, which would cost each request more than all its fields
        # together.
        if self.lacks_momentum:
            raise ShapeMismatch(
                "optimizer: Nesterov looks ahead along the momentum, and there is none; set momentum, such as 0.9, or "
                "leave out nesterov.",
                ("optimizer",),
                key="no_momentum",
            )
        return SGDOptimizer(
            self.lr,
            self.momentum,
            nesterov=self.nesterov,
            weight_decay=self.weight_decay,
            momentum_form=self.momentum_form,
        )


class RMSPropSchema(OptimizerSchema):
    """Divides each step by the root of a running mean of the squared gradient: w_new = w − ηg / (√s_new + ε)."""

    type: Literal["rmsprop"]
    lr: NotNegative = 0.01
    decay: Share = 0.99
    epsilon: NotNegative = 1e-8
    weight_decay: NotNegative = 0.0
    state: Annotated[dict[str, SquareState], at_most("MAX_REMEMBERED")] = Field(default_factory=dict)

    def rule(self) -> Optimizer:
        return RMSPropOptimizer(self.lr, self.decay, epsilon=self.epsilon, weight_decay=self.weight_decay)


class AdagradSchema(OptimizerSchema):
    """Divides each step by the root of the sum of all squared gradients: w_new = w − ηg / (√s_new + ε)."""

    type: Literal["adagrad"]
    lr: NotNegative = 0.01
    lr_decay: NotNegative = 0.0
    initial_sum: NotNegative = 0.0
    epsilon: NotNegative = 1e-10
    weight_decay: NotNegative = 0.0
    state: Annotated[dict[str, SumState], at_most("MAX_REMEMBERED")] = Field(default_factory=dict)

    def rule(self) -> Optimizer:
        return AdagradOptimizer(
            self.lr,
            lr_decay=self.lr_decay,
            initial_sum=self.initial_sum,
            epsilon=self.epsilon,
            weight_decay=self.weight_decay,
        )


class AdamFields(OptimizerSchema):
    """The common fields of Adam and AdamW."""

    lr: NotNegative = 0.001
    betas: Betas = Field(default=[0.9, 0.999])
    epsilon: NotNegative = 1e-8
    weight_decay: NotNegative
    bias_correction: bool = True
    state: Annotated[dict[str, AdamState], at_most("MAX_REMEMBERED")] = Field(default_factory=dict)

    @property
    def copies(self) -> int:
        return 2

    def _arguments(self) -> dict[str, Any]:
        return {
            "betas": (self.betas[0], self.betas[1]),
            "epsilon": self.epsilon,
            "weight_decay": self.weight_decay,
            "bias_correction": self.bias_correction,
        }


class AdamSchema(AdamFields):
    """Running means of the gradient and of its square, corrected for their start at 0: the first over the root of the
    second.
    """

    type: Literal["adam"]
    weight_decay: NotNegative = 0.0

    def rule(self) -> Optimizer:
        return AdamOptimizer(self.lr, **self._arguments())


class AdamWSchema(AdamFields):
    """Adam with decoupled weight decay."""

    type: Literal["adamw"]
    weight_decay: NotNegative = 0.01

    def rule(self) -> Optimizer:
        return AdamWOptimizer(self.lr, **self._arguments())


AnyOptimizer = Annotated[
    SGDSchema | RMSPropSchema | AdagradSchema | AdamSchema | AdamWSchema, Field(discriminator="type")
]
OPTIMIZERS: tuple[type[OptimizerSchema], ...] = get_args(get_args(AnyOptimizer)[0])
