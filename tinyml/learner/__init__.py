"""Training over data: the learner, its record, and schedules for the learning rate."""

from tinyml.learner.learner import Epoch, Learner
from tinyml.learner.schedules import constant_rate, cosine_rate, step_rate

__all__ = ["Epoch", "Learner", "constant_rate", "cosine_rate", "step_rate"]
