"""The terms of one number: the parts of its formula that term steps go through one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tinyml.explain import explain, gathered
from tinyml.expression import WRITTEN, Call, Choice, Expression, Folded, Leaf, Marked, Number, Operation
from tinyml.expression.folding import WITHIN
from tinyml.trace import Trace

# A number with more terms is described without them: building its formula would take too long for one step.
MOST_TERMS = 10_000
# The symbol of the sum in the formula around it.
SIGMA = "Σ"


@dataclass(frozen=True, slots=True)
class Sum:
    """A number as the result of its terms, in order: their sum, or the largest of them; `formula` is the whole formula.

    `running` is the result after each term. `around` is None if the last result is the number itself; otherwise it is
    the formula of the number as a function of the sum, which is written Σ. There may be fewer terms than steps: the
    last steps are then idle.
    """

    value: float
    formula: Expression
    terms: Sequence[Expression]
    running: Sequence[float]
    largest: bool
    around: Expression | None

    @property
    def whole(self) -> bool:
        """Whether the result of the terms is the number itself."""
        return self.around is None


def terms_of(trace: Trace, ref: str, count: int) -> Sum | None:
    """Return the terms of a number that is computed in `count` steps; None if its layer has no formula, or there are
    too many.
    """
    if count > MOST_TERMS:
        return None
    try:
        explanation = explain(trace, ref, terms=max(count, WRITTEN))
    except NotImplementedError:
        return None
    formula, value = explanation.expression, explanation.value
    found = gathered(explanation) if count > 1 else None
    if found is None or len(found.terms) > count:
        return Sum(value, formula, (formula,), [value], False, None)
    part, terms, running, largest = found
    return Sum(value, formula, terms, running, largest, None if part is formula else _around(formula, part))


def _around(formula: Expression, found: Expression) -> Expression:
    """Return the formula with Σ for the sum `found` in it, and with other long sums folded."""
    if formula is found:
        return Number(found.value, SIGMA)
    match formula:
        case Operation("sum", args, _, None) if len(args) > WITHIN + 1:
            shortened = tuple(_around(arg, found) for arg in args[:WITHIN])
            rest = args[WITHIN:]
            return replace(formula, args=shortened, folded=Folded(len(rest), sum(arg.value for arg in rest)))
        case Operation(_, args) | Call(_, args):
            return replace(formula, args=tuple(_around(arg, found) for arg in args))
        case Choice(cases):
            return replace(formula, cases=tuple(replace(case, value=_around(case.value, found)) for case in cases))
        case Marked(_, _, inner):
            return replace(formula, expression=_around(inner, found))
    return formula


def leaves(formula: Expression) -> Iterator[Leaf]:
    """Yield the named numbers of a formula, from left to right."""
    match formula:
        case Leaf():
            yield formula
        case Choice(cases):
            for case in cases:
                yield from leaves(case.value)
        case Marked(_, _, inner):
            yield from leaves(inner)
        case Operation(_, args) | Call(_, args):
            for arg in args:
                yield from leaves(arg)


def sources(formulas: Sequence[Expression]) -> list[Leaf]:
    """Return the named numbers in formulas, each once."""
    return list({leaf.ref: leaf for formula in formulas for leaf in leaves(formula)}.values())
