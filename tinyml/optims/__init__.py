"""The optimizers: rules that turn gradients into the next parameters."""

from tinyml.optims.adagrad import AdagradOptimizer
from tinyml.optims.adam import AdamOptimizer, AdamWOptimizer
from tinyml.optims.base import Optimizer
from tinyml.optims.clipping import Clip, Clipped
from tinyml.optims.penalty import Objective, Penalty
from tinyml.optims.rmsprop import RMSPropOptimizer
from tinyml.optims.schedules import CosineSchedule, Rate, Schedule, StepSchedule, WarmUpSchedule
from tinyml.optims.sgd import SGDOptimizer

__all__ = [
    "AdagradOptimizer",
    "AdamOptimizer",
    "AdamWOptimizer",
    "Clip",
    "Clipped",
    "CosineSchedule",
    "Objective",
    "Optimizer",
    "Penalty",
    "RMSPropOptimizer",
    "Rate",
    "SGDOptimizer",
    "Schedule",
    "StepSchedule",
    "WarmUpSchedule",
]
