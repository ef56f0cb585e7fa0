"""An expression as LaTeX."""

from collections.abc import Callable

from tinyml.expression.layout import POWER, PRODUCT, SUM, needs_brackets
from tinyml.expression.nodes import Call, Choice, Expression, Leaf, Number, Operation
from tinyml.expression.numbers import short
from tinyml.expression.symbols import symbol_latex

_NAMED = {"exp": r"\exp", "log": r"\ln", "tanh": r"\tanh", "max": r"\max", "min": r"\min"}

# What stands around the argument of a function that is not written as name(argument).
_AROUND = {"abs": (r"\left|", r"\right|"), "sqrt": (r"\sqrt{", "}"), "expm1": (r"\left(e^{", r"} - 1\right)")}


def latex(expression: Expression, numbers: bool = False) -> str:
    """The formula in symbols, or with its numbers filled in."""
    return _write(expression, _number_leaf if numbers else _symbol_leaf)


def latex_number(value: float) -> str:
    """A number in six significant digits: `-0.37`, `1.5 \\cdot 10^{-9}`, `\\infty`."""
    written = short(value)
    for plain, command in (("∞", r"\infty"), ("NaN", r"\mathrm{NaN}"), ("−", "-")):
        written = written.replace(plain, command)
    mantissa, _, exponent = written.partition("×10^")
    return rf"{mantissa} \cdot 10^{{{exponent}}}" if exponent else written


def _symbol_leaf(leaf: Leaf) -> str:
    return symbol_latex(leaf.symbol)


def _number_leaf(leaf: Leaf) -> str:
    return latex_number(leaf.value)


def _write(expression: Expression, leaf: Callable[[Leaf], str]) -> str:
    def part(argument: Expression, within: int, first: bool = True) -> str:
        written = _write(argument, leaf)
        return rf"\left({written}\right)" if needs_brackets(argument, within, written, first) else written

    match expression:
        case Leaf():
            return leaf(expression)
        case Number(value):
            return latex_number(value)
        case Operation("sum", args):
            return " + ".join(part(arg, SUM, i == 0) for i, arg in enumerate(args))
        case Operation("product", args):
            return r" \cdot ".join(part(arg, PRODUCT, i == 0) for i, arg in enumerate(args))
        case Operation("difference", (minuend, subtrahend)):
            return f"{part(minuend, SUM)} - {part(subtrahend, PRODUCT, first=False)}"
        case Operation("quotient", (dividend, divisor)):
            return rf"\frac{{{_write(dividend, leaf)}}}{{{_write(divisor, leaf)}}}"
        case Operation("power", (base, exponent)):
            return f"{part(base, POWER, first=False)}^{{{_write(exponent, leaf)}}}"
        case Operation("negate", (operand,)):
            return f"-{part(operand, PRODUCT, first=False)}"
        case Call("log1p", (argument,)):
            return rf"\ln\left(1 + {part(argument, SUM, first=False)}\right)"
        case Call(function, (argument,)) if function in _AROUND:
            return _write(argument, leaf).join(_AROUND[function])
        case Call(function, args):
            name = r"\sigma" if function == "sigmoid" else _NAMED.get(function, rf"\operatorname{{{function}}}")
            return rf"{name}\left({', '.join(_write(arg, leaf) for arg in args)}\right)"
        case Choice(cases, _):
            rows = r" \\ ".join(rf"{_write(case.value, leaf)} & {_condition(case.when)}" for case in cases)
            return rf"\begin{{cases}} {rows} \end{{cases}}"
    raise TypeError(f"{expression!r} is no expression.")


def _condition(when: str) -> str:
    return when.replace("≤", r"\le").replace("≥", r"\ge")
