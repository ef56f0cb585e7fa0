"""When a formula through p gives the number of the fused step, and what the law says when it does not."""

from math import isnan

from tinyml.expression import Law

# How far a formula with p may lie from the fused step before it counts as another number.
FAITHFUL = 1e-9


def from_scores(law: Law) -> Law:
    """The law, and why it does not contain p: its logarithm has lost digits."""
    return Law("law.rounded", probability="p", law=law)


def is_from_scores(law: Law) -> bool:
    """Whether a formula does not contain p since its logarithm has lost digits."""
    return law.key == "law.rounded"


def faithful(formula: float, computed: float) -> bool:
    """Whether a formula gives the number that the fused step computed."""
    if formula == computed or (isnan(formula) and isnan(computed)):
        return True
    return abs(formula - computed) <= FAITHFUL * abs(computed)
