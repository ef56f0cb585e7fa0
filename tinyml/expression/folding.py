"""Long sums: so many terms written out, the rest told as a count and what it comes to."""

from collections.abc import Callable
from typing import SupportsFloat

from tinyml.expression.nodes import Expression, Folded, total

# How many terms a formula shows unless more are asked for; sums within a sum never show more.
WRITTEN = 12


class Folding:
    """Writes the sums of one formula: `terms` terms of each outermost sum, WRITTEN of each sum within it.

    So the longest formula is bounded by the product of the two, however large the network is.
    """

    def __init__(self, terms: int = WRITTEN) -> None:
        self.terms = terms
        self._depth = 0

    def sum(
        self, count: int, term: Callable[[int], Expression], rest: Callable[[int], SupportsFloat] | None = None
    ) -> Expression:
        """Σ term(i) for i < count. `rest(start)` gives what the terms from `start` on come to; without it they are
        made and added up.
        """
        most = self.most
        # One term takes no more room than the word that it is left out.
        written = count if count <= most + 1 else most
        self._depth += 1
        try:
            terms = [term(i) for i in range(written)]
            if written == count:
                return total(terms)
            tail = float(sum(term(i).value for i in range(written, count)) if rest is None else rest(written))
        finally:
            self._depth -= 1
        return total(terms, Folded(count - written, tail))

    @property
    def most(self) -> int:
        """How many terms the next sum may show."""
        return min(self.terms, WRITTEN) if self._depth else self.terms
