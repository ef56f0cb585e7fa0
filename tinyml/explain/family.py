"""All scalars of a training step that share a name: one array, with what to say of its entries."""

from collections.abc import Callable
from dataclasses import dataclass

from tinyml.core import Array
from tinyml.explain.refs import Kind
from tinyml.layers.base import Explained

Index = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """One array of a training step.

    `axes` names its indices for messages, such as "n,i"; `symbol` and `explain` speak of the entry at an index.
    """

    owner: str
    part: str
    kind: Kind
    axes: str
    values: Array
    symbol: Callable[[Index], str]
    explain: Callable[[Index], Explained]

    def holds(self, index: Index) -> bool:
        """Whether the index points into the array."""
        return len(index) == self.values.ndim and all(
            i < size for i, size in zip(index, self.values.shape, strict=True)
        )

    def ref(self, index: Index) -> str:
        """The ref of the entry at an index."""
        return f"{self._name}[{','.join(map(str, index))}]" if index else self._name

    def __str__(self) -> str:
        if not self.axes:
            return self._name
        ranges = ", ".join(
            f"{axis} < {size}" for axis, size in zip(self.axes.split(","), self.values.shape, strict=True)
        )
        return f"{self._name}[{self.axes}] ({ranges})"

    @property
    def _name(self) -> str:
        return ".".join(filter(None, (self.owner, self.part, "" if self.kind == "value" else self.kind)))
