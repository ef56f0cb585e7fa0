"""What every part of the engine stands on: the array library, parameters and errors."""

from tinyml.core.backend import GPU, Array, Backend, overflow_allowed
from tinyml.core.chance import generator, normal, permutation, uniform
from tinyml.core.errors import (
    DivergenceError,
    DuplicateNameError,
    FormatError,
    LimitError,
    OrderError,
    RefError,
    ShapeError,
    TargetError,
    TinymlError,
)
from tinyml.core.parameter import Block, Parameter, Vector, gather
from tinyml.core.program import Program, compiled, run

__all__ = [
    "GPU",
    "Array",
    "Backend",
    "Block",
    "DivergenceError",
    "DuplicateNameError",
    "FormatError",
    "LimitError",
    "OrderError",
    "Parameter",
    "Program",
    "RefError",
    "ShapeError",
    "TargetError",
    "TinymlError",
    "Vector",
    "compiled",
    "gather",
    "generator",
    "normal",
    "overflow_allowed",
    "permutation",
    "run",
    "uniform",
]
