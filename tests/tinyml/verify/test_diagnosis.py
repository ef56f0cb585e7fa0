"""A wrong value is reported with the mistake that would explain it, if any."""

import pytest

from tinyml.verify.diagnosis import clue
from tinyml.verify.lines import HALF, MINUS, Number, Term, add_up

VALUES = {"a": 3.0, "b": 5.0, "c": 7.0, "lr": 0.25}
SUM: list[Term] = [("a", "b"), ("c",)]  # 15 + 7
HALVES: list[Term] = [(HALF, "a"), (HALF, "b")]  # 1.5 + 2.5
STEP: list[Term] = [("a",), (MINUS, "lr", "c")]  # 3 − 1.75


@pytest.mark.parametrize(
    ("terms", "found", "expected"),
    [
        (SUM, 7.0, ", as if term 1 were left out"),
        (SUM, 15.0, ", as if term 2 were left out"),
        (SUM, 37.0, ", as if term 1 were taken 2 times"),
        (SUM, 15.0 + 4 * 7.0, ", as if term 2 were taken 4 times"),
        (SUM, -22.0, ", which has the wrong sign"),
        (SUM, 66.0, ", 3 times the expected value"),
        (SUM, 5.5, ", 1/4 of the expected value"),
        (SUM, 22.1, ""),
        (SUM, 0.0, ""),
        (HALVES, 8.0, ", as if the factor ½ were left out"),
        (HALVES, 2.0, ", as if the factor ½ were taken twice"),
        (STEP, 4.75, ", as if term 2 were taken with the wrong sign"),
        (STEP, 3.0, ", as if term 2 were left out"),
        ([("a", Number("1 − h²", 0.3))], 3.0, ", as if the factor 1 − h² were left out"),
        ([("a", Number("1 − h²", 0.3))], 0.27, ", as if the factor 1 − h² were taken twice"),
        ([], 1.0, ""),
        ([(Number("0, dropped", 0.0), "a")], 3.0, ""),
    ],
)
def test_what_a_wrong_value_looks_like(terms: list[Term], found: float, expected: str) -> None:
    assert clue(terms, add_up(terms, VALUES), found, VALUES) == expected


def test_among_thousands_of_terms_one_fits_by_accident() -> None:
    many: list[Term] = [("a",)] * 2_000
    assert clue(many, add_up(many, VALUES), 5_997.0, VALUES) == ""
    assert clue(many[:1_000], add_up(many[:1_000], VALUES), 2_997.0, VALUES).startswith(", as if term 1")
