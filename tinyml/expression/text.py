"""An expression in plain words and signs, for screen readers.

For a definition by cases only the case that was taken is written, with its condition at the end:
"1 × sign(3 − 0) / 2, as |ŷ − y| > 1".
The conditions of a term of a sum follow the term in brackets.
"""

from collections.abc import Iterator

from tinyml.expression.fill import Fill, written_as
from tinyml.expression.layout import LEAVES, POWER, PRODUCT, SUM, needs_brackets
from tinyml.expression.nodes import Call, Choice, Condition, Expression, Marked, Number, Operation
from tinyml.expression.numbers import short
from tinyml.expression.symbols import symbol_text


def text(expression: Expression, fill: Fill = "symbols") -> str:
    """Return the formula in derivatives, in symbols, or with its numbers filled in."""
    written = _without_conditions(expression, fill)
    held = conditions(expression)
    return f"{written}, as {' and '.join(map(str, held))}" if held else written


def conditions(expression: Expression) -> tuple[str | Condition, ...]:
    """Return the conditions of the cases that were taken, each once, except those within a term of a sum."""
    return () if isinstance(expression, LEAVES) else tuple(dict.fromkeys(_conditions(expression)))


def taken(expression: Expression) -> Expression:
    """Return an expression without marks and choices around it: for a choice, the case that was taken."""
    while isinstance(expression, Choice | Marked):
        expression = (
            expression.cases[expression.taken].value if isinstance(expression, Choice) else expression.expression
        )
    return expression


def _conditions(expression: Expression) -> Iterator[str | Condition]:
    if isinstance(expression, LEAVES):
        return
    match expression:
        case Choice(cases, index):
            yield cases[index].when
            yield from _conditions(cases[index].value)
        case Marked(_, _, inner):
            yield from _conditions(inner)
        case Operation(op, args) if op != "sum":
            for arg in args:
                yield from _conditions(arg)
        case Call(_, args):
            for arg in args:
                yield from _conditions(arg)


def _without_conditions(expression: Expression, fill: Fill) -> str:
    whole = written_as(expression, fill)
    if whole is not None:
        return symbol_text(whole) if isinstance(whole, str) else short(whole)

    def part(argument: Expression, within: int, first: bool = True) -> str:
        written = _without_conditions(argument, fill)
        argument = argument if fill == "derivatives" else taken(argument)
        return f"({written})" if needs_brackets(argument, within, written, first) else written

    def term(argument: Expression, first: bool) -> str:
        return f"({text(argument, fill)})" if conditions(argument) else part(argument, SUM, first)

    match expression:
        case Operation("sum", args, _, folded):
            terms = [term(arg, i == 0) for i, arg in enumerate(args)]
            more = [] if folded is None else [f"{folded.count:,} more terms that sum to {short(folded.value)}"]
            return " + ".join(terms + more)
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
        case Call("log1p", (argument,)):
            return f"log(1 + {part(argument, SUM, first=False)})"
        case Call(function, args):
            written = ", ".join(_without_conditions(arg, fill) for arg in args)
            return f"(exp({written}) − 1)" if function == "expm1" else f"{function}({written})"
        case Choice() | Marked():
            return _without_conditions(taken(expression), fill)
    raise TypeError(f"{expression!r} is no expression.")
