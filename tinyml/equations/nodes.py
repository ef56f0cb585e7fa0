"""What an equation of matrices is made of: tensors laid out as matrices, scalars, and operations on them.

The axes of tensors have labels of one letter: n counts samples, j and k the inputs and outputs of a sample, c channels,
f filters, r and s the places of an output's image, h and w those of an input's, i and j the places within a window. A
label counts the same in all matrices of an equation. So operations need no rule for shapes: a matrix product sums over
the labels that the columns of its left factor share with the rows of its right one, and everything else goes entry by
entry, where a tensor without a label is the same for all that this label counts.
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
    """Which numbers of an image stand where: those that the windows of a layer see, for its `output` or for its
    `input_gradient`, as `Layer.unrolled` tells.
    """

    layer: str
    of: str
    places: Unrolled


@dataclass(frozen=True, slots=True)
class Operand:
    """A tensor of the training step as a matrix.

    `axes`        for each axis of the tensor the labels that count it, the last running fastest. Where numbers are
                  `seen` by windows, the axes of an image, the last two, or of a sequence, the last, have two labels
                  each: a place of what results, and one within the window.
    `rows`        the labels that count the rows, the last running fastest; `columns` the same. A label in neither, as
                  n for images, stands for one matrix each.
    `transposed`  whether the matrix is written as a transpose: of the one with rows and columns exchanged.
    `turned`      whether filters stand by what they give back to: a column for each channel.
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
        """All labels of its axes."""
        return "".join(self.axes)

    @property
    def outer(self) -> str:
        """The labels that count no row and no column."""
        return "".join(label for label in self.labels if label not in self.rows + self.columns)

    def transpose(self) -> Operand:
        """The transposed matrix."""
        return replace(self, rows=self.columns, columns=self.rows, transposed=not self.transposed)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number by its symbol, such as η or M, or a constant."""

    symbol: str
    value: float


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation on matrices and scalars.

    `product` is that of matrices, a sum over the labels in `over`; `times`, `quotient`, `sum`, `difference`, `negate`,
    `power` and `root` go entry by entry. `total`, `mean` and `max` are taken over the labels in `over`; with `chosen`
    only over what the windows of a layer chose. `call` is a `function`, entry by entry or, where it has labels `over`,
    of all along these together.
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
    """Its matrices, from left to right."""
    if isinstance(node, Operand):
        yield node
    elif isinstance(node, Operation):
        for one in node.args:
            yield from operands(one)


def product(left: Operand, right: Operand) -> Operation:
    """The matrix product."""
    return Operation("product", (left, right), "".join(label for label in left.columns if label in right.rows))


def times(*factors: Node) -> Operation:
    """Factors, entry by entry; scalars come first."""
    return Operation("times", factors)


def quotient(above: Node, below: Node) -> Operation:
    """One divided by the other, entry by entry."""
    return Operation("quotient", (above, below))


def add(*terms: Node) -> Operation:
    """The sum of its terms."""
    return Operation("sum", terms)


def subtract(first: Node, second: Node) -> Operation:
    """One less the other."""
    return Operation("difference", (first, second))


def negate(node: Node) -> Operation:
    """The same with the other sign."""
    return Operation("negate", (node,))


def power(base: Node, exponent: Scalar) -> Operation:
    """A power of each entry."""
    return Operation("power", (base, exponent))


def root(node: Node) -> Operation:
    """The square root of each entry."""
    return Operation("root", (node,))


def apply(function: str, *args: Node, along: str = "") -> Operation:
    """A function of each entry, or of all along some labels."""
    return Operation("call", args, along, function)


def slope(function: str, *args: Node) -> Operation:
    """The derivative of a function, at each entry."""
    return Operation("call", args, "", function, "derivative")


def inverse(function: str, node: Node) -> Operation:
    """The inverse of a function."""
    return Operation("call", (node,), "", function, "inverse")


def total(node: Node, over: str, *, chosen: bool = False) -> Operation:
    """The sum over labels, or over what was chosen along them."""
    return Operation("total", (node,), over, chosen=chosen)


def mean(node: Node, over: str) -> Operation:
    """The mean over labels."""
    return Operation("mean", (node,), over)


def largest(node: Node, over: str) -> Operation:
    """The largest over labels."""
    return Operation("max", (node,), over)


def chain(upstream: Operand, of: Operand, by: Operand, over: str) -> Operation:
    """Σ ∂ℓ/∂Y ⊙ ∂Y/∂X: the chain rule, for what says no more of itself."""
    return Operation("chain", (upstream, of, by), over)


def area(operand: Operand, counts: dict[str, int]) -> int:
    """How many entries the matrix has, where labels count so many."""
    return prod(counts[label] for label in operand.rows + operand.columns)
