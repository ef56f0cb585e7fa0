"""The losses. Each is called as `loss(predicted, truth)` and returns `(loss, gradient)`."""

from tinyml.losses.absolute_error import HuberLoss, huber, mean_absolute_error
from tinyml.losses.base import Loss
from tinyml.losses.softmax_cross_entropy import softmax_cross_entropy
from tinyml.losses.squared_error import half_squared_error, mse_loss

__all__ = [
    "HuberLoss",
    "Loss",
    "half_squared_error",
    "huber",
    "mean_absolute_error",
    "mse_loss",
    "softmax_cross_entropy",
]
