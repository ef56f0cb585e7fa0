"""The losses. Each is called as `loss(predicted, truth)` and returns `(loss, gradient)`."""

from tinyml.losses.absolute_error import HuberLoss, huber, mean_absolute_error
from tinyml.losses.base import Loss, ProbabilityLoss
from tinyml.losses.binary_cross_entropy import BinaryCrossEntropy, binary_cross_entropy
from tinyml.losses.buffers import LossBuffers
from tinyml.losses.given_gradient import GivenGradient
from tinyml.losses.hinge import HingeLoss, hinge
from tinyml.losses.output_sum import OutputSum, output_sum
from tinyml.losses.softmax_cross_entropy import SoftmaxCrossEntropy, softmax_cross_entropy
from tinyml.losses.squared_error import half_squared_error, mse_loss

# Its name in the chapter's library.
cross_entropy_with_softmax_loss = softmax_cross_entropy

__all__ = [
    "BinaryCrossEntropy",
    "GivenGradient",
    "HingeLoss",
    "HuberLoss",
    "Loss",
    "LossBuffers",
    "OutputSum",
    "ProbabilityLoss",
    "SoftmaxCrossEntropy",
    "binary_cross_entropy",
    "cross_entropy_with_softmax_loss",
    "half_squared_error",
    "hinge",
    "huber",
    "mean_absolute_error",
    "mse_loss",
    "output_sum",
    "softmax_cross_entropy",
]
