"""The operations of an expression on plain floats, with the results of IEEE 754 where Python would raise.

This allows a diverged network to be explained: 1/0 is ∞ here, not an exception.
"""

import math
from collections.abc import Callable


def _quotient(dividend: float, divisor: float) -> float:
    if divisor != 0.0:
        return dividend / divisor
    if dividend == 0.0 or math.isnan(dividend):
        return math.nan
    return math.copysign(math.inf, dividend) * math.copysign(1.0, divisor)


def _power(base: float, exponent: float) -> float:
    if exponent == 2.0:
        return base * base
    try:
        return float(base**exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ZeroDivisionError:
        return math.inf


def _exp(argument: float) -> float:
    try:
        return math.exp(argument)
    except OverflowError:
        return math.inf


def _expm1(argument: float) -> float:
    try:
        return math.expm1(argument)
    except OverflowError:
        return math.inf


def _log(argument: float) -> float:
    if argument > 0.0:
        return math.log(argument)
    return -math.inf if argument == 0.0 else math.nan


def _log1p(argument: float) -> float:
    if argument > -1.0:
        return math.log1p(argument)
    return -math.inf if argument == -1.0 else math.nan


def _sqrt(argument: float) -> float:
    return math.sqrt(argument) if argument >= 0.0 else math.nan


def _sigmoid(argument: float) -> float:
    # Each branch takes the exponential of a negative number, which cannot overflow.
    if argument >= 0.0:
        return 1.0 / (1.0 + math.exp(-argument))
    exponential = math.exp(argument) if argument == argument else math.nan
    return exponential / (1.0 + exponential)


def _cos(argument: float) -> float:
    return math.cos(argument) if math.isfinite(argument) else math.nan


def _floor(argument: float) -> float:
    return float(math.floor(argument)) if math.isfinite(argument) else argument


def _sum(*terms: float) -> float:
    return sum(terms)


def _sign(argument: float) -> float:
    # NaN is neither above nor below 0 and has no sign.
    return math.copysign(1.0, argument) if argument < 0.0 or argument > 0.0 else argument


def _max(*arguments: float) -> float:
    return math.nan if any(map(math.isnan, arguments)) else max(arguments)


def _min(*arguments: float) -> float:
    return math.nan if any(map(math.isnan, arguments)) else min(arguments)


OPERATIONS: dict[str, Callable[..., float]] = {
    "sum": _sum,
    "product": lambda *factors: math.prod(factors),
    "difference": lambda minuend, subtrahend: minuend - subtrahend,
    "quotient": _quotient,
    "power": _power,
    "negate": lambda operand: -operand,
}

FUNCTIONS: dict[str, Callable[..., float]] = {
    "exp": _exp,
    "expm1": _expm1,  # e^z − 1 and log(1 + z), without the loss of digits near 0
    "log": _log,
    "log1p": _log1p,
    "tanh": math.tanh,
    "sigmoid": _sigmoid,
    "sqrt": _sqrt,
    "abs": abs,
    "max": _max,
    "min": _min,
    "erf": math.erf,
    "erfc": math.erfc,  # 1 − erf, without cancellation
    "sign": _sign,
    "cos": _cos,
    "floor": _floor,
}
