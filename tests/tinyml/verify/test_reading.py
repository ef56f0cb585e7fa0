"""Receipts as text: two values under one key are refused, at any depth."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.wrong_steps import Program
from tinyml.verify import ReceiptError, parse, verify

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(JSON)
def test_json_is_read_as_python_reads_it(value: Any) -> None:
    assert parse(json.dumps(value)) == parse(json.dumps(value, ensure_ascii=False).encode()) == value


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ('{"a": 1, "a": 1}', (), "The receipt: the object has a key twice"),
        ('{"a": [{"b": {"c": 1, "c": 2}}]}', ("a", 0, "b"), r"a\[0\]\.b: the object has a key twice"),
        ('{"a": {"c": 1, "c": 2}, "b": {"d": 1, "d": 2}}', ("a",), "a: the object"),
        ('{"a": {"c": 1, "c": 2}, "a": 3}', (), "The receipt: the object"),
        ('{"a": {"c": {"d": 1, "d": 2}, "c": 2}}', ("a",), "a: the object"),
        ('[[{"a": 1, "\\u0061": 1}]]', (0, 0), r"\[0\]\[0\]: the object"),
        ('{"a": {"<b>": {"c": 1, "c": 2}}}', ("a", "<b>"), "^a: the object"),
    ],
)
def test_a_repeated_key_is_refused_with_its_place(text: str, where: tuple[str | int, ...], message: str) -> None:
    with pytest.raises(ReceiptError, match=message) as caught:
        parse(text)
    assert caught.value.where == where
    assert "<" not in caught.value.detail


def spliced(text: str, before: str, added: str) -> str:
    """The text with something inserted before the first occurrence of a part."""
    assert before in text
    return text.replace(before, added + before, 1)


@pytest.mark.parametrize(
    ("before", "added", "where"),
    [
        ('"value"', '"value": 7777, ', ("lines", 0)),
        ('"lines"', '"lines": [], ', ()),
        ('"output_dim"', '"output_dim": 3, ', ("document", "layers", 0)),
        ('"lr"', '"lr": 0.5, ', ("document", "optimizer")),
    ],
)
def test_a_receipt_with_two_values_under_one_key_is_refused(
    before: str, added: str, where: tuple[str | int, ...]
) -> None:
    text = json.dumps(Program().receipt())
    assert verify(text) == verify(text.encode()) == verify(json.loads(text))
    with pytest.raises(ReceiptError, match="has a key twice") as caught:
        verify(spliced(text, before, added))
    assert caught.value.where == where


@pytest.mark.parametrize(
    "text", [b"", b"{", b"\xff", b'{"a": NaN}', b"[-Infinity]", b"[" * 100_000, b"1" * 10_000, b'{"a": 1,}', "ä"]
)
def test_what_is_no_json_is_refused(text: bytes | str) -> None:
    with pytest.raises(ReceiptError, match="it is not JSON|it is nested too deeply to be read"):
        parse(text)
