"""The optimizers: rules that turn gradients into the next parameters."""

from tinyml.optims.base import Optimizer
from tinyml.optims.sgd import SGDOptimizer

__all__ = ["Optimizer", "SGDOptimizer"]
