"""When a formula through p gives the number of the fused step, and what the law says when it does not."""

from math import isnan

# How far a formula with p may lie from the fused step before it counts as another number.
FAITHFUL = 1e-9
# Why a formula is that of the fused step.
ROUNDED = "A p is so close to 0 or 1 that its logarithm has lost digits, so from the scores: "
BEYOND = "e^ŷ alone is too large or too small for a float"


def faithful(formula: float, computed: float) -> bool:
    """Whether a formula gives the number that the fused step computed."""
    if formula == computed or (isnan(formula) and isnan(computed)):
        return True
    return abs(formula - computed) <= FAITHFUL * abs(computed)
