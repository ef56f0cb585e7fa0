"""Canonical JSON is what Python's json writes, however it is written here."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from app.canonical import Outline, canonical, hole, numbers
from tests.support.reaching import reaches

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
ARRAYS = arrays.arrays(float, arrays.array_shapes(min_dims=0, max_dims=4, max_side=6), elements=FLOATS)
# Like weights: about 4 % of them are below 1e-4 with a deviation of 1, about 36 % with one of 0.1.
WEIGHTS = st.builds(
    lambda deviation, seed, rows: np.random.default_rng(seed).normal(0, deviation, (rows, 30)) ** 3,
    st.sampled_from([1.0, 1.0, 0.1]),
    st.integers(0, 2**32 - 1),
    st.integers(3, 20),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | FLOATS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def as_python(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.mark.slow
@given(JSON)
def test_any_json_is_written_as_python_does(value: Any) -> None:
    assert canonical(value) == as_python(value)


@given(ARRAYS | WEIGHTS)
def test_arrays_are_written_as_python_writes_their_lists(array: Any) -> None:
    sizes = np.abs(array)
    odd = int(((sizes < 1e-4) & (sizes > 0) | (sizes >= 1e16)).sum())
    reaches(0.1, "a few numbers with an exponent", 0 < odd <= array.size // 4)
    reaches(0.1, "many numbers with an exponent", odd > array.size // 4)
    reaches(0.2, "few numbers", array.size <= 64)
    reaches(0.2, "many numbers", array.size > 64)
    expected = as_python(array.tolist())
    assert numbers(array) == numbers(array.T.copy().T) == canonical(array) == expected
    assert canonical({"w": array.T}) == as_python({"w": array.T.tolist()})


@given(st.floats(1e-6, 1e-3) | st.floats(1e15, 1e17) | st.sampled_from([1e-4, 1e16, 5e-324, 1.7e308, -0.0, 1e22]))
def test_the_borders_of_the_exponent_are_python_s(value: float) -> None:
    reaches(0.2, "an exponent", b"e" in as_python(value))
    reaches(0.2, "no exponent", b"e" not in as_python(value))
    assert numbers(value) == canonical(value) == as_python(value)


def test_an_outline_is_filled_in_the_order_of_its_fields() -> None:
    document = {"w": hole(0), "b": hole(1), "name": "\0001\0 looks like a hole", "a": 1e-7}
    filled = {**document, "w": [1.0], "b": [2.0]}
    assert Outline(document, sort=True).filled([b"[1.0]", b"[2.0]"]) == as_python(filled)
    assert list(json.loads(Outline(document, sort=False).filled([b"[1.0]", b"[2.0]"]))) == list(document)
