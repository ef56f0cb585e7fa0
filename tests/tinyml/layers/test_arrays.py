"""How a layer treats its input and output arrays, for repeated passes and any memory layout."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.layer_cases import Array, gradients, output_of, passes
from tests.support.layers_at_random import KINDS, cases
from tests.support.reaching import reaches

each_kind = pytest.mark.parametrize("kind", KINDS)
few = settings(max_examples=15)


def laid_out(x: Array, layout: str) -> Array:
    """The same numbers in a read-only array with another memory layout."""
    if layout == "last axis first":
        other = np.asfortranarray(x)
    elif layout == "every second":
        other = np.repeat(x, 2, axis=-1)[..., ::2]
    elif layout == "backwards":
        other = np.flip(np.flip(x).copy())
    else:
        other = np.swapaxes(np.swapaxes(x, 0, -1).copy(), 0, -1)
    other.flags.writeable = False
    return other


@each_kind
@few
@given(data=st.data(), layout=st.sampled_from(["last axis first", "every second", "backwards", "batch last"]))
def test_the_layout_in_memory_changes_nothing(kind: str, data: st.DataObject, layout: str) -> None:
    case = data.draw(cases(kind, st.integers(1, 3)))
    layer, fed = case.layer(), case.fed(laid_out(case.x(), layout))
    reaches(0.3, "an array that is not contiguous", not laid_out(case.x(), layout).flags.c_contiguous)
    answer: dict[str, Any] = {"output": output_of(layer.forward(fed))}
    answer |= gradients(layer, laid_out(case.upstream(), layout))
    expected = passes(case)
    for name, value in answer.items():
        np.testing.assert_allclose(value, expected[name], rtol=1e-12, atol=1e-12, err_msg=name)


@each_kind
@few
@given(data=st.data())
def test_batches_of_other_sizes_before_leave_no_trace(kind: str, data: st.DataObject) -> None:
    case = data.draw(cases(kind, st.sampled_from([2, 3, 5, 4, 1])))
    worn, new = case.layer(), case.layer()
    reaches(0.3, "a batch of another size than the last", case.shape[0] != 1)
    for batch in (4, 1):
        earlier = case._replace(shape=(batch, *case.shape[1:]), seed=case.seed ^ 1)
        worn.forward(earlier.fed(earlier.x()))
        worn.backward(earlier.upstream())
        if kind == "Dropout":
            new.forward(earlier.x())  # the mask depends on the number of passes
    for layer in (worn, new):
        layer.forward(case.fed(case.x()))
    ours, expected = gradients(worn, case.upstream()), gradients(new, case.upstream())
    for name, value in ours.items():
        np.testing.assert_array_equal(value, expected[name], err_msg=name)


@each_kind
@few
@given(data=st.data())
def test_what_was_handed_out_stays_as_it_was(kind: str, data: st.DataObject) -> None:
    case = data.draw(cases(kind, st.integers(1, 3)))
    other = case._replace(seed=case.seed ^ 1)
    layer = case.layer()
    given_out = [output_of(layer.forward(case.fed(case.x()))), layer.backward(case.upstream())]
    kept = [array.copy() for array in given_out]
    layer.forward(other.fed(other.x()))
    layer.backward(other.upstream())
    for array, copy in zip(given_out, kept, strict=True):
        np.testing.assert_array_equal(array, copy)


@each_kind
@few
@given(data=st.data())
def test_whole_numbers_give_what_the_same_floats_give(kind: str, data: st.DataObject) -> None:
    case = data.draw(cases(kind, st.integers(1, 3), ties=True))
    layer = case.layer()
    reaches(0.5, "whole numbers that are not all 0", np.array_equal(case.x(), case.x().astype(int)) and case.x().any())
    answer: dict[str, Any] = {"output": output_of(layer.forward(case.fed(case.x().astype(int))))}
    answer |= gradients(layer, case.upstream())
    expected = passes(case)
    for name, value in answer.items():
        np.testing.assert_allclose(value, expected[name], rtol=1e-12, atol=1e-12, err_msg=name)
