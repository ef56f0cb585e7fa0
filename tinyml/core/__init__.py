"""Basis of every part of the engine: the array library, parameters and errors."""

from tinyml.core.backend import GPU, Array, Backend, overflow_allowed
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
from tinyml.core.indexing import Index, ravel_index, unravel_index
from tinyml.core.parameter import Block, Parameter, Vector, gather
from tinyml.core.program import Program, compiled, run
from tinyml.core.random import generator, normal, permutation, uniform

__all__ = [
    "GPU",
    "Array",
    "Backend",
    "Block",
    "DivergenceError",
    "DuplicateNameError",
    "FormatError",
    "Index",
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
    "ravel_index",
    "run",
    "uniform",
    "unravel_index",
]
