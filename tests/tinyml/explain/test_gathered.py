"""The running values of a formula's terms."""

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.reaching import reaches
from tests.tinyml.explain.test_everything import traces
from tinyml.explain import explain, gathered
from tinyml.explain.tensors import explained_tensors
from tinyml.expression import Operation
from tinyml.trace import Trace


@pytest.mark.slow
@settings(max_examples=50)
@given(traces, st.integers(0, 2**32 - 1))
def test_the_last_running_value_is_the_number_to_the_last_bit(recorded: Trace, seed: int) -> None:
    rng = np.random.default_rng(seed)
    for family in explained_tensors(recorded):
        if not family.values.size:
            continue
        index = tuple(map(int, np.unravel_index(rng.integers(family.values.size), family.values.shape)))
        explanation = explain(recorded, family.ref(index), terms=10_000)
        part, terms, running, largest = gathered(explanation)
        whole = part is explanation.expression
        expected = explanation.value if whole else part.value
        np.testing.assert_equal(running[-1], expected, family.ref(index))
        values = [term.value for term in terms]
        np.testing.assert_array_equal(running[:-1], list(accumulate(values, max if largest else None))[:-1])


@pytest.mark.slow
@settings(max_examples=50)
@given(traces, st.integers(0, 2**32 - 1))
def test_what_is_folded_changes_no_running_value_before_it(recorded: Trace, seed: int) -> None:
    rng = np.random.default_rng(seed)
    for family in explained_tensors(recorded):
        if not family.values.size:
            continue
        index = tuple(map(int, np.unravel_index(rng.integers(family.values.size), family.values.shape)))
        whole, short = (gathered(explain(recorded, family.ref(index), terms=n), folded=True) for n in (10_000, 3))
        folded = isinstance(short.part, Operation) and short.part.folded is not None
        reaches(0.02, "terms are folded", folded)
        if isinstance(short.part, Operation) and short.part.folded is not None:
            rest = short.part.folded
            last = short.running[-1]
            np.testing.assert_array_equal(short.running, whole.running[: len(short.running)])
            allowed = 1e-15 * (abs(last) + abs(rest.value))
            assert last + rest.value == pytest.approx(short.part.value, abs=allowed, nan_ok=True)
