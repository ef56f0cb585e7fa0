"""Numbers that the document gives, which explain themselves by standing there."""

from collections.abc import Callable

from tinyml.core import Array, Index
from tinyml.explain.explained_tensor import ExplainedTensor
from tinyml.expression import Explained, Leaf

GIVEN = "given, not computed"


def given(
    owner: str, part: str, axes: str, values: Array, symbol: Callable[[Index], str], kind: str = "value"
) -> ExplainedTensor:
    """An array that is given."""
    family = ExplainedTensor(owner, part, kind, axes, values, symbol, lambda at: Explained(GIVEN, leaf(family, at)))
    return family


def leaf(family: ExplainedTensor, at: Index) -> Leaf:
    """The entry of a family at an index, as a leaf of a formula."""
    return Leaf(family.ref(at), family.symbol(at), float(family.values[at]))
