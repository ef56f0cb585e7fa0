"""Numbers as a reader sees them."""

import math
from decimal import Decimal

DIGITS = 6


def short(value: float) -> str:
    """Six significant digits with a true minus: `0.49`, `−0.037`, `1.5×10^−9`, `∞`, `NaN`.

    They are the six digits nearest to the exact value, halves away from zero, without zeros at the end; from a million
    on and below 0.0001 before a power of ten. The page writes every float64 with the same digits
    (`static/src/numbers/format.ts`).
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    value = value or 0.0  # a negative zero is zero to a reader
    if _is_half(value):
        # Python rounds a half to the even digit. What lies behind it is above the half, and has the same digits.
        value = math.nextafter(value, math.copysign(math.inf, value))
    mantissa, _, exponent = f"{value:.{DIGITS}g}".partition("e")
    written = f"{mantissa}×10^{int(exponent)}" if exponent else mantissa
    return written.replace("-", "−")


def _is_half(value: float) -> bool:
    """Whether a number lies exactly between two numbers of six digits: 1024.125, 2⁻⁹."""
    one_more = f"{value:.{DIGITS}e}"
    return one_more.partition("e")[0].endswith("5") and Decimal(one_more) == Decimal(value)
