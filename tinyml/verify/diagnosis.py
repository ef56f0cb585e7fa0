"""Likely causes of a wrong value: a term that is missing or counted twice, a wrong sign, a missing factor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tinyml.verify.lines import Factor, Number, Sum, Term

CLOSE = 1e-9
MOST = 1_000  # with more terms, or larger multiples, one would match by accident


def clue(terms: Sequence[Term], due: Sum, found: float, values: Mapping[str, float]) -> str:
    """Return the mistake that gives exactly the number found, as the end of a sentence; empty if none is known."""
    if not found or len(terms) > MOST:
        return ""
    for value, mistake in _mistakes(terms, due, found, values):
        if abs(found - value) <= CLOSE * abs(found):
            return f", {mistake}"
    return ""


def _mistakes(
    terms: Sequence[Term], due: Sum, found: float, values: Mapping[str, float]
) -> Iterator[tuple[float, str]]:
    """Yield the values that mistakes give, with the mistakes in words; the most likely first."""
    for factor in _shared(terms):
        name, value = (factor, values[factor]) if isinstance(factor, str) else (factor.meaning, factor.value)
        if value:
            yield due.value / value, f"as if the factor {name} were left out"
        yield due.value * value, f"as if the factor {name} were taken twice"
    yield -due.value, "which has the wrong sign"
    for number, product in enumerate(due.products, start=1):
        times = _whole((found - due.value) / product + 1) if product else 1
        if times not in (1, None):
            counted = {0: "left out", -1: "taken with the wrong sign"}.get(times, f"taken {times} times")
            yield due.value + (times - 1) * product, f"as if term {number} were {counted}"
    if due.value:
        if times := _whole(found / due.value):
            yield due.value * times, f"{times} times the expected value"
        if parts := _whole(due.value / found):
            yield due.value / parts, f"1/{parts} of the expected value"


def _whole(times: float) -> int | None:
    """Return the rounded multiple, or None if it is implausibly large."""
    return round(times) if abs(times) <= MOST else None


def _shared(terms: Sequence[Term]) -> list[Factor]:
    """Return the factors that all terms have in common."""
    return [factor for factor in terms[0] if _counts(factor) and all(factor in term for term in terms)] if terms else []


def _counts(factor: Factor) -> bool:
    """Return whether omitting the factor would change more than the sign."""
    return not isinstance(factor, Number) or abs(factor.value) != 1
