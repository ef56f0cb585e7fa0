"""What a face writes at the ends of the tree: derivatives, symbols or numbers."""

from typing import Literal

from tinyml.expression.nodes import Expression, Leaf, Marked, Number

# `derivatives` writes each factor of the chain rule as the derivative that it is, and all else in symbols.
Fill = Literal["derivatives", "symbols", "numbers"]


def written_as(expression: Expression, fill: Fill) -> str | float | None:
    """The symbol or the number that stands for the whole expression, or None where its parts are to be written."""
    match expression:
        case Leaf(_, symbol, value):
            return value if fill == "numbers" else symbol
        case Number(value, symbol):
            return value if fill == "numbers" or not symbol else symbol
        case Marked(_, derivative, _):
            return derivative if fill == "derivatives" else None
    return None
