"""Places in a batch that lie on one slice of it, such as all of a feature, without a list of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from tinyml.core import Array, Index, ravel_index, unravel_index


@dataclass(frozen=True, slots=True)
class IndexSlice:
    """The places of an array that begin with `fixed`, where None stands for any index; the last axis runs fastest.

    `shape` is that of the array: with (None, 2) of (batch, features, …) it is all of the feature 2, sample by sample.
    """

    fixed: tuple[int | None, ...]
    shape: Index

    @property
    def count(self) -> int:
        """How many places there are."""
        return prod(self._free)

    def at(self, i: int) -> Index:
        """The i-th of them."""
        free = iter(unravel_index(i, self._free))
        return (*(next(free) if known is None else known for known in self.fixed), *free)

    def number(self, at: Index) -> int:
        """Which of them a place is: the way back from `at`."""
        free = (i for i, known in zip(at, self.fixed, strict=False) if known is None)
        return ravel_index((*free, *at[len(self.fixed) :]), self._free)

    def of(self, array: Array) -> Array:
        """The numbers of an array there, in a row."""
        return array[tuple(slice(None) if known is None else known for known in self.fixed)].reshape(-1)

    @property
    def _free(self) -> Index:
        """How many indices each axis has that is not fixed."""
        free = (size for size, known in zip(self.shape, self.fixed, strict=False) if known is None)
        return (*free, *self.shape[len(self.fixed) :])
