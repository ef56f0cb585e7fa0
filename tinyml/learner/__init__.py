"""Training over data: the learner and its record."""

from tinyml.learner.advance import Advance
from tinyml.learner.epochs import Epoch
from tinyml.learner.learner import Learner

__all__ = ["Advance", "Epoch", "Learner"]
