"""Parses the text and LaTeX of an expression back into lines that `tests.support.lines` evaluates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from tinyml.expression import (
    Call,
    Choice,
    Expression,
    Marked,
    Operation,
    latex_number,
    short,
    symbol_latex,
    symbol_text,
)
from tinyml.expression.fill import Fill, written_as

# A condition ends where the formula ends, or where the term of a sum that contains it ends.
_CONDITION = re.compile(r", as [^()]*(?=\)|$)")
_MORE = re.compile(r"[\d,]+ more terms that sum to ")
_POWER_OF_TEN = re.compile(r"(\d) \\cdot 10\^\{(-?\d+)\}")
_LATEX = re.compile(r"×10\^-?\d+|\\[A-Za-z]+|\\\\|[^\\]")
_SIGNS = {
    r"\cdot": "·", r"\infty": "∞", r"\ln": "ln", r"\sigma": "σ", r"\tanh": "tanh", r"\max": "max", r"\min": "min",
    r"\exp": "e^", r"\cos": "cos", r"\lfloor": "floor(", r"\rfloor": ")", r"\left": "", r"\right": "",
}  # fmt: skip


def from_text(text: str) -> str:
    """A formula in words, without its conditions."""
    return _MORE.sub("", _CONDITION.sub("", text))


def from_latex(written: str, expression: Expression) -> str:
    """A formula in LaTeX; for a choice, the case that was taken."""
    return _Latex(_POWER_OF_TEN.sub(r"\1×10^\2", written), taken_in(expression)).line()


def filler(values: Mapping[str, float], *, latex: bool = False) -> Callable[[str], str]:
    """A function that replaces the symbols in any line of a formula by the numbers that they name."""
    faces = {symbol_latex(name) if latex else symbol_text(name): value for name, value in values.items()}
    written = sorted(faces, key=len, reverse=True)
    if not written:
        return lambda line: line
    either = re.compile(rf"(?<![\w\\])(?:{'|'.join(map(re.escape, written))})(?![A-Za-z])")
    figure = latex_number if latex else short
    return lambda line: either.sub(lambda found: f"({figure(faces[found[0]])})", line)


def named(expression: Expression, fill: Fill) -> dict[str, float]:
    """The symbols of a formula with their values, without duplicates."""
    whole = written_as(expression, fill)
    if isinstance(whole, str):
        return {whole: expression.value}
    found: dict[str, float] = {}
    for part in parts(expression):
        for name, value in named(part, fill).items():
            kept = found.setdefault(name, value)
            assert kept == value or short(kept) == short(value), f"{name} is {kept} and {value}"
    return found


def parts(expression: Expression) -> list[Expression]:
    """The parts of a formula; for a choice, all cases."""
    match expression:
        case Operation(_, args) | Call(_, args):
            return list(args)
        case Choice(cases):
            return [case.value for case in cases]
        case Marked(_, _, inner):
            return [inner]
    return []


def taken_in(expression: Expression) -> Iterator[int]:
    """Which case was taken, for each choice in the order in which they are written."""
    if isinstance(expression, Choice):
        yield expression.taken
    for part in parts(expression):
        yield from taken_in(part)


class _Latex:
    """Reads a formula in LaTeX from left to right."""

    def __init__(self, written: str, taken: Iterator[int]) -> None:
        self._tokens = _LATEX.findall(written)
        self._taken = taken
        self._at = 0

    def line(self, *ends: str) -> str:
        """The text before one of these tokens, or before the end."""
        line = ""
        while self._at < len(self._tokens) and self._tokens[self._at] not in ends:
            line += self._next()
        return line

    def _next(self) -> str:
        token = self._tokens[self._at]
        self._at += 1
        match token:
            case r"\frac":
                return f"(({self._group()})/({self._group()}))"
            case r"\sqrt":
                return f"√({self._group()})"
            case "^":
                exponent = self._group()
                return "²" if exponent == "2" else f"^({exponent})"
            case r"\operatorname" | r"\mathrm":
                return self._group()
            case r"\underbrace":
                value = self._group()
                self._at += 1  # its "_"
                self._group()
                return value
            case r"\begin":
                self._group()
                return self._cases()
            case r"\text":
                self._group()
                return ""
        return _SIGNS.get(token, token)

    def _group(self) -> str:
        assert self._tokens[self._at] == "{", self._tokens[self._at :]
        self._at += 1
        inner = self.line("}")
        self._at += 1
        return inner

    def _cases(self) -> str:
        taken, values = next(self._taken), []
        while True:
            values.append(self.line("&").strip())
            while self._tokens[self._at] not in (r"\\", r"\end"):
                self._at += 1
            self._at += 1
            if self._tokens[self._at - 1] == r"\end":
                self._group()
                return f"({values[taken]})"
