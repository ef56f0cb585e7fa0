"""A training step as lines of a program, layer by layer: forward and backward with numpy, forward with PyTorch."""

from tinyml.programs.functions import FUNCTIONS, needed
from tinyml.programs.layers import LAYERS, Lines
from tinyml.programs.losses import LOSSES, LossLines

__all__ = ["FUNCTIONS", "LAYERS", "LOSSES", "Lines", "LossLines", "needed"]
