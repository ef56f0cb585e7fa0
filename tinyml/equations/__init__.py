"""One training step as equations of matrices: `fc_1.output = x · fc_1.w + fc_1.b`, as data.

The explanations of layers, losses and optimizers define them; `tinyml.explain.equations` returns the equations of a
recorded step in the order of computation.
"""

from tinyml.equations.equation import Equation, labels_of, meetings, sizes
from tinyml.equations.equation import Title as Title
from tinyml.equations.nodes import (
    Node,
    Operand,
    Operation,
    Scalar,
    Seen,
    add,
    apply,
    chain,
    inverse,
    largest,
    mean,
    negate,
    operands,
    power,
    product,
    quotient,
    root,
    slope,
    subtract,
    times,
    total,
)
from tinyml.equations.scope import LayerTensors, Layout, LossTensors, UpdateTensors, layout

__all__ = [
    "Equation",
    "LayerTensors",
    "Layout",
    "LossTensors",
    "Node",
    "Operand",
    "Operation",
    "Scalar",
    "Seen",
    "UpdateTensors",
    "add",
    "apply",
    "chain",
    "inverse",
    "labels_of",
    "largest",
    "layout",
    "mean",
    "meetings",
    "negate",
    "operands",
    "power",
    "product",
    "quotient",
    "root",
    "sizes",
    "slope",
    "subtract",
    "times",
    "total",
]
