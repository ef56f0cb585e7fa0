"""The places of the numbers that a check changes."""

from __future__ import annotations

from typing import NamedTuple

from tinyml.core import Array, Backend


class Places(NamedTuple):
    """The places of the changed numbers: `parameters` in the vector of all parameters, `inputs` in the input, whose
    samples are last. The rows are the parameters, then the inputs, unless `order` has the row of each.
    """

    parameters: Array
    inputs: Array
    order: Array | None = None

    def in_rows(self, found: Array) -> Array:
        """Reorder results for the parameters, then the inputs, to the order of the rows, along the last axis."""
        if self.order is None:
            return found
        rows = Backend.empty_like(found)
        rows[..., self.order] = found
        return rows

    def some(self, rows: Array) -> Places:
        """The places of some of the rows, given by their numbers in ascending order."""
        if self.order is None:
            count = len(self.parameters)
            first, second = rows[rows < count], rows[rows >= count]
            return Places(self.parameters[first], self.inputs[second - count])
        # Which number each row belongs to, and then which of them are left, the parameters first.
        numbers = Backend.empty_like(self.order)
        numbers[self.order] = Backend.arange(len(self.order))
        left = numbers[rows]
        count = len(self.parameters)
        first, second = left < count, left >= count
        order = Backend.concatenate([Backend.flatnonzero(first), Backend.flatnonzero(second)])
        return Places(self.parameters[left[first]], self.inputs[left[second] - count], order)
