"""When a formula with p gives the number of the fused step, and the law that is used when it does not."""

from math import isnan

from tinyml.expression import Law

# The largest relative difference of a formula with p from the fused step.
FAITHFUL = 1e-9


def from_scores(law: Law) -> Law:
    """Return the law with the reason why it does not contain p: its logarithm has lost digits."""
    return Law("law.rounded", probability="p", law=law)


def is_from_scores(law: Law) -> bool:
    """Return whether a formula does not contain p because its logarithm has lost digits."""
    return law.key == "law.rounded"


def faithful(formula: float, computed: float) -> bool:
    """Return whether a formula gives the number that the fused step computed."""
    if formula == computed or (isnan(formula) and isnan(computed)):
        return True
    return abs(formula - computed) <= FAITHFUL * abs(computed)
