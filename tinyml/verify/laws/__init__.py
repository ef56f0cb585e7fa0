"""The laws of all layers that a document can have, by their types."""

from typing import Final

from tinyml.verify.laws.base import Law, Place
from tinyml.verify.laws.conv2d import Conv2D, Deconv2D
from tinyml.verify.laws.dropout import Dropout
from tinyml.verify.laws.elementwise import ELU, GELU, LeakyReLu, ReLu, Sigmoid, Softplus, Tanh
from tinyml.verify.laws.flatten import Flatten
from tinyml.verify.laws.linear import Linear
from tinyml.verify.laws.normalized import BatchNorm, LayerNorm
from tinyml.verify.laws.pool2d import AvgPool2D, MaxPool2D
from tinyml.verify.laws.softmax import Softmax

LAWS: Final[dict[str, Law]] = {
    kind.__name__: kind()
    for kind in (
        *(Linear, ReLu, LeakyReLu, ELU, GELU, Softplus, Sigmoid, Tanh, Softmax),
        *(Conv2D, Deconv2D, MaxPool2D, AvgPool2D, Flatten, Dropout, BatchNorm, LayerNorm),
    )
}

__all__ = ["LAWS", "Law", "Place"]
