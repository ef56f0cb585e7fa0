"""Whether the evaluation of a formula stays within the range of float64.

The engine keeps a gradient of 0 at an inactive ReLU. There the chain rule multiplies by a slope of 0, and ∞ · 0 is
NaN; a product may also underflow because of the order of its factors.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence

from tinyml.expression import Expression, Operation

# Below TINY numbers have fewer digits, or none: a product there is off by up to LOSS.
TINY, LOSS = sys.float_info.min, math.ulp(0.0)
# As a share of the size of a sum: what of it can be missing.
MISSING = 1e-12


def within_range(expression: Expression, value: float) -> bool:
    """Whether a formula evaluates to `value`, up to rounding: false only if it leaves the range."""
    found = expression.value
    summed = isinstance(expression, Operation) and expression.op == "sum"
    folded = isinstance(expression, Operation) and expression.folded is not None
    same = found == value or (math.isnan(found) and math.isnan(value))
    # What is folded can be all that written products have lost.
    if (same and not folded) or not (math.isfinite(found) and math.isfinite(value)):
        return same
    terms: Sequence[Expression] = expression.args if summed else [expression]  # type: ignore[union-attr]
    # A number that is nothing like what its terms add up to has left the range on the engine's own way.
    size = _size(expression)
    return abs(found - value) <= size / 2 and sum(map(_lost, terms)) <= MISSING * size


def _size(expression: Expression) -> float:
    """What the sizes of all terms come to, those that are folded among them: what is left of 10⁵⁰ terms can be less
    than their rounding.
    """
    if not (isinstance(expression, Operation) and expression.op == "sum"):
        return abs(expression.value)
    return sum(map(_size, expression.args)) + (0.0 if expression.folded is None else expression.folded.size)


def _lost(term: Expression) -> float:
    """The most that a product can have lost below the range on its way, if no factor of it is 0."""
    if not (isinstance(term, Operation) and term.op == "product"):
        return 0.0
    factors = [factor.value for factor in term.args]
    so_far, lost = 1.0, 0.0
    for factor in factors:
        so_far *= factor
        lost = lost * abs(factor) + LOSS * (abs(so_far) < TINY)
    return lost if all(factors) else 0.0
