"""Formulas with their numbers filled in, as expression trees that can be written in several notations."""

from tinyml.expression.folding import WRITTEN, Folding
from tinyml.expression.latex import latex, latex_number
from tinyml.expression.laws import Law
from tinyml.expression.nodes import (
    Call,
    Case,
    Choice,
    Condition,
    Explained,
    Expression,
    Folded,
    Leaf,
    Marked,
    Number,
    Operation,
    added,
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
from tinyml.expression.symbols import PARTIAL, PRIME, derivative, symbol, symbol_latex, symbol_text
from tinyml.expression.text import text

__all__ = [
    "PARTIAL",
    "PRIME",
    "WRITTEN",
    "Call",
    "Case",
    "Choice",
    "Condition",
    "Explained",
    "Expression",
    "Folded",
    "Folding",
    "Law",
    "Leaf",
    "Marked",
    "Number",
    "Operation",
    "added",
    "call",
    "choice",
    "derivative",
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
