"""Numerical derivatives, by changing one number at a time, compared with the backward pass."""

from tinyml.gradient_check.bounds import DEFAULT_EPSILON, MAX_EPSILON, MIN_EPSILON, TOLERANCE
from tinyml.gradient_check.check import gradient_check
from tinyml.gradient_check.complex_step import NoComplexStep
from tinyml.gradient_check.cost import check_cost, movable_count
from tinyml.gradient_check.curve import DEFAULT_PER_DECADE, CurvePoint, ErrorCurve, epsilons, error_curve
from tinyml.gradient_check.movable import UnmovableError
from tinyml.gradient_check.rows import GradientCheck, GradientRow
from tinyml.gradient_check.sampling import Sample
from tinyml.gradient_check.verdicts import VERDICTS

__all__ = [
    "DEFAULT_EPSILON",
    "DEFAULT_PER_DECADE",
    "MAX_EPSILON",
    "MIN_EPSILON",
    "TOLERANCE",
    "VERDICTS",
    "CurvePoint",
    "ErrorCurve",
    "GradientCheck",
    "GradientRow",
    "NoComplexStep",
    "Sample",
    "UnmovableError",
    "check_cost",
    "epsilons",
    "error_curve",
    "gradient_check",
    "movable_count",
]
