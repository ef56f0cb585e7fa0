"""The terms of one number: the parts of its formula that its steps go through one by one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from tinyml.explain import explain
from tinyml.expression import WRITTEN, Call, Choice, Expression, Leaf, Operation
from tinyml.trace import Trace

# A number of more terms is told without them: its formula would cost more than a step is worth.
MOST_TERMS = 10_000


@dataclass(frozen=True, slots=True)
class Sum:
    """A number as what its terms come to, in their order: their sum, or the largest of them.

    `running` is what they have come to after each. `whole` tells whether that is the number itself; otherwise something
    is still done to it, as the law says. There may be fewer terms than steps: the last steps are idle then.
    """

    value: float
    law: str
    terms: Sequence[Expression]
    running: Sequence[float]
    largest: bool
    whole: bool


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
    formula = explanation.expression
    found = formula if count == 1 else next(_gathering(formula, count), formula)
    terms, largest = _parts(found) if count > 1 else ((formula,), False)
    if len(terms) > count:
        terms, largest, found = (formula,), False, formula
    values = [term.value for term in terms]
    running = list(accumulate(values, _larger if largest else None))
    return Sum(explanation.value, explanation.law, terms, running, largest, found is formula)


def _gathering(formula: Expression, count: int) -> Iterator[Expression]:
    """The parts of a formula that gather several terms: first those of just so many, then any others; from the outside
    in.
    """
    level, others = [formula], []
    while level:
        for part in level:
            terms, _ = _parts(part)
            if len(terms) == count:
                yield part
            elif 1 < len(terms) < count:
                others.append(part)
        level = [inner for part in level for inner in _inside(part)]
    yield from others


def _parts(formula: Expression) -> tuple[Sequence[Expression], bool]:
    """What a sum or a choice of the largest is made of, and whether it is the latter; else the formula itself."""
    match formula:
        case Operation("sum", args, _, None):
            return args, False
        case Call("max", args):
            return args, True
        case Choice(cases) if len(cases) > 2:
            return [case.value for case in cases], True
    return (formula,), False


def _inside(formula: Expression) -> Sequence[Expression]:
    match formula:
        case Operation(_, args) | Call(_, args):
            return args
        case Choice(cases, taken):
            return (cases[taken].value,)
    return ()


def _larger(one: float, other: float) -> float:
    return math.nan if math.isnan(one) or math.isnan(other) else max(one, other)


def leaves(formula: Expression) -> Iterator[Leaf]:
    """The named numbers of a formula, as they stand in it."""
    match formula:
        case Leaf():
            yield formula
        case Choice(cases):
            for case in cases:
                yield from leaves(case.value)
        case Operation(_, args) | Call(_, args):
            for arg in args:
                yield from leaves(arg)
