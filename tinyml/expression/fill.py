"""How the leaves of an expression are written: as derivatives, symbols or numbers."""

from typing import Literal

from tinyml.expression.nodes import Expression, Leaf, Marked, Number

# `derivatives` writes each factor of the chain rule as a derivative, and everything else in symbols.
Fill = Literal["derivatives", "symbols", "numbers"]


def written_as(expression: Expression, fill: Fill) -> str | float | None:
    """Return the symbol or the number for the whole expression, or None if its parts are written instead."""
    # Not `match`, which takes three times as long for the leaves that most of a formula are.
    if isinstance(expression, Leaf):
        return expression.value if fill == "numbers" else expression.symbol
    if isinstance(expression, Number):
        return expression.value if fill == "numbers" or not expression.symbol else expression.symbol
    if isinstance(expression, Marked):
        return expression.derivative if fill == "derivatives" else None
    return None
