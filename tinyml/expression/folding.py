"""Long sums: the first terms written out, the rest as a count and a total."""

import math
from collections.abc import Callable, Iterable
from itertools import islice
from typing import SupportsFloat

from tinyml.expression.nodes import Expression, Folded, parts, total

# How many terms a formula shows unless more are asked for.
WRITTEN = 12
# How many a sum within a sum shows at the most: enough to see the pattern, which each of the outer terms repeats.
WITHIN = 3


class Folding:
    """Writes the sums of one formula: `terms` terms of each outermost sum, WITHIN of each sum within it.

    Terms can be long themselves, so a formula has a `room` too, counted in leaves and operations: where more than
    WRITTEN terms are asked for, those that would go beyond it are folded. So no formula is longer, however large the
    network is.
    """

    def __init__(self, terms: int = WRITTEN, room: float = math.inf) -> None:
        self.terms = terms
        self._room = room
        self._depth = 0

    def sum(
        self,
        count: int,
        term: Callable[[int], Expression],
        rest: Callable[[int], SupportsFloat] | None = None,
        sizes: Callable[[int], SupportsFloat] | None = None,
    ) -> Expression:
        """Σ term(i) for i < count. `rest(start)` gives what the terms from `start` on come to, and `sizes(start)` what
        their sizes do; without `rest` the terms are made and added up.
        """
        terms = self.first(count, map(term, range(count)))
        written = len(terms)
        if written == count:
            return total(terms)
        self._depth += 1
        try:
            if rest is None:
                values = [term(i).value for i in range(written, count)]
                tail, size = float(sum(values)), float(sum(map(abs, values)))
            else:
                tail, size = float(rest(written)), math.inf if sizes is None else float(sizes(written))
        finally:
            self._depth -= 1
        return total(terms, Folded(count - written, tail, size))

    def first(self, count: int, terms: Iterable[Expression]) -> list[Expression]:
        """Those of `count` terms that are written out. No others are made."""
        outermost = not self._depth
        most = self.terms if outermost else min(self.terms, WITHIN)
        written: list[Expression] = []
        self._depth += 1
        try:
            # One term takes no more room than the word that it is left out.
            for term in islice(terms, count if count <= most + 1 else most):
                written.append(term)
                # What is within a term is counted with it.
                if outermost and not self._fits(term, len(written)):
                    break
        finally:
            self._depth -= 1
        return written

    def _fits(self, term: Expression, written: int) -> bool:
        """Whether there is room for another term after this one."""
        if self.terms <= WRITTEN or self._room == math.inf:
            return True
        self._room -= parts(term)
        return self._room > 0 or written < WRITTEN
