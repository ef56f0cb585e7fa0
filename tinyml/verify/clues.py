"""What a wrong value looks like: a term that is missing or counted twice, a sign that was turned, a lost factor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tinyml.verify.lines import Factor, Number, Sum, Term

CLOSE = 1e-9
MOST = 1_000  # of so many terms, one is right by accident


def clue(terms: Sequence[Term], due: Sum, found: float, values: Mapping[str, float]) -> str:
    """The mistake that leads to exactly the number that came, as the end of a sentence; empty where none is known."""

    def same(value: float) -> bool:
        return abs(found - value) <= CLOSE * abs(found)

    if not found or len(terms) > MOST:
        return ""
    for factor in _shared(terms):
        value = values[factor] if isinstance(factor, str) else factor.value
        name = factor if isinstance(factor, str) else factor.meaning
        if value and same(due.value / value):
            return f", as if the factor {name} were left out"
        if same(due.value * value):
            return f", as if the factor {name} were taken twice"
    if due.value and same(-due.value):
        return ", which has the wrong sign"
    for number, product in enumerate(due.products, start=1):
        times = (found - due.value) / product + 1 if product else 1.0
        if (
            times != 1
            and abs(times) <= MOST
            and abs(times - round(times)) <= CLOSE
            and same(due.value + (round(times) - 1) * product)
        ):
            counted = {0: "left out", -1: "taken with the wrong sign"}.get(round(times), f"taken {round(times)} times")
            return f", as if term {number} were {counted}"
    ratio = found / due.value if due.value else 0.0
    return f", {round(ratio)} times what is due" if 1 < ratio <= MOST and same(due.value * round(ratio)) else ""


def _shared(terms: Sequence[Term]) -> list[Factor]:
    """The factors that all terms have."""
    if not terms:
        return []
    return [factor for factor in terms[0] if _counts(factor) and all(factor in term for term in terms)]


def _counts(factor: Factor) -> bool:
    """Whether leaving the factor out would change anything but the sign."""
    return not isinstance(factor, Number) or abs(factor.value) != 1
