"""Formulas with their numbers filled in: one tree, many faces."""

from tinyml.expression.latex import latex, latex_number
from tinyml.expression.nodes import (
    Call,
    Case,
    Choice,
    Expression,
    Leaf,
    Number,
    Operation,
    call,
    choice,
    difference,
    evaluate,
    negate,
    power,
    product,
    quotient,
    total,
)
from tinyml.expression.numbers import short
from tinyml.expression.symbols import PARTIAL, PRIME, symbol, symbol_latex, symbol_text
from tinyml.expression.text import text

__all__ = [
    "PARTIAL",
    "PRIME",
    "Call",
    "Case",
    "Choice",
    "Expression",
    "Leaf",
    "Number",
    "Operation",
    "call",
    "choice",
    "difference",
    "evaluate",
    "latex",
    "latex_number",
    "negate",
    "power",
    "product",
    "quotient",
    "short",
    "symbol",
    "symbol_latex",
    "symbol_text",
    "text",
    "total",
]
