"""The explanations of all losses, by their classes."""

from typing import Any, Final

from tinyml.explain.losses.absolute_error import HuberLossExplanation, MeanAbsoluteErrorExplanation
from tinyml.explain.losses.base import LossExplanation, ProbabilityLossExplanation
from tinyml.explain.losses.binary_cross_entropy import BinaryCrossEntropyExplanation
from tinyml.explain.losses.given_gradient import GivenGradientExplanation
from tinyml.explain.losses.hinge import HingeLossExplanation
from tinyml.explain.losses.output_sum import OutputSumExplanation
from tinyml.explain.losses.scope import LossScope
from tinyml.explain.losses.softmax_cross_entropy import SoftmaxCrossEntropyExplanation
from tinyml.explain.losses.squared_error import HalfSquaredErrorExplanation, MeanSquaredErrorExplanation
from tinyml.losses import Loss
from tinyml.losses.absolute_error import HuberLoss, MeanAbsoluteError
from tinyml.losses.binary_cross_entropy import BinaryCrossEntropy
from tinyml.losses.given_gradient import GivenGradient
from tinyml.losses.hinge import HingeLoss
from tinyml.losses.output_sum import OutputSum
from tinyml.losses.softmax_cross_entropy import SoftmaxCrossEntropy
from tinyml.losses.squared_error import HalfSquaredError, MeanSquaredError

EXPLANATIONS: Final[dict[type[Loss], type[LossExplanation[Any]]]] = {
    HalfSquaredError: HalfSquaredErrorExplanation,
    MeanSquaredError: MeanSquaredErrorExplanation,
    MeanAbsoluteError: MeanAbsoluteErrorExplanation,
    HuberLoss: HuberLossExplanation,
    HingeLoss: HingeLossExplanation,
    GivenGradient: GivenGradientExplanation,
    OutputSum: OutputSumExplanation,
    SoftmaxCrossEntropy: SoftmaxCrossEntropyExplanation,
    BinaryCrossEntropy: BinaryCrossEntropyExplanation,
}


def loss_explanation(loss: Loss) -> LossExplanation[Any]:
    """The explanation of a loss: that of its class, or of the nearest base class that has one."""
    for kind in type(loss).__mro__:
        if kind in EXPLANATIONS:
            return EXPLANATIONS[kind](loss)
    raise NotImplementedError(
        f"{type(loss).__name__} has no explanation; write a LossExplanation and add it to "
        f"tinyml.explain.losses.EXPLANATIONS."
    )


__all__ = ["EXPLANATIONS", "LossExplanation", "LossScope", "ProbabilityLossExplanation", "loss_explanation"]
