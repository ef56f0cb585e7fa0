"""How much a layer computes in a pass, counted: results of so many terms each, and which numbers they are."""

from __future__ import annotations

from math import prod
from typing import NamedTuple

from tinyml.core import Index, ravel_index, unravel_index


class ResultCounts(NamedTuple):
    """The part that one array has in the counts: which of its numbers each node computes, from how many terms each.

    `name` is that of the numbers' refs without the layer's, such as `output`, `input.grad` or `w.next`, and `shape`
    theirs for one sample where they are `sampled`: their refs then begin with the sample. `axis` is the one that the
    nodes lie along: a node computes all entries at its place there. Without an axis it computes one, that at its place
    in the flat array. Numbers of 0 terms are made along the way.
    """

    name: str
    shape: Index
    terms: int = 1
    axis: int | None = None
    sampled: bool = False

    @property
    def each(self) -> int:
        """How many of the numbers a node computes."""
        axis = self.axis
        return 1 if axis is None else prod(self.shape[:axis]) * prod(self.shape[axis + 1 :])

    def place(self, node: int, entry: int = 0) -> Index | None:
        """The index, for one sample, of the number that a node computes as its `entry`-th; None where the array has
        no place for the node.
        """
        if self.axis is None:
            return unravel_index(node, self.shape) if node < prod(self.shape) else None
        others = unravel_index(entry, self._others)
        return (*others[: self.axis], node, *others[self.axis :])

    def node(self, index: Index) -> int:
        """The node that computes the number at an index, for one sample. An index with fewer axes is that of a number
        for the whole tensor, such as an optimizer's count of steps: the first node needs it.
        """
        if len(index) < len(self.shape):
            return 0
        return ravel_index(index, self.shape) if self.axis is None else index[self.axis]

    @property
    def _others(self) -> Index:
        return tuple(size for axis, size in enumerate(self.shape) if axis != self.axis)


class OperationCounts(NamedTuple):
    """What a layer computes in one go: `nodes` of them, each of `terms` products (or other single operations).

    All nodes count alike, so that any of them is found by counting. Where some have fewer terms than others, as at the
    borders of an image, their last ones are idle.
    """

    computes: str
    nodes: int
    results: tuple[ResultCounts, ...]

    @property
    def terms(self) -> int:
        """The terms of a node."""
        return sum([part.each * part.terms for part in self.results])


def output_counts(shape: Index, terms: int = 1) -> OperationCounts:
    """Each output a node, for all samples side by side."""
    return OperationCounts("output", prod(shape), (ResultCounts("output", shape, terms, sampled=True),))


def input_counts(shape: Index, terms: int = 1) -> OperationCounts:
    """The gradient of each input a node, for all samples side by side."""
    return OperationCounts("input_gradient", prod(shape), (ResultCounts("input.grad", shape, terms, sampled=True),))
