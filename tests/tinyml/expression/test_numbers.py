"""Six digits of any number, rounded from its exact value, halves away from zero."""

import struct
from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.static.record import floats
from tests.support.reaching import reaches
from tinyml.expression import short

SIX = Context(prec=6, rounding=ROUND_HALF_UP)
any_float64 = st.binary(min_size=8, max_size=8).map(lambda bits: struct.unpack("d", bits)[0])


def read(written: str) -> Decimal:
    return Decimal(written.replace("−", "-").replace("×10^", "e"))


def is_half(value: float) -> bool:
    exact = Decimal(value).normalize().as_tuple()
    return len(exact.digits) == 7 and exact.digits[-1] == 5


@given(any_float64.filter(lambda value: value - value == 0))
def test_the_digits_are_those_of_the_exact_value(value: float) -> None:
    assert read(short(value)) == SIX.create_decimal_from_float(value)


@given(st.integers(1, 7), st.integers(0, 10**7), st.booleans())
def test_halves_go_away_from_zero(bits: int, number: int, negative: bool) -> None:
    value = (2 * number + 1) / 2**bits * (-1 if negative else 1)
    reaches(0.1, "a half at the sixth digit", is_half(value))
    assert read(short(value)) == SIX.create_decimal_from_float(value)


@pytest.mark.parametrize("kind", floats())
def test_so_are_the_pairs_that_the_page_is_held_to(kind: str) -> None:
    values = floats()[kind]
    for value in values:
        assert read(short(value)) == SIX.create_decimal_from_float(value), value
    if kind == "halves":
        assert sum(map(is_half, values)) > 200


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1024.125, "1024.13"),
        (-1024.125, "−1024.13"),
        (2.0**-9, "0.00195313"),
        (2.0**-10, "0.000976563"),
        (5e-324, "4.94066×10^−324"),
        (999999.5, "1×10^6"),
        (0.00001234565, "1.23456×10^−5"),  # in float64 a little below the half
    ],
)
def test_numbers_that_two_rules_write_in_two_ways(value: float, written: str) -> None:
    assert short(value) == written
