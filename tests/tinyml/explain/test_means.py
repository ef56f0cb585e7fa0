"""Means of numbers that cancel: only rounding remains, and the formula has the same rounding as the pass."""

import numpy as np
import pytest

from tests.support.layer_cases import Case
from tinyml.explain import explain, gathered
from tinyml.expression import evaluate
from tinyml.losses import half_squared_error
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.trace import Trace, trace

MEANS = [
    (Case("BatchNorm", {"features": 2}, (30, 2)), "{}.mean[{}]", 2),
    (Case("BatchNorm", {"features": 1}, (3, 1, 4, 5)), "{}.mean[{}]", 1),
    (Case("LayerNorm", {"input_dim": 60}, (3, 60)), "{}.mean[{}]", 3),
    (
        Case("AvgPool2D", {"input_dim": (1, 6, 6), "size": (6, 6), "stride": 6}, (3, 1, 6, 6)),
        "{}.output[{},0,0,0]",
        3,
    ),
]


def cancelling(case: Case, seed: int) -> Trace:
    """A step of the layer on numbers, each of which occurs with its negative."""
    layer = case.layer()
    layer.name = "layer"
    random = np.random.default_rng(seed)
    rows = case.x().reshape(len(case.x()), -1)
    numbers = random.uniform(-1, 1, (rows.shape[0], rows.shape[1] // 2)) if rows.shape[1] % 2 == 0 else None
    if case.kind == "BatchNorm" and len(case.shape) == 2:
        half = random.uniform(-1, 1, (rows.shape[0] // 2, rows.shape[1]))
        x = random.permuted(np.concatenate([half, -half]), axis=0)
    else:
        assert numbers is not None
        x = random.permuted(np.concatenate([numbers, -numbers], axis=1), axis=1)
    x = x.reshape(case.x().shape)
    y = np.zeros((len(x), *layer.output_shape(x.shape[1:])))
    return trace(Sequential([layer]), half_squared_error, SGDOptimizer(0.1), x, y)


@pytest.mark.parametrize(("case", "ref", "count"), MEANS, ids=lambda given: getattr(given, "kind", None))
def test_a_mean_of_numbers_that_cancel_is_the_recorded_one(case: Case, ref: str, count: int) -> None:
    differs = 0
    for seed in range(10):
        recorded = cancelling(case, seed)
        for place in range(count):
            explanation = explain(recorded, ref.format("layer", place), terms=100)
            assert abs(explanation.value) < 1e-14
            assert explanation.expression.value == pytest.approx(explanation.value, rel=1e-15, abs=0)
            total = gathered(explanation).running[-1]
            terms = gathered(explanation).terms
            assert total / len(terms) == pytest.approx(explanation.value, rel=1e-15, abs=0)
            differs += sum(term.value for term in terms) / len(terms) != explanation.value
            assert evaluate(explanation.expression) == pytest.approx(0, abs=1e-14)
    # Only in BatchNorm does the memory layout make the pass add them in another order than the terms have.
    assert (differs > 0) == (case.kind == "BatchNorm")
