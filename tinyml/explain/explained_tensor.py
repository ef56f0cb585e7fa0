"""The scalars of a training step that share a name: one array, with the formulas of its entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tinyml.core import Array, Index
from tinyml.explain.local_derivatives import LocalDerivatives, MatrixProduct
from tinyml.explain.scope import LayerScope, written
from tinyml.expression import Explained, Law, Leaf

_LETTERS = "ijlm"
GIVEN = Law("law.given")


@dataclass(frozen=True, slots=True)
class Source:
    """The layer through which a gradient flows back, at index `place`, and how its outputs depend on the numbers."""

    scope: LayerScope
    place: int
    locals: Callable[[Index], LocalDerivatives]


@dataclass(frozen=True, slots=True)
class ExplainedTensor:
    """One array of a training step.

    `axes` names its indices for messages, such as "n,i"; `symbol` and `explain` return the symbol and the formula of
    the entry at an index.
    `source` is set for gradients that flow back through a layer, `parts` for those that begin at the loss, `matrix` for
    numbers that are products of matrices, `stable` for numbers whose computed formula differs from their definition.
    """

    owner: str
    part: str
    kind: str
    axes: str
    values: Array
    symbol: Callable[[Index], str]
    explain: Callable[[Index], Explained]
    source: Source | None = None
    parts: Callable[[Index], Explained] | None = None
    matrix: Callable[[Index], MatrixProduct] | None = None
    stable: Callable[[Index], Explained | None] | None = None

    def holds(self, index: Index) -> bool:
        """Whether the index is within the array."""
        return len(index) == self.values.ndim and all(
            i < size for i, size in zip(index, self.values.shape, strict=True)
        )

    def ref(self, index: Index) -> str:
        """The ref of the entry at an index."""
        return self.name + written(index) if index else self.name

    def leaf(self, index: Index) -> Leaf:
        """The entry at an index, as a leaf of a formula."""
        return Leaf(self.ref(index), self.symbol(index), float(self.values[index]))

    def __str__(self) -> str:
        if not self.axes:
            return self.name
        ranges = ", ".join(
            f"{axis} < {size}" for axis, size in zip(self.axes.split(","), self.values.shape, strict=True)
        )
        return f"{self.name}[{self.axes}] ({ranges})"

    @property
    def name(self) -> str:
        """The common beginning of all its refs."""
        return ".".join(filter(None, (self.owner, self.part, "" if self.kind == "value" else self.kind)))


def axes(array: Array, first: str, row: str, image: str) -> str:
    """Return names for the axes of an array: `first` if there is one, then `row` if one axis follows, `image` if three
    follow.
    """
    inner = array.ndim - bool(first)
    named = {1: row, 3: image}.get(inner, ",".join(_LETTERS[:inner]))
    return ",".join(filter(None, (first, named)))


def given_tensor(
    owner: str, part: str, axes: str, values: Array, symbol: Callable[[Index], str], kind: str = "value"
) -> ExplainedTensor:
    """Return a tensor of the document, whose entries are their own formulas."""
    tensor = ExplainedTensor(owner, part, kind, axes, values, symbol, lambda at: Explained(GIVEN, tensor.leaf(at)))
    return tensor
