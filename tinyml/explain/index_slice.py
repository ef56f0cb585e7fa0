"""The indices of one slice of a batch, such as all of a feature, without a list of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from tinyml.core import Array, Index, ravel_index, unravel_index


@dataclass(frozen=True, slots=True)
class IndexSlice:
    """The indices of an array that begin with `fixed`, in which None is any index; the last axis runs fastest.

    `shape` is the shape of the array: (None, 2) of (batch, features, …) is all of feature 2, sample by sample.
    """

    fixed: tuple[int | None, ...]
    shape: Index

    @property
    def count(self) -> int:
        """The number of indices."""
        return prod(self._free)

    def at(self, i: int) -> Index:
        """Return the i-th index."""
        free = iter(unravel_index(i, self._free))
        return (*(next(free) if known is None else known for known in self.fixed), *free)

    def number(self, at: Index) -> int:
        """Return the position of an index in the slice, the inverse of `at`."""
        free = (i for i, known in zip(at, self.fixed, strict=False) if known is None)
        return ravel_index((*free, *at[len(self.fixed) :]), self._free)

    def of(self, array: Array) -> Array:
        """Return the numbers of an array at these indices, as a vector."""
        return array[tuple(slice(None) if known is None else known for known in self.fixed)].reshape(-1)

    @property
    def _free(self) -> Index:
        """The sizes of the axes that are not fixed."""
        free = (size for size, known in zip(self.shape, self.fixed, strict=False) if known is None)
        return (*free, *self.shape[len(self.fixed) :])
