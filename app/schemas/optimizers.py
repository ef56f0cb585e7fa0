"""The optimizers in documents, each with its state for each parameter."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.schemas.base import Finite, NotNegative, Positive, Share, Strict, at_most
from app.schemas.tensors import Tensor
from app.shapes import ShapeMismatch
from tinyml.optims import AdamOptimizer, AdamWOptimizer, Optimizer, RMSPropOptimizer, SGDOptimizer


def _least(values: Any) -> float:
    return min(map(_least, values)) if isinstance(values, list) else values


def _no_square_below_zero(values: Any) -> Any:
    if _least(values) < 0:
        raise PydanticCustomError("negative_square", "a mean of squares is never below 0; send 0 or more")
    return values


Squares = Annotated[Tensor, AfterValidator(_no_square_below_zero)]
# The number of updates, in a list like all optimizer state.
Count = Annotated[
    list[Annotated[Finite, Field(ge=0, multiple_of=1)]],
    Field(min_length=1, max_length=1, description="How many updates there were."),
]


class Remembered(Strict):
    """The optimizer state of one parameter, by name, each in the shape of the parameter."""

    # The names of state that is one number for the whole parameter.
    single: ClassVar[frozenset[str]] = frozenset()


class VelocityState(Remembered):
    """The state of momentum."""

    velocity: Tensor


class SquareState(Remembered):
    """The state of RMSProp."""

    square: Squares


class AdamState(Remembered):
    """The state of Adam and AdamW."""

    single = frozenset({"count"})
    mean: Tensor
    square: Squares
    count: Count


Betas = Annotated[list[Share], Field(min_length=2, max_length=2)]


class OptimizerSchema(Strict):
    """The common fields of all optimizers. `state` is the optimizer state by parameter, such as `fc_1.w`; empty at
    first.
    """

    type: str
    lr: NotNegative
    state: Mapping[str, Any]

    @property
    def copies(self) -> int:
        """How many numbers of state it has for each number of a parameter."""
        return 1

    @property
    def lacks_momentum(self) -> bool:
        """Whether Nesterov is switched on without momentum."""
        return False

    @abstractmethod
    def build(self) -> Optimizer:
        """Return the optimizer. Raises a ShapeMismatch if its settings are inconsistent."""

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
    state: Annotated[dict[str, VelocityState], at_most("MAX_REMEMBERED")] = Field(default_factory=dict)

    @property
    def copies(self) -> int:
        return 1 if self.momentum or self.state else 0

    @property
    def lacks_momentum(self) -> bool:
        return self.nesterov and not self.momentum

    def build(self) -> Optimizer:
        # Here rather than in a validator of the whole model, which would cost each request more than all its fields
        # together.
        if self.lacks_momentum:
            raise ShapeMismatch(
                "optimizer: Nesterov looks ahead along the momentum, and there is none; set momentum, such as 0.9, or "
                "leave out nesterov.",
                ("optimizer",),
                key="no_momentum",
            )
        return SGDOptimizer(self.lr, self.momentum, nesterov=self.nesterov, weight_decay=self.weight_decay)


class RMSPropSchema(OptimizerSchema):
    """Divides each step by the root of a running mean of the squared gradient: w_new = w − ηg / (√s_new + ε)."""

    type: Literal["rmsprop"]
    lr: NotNegative = 0.01
    decay: Share = 0.99
    epsilon: Positive = 1e-8
    weight_decay: NotNegative = 0.0
    state: Annotated[dict[str, SquareState], at_most("MAX_REMEMBERED")] = Field(default_factory=dict)

    def build(self) -> Optimizer:
        return RMSPropOptimizer(self.lr, self.decay, epsilon=self.epsilon, weight_decay=self.weight_decay)


class AdamFields(OptimizerSchema):
    """The common fields of Adam and AdamW."""

    lr: NotNegative = 0.001
    betas: Betas = Field(default=[0.9, 0.999])
    epsilon: Positive = 1e-8
    weight_decay: NotNegative
    state: Annotated[dict[str, AdamState], at_most("MAX_REMEMBERED")] = Field(default_factory=dict)

    @property
    def copies(self) -> int:
        return 2


class AdamSchema(AdamFields):
    """Running means of the gradient and of its square, corrected for their start at 0: the first over the root of the
    second.
    """

    type: Literal["adam"]
    weight_decay: NotNegative = 0.0

    def build(self) -> Optimizer:
        betas = (self.betas[0], self.betas[1])
        return AdamOptimizer(self.lr, betas, epsilon=self.epsilon, weight_decay=self.weight_decay)


class AdamWSchema(AdamFields):
    """Adam with decoupled weight decay."""

    type: Literal["adamw"]
    weight_decay: NotNegative = 0.01

    def build(self) -> Optimizer:
        betas = (self.betas[0], self.betas[1])
        return AdamWOptimizer(self.lr, betas, epsilon=self.epsilon, weight_decay=self.weight_decay)


AnyOptimizer = Annotated[SGDSchema | RMSPropSchema | AdamSchema | AdamWSchema, Field(discriminator="type")]
OPTIMIZERS: tuple[type[OptimizerSchema], ...] = get_args(get_args(AnyOptimizer)[0])
