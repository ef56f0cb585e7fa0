"""Long sums: the first terms written out, the rest as a count and a total."""

import math
from collections.abc import Callable, Iterable
from itertools import islice
from typing import SupportsFloat

from tinyml.expression.nodes import Expression, Folded, parts, total

# The default number of terms that a formula shows.
WRITTEN = 12
# The most terms of a sum within a sum: enough to show the pattern, which each of the outer terms repeats.
WITHIN = 3


class Folding:
    """Folds the sums of one formula: `terms` terms of each outermost sum are written, and WITHIN of each sum within it.

    Since terms can be long themselves, a formula also has a limit, `room`, on its leaves and operations: if more than
    WRITTEN terms are requested, the terms that would exceed it are folded. This bounds the length of a formula for
    networks of any size.

    `general`  whether formulas must hold for all values of the numbers that they name, and not only for those of this
               step. Sums are whole then.
    """

    general = False

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
        """Return Σ term(i) for i < count. `rest(start)` returns the sum of the terms from `start` on, `sizes(start)`
        that of their absolute values; without `rest` the terms are created and summed.
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
        """Return those of `count` terms that are written out. No others are created."""
        outermost = not self._depth
        most = self.terms if outermost else min(self.terms, WITHIN)
        written: list[Expression] = []
        self._depth += 1
        try:
            # A single term takes no more room than the note that it is folded.
            for term in islice(terms, count if count <= most + 1 else most):
                written.append(term)
                # The parts of a term are counted with it.
                if outermost and not self._fits(term, len(written)):
                    break
        finally:
            self._depth -= 1
        return written

    def _fits(self, term: Expression, written: int) -> bool:
        """Return whether there is room for another term after this one."""
        if self.terms <= WRITTEN or self._room == math.inf:
            return True
        self._room -= parts(term)
        return self._room > 0 or written < WRITTEN


class General(Folding):
    """Folds nothing. Formulas hold for all values of the numbers that they name: with other parameters, the step is
    computed from them.
    """

    general = True

    def first(self, count: int, terms: Iterable[Expression]) -> list[Expression]:
        return list(islice(terms, count))
