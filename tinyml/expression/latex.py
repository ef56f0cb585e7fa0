"""An expression as LaTeX, with the commands of amsmath."""

import re

from tinyml.expression.fill import Fill, written_as
from tinyml.expression.layout import POWER, PRODUCT, SUM, needs_brackets
from tinyml.expression.nodes import Call, Choice, Expression, Marked, Operation
from tinyml.expression.numbers import short
from tinyml.expression.symbols import letters_latex, symbol_latex

_NAMED = {"exp": r"\exp", "log": r"\ln", "tanh": r"\tanh", "max": r"\max", "min": r"\min", "cos": r"\cos"}

_COMPARES = re.compile("[<>=≤≥]")
_POWER_OF_TEN = re.compile(r"×10\^(−?\d+)")
# The text before and after the argument of a function that is not written as name(argument).
_AROUND = {
    "abs": (r"\left|", r"\right|"),
    "sqrt": (r"\sqrt{", "}"),
    "expm1": (r"\left(e^{", r"} - 1\right)"),
    "floor": (r"\left\lfloor ", r"\right\rfloor"),
}


def latex(expression: Expression, fill: Fill = "symbols") -> str:
    """Return the formula in derivatives, in symbols, or with its numbers filled in."""
    whole = written_as(expression, fill)
    if whole is not None:
        return symbol_latex(whole) if isinstance(whole, str) else latex_number(whole)

    def part(argument: Expression, within: int, first: bool = True) -> str:
        written = latex(argument, fill)
        return rf"\left({written}\right)" if needs_brackets(argument, within, written, first) else written

    match expression:
        case Operation("sum", args, _, folded):
            terms = [part(arg, SUM, i == 0) for i, arg in enumerate(args)]
            return " + ".join(terms + ([] if folded is None else [_more(folded.count, folded.value, fill)]))
        case Operation("product", args):
            return r" \cdot ".join(part(arg, PRODUCT, i == 0) for i, arg in enumerate(args))
        case Operation("difference", (minuend, subtrahend)):
            return f"{part(minuend, SUM)} - {part(subtrahend, PRODUCT, first=False)}"
        case Operation("quotient", (dividend, divisor)):
            return rf"\frac{{{latex(dividend, fill)}}}{{{latex(divisor, fill)}}}"
        case Operation("power", (base, exponent)):
            return f"{part(base, POWER, first=False)}^{{{latex(exponent, fill)}}}"
        case Operation("negate", (operand,)):
            return f"-{part(operand, PRODUCT, first=False)}"
        case Call("log1p", (argument,)):
            return rf"\ln\left(1 + {part(argument, SUM, first=False)}\right)"
        case Call(function, (argument,)) if function in _AROUND:
            return latex(argument, fill).join(_AROUND[function])
        case Call(function, args):
            name = r"\sigma" if function == "sigmoid" else _NAMED.get(function, rf"\operatorname{{{function}}}")
            return rf"{name}\left({', '.join(latex(arg, fill) for arg in args)}\right)"
        case Choice(cases, _):
            rows = r" \\ ".join(rf"{latex(case.value, fill)} & {_condition(str(case.when))}" for case in cases)
            return rf"\begin{{cases}} {rows} \end{{cases}}"
        case Marked(_, _, inner):
            return latex(inner, fill)
    raise TypeError(f"{expression!r} is no expression.")


def latex_number(value: float) -> str:
    """Return a number in six significant digits: `-0.37`, `1.5 \\cdot 10^{-9}`, `\\infty`."""
    written = short(value)
    if written.isascii():  # digits and a point, or NaN
        return r"\mathrm{NaN}" if written == "NaN" else written
    for plain, command in (("∞", r"\infty"), ("−", "-")):
        written = written.replace(plain, command)
    mantissa, _, exponent = written.partition("×10^")
    return rf"{mantissa} \cdot 10^{{{exponent}}}" if exponent else written


def _more(count: int, value: float, fill: Fill) -> str:
    text = rf"\text{{{count:,} more}}"
    if fill != "numbers":
        return rf"\cdots\;({text})"
    written = latex_number(value)
    written = rf"\left({written}\right)" if written.startswith("-") else written
    return rf"\underbrace{{{written}}}_{{{text}}}"


def _condition(when: str) -> str:
    """Return a condition in LaTeX: comparisons as mathematics, and anything else as words."""
    if not _COMPARES.search(when):
        return rf"\text{{{when}}}"
    written = _POWER_OF_TEN.sub(lambda found: rf" \cdot 10^{{{found[1]}}}", when)
    for sign, command in (("≤", r"\le"), ("≥", r"\ge"), ("−", "-")):
        written = written.replace(sign, command)
    return letters_latex(written)
