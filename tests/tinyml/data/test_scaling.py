"""Scaling: columns are scaled to a common size, identically on every machine."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.reaching import reaches
from tinyml.data import ScalingError, scale
from tinyml.verify.data import scaled as by_law

KINDS = ["standard", "minmax"]
TABLE = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.floats(-1e6, 1e6), min_size=columns, max_size=columns), min_size=1, max_size=12
    )
)


@given(rows=TABLE, kind=st.sampled_from(KINDS))
def test_scaled_columns_have_the_mean_and_deviation_or_the_range_that_they_should(rows, kind) -> None:  # type: ignore[no-untyped-def]
    given = np.array(rows)
    try:
        made = scale(kind, given)
    except ScalingError as error:
        column = given[:, error.column]
        assert 0 < np.ptp(column) < 1e-100  # too close together
        return
    reaches(0.05, "a column of equal numbers", bool((np.ptp(given, 0) == 0).any()))
    reaches(0.2, "a column that is scaled", bool((np.ptp(given, 0) > 0).any()))
    for before, column, spread in zip(given.T, made.x.T, made.spread, strict=True):
        if np.ptp(before) == 0:
            assert column.tolist() == [0] * len(column)
            assert spread == 1
        elif kind == "minmax":
            assert (column.min(), column.max()) == (0, 1)
        else:
            # The effect of the mean's rounding, relative to the spread.
            slack = 1e-9 + 4 * np.abs(before).max() * 2**-52 / spread * len(column)
            assert column.mean() == pytest.approx(0, abs=slack)
            assert column.std() == pytest.approx(1, abs=slack)


@given(rows=TABLE, kind=st.sampled_from(KINDS))
def test_the_verifier_computes_the_same_numbers_by_its_own_law(rows, kind) -> None:  # type: ignore[no-untyped-def]
    given = np.array(rows)
    try:
        made = scale(kind, given)
    except ScalingError as error:
        with pytest.raises(ArithmeticError):
            by_law(kind, given[:, error.column].tolist())
        return
    reaches(0.2, "a column that is scaled", bool((np.ptp(given, 0) > 0).any()))
    assert [by_law(kind, column) for column in given.T.tolist()] == made.x.T.tolist()


def test_the_order_of_the_rows_changes_no_scale() -> None:
    rng = np.random.default_rng(3)
    given = rng.normal(size=(200, 3)) * 10.0 ** rng.integers(-8, 8, (200, 3))
    made, other = scale("standard", given), scale("standard", given[::-1])
    assert made.center.tolist() == other.center.tolist()
    assert made.spread.tolist() == other.spread.tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_too_far_apart_for_float64_are_refused_by_column(kind: str) -> None:
    with pytest.raises(ScalingError, match="column 1 cannot be scaled in float64"):
        scale(kind, np.array([[0.0, -1.7e308], [1.0, 1.7e308]]))  # type: ignore[arg-type]
