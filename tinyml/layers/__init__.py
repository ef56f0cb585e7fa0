"""The layers. Each file holds one, its forward pass next to its backward pass."""

from tinyml.layers.base import Layer
from tinyml.layers.linear import Linear
from tinyml.layers.relu import ReLu
from tinyml.layers.sigmoid import Sigmoid
from tinyml.layers.softmax import Softmax
from tinyml.layers.tanh import Tanh

__all__ = ["Layer", "Linear", "ReLu", "Sigmoid", "Softmax", "Tanh"]
