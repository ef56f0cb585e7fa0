"""Formatting of numbers for readers."""

import math
from decimal import Decimal
from functools import lru_cache

DIGITS = 6


@lru_cache(maxsize=4096)  # a formula writes each of its numbers in LaTeX and as text
def short(value: float) -> str:
    """Return a number in six significant digits, with the minus sign U+2212: `0.49`, `−0.037`, `1.5×10^−9`, `∞`, `NaN`.

    The exact value is rounded to six digits, halves away from zero, and trailing zeros are removed; from a million on
    and below 0.0001 a power of ten follows. The page writes every float64 with the same digits
    (`static/src/numbers/format.ts`).
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    value = value or 0.0  # a negative zero is written as 0
    if _is_half(value):
        # Python rounds a half to the even digit. The next float away from zero is above the half.
        value = math.nextafter(value, math.copysign(math.inf, value))
    mantissa, _, exponent = f"{value:.{DIGITS}g}".partition("e")
    written = f"{mantissa}×10^{int(exponent)}" if exponent else mantissa
    return written.replace("-", "−")


def _is_half(value: float) -> bool:
    """Return whether a number is exactly halfway between two numbers of six digits: 1024.125, 2⁻⁹."""
    one_more = f"{value:.{DIGITS}e}"
    return one_more.partition("e")[0].endswith("5") and Decimal(one_more) == Decimal(value)
