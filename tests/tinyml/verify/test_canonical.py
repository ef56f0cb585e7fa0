"""Canonical JSON (RFC 8785): the same text from any language."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinyml.verify import ReceiptError, canonical, digest
from tinyml.verify.canonical import number

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | FLOATS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
# RFC 8785, appendix B: the bits of a float64 and its text.
RFC_NUMBERS = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]


@pytest.mark.parametrize(("bits", "text"), RFC_NUMBERS)
def test_numbers_are_written_as_the_rfc_lists_them(bits: str, text: str) -> None:
    assert number(float_of(bits)) == text


def float_of(bits: str) -> float:
    """The float64 of these bits, in hexadecimal."""
    whole = int(bits, 16)
    sign, exponent, fraction = -1 if whole >> 63 else 1, whole >> 52 & 0x7FF, whole & (2**52 - 1)
    mantissa = fraction | 2**52 if exponent else fraction
    return sign * math.ldexp(mantissa, max(exponent, 1) - 1075)


@given(FLOATS)
def test_a_number_is_read_back_to_the_last_bit(value: float) -> None:
    assert float(number(value)) == value


@given(st.integers(-(2**53), 2**53))
def test_a_whole_number_is_the_same_however_it_is_written(value: int) -> None:
    assert number(value) == number(float(value)) == str(value)


@given(JSON)
def test_canonical_json_is_json_of_the_same_value_and_canonical_again(value: Any) -> None:
    text = canonical(value)
    assert json.loads(text, parse_int=float) == value
    assert canonical(json.loads(text)) == text


@given(JSON)
def test_but_for_numbers_and_order_it_is_what_python_writes(value: Any) -> None:
    def plain(value: Any) -> Any:
        match value:
            case bool() | None | str():
                return value
            case dict():
                return {key: plain(inner) for key, inner in value.items()}
            case list():
                return [plain(inner) for inner in value]
        return 7

    value = plain(value)
    assert json.loads(canonical(value)) == value
    assert len(canonical(value)) == len(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode())


def test_the_example_of_the_rfc() -> None:
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '€$\x0f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    assert canonical(value).decode() == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_keys_are_sorted_by_their_utf_16_units() -> None:
    value = {"€": 5, "\r": 1, "\ufb33": 7, "1": 2, "😀": 6, "\x80": 3, "ö": 4}
    assert list(json.loads(canonical(value)).values()) == [1, 2, 3, 4, 5, 6, 7]


def test_empty_lists_and_objects_have_both_brackets() -> None:
    assert canonical([[], {}, [[]], {"a": {}}]) == b'[[],{},[[]],{"a":{}}]'


def test_the_digest_is_the_sha_256_of_the_text() -> None:
    assert digest({"b": 1.0, "a": []}) == "1c8f8816506a8ccbc55140d8a7bb70214a8942c7030fc0fc2914cec675cd1c15"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (math.nan, "not finite"),
        ([math.inf], "not finite"),
        (10**400, "beyond float64"),
        ("\ud800", "surrogate"),
        ({"\ud800": 1}, "surrogate"),
        ({1: 2}, "a key is not a string"),
        ({"a": object()}, "is not JSON"),
    ],
)
def test_what_has_no_canonical_json_is_refused(value: Any, message: str) -> None:
    with pytest.raises(ReceiptError, match=f"(?i){message}"):
        canonical(value)


def test_what_is_nested_too_deeply_is_refused() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ReceiptError, match="nested too deeply"):
        canonical(deep)
