"""How the leaves of an expression are written: as derivatives, symbols or numbers."""

from typing import Literal

from tinyml.expression.nodes import Expression, Leaf, Marked, Number

# `derivatives` writes each factor of the chain rule as a derivative, and everything else in symbols.
Fill = Literal["derivatives", "symbols", "numbers"]


def written_as(expression: Expression, fill: Fill) -> str | float | None:
    """Return the symbol or the number for the whole expression, or None if its parts are written instead."""
    match expression:
        case Leaf(_, symbol, value):
            return value if fill == "numbers" else symbol
        case Number(value, symbol):
            return value if fill == "numbers" or not symbol else symbol
        case Marked(_, derivative, _):
            return derivative if fill == "derivatives" else None
    return None
