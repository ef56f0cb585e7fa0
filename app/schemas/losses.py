"""The losses as documents write them."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field

from app import limits
from app.schemas.base import LEFT_OUT, Positive, Share, Strict, at_most
from app.schemas.tensors import Batch
from tinyml.core import Backend
from tinyml.losses import (
    BinaryCrossEntropy,
    GivenGradient,
    HuberLoss,
    Loss,
    SoftmaxCrossEntropy,
    binary_cross_entropy,
    half_squared_error,
    hinge,
    mean_absolute_error,
    mse_loss,
    output_sum,
    softmax_cross_entropy,
)

# A weight for each output.
Weights = Annotated[
    list[Positive], Field(min_length=1, max_length=limits.MAX_WIDTH, fail_fast=True), at_most("MAX_WIDTH")
]


class LossSchema(Strict):
    """What all losses have in common."""

    # Whether the output is compared with targets.
    takes_targets: ClassVar[bool] = True
    # Whether the targets may be one class a sample.
    takes_classes: ClassVar[bool] = False
    # Whether the outputs of a sample must have one axis.
    flat: ClassVar[bool] = False
    # The smallest number of outputs for which the loss is meaningful.
    least_outputs: ClassVar[int] = 1
    type: str

    @abstractmethod
    def build(self) -> Loss:
        """The loss."""

    @property
    def weights(self) -> tuple[str, list[float] | None]:
        """The field that has a weight for each output, and these; None without weights."""
        return "", None

    def written(self) -> dict[str, Any]:
        """Its fields, as in a complete document."""
        return self.model_dump()


class HalfSquaredErrorSchema(LossSchema):
    """Half the squared error, summed over outputs and samples: the chapter's loss."""

    type: Literal["half_squared_error"]

    def build(self) -> Loss:
        return half_squared_error


class MeanSquaredErrorSchema(LossSchema):
    """The squared error, averaged over outputs and samples."""

    type: Literal["mean_squared_error"]

    def build(self) -> Loss:
        return mse_loss


class MeanAbsoluteErrorSchema(LossSchema):
    """The absolute error, averaged over outputs and samples."""

    type: Literal["mean_absolute_error"]

    def build(self) -> Loss:
        return mean_absolute_error


class HuberSchema(LossSchema):
    """Quadratic for errors up to δ and linear beyond, averaged over outputs and samples."""

    type: Literal["huber"]
    delta: Positive = 1.0

    def build(self) -> Loss:
        return HuberLoss(self.delta)


class HingeSchema(LossSchema):
    """How far each output falls short of the margin 1 on the side of its target, −1 or +1, averaged over outputs."""

    type: Literal["hinge"]

    def build(self) -> Loss:
        return hinge


class OutputSchema(LossSchema):
    """The output itself, summed over outputs and samples: every gradient is that of the output. It takes no targets."""

    takes_targets = False
    type: Literal["output"]

    def build(self) -> Loss:
        return output_sum


class GivenGradientSchema(LossSchema):
    """The gradient of the outputs is given, as if later layers had sent it back: ℓ = Σ gŷ. It takes no targets."""

    takes_targets = False
    type: Literal["given_gradient"]
    gradient: Batch = LEFT_OUT

    def build(self) -> Loss:
        return GivenGradient(Backend.array(self.gradient, dtype=float))


class BinaryCrossEntropySchema(LossSchema):
    """The cross entropy of the probabilities σ(ŷ) with the targets, averaged over samples; targets are probabilities
    too. `pos_weight` has a weight c for each output, by which its part of the answer yes, y log p, is multiplied.
    """

    type: Literal["binary_cross_entropy"]
    pos_weight: Weights | None = None

    @property
    def weights(self) -> tuple[str, list[float] | None]:
        return "pos_weight", self.pos_weight

    def build(self) -> Loss:
        # One object for all documents without settings: plans are found by their loss.
        return binary_cross_entropy if self.pos_weight is None else BinaryCrossEntropy(self.pos_weight)

    def written(self) -> dict[str, Any]:
        return self.model_dump(exclude_defaults=True)


class SoftmaxCrossEntropySchema(LossSchema):
    """The cross entropy of softmax(ŷ) and the targets, averaged over samples; targets are classes or probabilities.
    `weight` has a weight c for each class, with which the mean is weighted; `label_smoothing` is the share ε of each
    target that is spread over all classes: ℓ = −Σ t log p / Σ c y with t = c ((1 − ε) y + ε / K).
    """

    takes_classes = True
    flat = True
    least_outputs = 2
    type: Literal["softmax_cross_entropy"]
    label_smoothing: Share = 0.0
    weight: Weights | None = None

    @property
    def weights(self) -> tuple[str, list[float] | None]:
        return "weight", self.weight

    def build(self) -> Loss:
        if self.weight is None and not self.label_smoothing:
            return softmax_cross_entropy
        return SoftmaxCrossEntropy(self.weight, self.label_smoothing)

    def written(self) -> dict[str, Any]:
        return self.model_dump(exclude_defaults=True)


AnyLoss = Annotated[
    HalfSquaredErrorSchema
    | MeanSquaredErrorSchema
    | MeanAbsoluteErrorSchema
    | HuberSchema
    | HingeSchema
    | BinaryCrossEntropySchema
    | SoftmaxCrossEntropySchema
    | OutputSchema
    | GivenGradientSchema,
    Field(discriminator="type"),
]
LOSSES: tuple[type[LossSchema], ...] = get_args(get_args(AnyLoss)[0])
