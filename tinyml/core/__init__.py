"""What every part of the engine stands on: the array library, parameters and errors."""

from tinyml.core.backend import GPU, Array, Backend, overflow_allowed
from tinyml.core.errors import DuplicateNameError, FormatError, OrderError, RefError, ShapeError, TinymlError
from tinyml.core.parameter import Parameter

__all__ = [
    "GPU",
    "Array",
    "Backend",
    "DuplicateNameError",
    "FormatError",
    "OrderError",
    "Parameter",
    "RefError",
    "ShapeError",
    "TinymlError",
    "overflow_allowed",
]
