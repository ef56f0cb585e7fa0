"""Beyond the range of float64 an explanation still gives the number: a gradient of 0 is not written as ∞ · 0."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.layer_cases import Case
from tests.support.networks import LOSSES, build, suited
from tests.support.networks_at_random import networks
from tests.tinyml.explain.test_everything import NOTATIONS, OPTIMIZERS, everything_in, rounding
from tinyml.core import overflow_allowed
from tinyml.explain import Explanation, explain
from tinyml.explain.explanation import Notation
from tinyml.explain.ranges import within_range
from tinyml.explain.tensors import explained_tensors
from tinyml.expression import Call, Expression, Folded, Number, Operation, evaluate, text, total
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.optims import Optimizer
from tinyml.trace import Trace, trace

# Powers of ten: some products of two or three of them overflow or underflow, others do not.
SIZES = [-300, -200, -150, 0, 100, 150, 300]


def extreme(cases: list[Case], loss: Loss, optimizer: Optimizer, seed: int) -> Trace:
    """The trace of a network whose parameters and inputs have sizes from 1e-300 to 1e300. In most of them only the
    last layer is large, so that products taken from the number onwards underflow, and those from the loss back do not.
    """
    built = [case.layer() for case in cases]
    rng = np.random.default_rng(seed)
    below = rng.random() < 0.7
    for i, layer in enumerate(built):
        layer.name = f"{layer.type.lower()}_{i}"
        for parameter in layer.parameters().values():
            size = (300 if layer is built[-1] else -200) if below else rng.choice(SIZES)
            parameter.tensor = parameter.tensor * 10.0 ** float(size)
    model, x = Sequential(built), cases[0].x() * 10.0 ** float(rng.integers(-300, 301))
    with overflow_allowed():
        y = suited(loss, rng.uniform(0.05, 0.95, model.forward(x).shape))
        return trace(model, loss, optimizer, x, y)


# Underflow takes two layers with parameters.
deep = networks().filter(lambda cases: sum(bool(case.layer().parameters()) for case in cases) > 1)
extremes = st.builds(
    extreme,
    st.one_of(deep, networks()),
    st.sampled_from(list(LOSSES.values())),
    st.sampled_from(OPTIMIZERS),
    st.integers(0, 2**32 - 1),
)


@pytest.mark.slow
def test_evaluating_the_tree_gives_the_number_whatever_its_size() -> None:
    met: Counter[str] = Counter()

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(extremes, st.integers(0, 2**32 - 1))
    def held(recorded: Trace, seed: int) -> None:
        rng = np.random.default_rng(seed)
        for family in explained_tensors(recorded):
            if not family.values.size:
                continue
            index = tuple(map(int, np.unravel_index(rng.integers(family.values.size), family.values.shape)))
            for notation in NOTATIONS:
                whole, folded = (explain(recorded, family.ref(index), notation, terms) for terms in (10_000, 3))
                met["beyond the notation"] += notation in whole.notations and whole.notation != notation
                met["not finite"] += not math.isfinite(whole.value)
                met["held"] += holds(whole, whole) and holds(folded, whole)

    held()
    assert met["held"] > 1000, met
    assert min(met["beyond the notation"], met["not finite"]) > 10, met


def holds(explanation: Explanation, whole: Explanation) -> bool:
    """Check that a tree evaluates to its number, unless no tree can."""
    with overflow_allowed():
        found, value = evaluate(explanation.expression), explanation.value
    if found == value or (math.isnan(found) and math.isnan(value)):
        return True
    if math.isnan(found) and opposed(explanation.expression):
        return False
    assert math.isfinite(found) == math.isfinite(value), explanation
    allowed = 1e-12 * abs(value) + 100 * rounding(whole.expression) + 1e-300
    assert math.isnan(allowed) or abs(found - value) <= allowed, explanation
    return True


def opposed(expression: Expression) -> bool:
    """Whether products of finite numbers in it overflow. Their sum then depends on the order of addition,
    and on whether products are rounded before it.
    """
    return any(
        isinstance(part, Operation | Call) and not math.isfinite(part.value)
        and all(math.isfinite(arg.value) for arg in part.args)
        for part in everything_in(expression)
    )  # fmt: skip


SHUT = {
    "input_shape": [1],
    "layers": [
        {"type": "Linear", "name": "f", "output_dim": 2, "w": [[1e200, -1e200]], "b": [0.0, 0.0]},
        {"type": "ReLu", "name": "r"},
        {"type": "Linear", "name": "g", "output_dim": 1, "w": [[0.5], [0.5]], "b": [0.0]},
    ],
    "loss": {"type": "half_squared_error"},
    "optimizer": {"type": "sgd", "lr": 0.1},
    "x": [[1e150]],
    "y": [[0.0]],
}


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_shut_rectifier_stops_what_is_beyond_all_numbers(notation: Notation) -> None:
    recorded = build(SHUT).trace()
    explanation = explain(recorded, "f.output.grad[0,1]", notation)
    assert (explanation.value, explanation.notation, evaluate(explanation.expression)) == (0, "scalar", 0)
    assert text(explanation.expression, "numbers") == "0, as z ≤ 0"
    assert explanation.matrix is explanation.paths is None
    open_one = explain(recorded, "f.output.grad[0,0]", notation)
    assert math.inf == open_one.value == evaluate(open_one.expression)
    assert notation == "stable" or open_one.notation == notation


def test_factors_whose_order_runs_below_the_range_are_not_multiplied_in_it() -> None:
    small = [("Linear", 1e-200), ("Linear", 1e-200), ("Linear", 1e250)]
    layers = [
        {"type": kind, "name": f"l_{i}", "output_dim": 1, "w": [[w]], "b": [0.0]} for i, (kind, w) in enumerate(small)
    ]
    recorded = build({**SHUT, "layers": layers, "x": [[1.0]], "y": [[-1.0]]}).trace()
    explanation = explain(recorded, "x.grad[0,0]", "paths")
    assert (explanation.notation, evaluate(explanation.expression)) == ("scalar", explanation.value)
    assert explanation.value == pytest.approx(1e-150)


@pytest.mark.parametrize("width", [5, 30])
def test_paths_that_run_below_the_range_are_not_told_as_0_and_the_rest_folded(width: int) -> None:
    layers = [
        {"type": "Linear", "name": "f", "output_dim": width, "w": [[1e-200] * width], "b": [0.0] * width},
        {"type": "Linear", "name": "g", "output_dim": 1, "w": [[1e-200]] * width, "b": [0.0]},
        {"type": "Linear", "name": "h", "output_dim": 1, "w": [[1e250]], "b": [0.0]},
    ]
    recorded = build({**SHUT, "layers": layers, "x": [[1.0]], "y": [[-1.0]]}).trace()
    explanation = explain(recorded, "x.grad[0,0]", "paths")
    assert (explanation.notation, explanation.value) == ("scalar", pytest.approx(width * 1e-150))
    assert explain(recorded, "x.grad[0,0]", "chain").notation == "chain"


@pytest.mark.parametrize(
    ("size", "value", "held"),
    [
        (100.0, 3.0, True),
        (100.0, 3.0 + 1e-14, True),
        (0.0, 1e-237, False),  # the folded terms are lost entirely, but the number is not 0
        (math.nan, 3.0, False),  # some terms are lost
        (1e50, 1e20, True),  # the remainder of large terms is rounding alone
    ],
)
def test_a_folded_sum_is_compared_with_the_size_of_what_is_folded(size: float, value: float, held: bool) -> None:
    terms = [Number(3.0 if size else 0.0), Number(0.0)]
    assert within_range(total(terms, Folded(100, 0.0, size)), value) is held
