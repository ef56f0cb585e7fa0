"""Any number of a training step as a formula with its numbers filled in."""

from tinyml.explain.explanation import Explanation, explain
from tinyml.explain.symbols import Symbols

__all__ = ["Explanation", "Symbols", "explain"]
