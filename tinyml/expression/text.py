"""An expression in plain words and signs, as a screen reader reads it well."""

from tinyml.expression.fill import Fill, written_as
from tinyml.expression.layout import POWER, PRODUCT, SUM, needs_brackets
from tinyml.expression.nodes import Call, Choice, Expression, Marked, Number, Operation
from tinyml.expression.numbers import short
from tinyml.expression.symbols import symbol_text


def text(expression: Expression, fill: Fill = "symbols") -> str:
    """The formula in derivatives, in symbols, or with its numbers filled in."""

    def part(argument: Expression, within: int, first: bool = True) -> str:
        written = text(argument, fill)
        return f"({written})" if needs_brackets(argument, within, written, first) else written

    whole = written_as(expression, fill)
    if whole is not None:
        return symbol_text(whole) if isinstance(whole, str) else short(whole)
    match expression:
        case Operation("sum", args, _, folded):
            terms = [part(arg, SUM, i == 0) for i, arg in enumerate(args)]
            more = [] if folded is None else [f"{folded.count:,} more terms that come to {short(folded.value)}"]
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
        case Call("expm1", (argument,)):
            return f"(exp({text(argument, fill)}) − 1)"
        case Call("log1p", (argument,)):
            return f"log(1 + {part(argument, SUM, first=False)})"
        case Call(function, args):
            return f"{function}({', '.join(text(arg, fill) for arg in args)})"
        case Choice(cases, taken):
            return f"{text(cases[taken].value, fill)}, as {cases[taken].when}"
        case Marked(_, _, inner):
            return text(inner, fill)
    raise TypeError(f"{expression!r} is no expression.")
