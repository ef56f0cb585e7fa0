"""The layers, one per file, with the forward pass next to the backward pass."""

from tinyml.layers.avg_pool2d import AvgPool2D
from tinyml.layers.base import Layer
from tinyml.layers.batch_norm import BatchNorm
from tinyml.layers.conv1d import Conv1D
from tinyml.layers.conv2d import Conv2D
from tinyml.layers.deconv2d import Deconv2D
from tinyml.layers.dropout import Dropout
from tinyml.layers.elu import ELU
from tinyml.layers.flatten import Flatten
from tinyml.layers.gelu import GELU
from tinyml.layers.layer_norm import LayerNorm
from tinyml.layers.leaky_relu import LeakyReLu
from tinyml.layers.linear import Linear
from tinyml.layers.max_pool2d import MaxPool2D
from tinyml.layers.max_unpool2d import MaxUnpool2D
from tinyml.layers.prelu import PReLU
from tinyml.layers.relu import ReLu
from tinyml.layers.rms_norm import RMSNorm
from tinyml.layers.sigmoid import Sigmoid
from tinyml.layers.silu import SiLU
from tinyml.layers.softmax import Softmax
from tinyml.layers.softplus import Softplus
from tinyml.layers.tanh import Tanh

__all__ = [
    "ELU",
    "GELU",
    "AvgPool2D",
    "BatchNorm",
    "Conv1D",
    "Conv2D",
    "Deconv2D",
    "Dropout",
    "Flatten",
    "Layer",
    "LayerNorm",
    "LeakyReLu",
    "Linear",
    "MaxPool2D",
    "MaxUnpool2D",
    "PReLU",
    "RMSNorm",
    "ReLu",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Tanh",
]
