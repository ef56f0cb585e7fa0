"""Evaluates formulas as displayed, in symbols or in words: a number of six digits represents all numbers that are
written the same way.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise, product

Interval = tuple[float, float]

_NUMBER = r"\d+(?:\.\d+)?(?:×10\^?[−-]?\d+)?|∞|NaN"
# How signs are written in formulas in words.
_WORDS = {"×": "·", "squared": "²", "exp(": "e^(", "log(": "ln(", "sigmoid(": "σ(", "sqrt(": "√("}
_TOKEN = re.compile(
    rf"\s*({_NUMBER}|e\^\(|\^\(|√\(|ln\(|σ\(|tanh\(|erfc\(|erf\(|sign\(|cos\(|floor\(|max\(|min\(|[-+−·/()²|,]"
    rf"|abs\(|to the power|{'|'.join(map(re.escape, _WORDS))})"
)
# The texts that end an equation within a sentence.
_BOUNDS = re.compile(
    r"[;:；：，。（）]|, (?=[^\d−(])|\. (?=[A-Z])|\.$"
    r"| (?:begins with|is added to|completes|and|so far|with it|which is|as) ?"
    r"| \(as | ?(?:开始|加进|加上|从) ?"
)


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def _sign(z: float) -> float:
    return math.copysign(1.0, z) if z else 0.0


# All of these are monotonic, so that an interval's ends map to the result's ends.
FUNCTIONS: dict[str, Callable[[float], float]] = {
    "e^(": math.exp, "√(": math.sqrt, "ln(": math.log, "σ(": _sigmoid, "tanh(": math.tanh, "erf(": math.erf,
    "erfc(": math.erfc,
    "sign(": _sign,
}  # fmt: skip


def shown(value: float) -> Interval:
    """The interval of numbers whose six digits are those of this one."""
    if not math.isfinite(value) or value == 0:
        return value, value
    half = 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - 5)
    return value - half * 1.001, value + half * 1.001


@lru_cache(maxsize=1024)  # sentences in two languages have the same equations
def interval(line: str) -> Interval:
    """The interval of values that a formula in figures can have. Raises ValueError if it is not such a formula."""
    reader = _Reader(line)
    found = reader.sum()
    if reader.token is not None:
        raise ValueError(f"{line!r} goes on with {reader.token!r}")
    return found


def meet(one: Interval, other: Interval) -> bool:
    """Whether two formulas can have the same value; a value that is not finite matches any other."""
    if not all(map(math.isfinite, (*one, *other))):
        return True
    slack = 1e-12 * max(map(abs, (*one, *other)))
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack


def equal(line: str) -> bool:
    """Whether all sides of a line with "=" can have the same value. Sides with symbols are skipped."""
    sides = [side for side in line.split(" = ") if in_figures(side)]
    found = [interval(side) for side in sides]
    return all(meet(one, other) for one, other in product(found, repeat=2))


def in_figures(side: str) -> bool:
    """Whether a formula consists of numbers and signs alone."""
    return _TOKEN.sub("", side).strip() == ""


def lines_hold(sides: list[str]) -> bool:
    """Whether a line has at least two sides in figures; asserts that they are equal."""
    figures = [side for side in sides if side and in_figures(side)]
    for one, other in pairwise(figures):
        assert meet(interval(one), interval(other)), " = ".join(sides)
    return len(figures) > 1


def equations_in(sentence: str) -> int:
    """The number of equations in figures in a sentence, in English or in Chinese; asserts that each holds."""
    return sum(lines_hold([side.strip() for side in part.split(" = ")]) for part in _BOUNDS.split(sentence))


class _Reader:
    """Reads sums of products of powers."""

    def __init__(self, line: str) -> None:
        found = [match[1] for match in _TOKEN.finditer(line)]
        if re.sub(r"\s", "", "".join(found)) != re.sub(r"\s", "", line):
            raise ValueError(f"{line!r} is no formula in figures")
        self._tokens = [_WORDS.get(token, token) for token in found]
        self._at = 0

    @property
    def token(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, *tokens: str) -> str | None:
        token = self.token
        if token is None or token not in tokens:
            return None
        self._at += 1
        return token

    def _expect(self, token: str) -> None:
        if self._take(token) is None:
            raise ValueError(f"{token!r} expected, got {self.token!r}")

    def sum(self) -> Interval:
        found = self._product()
        while sign := self._take("+", "−", "-"):
            other = self._product()
            found = _each(found, other, (lambda a, b: a + b) if sign == "+" else (lambda a, b: a - b))
        return found

    def _product(self) -> Interval:
        if self._take("−", "-"):
            low, high = self._product()
            return -high, -low
        found = self._power()
        while sign := self._take("·", "/"):
            other = self._power()
            if sign == "/" and other[0] <= 0 <= other[1] and other != (0.0, 0.0):
                return -math.inf, math.inf
            found = _each(found, other, (lambda a, b: a * b) if sign == "·" else _divided)
        return found

    def _power(self) -> Interval:
        found = self._atom()
        while sign := self._take("²", "^(", "to the power"):
            if sign == "²":
                exponent = 2.0, 2.0
            elif sign == "to the power":
                exponent = _exact(self._atom())
            else:
                exponent = _exact(self.sum())
                self._expect(")")
            found = _to_the_power(found, exponent)
        return found

    def _atom(self) -> Interval:
        token = self.token
        self._at += 1
        if token == "(":
            found = self.sum()
            self._expect(")")
            return found
        if token in ("|", "abs("):
            low, high = self.sum()
            self._expect("|" if token == "|" else ")")
            ends = sorted((abs(low), abs(high)))
            return (0.0 if low < 0 < high else ends[0], ends[1])
        if token in ("max(", "min("):
            arguments = [self.sum()]
            while self._take(","):
                arguments.append(self.sum())
            self._expect(")")
            chosen = max if token == "max(" else min
            return chosen(low for low, _ in arguments), chosen(high for _, high in arguments)
        if token in ("cos(", "floor("):
            argument = self.sum()
            self._expect(")")
            return (_cosine if token == "cos(" else _whole)(*argument)
        if token in FUNCTIONS:
            low, high = self.sum()
            self._expect(")")
            ends = _applied(FUNCTIONS[token], low), _applied(FUNCTIONS[token], high)
            return ends if any(map(math.isnan, ends)) else (min(ends), max(ends))
        if token is None or not re.fullmatch(_NUMBER, token):
            raise ValueError(f"a number expected, got {token!r}")
        return shown(float(token.replace("×10^", "e").replace("×10", "e").replace("−", "-").replace("∞", "inf")))


def _each(one: Interval, other: Interval, operation: Callable[[float, float], float]) -> Interval:
    found = [operation(a, b) for a, b in product(one, other)]
    return (-math.inf, math.inf) if any(map(math.isnan, found)) else (min(found), max(found))


def _divided(a: float, b: float) -> float:
    return math.nan if b == 0 else a / b


def _exact(exponent: Interval) -> Interval:
    """A whole exponent without its rounding: it counts factors, so that a negative number can be raised to it."""
    whole = float(round(sum(exponent) / 2)) if all(map(math.isfinite, exponent)) else math.nan
    return (whole, whole) if exponent == shown(whole) else exponent


def _cosine(low: float, high: float) -> Interval:
    """The cosine of an angle from 0 to π."""
    if not (low > -1e-4 and high < math.pi + 1e-4):
        raise ValueError(f"no angle from 0 to π: {low}, {high}")
    ends = math.cos(low), math.cos(high)
    return (-1.0 if high >= math.pi else min(ends)), (1.0 if low <= 0 else max(ends))


def _whole(low: float, high: float) -> Interval:
    """The greatest whole number below a quotient of two counts: itself if it is whole but for its rounding."""
    nearest = float(round((low + high) / 2))
    if low <= nearest <= high and high - low < 0.01:
        return nearest, nearest
    return float(math.floor(low)), float(math.floor(high))


def _to_the_power(base: Interval, exponent: Interval) -> Interval:
    low, high = _each(base, exponent, _raised)
    if not base[0] < 0 < base[1]:
        return low, high
    return (min(low, 0.0), high) if exponent[0] > 0 else (-math.inf, math.inf)


def _raised(base: float, exponent: float) -> float:
    try:
        return float(base**exponent)
    except (OverflowError, ZeroDivisionError):
        return math.inf


def _applied(function: Callable[[float], float], argument: float) -> float:
    try:
        return function(argument)
    except (ValueError, OverflowError):
        return math.nan if argument < 0 else math.inf
