"""The losses and optimizers as documents write them."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field

from app.schemas.base import Finite, Strict
from tinyml.losses import Loss, half_squared_error, mse_loss
from tinyml.optims import Optimizer, SGDOptimizer


class LossSchema(Strict):
    """What all losses have in common."""

    loss: ClassVar[Loss]
    title: ClassVar[str]
    type: str


class HalfSquaredErrorSchema(LossSchema):
    """The chapter's loss, summed over outputs and samples."""

    loss, title = half_squared_error, "Half squared error"
    type: Literal["half_squared_error"]


class MeanSquaredErrorSchema(LossSchema):
    """The squared error averaged over outputs and samples."""

    loss, title = mse_loss, "Mean squared error"
    type: Literal["mean_squared_error"]


class SGDSchema(Strict):
    """Gradient descent: w_new = w − η ∂ℓ/∂w."""

    title: ClassVar[str] = "Gradient descent"
    type: Literal["sgd"]
    lr: Annotated[Finite, Field(ge=0)]

    def build(self) -> Optimizer:
        """The optimizer."""
        return SGDOptimizer(self.lr)


AnyLoss = Annotated[HalfSquaredErrorSchema | MeanSquaredErrorSchema, Field(discriminator="type")]
LOSSES: tuple[type[LossSchema], ...] = get_args(get_args(AnyLoss)[0])
AnyOptimizer = SGDSchema  # a union with a discriminator, like the others, once there are two
OPTIMIZERS: tuple[type[SGDSchema], ...] = (SGDSchema,)
