"""The nodes of an equation of matrices: tensors laid out as matrices, scalars, and operations on them.

The axes of tensors have labels of one letter: n counts samples, j and k the inputs and outputs of a sample, c channels,
f filters, r and s the positions in an output image, h and w those in an input image, i and j the positions within a
window. A label has the same size in all matrices of an equation. Operations therefore need no rules for shapes: a
matrix product sums over the labels that the columns of its left factor share with the rows of its right factor, and all
other operations are applied entry by entry, with broadcasting along labels that a tensor does not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import Literal, NamedTuple

from tinyml.layers.unrolled import Unrolled

Op = Literal[
    "product",
    "times",
    "quotient",
    "sum",
    "difference",
    "negate",
    "power",
    "root",
    "call",
    "total",
    "mean",
    "max",
    "chain",
]
# f, its derivative f′, and its inverse.
Variant = Literal["plain", "derivative", "inverse"]


class Seen(NamedTuple):
    """A matrix of windows (im2col): the numbers in the windows of a layer, for its `output` or for its
    `input_gradient`, as returned by `Layer.unrolled`.
    """

    layer: str
    of: str
    places: Unrolled


@dataclass(frozen=True, slots=True)
class Operand:
    """A tensor of the training step as a matrix.

    `axes`        for each axis of the tensor its labels, the last running fastest. For a matrix of windows (`seen`),
                  the last two axes of an image, or the last of a sequence, have two labels each: a position in the
                  result, and one within the window.
    `rows`        the labels of the rows, the last running fastest; `columns` the same. For a label in neither, such as
                  n for images, there is one matrix for each value.
    `transposed`  whether the matrix is written as the transpose of the one with rows and columns exchanged.
    `turned`      whether filters are laid out for the backward pass: a column for each channel.
    """

    tensor: str
    shape: tuple[int, ...]
    axes: tuple[str, ...]
    rows: str
    columns: str
    seen: Seen | None = None
    transposed: bool = False
    turned: bool = False

    @property
    def labels(self) -> str:
        """All labels of the axes."""
        return "".join(self.axes)

    @property
    def outer(self) -> str:
        """The labels of neither rows nor columns."""
        return "".join(label for label in self.labels if label not in self.rows + self.columns)

    def transpose(self) -> Operand:
        """Return the transposed matrix."""
        return replace(self, rows=self.columns, columns=self.rows, transposed=not self.transposed)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number by its symbol, such as η or M, or a constant."""

    symbol: str
    value: float


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation on matrices and scalars.

    `product` is the matrix product, a sum over the labels in `over`; `times`, `quotient`, `sum`, `difference`,
    `negate`, `power` and `root` are elementwise. `total`, `mean` and `max` reduce the labels in `over`; with `chosen`
    only over the entries that the windows of a layer selected. `call` applies a `function`, elementwise or, with
    labels in `over`, along these labels together.
    `chain` is the chain rule for arguments (∂ℓ/∂Y, Y, X): ∂ℓ/∂Y ⊙ ∂Y/∂X, summed over the labels of `over`.
    """

    op: Op
    args: tuple[Node, ...]
    over: str = ""
    function: str | None = None
    variant: Variant = "plain"
    chosen: bool = False


Node = Operand | Scalar | Operation


def operands(node: Node) -> Iterator[Operand]:
    """Yield the matrices of a node, from left to right."""
    if isinstance(node, Operand):
        yield node
    elif isinstance(node, Operation):
        for one in node.args:
            yield from operands(one)


def product(left: Operand, right: Operand) -> Operation:
    """Return the matrix product."""
    return Operation("product", (left, right), "".join(label for label in left.columns if label in right.rows))


def times(*factors: Node) -> Operation:
    """Return the elementwise product, with scalars first."""
    return Operation("times", factors)


def quotient(above: Node, below: Node) -> Operation:
    """Return above / below, entry by entry."""
    return Operation("quotient", (above, below))


def add(*terms: Node) -> Operation:
    """Return the sum of the terms."""
    return Operation("sum", terms)


def subtract(first: Node, second: Node) -> Operation:
    """Return first − second."""
    return Operation("difference", (first, second))


def negate(node: Node) -> Operation:
    """Return −node."""
    return Operation("negate", (node,))


def power(base: Node, exponent: Scalar) -> Operation:
    """Return a power of each entry."""
    return Operation("power", (base, exponent))


def root(node: Node) -> Operation:
    """Return the square root of each entry."""
    return Operation("root", (node,))


def apply(function: str, *args: Node, along: str = "") -> Operation:
    """Return a function of each entry, or of all entries along some labels together."""
    return Operation("call", args, along, function)


def slope(function: str, *args: Node) -> Operation:
    """Return the derivative of a function, at each entry."""
    return Operation("call", args, "", function, "derivative")


def inverse(function: str, node: Node) -> Operation:
    """Return the inverse of a function, at each entry."""
    return Operation("call", (node,), "", function, "inverse")


def total(node: Node, over: str, *, chosen: bool = False) -> Operation:
    """Return the sum over labels, or over the entries that were selected along them."""
    return Operation("total", (node,), over, chosen=chosen)


def mean(node: Node, over: str) -> Operation:
    """Return the mean over labels."""
    return Operation("mean", (node,), over)


def largest(node: Node, over: str) -> Operation:
    """Return the maximum over labels."""
    return Operation("max", (node,), over)


def chain(upstream: Operand, of: Operand, by: Operand, over: str) -> Operation:
    """Return Σ ∂ℓ/∂Y ⊙ ∂Y/∂X: the chain rule, for a layer without equations."""
    return Operation("chain", (upstream, of, by), over)


def area(operand: Operand, counts: dict[str, int]) -> int:
    """Return the number of entries of a matrix, for these sizes of labels."""
    return prod(counts[label] for label in operand.rows + operand.columns)
