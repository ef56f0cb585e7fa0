"""Explains every number of a training step by a formula with its numbers filled in."""

from tinyml.explain.explanation import Explanation, explain
from tinyml.explain.gathered import Gathered, gathered
from tinyml.explain.path_search import Path, Paths
from tinyml.explain.path_sums import MAX_PATH_FACTORS
from tinyml.explain.step_equations import equations
from tinyml.explain.step_formulas import FormulaTensor, StepFormula, step_formulas
from tinyml.explain.symbols import Symbols

__all__ = [
    "MAX_PATH_FACTORS",
    "Explanation",
    "FormulaTensor",
    "Gathered",
    "Path",
    "Paths",
    "StepFormula",
    "Symbols",
    "equations",
    "explain",
    "gathered",
    "step_formulas",
]
