"""Operation counts of a layer in a pass: the numbers that it computes, and the number of terms of each."""

from __future__ import annotations

from math import prod
from typing import NamedTuple

from tinyml.core import Index, ravel_index, unravel_index


class ResultCounts(NamedTuple):
    """The operation counts of one array: which of its numbers each node computes, and from how many terms.

    `name` is the name in the refs without that of the layer, such as `output`, `input.grad` or `w.next`. If the numbers
    are `sampled`, `shape` is that of one sample, and the refs begin with the sample. `axis` is the axis of the nodes: a
    node computes all entries at its index along it. Without an axis a node computes one entry, at its index in the flat
    array. Numbers of 0 terms are computed as intermediate results.
    """

    name: str
    shape: Index
    terms: int = 1
    axis: int | None = None
    sampled: bool = False

    @property
    def each(self) -> int:
        """The number of entries that a node computes."""
        axis = self.axis
        return 1 if axis is None else prod(self.shape[:axis]) * prod(self.shape[axis + 1 :])

    def place(self, node: int, entry: int = 0) -> Index | None:
        """Return the index, for one sample, of the `entry`-th number that a node computes; None if the array has no
        entries of the node.
        """
        if self.axis is None:
            return unravel_index(node, self.shape) if node < prod(self.shape) else None
        others = unravel_index(entry, self._others)
        return (*others[: self.axis], node, *others[self.axis :])

    def node(self, index: Index) -> int:
        """Return the node that computes the number at an index, for one sample. An index with fewer axes is that of a
        number for the whole tensor, such as an optimizer's step count, which belongs to the first node.
        """
        if len(index) < len(self.shape):
            return 0
        return ravel_index(index, self.shape) if self.axis is None else index[self.axis]

    @property
    def _others(self) -> Index:
        return tuple(size for axis, size in enumerate(self.shape) if axis != self.axis)


class OperationCounts(NamedTuple):
    """A group of nodes of a layer: `nodes` is their number, and each has `terms` products (or other single operations).

    All nodes have the same number of steps, so that a position determines the node. If some have fewer terms than
    others, as at the borders of an image, their last steps are idle.
    """

    computes: str
    nodes: int
    results: tuple[ResultCounts, ...]

    @property
    def terms(self) -> int:
        """The number of terms of a node."""
        return sum([part.each * part.terms for part in self.results])


def output_counts(shape: Index, terms: int = 1) -> OperationCounts:
    """Return counts with a node for each output, for all samples in parallel."""
    return OperationCounts("output", prod(shape), (ResultCounts("output", shape, terms, sampled=True),))


def input_counts(shape: Index, terms: int = 1) -> OperationCounts:
    """Return counts with a node for the gradient of each input, for all samples in parallel."""
    return OperationCounts("input_gradient", prod(shape), (ResultCounts("input.grad", shape, terms, sampled=True),))
