"""Training over data: the learner, its record, and schedules for the learning rate."""

from tinyml.learner.advance import Advance
from tinyml.learner.learner import Epoch, Learner
from tinyml.learner.schedules import constant_rate, cosine_rate, step_rate

__all__ = ["Advance", "Epoch", "Learner", "constant_rate", "cosine_rate", "step_rate"]
