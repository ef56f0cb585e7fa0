"""Numbers as a reader sees them."""

import math

DIGITS = 6


def short(value: float) -> str:
    """Six significant digits with a true minus: `0.49`, `−0.037`, `1.5×10^−9`, `∞`, `NaN`."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    value = value or 0.0  # a negative zero is zero to a reader
    mantissa, _, exponent = f"{value:.{DIGITS}g}".partition("e")
    written = f"{mantissa}×10^{int(exponent)}" if exponent else mantissa
    return written.replace("-", "−")
