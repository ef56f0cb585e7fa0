"""Whether a formula stays within the range of float64 on its way to the number that it explains.

The engine lets a gradient of 0 be 0 where a rectifier is shut. The chain rule multiplies there by a slope of 0, and
∞ · 0 is no number; nor is a product 0 whose factors happen to come in an order that runs below the range.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from itertools import accumulate
from operator import mul

from tinyml.expression import Expression, Operation


def within_range(expression: Expression, value: float) -> bool:
    """Whether a formula evaluates to `value`, except for rounding: false only where it leaves the range."""
    found = expression.value
    if found == value or (math.isnan(found) and math.isnan(value)):
        return True
    if not (math.isfinite(found) and math.isfinite(value)):
        return False
    summed = isinstance(expression, Operation) and expression.op == "sum"
    terms: Sequence[Expression] = expression.args if summed else [expression]  # type: ignore[union-attr]
    # A number that is nothing like what its terms add up to has left the range on the engine's own way. How large the
    # terms of a folded sum are nothing says: what is left of 10⁵⁰ of them can be less than their rounding.
    folded = isinstance(expression, Operation) and expression.folded is not None
    size = math.inf if folded else sum(abs(term.value) for term in terms)
    return abs(found - value) <= size / 2 and not any(map(_lost, terms))


def _lost(term: Expression) -> bool:
    """Whether a product falls below the range on its way, where digits are lost, and no factor of it is 0."""
    if not (isinstance(term, Operation) and term.op == "product"):
        return False
    factors = [factor.value for factor in term.args]
    return all(factors) and any(abs(so_far) < sys.float_info.min for so_far in accumulate(factors, mul))
