"""The explanation of any number of a training step: its formula as an expression tree, in the requested notation."""

import math
from dataclasses import dataclass
from typing import Literal

from tinyml.core import Index, overflow_allowed
from tinyml.explain.explained_tensor import ExplainedTensor
from tinyml.explain.forms import by_chain, by_matrix
from tinyml.explain.local_derivatives import MatrixProduct
from tinyml.explain.path_search import Paths, by_paths
from tinyml.explain.ranges import within_range
from tinyml.explain.refs import parse
from tinyml.explain.tensors import StepTensors
from tinyml.expression import (
    WRITTEN,
    Expression,
    Folding,
    Law,
    latex,
    latex_number,
    short,
    symbol_latex,
    symbol_text,
    text,
)
from tinyml.expression.fill import Fill
from tinyml.trace import Trace

Notation = Literal["scalar", "chain", "matrix", "paths", "stable"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A number of the training step with the formula that gives it.

    `notation`   the notation of the formula: scalar if the number has no form in the requested one, or if that form
                  overflows although the number does not.
    `notations`  notations available for this number.
    `matrix`     with that notation, the row and the column whose product it is.
    `paths`      with that notation, the paths from it to the loss.
    `gathered`   in the scalar notation, the part of the formula that term steps go through, if it is not the first sum.
    """

    ref: str
    symbol: str
    value: float
    notation: Notation
    law: Law
    expression: Expression
    notations: tuple[Notation, ...] = ("scalar",)
    matrix: MatrixProduct | None = None
    paths: Paths | None = None
    gathered: Expression | None = None

    @property
    def fills(self) -> tuple[Fill, ...]:
        """The forms in which the formula is written, one for each line."""
        return ("derivatives", "symbols", "numbers") if self.notation in ("chain", "paths") else ("symbols", "numbers")

    @property
    def latex(self) -> str:
        """symbol = formula in symbols = formula in numbers = value, in LaTeX; with factors, derivatives come first."""
        formulas = [latex(self.expression, fill) for fill in self.fills]
        return " = ".join(_without_repeats([symbol_latex(self.symbol), *formulas, latex_number(self.value)]))

    @property
    def text(self) -> str:
        """The same equation in words, for a screen reader."""
        formulas = [text(self.expression, fill) for fill in self.fills]
        return " = ".join(_without_repeats([symbol_text(self.symbol), *formulas, short(self.value)]))


def explain(
    trace: Trace, ref: str, notation: Notation = "scalar", terms: int = WRITTEN, room: float = math.inf
) -> Explanation:
    """Explain the number that `ref` names. At most `terms` terms of a long sum are written out, and the rest is folded;
    fewer if they would exceed `room` leaves and operations. Raises RefError, with the valid refs, if there is no such
    number.
    """
    with overflow_allowed():
        tensors = StepTensors(trace, Folding(terms, room))
        tensor, index = tensors.find(parse(ref))
        return _explained(tensors, tensor, index, notation)


def _explained(tensors: StepTensors, tensor: ExplainedTensor, at: Index, notation: Notation) -> Explanation:
    symbol, value = tensor.symbol(at), float(tensor.values[at])
    stable = None if tensor.stable is None else tensor.stable(at)
    notations = _notations(tensor, stable is not None)
    matrix, paths = None, None
    match notation if notation in notations else "scalar":
        case "chain":
            found = by_chain(tensor, at)
        case "matrix":
            found, matrix = by_matrix(tensor, at)
        case "paths":
            found, paths = by_paths(tensors, tensor, at)
        case "stable" if stable is not None:
            found = stable
        case _:
            notation = "scalar"
            found = tensor.explain(at)
    if notation != "scalar" and not within_range(found.expression, value):
        return _explained(tensors, tensor, at, "scalar")
    return Explanation(
        tensor.ref(at), symbol, value, notation, found.law, found.expression, notations, matrix, paths, found.gathered
    )


def _notations(tensor: ExplainedTensor, stable: bool) -> tuple[Notation, ...]:
    found: list[Notation] = ["scalar"]
    if tensor.source is not None or tensor.parts is not None:
        found.append("chain")
    if tensor.source is not None or tensor.matrix is not None:
        found.append("matrix")
    if tensor.source is not None:
        found.append("paths")
    if stable:
        found.append("stable")
    return tuple(found)


def _without_repeats(parts: list[str]) -> list[str]:
    return [part for i, part in enumerate(parts) if i == 0 or part != parts[i - 1]]
