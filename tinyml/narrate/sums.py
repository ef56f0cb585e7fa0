"""The terms of one number: the parts of its formula that its steps go through one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tinyml.explain import explain, gathered
from tinyml.expression import WRITTEN, Call, Case, Choice, Expression, Folded, Leaf, Marked, Number, Operation
from tinyml.expression.folding import WITHIN
from tinyml.trace import Trace

# A number of more terms is described without them: its formula would cost more than a step is worth.
MOST_TERMS = 10_000
# What the sum is called in the formula around it.
SIGMA = "Σ"


@dataclass(frozen=True, slots=True)
class Sum:
    """A number as what its terms come to, in their order: their sum, or the largest of them; `formula` is all of it.

    `running` is what they have come to after each. `around` is None where the last of these is the number itself;
    otherwise it is what is still done to the sum, which is called Σ in it. There may be fewer terms than steps: the
    last steps are idle then.
    """

    value: float
    formula: Expression
    terms: Sequence[Expression]
    running: Sequence[float]
    largest: bool
    around: Expression | None

    @property
    def whole(self) -> bool:
        """Whether what the terms come to is the number itself."""
        return self.around is None


def terms_of(trace: Trace, ref: str, count: int) -> Sum | None:
    """The terms of a number that is computed in `count` steps; None where its layer has no formula, or they are too
    many.
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
    """The formula with Σ in the place of the sum that is found in it, and other long sums folded."""
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
            return replace(formula, cases=tuple(Case(case.when, _around(case.value, found)) for case in cases))
        case Marked(_, _, inner):
            return replace(formula, expression=_around(inner, found))
    return formula


def leaves(formula: Expression) -> Iterator[Leaf]:
    """The named numbers of a formula, as they stand in it."""
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
    """The named numbers that formulas are made from, each once."""
    return list({leaf.ref: leaf for formula in formulas for leaf in leaves(formula)}.values())
