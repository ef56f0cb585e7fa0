"""The layers. Each file holds one, its forward pass next to its backward pass."""

from tinyml.layers.base import Layer
from tinyml.layers.elu import ELU
from tinyml.layers.gelu import GELU
from tinyml.layers.leaky_relu import LeakyReLu
from tinyml.layers.linear import Linear
from tinyml.layers.relu import ReLu
from tinyml.layers.sigmoid import Sigmoid
from tinyml.layers.softmax import Softmax
from tinyml.layers.softplus import Softplus
from tinyml.layers.tanh import Tanh

__all__ = ["ELU", "GELU", "Layer", "LeakyReLu", "Linear", "ReLu", "Sigmoid", "Softmax", "Softplus", "Tanh"]
