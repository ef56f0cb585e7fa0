"""An expression as MathML: what browsers set and screen readers explore.

A number or symbol of the training step carries its ref as `data-ref`, a factor of the chain rule its role as a class.
"""

from html import escape

from tinyml.expression.fill import Fill, written_as
from tinyml.expression.latex import latex
from tinyml.expression.layout import POWER, PRODUCT, SUM, needs_brackets
from tinyml.expression.nodes import Call, Choice, Expression, Leaf, Marked, Operation
from tinyml.expression.numbers import short
from tinyml.expression.symbols import PRIME, letters, parse_symbol

_NAMED = {"sigmoid": "<mi>σ</mi>", "log": "<mi>ln</mi>"}
_APPLY = "<mo>&#x2061;</mo>"  # the invisible sign between a function and its argument


def mathml(expression: Expression, fill: Fill = "symbols") -> str:
    """The formula as the inside of a `<math>` element, in derivatives, in symbols, or with its numbers filled in."""

    def part(argument: Expression, within: int, first: bool = True) -> str:
        written = mathml(argument, fill)
        return _bracketed(written) if needs_brackets(argument, within, latex(argument, fill), first) else written

    whole = written_as(expression, fill)
    if whole is not None:
        written = symbol_mathml(whole) if isinstance(whole, str) else number_mathml(whole)
        return (
            f'<mrow data-ref="{escape(expression.ref)}">{written}</mrow>' if isinstance(expression, Leaf) else written
        )
    match expression:
        case Operation("sum", args, _, folded):
            terms = [part(arg, SUM, i == 0) for i, arg in enumerate(args)]
            return _row("<mo>+</mo>".join(terms + ([] if folded is None else [_more(folded.count, folded.value)])))
        case Operation("product", args):
            return _row("<mo>·</mo>".join(part(arg, PRODUCT, i == 0) for i, arg in enumerate(args)))
        case Operation("difference", (minuend, subtrahend)):
            return _row(f"{part(minuend, SUM)}<mo>−</mo>{part(subtrahend, PRODUCT, first=False)}")
        case Operation("quotient", (dividend, divisor)):
            return f"<mfrac>{_row(mathml(dividend, fill))}{_row(mathml(divisor, fill))}</mfrac>"
        case Operation("power", (base, exponent)):
            return f"<msup>{_row(part(base, POWER, first=False))}{_row(mathml(exponent, fill))}</msup>"
        case Operation("negate", (operand,)):
            return _row(f"<mo>−</mo>{part(operand, PRODUCT, first=False)}")
        case Call(function, args):
            return _call(function, [part(arg, SUM, first=function != "log1p") for arg in args], mathml(args[0], fill))
        case Choice(cases, taken):
            rows = [
                f'<mtr class="{"taken" if i == taken else "not-taken"}"><mtd>{mathml(case.value, fill)}</mtd>'
                f"<mtd><mtext>{escape(case.when)}</mtext></mtd></mtr>"
                for i, case in enumerate(cases)
            ]
            return _row(f"<mo>{{</mo><mtable>{''.join(rows)}</mtable>")
        case Marked(role, _, inner_expression):
            return f'<mrow class="{role}">{mathml(inner_expression, fill)}</mrow>'
    raise TypeError(f"{expression!r} is no expression.")


def _call(function: str, args: list[str], argument: str) -> str:
    """A function of its arguments, which have brackets where they need them; `argument` is the first without any."""
    match function:
        case "log1p":
            return _row(f"<mi>ln</mi>{_APPLY}{_bracketed(f'<mn>1</mn><mo>+</mo>{args[0]}')}")
        case "expm1":
            return _bracketed(f"<msup><mi>e</mi>{_row(argument)}</msup><mo>−</mo><mn>1</mn>")
        case "sqrt":
            return f"<msqrt>{argument}</msqrt>"
        case "abs":
            return _row(f"<mo>|</mo>{argument}<mo>|</mo>")
    name = _NAMED.get(function, f"<mi>{function}</mi>")
    return _row(f"{name}{_APPLY}{_bracketed('<mo>,</mo>'.join(args))}")


def symbol_mathml(symbol: str) -> str:
    """A symbol: `w_12^(1)` as a letter with its indices below and its layer above."""
    if symbol.startswith("∂"):
        of, _, by = symbol[1:].partition("/∂")
        return f"<mfrac>{_row(f'<mi>∂</mi>{symbol_mathml(of)}')}{_row(f'<mi>∂</mi>{symbol_mathml(by)}')}</mfrac>"
    base, subscript, superscript, sample = parse_symbol(symbol)
    letter, inner, primes = letters(base)
    body = _letter(letter)
    body = _row(f"{body}<mo>(</mo>{_letter(inner)}<mo>)</mo>") if inner else body
    subscript = subscript and subscript.rstrip(",")
    above = "".join([PRIME * primes, f"({superscript})" if superscript else "", f"[{sample}]" if sample else ""])
    if subscript and above:
        return f"<msubsup>{body}<mn>{subscript}</mn><mtext>{escape(above)}</mtext></msubsup>"
    if subscript:
        return f"<msub>{body}<mn>{subscript}</mn></msub>"
    return f"<msup>{body}<mtext>{escape(above)}</mtext></msup>" if above else body


def number_mathml(value: float) -> str:
    """A number in six significant digits."""
    mantissa, _, exponent = short(value).partition("×10^")
    sign, digits = ("<mo>−</mo>", mantissa[1:]) if mantissa.startswith("−") else ("", mantissa)
    body = f"{sign}<mn>{digits}</mn>"
    if exponent:
        body += f"<mo>·</mo><msup><mn>10</mn><mn>{exponent}</mn></msup>"
    return _row(body) if sign or exponent else body


def _letter(letter: str) -> str:
    if letter in ("ŷ", "x̂"):
        return f"<mover><mi>{'y' if letter == 'ŷ' else 'x'}</mi><mo>^</mo></mover>"
    return "<mrow><msup><mi>σ</mi><mn>2</mn></msup></mrow>" if letter == "σ²" else f"<mi>{escape(letter)}</mi>"


def _more(count: int, value: float) -> str:
    written = number_mathml(value)
    written = _bracketed(written) if short(value).startswith("−") else f"<mrow>{written}</mrow>"
    return f"<munder>{written}<mtext>{count:,} more</mtext></munder>"


def _row(inner: str) -> str:
    return f"<mrow>{inner}</mrow>"


def _bracketed(inner: str) -> str:
    return f"<mrow><mo>(</mo>{inner}<mo>)</mo></mrow>"
