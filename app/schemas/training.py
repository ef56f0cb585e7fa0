"""The losses and optimizers as documents write them."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field

from app.schemas.base import Finite, Strict
from tinyml.losses import (
    HuberLoss,
    Loss,
    binary_cross_entropy,
    half_squared_error,
    mean_absolute_error,
    mse_loss,
    softmax_cross_entropy,
)
from tinyml.optims import Optimizer, SGDOptimizer


class LossSchema(Strict):
    """What all losses have in common."""

    title: ClassVar[str]
    # Whether the targets may be one class a sample.
    takes_classes: ClassVar[bool] = False
    type: str

    @abstractmethod
    def build(self) -> Loss:
        """The loss."""


class HalfSquaredErrorSchema(LossSchema):
    """The chapter's loss, summed over outputs and samples."""

    title = "Half squared error"
    type: Literal["half_squared_error"]

    def build(self) -> Loss:
        return half_squared_error


class MeanSquaredErrorSchema(LossSchema):
    """The squared error averaged over outputs and samples."""

    title = "Mean squared error"
    type: Literal["mean_squared_error"]

    def build(self) -> Loss:
        return mse_loss


class MeanAbsoluteErrorSchema(LossSchema):
    """The absolute error averaged over outputs and samples."""

    title = "Mean absolute error"
    type: Literal["mean_absolute_error"]

    def build(self) -> Loss:
        return mean_absolute_error


class HuberSchema(LossSchema):
    """Squared where the error is at most delta, straight beyond it, averaged over outputs and samples."""

    title = "Huber"
    type: Literal["huber"]
    delta: Annotated[Finite, Field(gt=0)] = 1.0

    def build(self) -> Loss:
        return HuberLoss(self.delta)


class BinaryCrossEntropySchema(LossSchema):
    """How surprised the chances σ(ŷ) are by the truth, averaged over samples; the targets are chances too."""

    title = "Binary cross entropy"
    type: Literal["binary_cross_entropy"]

    def build(self) -> Loss:
        return binary_cross_entropy


class SoftmaxCrossEntropySchema(LossSchema):
    """How surprised the shares softmax(ŷ) are by the truth, averaged over samples; targets are shares or classes."""

    title = "Softmax cross entropy"
    takes_classes = True
    type: Literal["softmax_cross_entropy"]

    def build(self) -> Loss:
        return softmax_cross_entropy


class SGDSchema(Strict):
    """Gradient descent: w_new = w − η ∂ℓ/∂w."""

    title: ClassVar[str] = "Gradient descent"
    type: Literal["sgd"]
    lr: Annotated[Finite, Field(ge=0)]

    def build(self) -> Optimizer:
        """The optimizer."""
        return SGDOptimizer(self.lr)


AnyLoss = Annotated[
    HalfSquaredErrorSchema
    | MeanSquaredErrorSchema
    | MeanAbsoluteErrorSchema
    | HuberSchema
    | BinaryCrossEntropySchema
    | SoftmaxCrossEntropySchema,
    Field(discriminator="type"),
]
LOSSES: tuple[type[LossSchema], ...] = get_args(get_args(AnyLoss)[0])
AnyOptimizer = SGDSchema  # a union with a discriminator, like the others, once there are two
OPTIMIZERS: tuple[type[SGDSchema], ...] = (SGDSchema,)
