"""The optimizers: rules that turn gradients into the next parameters."""

from tinyml.optims.adam import AdamOptimizer, AdamWOptimizer
from tinyml.optims.base import Optimizer
from tinyml.optims.rmsprop import RMSPropOptimizer
from tinyml.optims.sgd import SGDOptimizer

__all__ = ["AdamOptimizer", "AdamWOptimizer", "Optimizer", "RMSPropOptimizer", "SGDOptimizer"]
