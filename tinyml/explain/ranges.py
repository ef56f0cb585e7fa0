"""Checks whether the evaluation of a formula stays within the range of float64.

At an inactive ReLU the engine computes a gradient of 0, but the chain rule multiplies by a slope of 0, and ∞ · 0 is
NaN; a product may also underflow because of the order of its factors.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence

from tinyml.expression import Expression, Operation

# Below TINY, numbers have fewer digits or none: the error of a product there is up to LOSS.
TINY, LOSS = sys.float_info.min, math.ulp(0.0)
# The part of a sum that can be missing, relative to its size.
MISSING = 1e-12


def within_range(expression: Expression, value: float) -> bool:
    """Return whether a formula evaluates to `value`, up to rounding: false only if it leaves the range."""
    found = expression.value
    summed = isinstance(expression, Operation) and expression.op == "sum"
    folded = isinstance(expression, Operation) and expression.folded is not None
    same = found == value or (math.isnan(found) and math.isnan(value))
    # The folded sum can contain everything that the written products have lost.
    if (same and not folded) or not (math.isfinite(found) and math.isfinite(value)):
        return same
    terms: Sequence[Expression] = expression.args if summed else [expression]  # type: ignore[union-attr]
    # If the number is far from the sum of its terms, the engine's own computation has left the range.
    size = _size(expression)
    return abs(found - value) <= size / 2 and sum(map(_lost, terms)) <= MISSING * size


def _size(expression: Expression) -> float:
    """Return the sum of the sizes of all terms, including folded ones: the sum of 10⁵⁰ terms that cancel can be smaller
    than their rounding.
    """
    if not (isinstance(expression, Operation) and expression.op == "sum"):
        return abs(expression.value)
    return sum(map(_size, expression.args)) + (0.0 if expression.folded is None else expression.folded.size)


def _lost(term: Expression) -> float:
    """Return a bound for what a product has lost by underflow of its partial products, if no factor is 0."""
    if not (isinstance(term, Operation) and term.op == "product"):
        return 0.0
    factors = [factor.value for factor in term.args]
    so_far, lost = 1.0, 0.0
    for factor in factors:
        so_far *= factor
        lost = lost * abs(factor) + LOSS * (abs(so_far) < TINY)
    return lost if all(factors) else 0.0
