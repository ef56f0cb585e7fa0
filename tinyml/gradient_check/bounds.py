"""The step and the tolerance of a check: defaults and bounds."""

from math import isfinite
from typing import Final

# Near this the truncation error, of order ε², and the rounding error, of order 1e-16 / ε, are both small.
DEFAULT_EPSILON: Final = 1e-5
MIN_EPSILON: Final = 1e-12
MAX_EPSILON: Final = 1.0
# With an error of at most a tenth, the sign and the first digit are known.
TOLERANCE: Final = 0.1


def check_epsilon(epsilon: float) -> None:
    """Raise a ValueError if ε is not a valid step; NaN and the infinities are not."""
    if not MIN_EPSILON <= epsilon <= MAX_EPSILON:
        raise ValueError(
            f"gradient_check: epsilon must be a number from {MIN_EPSILON:g} to {MAX_EPSILON:g}, got {epsilon}; "
            f"take {DEFAULT_EPSILON:g} if unsure."
        )


def check_tolerance(tolerance: float) -> None:
    """Raise a ValueError if nothing, or anything, would agree."""
    if not (isfinite(tolerance) and tolerance > 0):
        raise ValueError(
            f"gradient_check: tolerance must be a finite number above 0, got {tolerance}; take {TOLERANCE:g} if unsure."
        )
