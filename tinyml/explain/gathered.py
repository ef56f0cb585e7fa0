"""The part of a formula whose terms the term steps go through, with its running values."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from tinyml.explain.explanation import Explanation
from tinyml.expression import Call, Choice, Expression, Folded, Marked, Operation


class Gathered(NamedTuple):
    """A part of a formula that reduces its terms: their sum, or the `largest` of them. `running` is the value after
    each term, added in the order of the engine; the last is exactly the value of the part, unless more terms are
    folded.
    """

    part: Expression
    terms: Sequence[Expression]
    running: Sequence[float]
    largest: bool


def gathered(explanation: Explanation, *, folded: bool = False) -> Gathered:
    """Return the part of the formula that is reduced: the one given by its law, or else the first with several terms;
    the formula itself if there is none. A sum with omitted terms counts only with `folded`.
    """
    formula = explanation.expression
    part = explanation.gathered or next(_gathering(formula, folded), formula)
    terms, largest, whole = _terms(part, folded)
    running = list(accumulate((term.value for term in terms), _larger if largest else None))
    if whole:
        # The number of the pass, or that of the formula: another order of addition gives other last bits.
        running[-1] = explanation.value if part is formula else part.value
    return Gathered(part, terms, running, largest)


def _gathering(formula: Expression, folded: bool) -> Iterator[Expression]:
    """Yield the parts of a formula that reduce several terms, outer parts first, from left to right."""
    if len(_terms(formula, folded)[0]) > 1:
        yield formula
    for part in inside(formula):
        yield from _gathering(part, folded)


def _terms(formula: Expression, folded: bool) -> tuple[Sequence[Expression], bool, bool]:
    """Return the terms of a sum or a maximum, else the formula itself; whether it is a maximum, and if they are all."""
    match formula:
        case Operation("sum", (Operation("sum", _, _, Folded()), *_)) if folded:
            pass  # the folded terms come before the last term, such as a bias: the long sum is the one inside
        case Operation("sum", args, _, rest) if folded or rest is None:
            return args, False, rest is None
        case Call("max", args):
            return args, True, True
    return (formula,), False, True


def inside(formula: Expression) -> Sequence[Expression]:
    """Return the parts of a formula; for a choice, the case that was taken."""
    match formula:
        case Operation(_, args) | Call(_, args):
            return args
        case Choice(cases, taken):
            return (cases[taken].value,)
        case Marked(_, _, inner):
            return (inner,)
    return ()


def _larger(one: float, other: float) -> float:
    return math.nan if math.isnan(one) or math.isnan(other) else max(one, other)
