"""Formulas in one line, for sentences: operators between symbols and numbers, with brackets where they are needed.

For a definition by cases only the case that was taken is written; `tinyml.expression.text.conditions` returns its
condition.
"""

from __future__ import annotations

from collections.abc import Sequence

from tinyml.expression import Call, Expression, Leaf, Number, Operation, short
from tinyml.expression.text import taken
from tinyml.narrate.message import Figure, Formula, Symbol

Parts = list[str | Symbol | Figure]

# The precedence of operations; an operation with a lower precedence than its position requires gets brackets.
_SUM, _PRODUCT, _POWER, _BASE = 1, 2, 3, 4
_TIGHTNESS = {"sum": _SUM, "difference": _SUM, "negate": _SUM, "product": _PRODUCT, "quotient": _PRODUCT}
_NAMES = {"log": "ln", "sigmoid": "σ"}
_AROUND = {"sqrt": ("√(", ")"), "abs": ("|", "|"), "expm1": ("(e^(", ") − 1)"), "log1p": ("ln(1 + ", ")"),
           "exp": ("e^(", ")")}  # fmt: skip


def line(expression: Expression, numbers: bool = True) -> Formula | None:
    """Return the formula in numbers, or in symbols; None if it contains a folded sum, which a sentence cannot show."""
    parts = _line(expression, numbers, 0, True)
    return None if parts is None else _joined(parts)


def equation(expression: Expression, symbols: bool = True) -> Formula | None:
    """Return "symbols = numbers = value" without repetitions; without the symbols if `symbols` is false."""
    faces = [line(expression, numbers) for numbers in ([False, True] if symbols else [True])]
    if None in faces:
        return None
    ref = expression.ref if isinstance(expression, Leaf) else None
    written: list[Formula] = []
    for face in [*faces, (Figure(expression.value, ref),)]:
        if face is not None and plain(face) not in map(plain, written):
            written.append(face)
    return _joined([part for i, face in enumerate(written) for part in ((" = ",) if i else ()) + face])


def plain(formula: Formula) -> str:
    """Return a formula as a line of text; symbols are not converted."""
    return "".join(
        part if isinstance(part, str) else part.symbol if isinstance(part, Symbol) else short(part.value)
        for part in formula
    )


def _line(expression: Expression, numbers: bool, within: int, first: bool) -> Parts | None:
    """Return the parts, in brackets if the position requires a higher precedence or allows no leading minus."""
    expression = taken(expression)
    match expression:
        case Leaf(ref, symbol, value):
            if not numbers:
                return _bracketed([Symbol(symbol, ref)], within >= _POWER and any(sign in symbol for sign in "^∂"))
            return _bracketed([Figure(value, ref)], _loose_figure(value, within, first))
        case Number(value, symbol):
            if symbol and not numbers:
                return [Symbol(symbol, None)]
            return _bracketed([Figure(value)], _loose_figure(value, within, first))
        case Operation(_, _, _, folded) if folded is not None:
            return None
        case Operation(op, args):
            loose = _TIGHTNESS.get(op, _POWER) < max(within, 1) or (op == "negate" and not first)
            inner = _operation(op, args, numbers, first or loose)
            return None if inner is None else _bracketed(inner, loose)
        case Call(function, args):
            inside = [_line(arg, numbers, _PRODUCT if function == "log1p" else 0, function != "log1p") for arg in args]
            parts = _between(inside, ", ")
            opening, closing = _AROUND.get(function, (f"{_NAMES.get(function, function)}(", ")"))
            return (
                None if parts is None else _bracketed([opening, *parts, closing], opening == "e^(" and within == _BASE)
            )
    raise TypeError(f"{expression!r} is no expression.")


def _operation(op: str, args: Sequence[Expression], numbers: bool, first: bool) -> Parts | None:
    def parts(tightnesses: Sequence[int]) -> list[Parts | None]:
        return [
            _line(arg, numbers, tightness, first and i == 0)
            for i, (arg, tightness) in enumerate(zip(args, tightnesses, strict=True))
        ]

    match op:
        case "sum":
            return _between(parts([_SUM] * len(args)), " + ")
        case "difference":
            return _between(parts([_SUM, _PRODUCT]), " − ")
        case "product":
            return _between(parts([_PRODUCT] * len(args)), " · ")
        case "quotient":
            return _between(parts([_PRODUCT, _POWER]), " / ")
        case "negate":
            operand = _line(args[0], numbers, _PRODUCT, False)
            return None if operand is None else ["−", *operand]
    base, exponent = args
    raised = _line(base, numbers, _BASE, True)
    if isinstance(exponent, Number) and exponent.value == 2.0:
        return None if raised is None else [*raised, "²"]
    above = _line(exponent, numbers, 0, True)
    return None if raised is None or above is None else [*raised, "^(", *above, ")"]


def _loose_figure(value: float, within: int, first: bool) -> bool:
    """Return whether a number needs brackets, because of its minus or because it is written with a power of ten."""
    written = short(value)
    return (written.startswith("−") and (not first or within >= _POWER)) or ("×" in written and within >= _POWER)


def _bracketed(parts: Parts, brackets: bool) -> Parts:
    return ["(", *parts, ")"] if brackets else parts


def _between(items: Sequence[Parts | None], sign: str) -> Parts | None:
    joined: Parts = []
    for i, item in enumerate(items):
        if item is None:
            return None
        joined += [sign, *item] if i else item
    return joined


def _joined(parts: Sequence[str | Symbol | Figure]) -> Formula:
    """Return the parts with adjacent texts joined."""
    joined: Parts = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, str) and isinstance(last, str):
            joined[-1] = last + part
        else:
            joined.append(part)
    return tuple(joined)
