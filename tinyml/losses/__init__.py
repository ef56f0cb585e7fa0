"""The losses. Each is called as `loss(predicted, truth)` and returns `(loss, gradient)`."""

from tinyml.losses.base import Loss
from tinyml.losses.squared_error import half_squared_error, mse_loss

__all__ = ["Loss", "half_squared_error", "mse_loss"]
