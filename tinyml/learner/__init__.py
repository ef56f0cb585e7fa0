"""Training over data: the learner, its record, and schedules for the learning rate."""

from tinyml.learner.advance import Advance
from tinyml.learner.epochs import Epoch
from tinyml.learner.learner import Learner
from tinyml.learner.schedules import constant_rate, cosine_rate, step_rate

__all__ = ["Advance", "Epoch", "Learner", "constant_rate", "cosine_rate", "step_rate"]
