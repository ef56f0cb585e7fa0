"""An expression in plain words and signs, as a screen reader reads it well."""

from collections.abc import Callable

from tinyml.expression.layout import POWER, PRODUCT, SUM, needs_brackets
from tinyml.expression.nodes import Call, Choice, Expression, Leaf, Number, Operation
from tinyml.expression.numbers import short
from tinyml.expression.symbols import symbol_text


def text(expression: Expression, numbers: bool = False) -> str:
    """The formula in symbols, or with its numbers filled in."""
    return _write(expression, _number_leaf if numbers else _symbol_leaf)


def _symbol_leaf(leaf: Leaf) -> str:
    return symbol_text(leaf.symbol)


def _number_leaf(leaf: Leaf) -> str:
    return short(leaf.value)


def _write(expression: Expression, leaf: Callable[[Leaf], str]) -> str:
    def part(argument: Expression, within: int, first: bool = True) -> str:
        written = _write(argument, leaf)
        return f"({written})" if needs_brackets(argument, within, written, first) else written

    match expression:
        case Leaf():
            return leaf(expression)
        case Number(value):
            return short(value)
        case Operation("sum", args):
            return " + ".join(part(arg, SUM, i == 0) for i, arg in enumerate(args))
        case Operation("product", args):
            return " × ".join(part(arg, PRODUCT, i == 0) for i, arg in enumerate(args))
        case Operation("difference", (minuend, subtrahend)):
            return f"{part(minuend, SUM)} − {part(subtrahend, PRODUCT, first=False)}"
        case Operation("quotient", (dividend, divisor)):
            return f"{part(dividend, PRODUCT)} / {part(divisor, POWER, first=False)}"
        case Operation("power", (base, Number(2.0))):
            return f"{part(base, POWER, first=False)} squared"
        case Operation("power", (base, exponent)):
            return f"{part(base, POWER, first=False)} to the power {part(exponent, POWER, first=False)}"
        case Operation("negate", (operand,)):
            return f"−{part(operand, PRODUCT, first=False)}"
        case Call("expm1", (argument,)):
            return f"(exp({_write(argument, leaf)}) − 1)"
        case Call("log1p", (argument,)):
            return f"log(1 + {part(argument, SUM, first=False)})"
        case Call(function, args):
            return f"{function}({', '.join(_write(arg, leaf) for arg in args)})"
        case Choice(cases, taken):
            return f"{_write(cases[taken].value, leaf)}, as {cases[taken].when}"
    raise TypeError(f"{expression!r} is no expression.")
