"""A wrong backward pass is found in each layer and in each row that it affects; a right one passes."""

from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.broken_layers import FAULTS, LAYERS, broken, right
from tests.support.layer_cases import Case
from tests.support.layers_at_random import cases
from tests.support.networks import LOSSES, suited
from tests.tinyml.layers.cases import ROWS
from tinyml.gradient_check import GradientCheck, gradient_check
from tinyml.layers import Flatten, Layer, Linear
from tinyml.net import Sequential


def checked(layer: Layer, case: Case, loss: str, scale: float, **wish: Any) -> GradientCheck:
    """The check of the layer before a small fully connected one, whose weights scale its gradients by `scale`."""
    rng = np.random.default_rng(case.seed)
    width = int(np.prod(layer.output_shape(case.shape[1:])))
    last = Linear("fc", width, 2, weight=scale * rng.normal(size=(2, width)), bias=scale**0.1 * rng.normal(size=2))
    model = Sequential([layer, Flatten("flat"), last])
    y = suited(LOSSES[loss], rng.uniform(0.1, 0.9, (case.shape[0], 2)))
    return gradient_check(model, LOSSES[loss], case.x(), y, **wish)


@cache
def right_ones(kind: str, complex_step: bool) -> dict[tuple[str, str, float], list[Any]]:
    """The rows of the unbroken layers of one kind so far: every fault is tried on the same examples."""
    return {}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("complex_step", [True, False])
@pytest.mark.parametrize("kind", LAYERS)
def test_every_row_that_a_fault_makes_wrong_differs(kind: str, fault: str, complex_step: bool) -> None:
    found: Counter[str] = Counter()
    kept = right_ones(kind, complex_step)

    @settings(max_examples=4)
    @given(case=cases(kind, st.integers(2, 3), ties=False), loss=st.sampled_from(sorted(LOSSES)))
    def holds(case: Case, loss: str) -> None:
        for scale in (1.0, 1e-12):
            key = repr(case), loss, scale
            if key not in kept:
                kept[key] = list(checked(right(case), case, loss, scale, complex_step=complex_step))
            bad = checked(broken(case, fault), case, loss, scale, complex_step=complex_step)
            for row, wrong in zip(kept[key], bad, strict=True):
                assert row.verdict != "differs", row
                # An error smaller than the uncertainty of the derivative cannot be found.
                if abs(wrong.analytic - row.analytic) > 2 * max(row.bound, wrong.bound):
                    assert wrong.verdict == "differs", (wrong, row)
                    found["tiny" if abs(row.analytic) < 1e-11 else "others"] += 1

    holds()
    assert found["others"] >= 3, found
    # With a gradient of a single number some faults have no effect.
    assert found["tiny"] >= 1 or fault in ("transposed", "missing term"), found


def test_a_wrong_sign_is_found_in_a_gradient_of_1e_13() -> None:
    case = Case("LeakyReLu", {}, (1, 4), seed=3)
    for kind in (kind for kind, row in ROWS.items() if row.limits):
        of_kind = case._replace(kind=kind)
        good = checked(right(of_kind), of_kind, "half_squared_error", 1e-13)
        bad = checked(broken(of_kind, "sign"), of_kind, "half_squared_error", 1e-13)
        rows = [(one, other) for one, other in zip(good, bad, strict=True) if one.ref.startswith("x")]
        verdicts = [other.verdict for one, other in rows if one.bound < abs(one.analytic) < 1e-12]
        assert verdicts, kind
        assert set(verdicts) == {"differs"}, (kind, rows)
        assert all(one.verdict != "differs" for one, _ in rows)
