"""The result of a check, row by row: the row to look at first, the count of each verdict, and NaN."""

import math

import numpy as np
import pytest

from tinyml.gradient_check import VERDICTS, gradient_check
from tinyml.gradient_check.rows import GradientCheck, relative_error
from tinyml.gradient_check.verdicts import COMPLEX_STEP, ONE_SIDED, QUOTIENT, Verdict, Verdicts
from tinyml.layers import Linear
from tinyml.losses import half_squared_error
from tinyml.net import Sequential


def found(analytic: list[float], numeric: list[float], verdicts: list[Verdict]) -> GradientCheck:
    refs = [f"x[0,{i}]" for i in range(len(analytic))]
    n = np.array(numeric)
    columns = Verdicts.by_quotient(np.zeros(len(n), dtype=bool), n, 0.5, 1e-9)
    columns.verdict = np.array([VERDICTS.index(verdict) for verdict in verdicts])
    return GradientCheck(lambda: refs, 0.5, 0.1, np.array(analytic), np.array([n - 0.5, n + 0.5]), n, columns)


@pytest.mark.parametrize(
    ("analytic", "numeric", "error"),
    [(0.0, 0.0, 0.0), (1.0, 2.0, 0.5), (-1.0, 1.0, 2.0), (1e-30, 2e-30, 0.5), (0.0, 1e-300, 1.0)],
)
def test_the_relative_error_is_that_of_the_larger_however_small_it_is(
    analytic: float, numeric: float, error: float
) -> None:
    assert float(relative_error(np.array(analytic), np.array(numeric))) == pytest.approx(error)
    check = found([analytic], [numeric], ["agrees"])
    assert check[0].relative_error == pytest.approx(error)


@pytest.mark.parametrize(("analytic", "numeric"), [(math.nan, 1.0), (1.0, math.nan), (math.inf, math.inf)])
def test_with_what_is_no_number_there_is_no_relative_error(analytic: float, numeric: float) -> None:
    assert math.isnan(relative_error(np.array(analytic), np.array(numeric)))


def test_what_is_to_be_looked_at_first_is_what_differs_and_then_what_has_the_largest_error() -> None:
    numbers = [1.0, 1.0, 1.0, 1.0, 1.0], [1.0, 9.0, 1.2, 1.3, 1.1]
    verdicts: list[Verdict] = ["agrees", "agrees", "kink", "differs", "undecided"]
    assert found(*numbers, verdicts).worst == found(*numbers, verdicts)[3]
    for place, without in ((4, "differs"), (2, "undecided"), (1, "kink")):
        verdicts = ["agrees" if verdict == without else verdict for verdict in verdicts]
        worst = found(*numbers, verdicts).worst
        assert worst is not None
        assert worst.ref == f"x[0,{place}]"


def test_each_verdict_is_counted_and_only_what_differs_has_failed() -> None:
    check = found([1.0] * 4, [1.0] * 4, ["kink", "differs", "differs", "undecided"])
    assert check.counts == {"agrees": 0, "differs": 2, "kink": 1, "undecided": 1}
    assert check.failed == 2
    assert [row.verdict for row in check] == ["kink", "differs", "differs", "undecided"]


def test_a_deviation_is_from_what_decided_and_zeros_have_none() -> None:
    check = found([1.0, 1.0, 1e-12, 0.0, 1.0], [1.0, 2.0, -2e-12, 0.0, 3.0], ["agrees"] * 4 + ["undecided"])
    check.verdicts.estimate = np.array([1.25, 2.0, -2e-12, 0.0, 3.0])
    check.verdicts.bound = np.array([1.0, 1e-9, 1e-9, 1e-9, 1e-9])
    # Both values of the third are within their bound; the last is undecided.
    assert [row.deviation for row in check] == [pytest.approx(0.2), pytest.approx(0.5), None, 0.0, None]
    assert check.largest_deviation == pytest.approx(0.5)
    assert found([math.nan], [1.0], ["differs"])[0].deviation is None
    assert found([math.nan], [1.0], ["differs"]).largest_deviation is None


def test_what_decided_is_counted_and_nothing_did_on_what_is_undecided() -> None:
    check = found([1.0] * 6, [1.0] * 6, ["agrees", "agrees", "differs", "agrees", "kink", "undecided"])
    check.verdicts.witness = np.array([COMPLEX_STEP, QUOTIENT, QUOTIENT, QUOTIENT, ONE_SIDED, QUOTIENT])
    check.verdicts.epsilon = np.array([np.nan, 0.5, 0.5, 1e-3, np.nan, 0.5])
    assert check.decided == {"complex_step": 1, "this_epsilon": 2, "other_epsilon": 1, "one_sided": 1, "branch": 0}


def test_a_diverged_network_is_reported_as_it_is() -> None:
    model = Sequential([Linear("fc_1", 1, 1, weight=np.array([[1e200]]), bias=np.zeros(1))])
    check = gradient_check(model, half_squared_error, np.ones((1, 1)), np.ones((1, 1)), complex_step=True)
    assert all(row.left == row.right == math.inf and math.isnan(row.numeric) for row in check)
    assert check.counts["undecided"] == len(check) == 3


def test_without_rows_there_is_none_to_look_at_and_nothing_failed() -> None:
    model = Sequential([Linear("fc_1", 1, 1)])
    check = gradient_check(model, half_squared_error, np.ones((1, 1)), np.ones((1, 1)), refs=[])
    assert (check.worst, check.failed, sum(check.counts.values()), list(check)) == (None, 0, 0, [])
