"""Checks the lines of a receipt one by one, from the receipt alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import inf, isfinite, nan
from typing import Any, NamedTuple

from tinyml.verify.diagnosis import clue
from tinyml.verify.errors import Budget
from tinyml.verify.lines import OF_A_TERM, ROUNDING, SMALLEST, Line, Number, Sum, Term, add_up
from tinyml.verify.settings import finite
from tinyml.verify.step import Step

FIELDS = {"ref", "value", "law", "terms"}
_REF = re.compile(r"[A-Za-z_]\w{0,63}(\.\w{1,40}){0,3}(\[\d{1,9}(,\d{1,9}){0,9}\])?", re.ASCII)


class Verdict(NamedTuple):
    """The result of a check. If all lines are correct, `lines` counts them; else `line` is the first wrong one, from 1.

    `ref` and `expected` are the required ref and number there (None if there should be no line), `found` the number in
    the receipt, if it has one. For a chain, `receipts` counts the correct receipts, and `lines` their lines; `receipt`
    is the first wrong one, counted from 1, and `line` is None if it does not follow from the one before it.
    """

    ok: bool
    lines: int
    line: int | None = None
    ref: str | None = None
    expected: float | None = None
    found: float | None = None
    message: str | None = None
    receipt: int | None = None
    receipts: int | None = None


def follow(step: Step, lines: list[Any], budget: Budget) -> Verdict:
    """Check the lines of a step: each must be the next one, with the required factors and the value that follows.

    Each line is checked from the lines before it, which are already known to be correct, so that the first wrong line
    is where the mistake was made, not one of its consequences. The step's values include all correct lines.
    """
    number = 0
    for number, due in enumerate(step.lines(budget), start=1):
        if number > len(lines):
            message = f"line {number}, that of {due.ref}, is missing: the receipt ends with line {number - 1}."
            return Verdict(False, number - 1, number, due.ref, _expected(due, step), None, message)
        given = lines[number - 1]
        line = _chosen(due, given, step)
        fault = _fault(number, line, given, lines, step)
        found = finite(given.get("value")) if isinstance(given, Mapping) else None
        if fault or found is None:
            return Verdict(False, number - 1, number, line.ref, _expected(line, step), found, fault)
        step.values[line.ref] = found
    if len(lines) > number:
        message = f"line {number + 1}: the training step ends with line {number}, but the receipt continues."
        return Verdict(False, number, number + 1, None, None, None, message)
    return Verdict(True, number)


def _chosen(due: Line, given: Any, step: Step) -> Line:
    """Return the line with the terms of the random draw, which is determined from the value in the receipt."""
    if due.otherwise is None or not isinstance(given, Mapping):
        return due
    value, other = finite(given.get("value")), _sum(due.otherwise, step)
    return due._replace(terms=due.otherwise) if value is not None and _near(value, other) else due


def _fault(number: int, due: Line, given: Any, lines: Sequence[Any], step: Step) -> str | None:
    """Return what is wrong with a line, or None."""
    who = f"line {number}, {due.ref}:"
    if not isinstance(given, Mapping) or given.keys() != FIELDS:
        return f"{who} a line is an object with exactly the fields ref, value, law and terms, and it is not."
    if given["ref"] != due.ref:
        about = _quoted(given["ref"])
        return f"{who} this number is expected here, but the line is about {about}{_elsewhere(due, lines)}."
    if given["law"] != due.law:
        return f"{who} the law here is “{due.law}”, but the line names another."
    difference = _difference(due.terms, given["terms"])
    if difference:
        return f"{who} {difference}"
    found, expected = finite(given["value"]), _sum(due.terms, step)
    if found is None:
        return f"{who} the value must be a finite number."
    if due.exact and found != expected.value:
        return f"{who} it stays {expected.value!r} to the last bit, got {found!r}."
    if not _near(found, expected, due.slack):
        reason = clue(due.terms, expected, found, step.values)
        return f"{who} its terms add up to {expected.value!r}, got {found!r}{reason}."
    return None


def _elsewhere(due: Line, lines: Sequence[Any]) -> str:
    """Return where the required line is, if the receipt has it elsewhere."""
    for number, line in enumerate(lines, start=1):
        if isinstance(line, Mapping) and line.get("ref") == due.ref:
            return f"; the expected one is at line {number}"
    return "; the expected one is not in the receipt"


def _difference(due: Sequence[Term], given: Any) -> str | None:
    """Return how the factors in the receipt differ from the required ones, or None."""
    if not isinstance(given, list):
        return "the terms must be a list of lists of factors."
    for i, term in enumerate(due):
        if i >= len(given):
            return f"{len(due)} terms are expected, got {len(given)}; the first missing is {_written(term)}."
        if not isinstance(given[i], list) or not _same(term, given[i]):
            return f"term {i + 1} must be {_written(term)}, got {_quoted_term(given[i])}."
    if len(given) > len(due):
        return f"{len(due)} terms are expected, got {len(given)}."
    return None


def _same(due: Term, given: Sequence[Any]) -> bool:
    return len(due) == len(given) and all(map(_is, due, given))


def _is(due: str | Number, given: Any) -> bool:
    if isinstance(due, str):
        return isinstance(given, str) and given == due
    if not isinstance(given, Mapping) or list(given) != [due.meaning]:
        return False
    number = finite(given[due.meaning])
    if number is None:
        return False
    # On other machines functions may be rounded differently, by a few units in the last place.
    return abs(number - due.value) <= OF_A_TERM * (ROUNDING * max(abs(due.value), due.size) + SMALLEST)


def _written(term: Term) -> str:
    return " · ".join(
        factor if isinstance(factor, str) else f"({factor.meaning} = {factor.value!r})" for factor in term
    )


def _quoted_term(term: Any) -> str:
    """Return a term of the receipt: its refs are printed, anything else is not echoed."""
    if not isinstance(term, list) or len(term) > 10:
        return "something else"
    factors = [
        _quoted(f) if isinstance(f, str) else "a number" if isinstance(f, Mapping) else "no factor" for f in term
    ]
    return " · ".join(factors) or "no factor"


def _quoted(ref: Any) -> str:
    return ref if isinstance(ref, str) and _REF.fullmatch(ref) else "something that is not a ref"


def _expected(line: Line, step: Step) -> float | None:
    return finite(_sum(line.terms, step).value)


def _sum(terms: Sequence[Term], step: Step) -> Sum:
    try:
        return add_up(terms, step.values)
    except (OverflowError, ValueError):
        return Sum(nan, inf, [])  # outside the range of float64: no number in a receipt can equal it


def _near(found: float, expected: Sum, slack: float = 0.0) -> bool:
    allowed = expected.rounding + slack
    # With an infinite size every number would be close enough.
    return isfinite(allowed) and abs(found - expected.value) <= allowed
