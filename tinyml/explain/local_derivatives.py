"""Local derivatives: how the outputs of a layer depend on its inputs and parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple, SupportsFloat

from tinyml.core import Array, Backend, Index
from tinyml.expression import Expression, Law

Term = Callable[[int], "Expression"]
TailSum = Callable[[int], SupportsFloat]
_JACOBIAN: Final = Law("law.jacobian", formula="Jᵀ∇", matrix="J")


@dataclass(frozen=True, slots=True)
class LocalDerivatives:
    """The local derivatives of a layer's outputs with respect to one number, which the chain rule multiplies by the
    gradients of the outputs.

    `count`        the number of outputs that depend on it; formulas and arrays are computed on demand.
    `output`       the index of the i-th of them, sample first.
    `derivative`   ∂output/∂number, as a formula.
    `derivatives`  all of them as numbers; None if the formulas are the fastest way.
    `upstreams`    ∂ℓ/∂ of those outputs as numbers; also None in that case.
    `formula`      the gradient as a product of matrices.
    """

    law: Law
    count: int
    output: Callable[[int], Index]
    derivative: Term
    derivatives: Callable[[], Array] | None = None
    upstreams: Callable[[], Array] | None = None
    formula: Law = _JACOBIAN

    @property
    def tail_sum(self) -> TailSum | None:
        """A function that returns Σ ∇ · derivative over the outputs from the i-th on; None without arrays."""
        derivatives, upstreams = self.derivatives, self.upstreams
        if derivatives is None or upstreams is None:
            return None
        return lambda i: derivatives()[i:] @ upstreams()[i:]

    @property
    def tail_size(self) -> TailSum | None:
        """A function that returns Σ |∇ · derivative| over the outputs from the i-th on; None without arrays."""
        derivatives, upstreams = self.derivatives, self.upstreams
        if derivatives is None or upstreams is None:
            return None
        return lambda i: Backend.abs(derivatives()[i:]) @ Backend.abs(upstreams()[i:])

    def numbers(self) -> list[float]:
        """Return all local derivatives."""
        if self.derivatives is None:
            return [self.derivative(i).value for i in range(self.count)]
        values: list[float] = self.derivatives().tolist()
        return values


@dataclass(frozen=True, slots=True)
class JacobianRows:
    """The local derivatives of many inputs at once, if the same number of outputs depends on each. An output is given
    by its position in row-major order; each array has a row for each input.

    `count`    the number of outputs that depend on each input.
    `outputs`  their positions.
    `slopes`   the local derivatives.
    """

    count: int
    outputs: Callable[[], Array]
    slopes: Callable[[], Array]


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """A row or column of a matrix that takes part in a product.

    `symbol`      the symbol of the matrix.
    `tensor`      the name of its tensor, as in refs without an index; empty if there is no such tensor.
    `transposed`  whether the matrix is the tensor transposed; `shape` is the shape of the matrix in the product.
    `kind`, `at`  whether the line is a row or a column, and its index.
    `entry`       the i-th of its numbers, as a leaf.
    """

    symbol: str
    tensor: str
    transposed: bool
    shape: tuple[int, int]
    kind: str
    at: int
    entry: Term

    @property
    def count(self) -> int:
        """The number of entries of the line."""
        return self.shape[1] if self.kind == "row" else self.shape[0]

    def line(self, shown: int) -> WrittenLine:
        """Return the line with its first entries written out."""
        return WrittenLine(self, tuple(self.entry(i) for i in range(shown)), self.count - shown)


class WrittenLine(NamedTuple):
    """A row or column with its first entries written out; `more` is the number of others."""

    side: MatrixLine
    entries: tuple[Expression, ...]
    more: int


class MatrixProduct(NamedTuple):
    """A number as the product of a row and a column, plus an optional term: left · right + added."""

    formula: Law
    left: WrittenLine
    right: WrittenLine
    plus: Expression | None
    expression: Expression
