"""Evaluating the tree gives the number, for every ref of every layer, loss, optimizer and notation."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.layer_cases import Case
from tests.support.networks import LOSSES, suited, with_clip, with_penalty, with_schedule
from tests.support.networks_at_random import networks
from tinyml.explain import explain
from tinyml.explain.explanation import Notation
from tinyml.explain.tensors import explained_tensors
from tinyml.expression import Call, Choice, Expression, Leaf, Marked, Number, Operation, evaluate
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.optims import (
    AdagradOptimizer,
    AdamOptimizer,
    AdamWOptimizer,
    CosineSchedule,
    Optimizer,
    RMSPropOptimizer,
    SGDOptimizer,
    StepSchedule,
    WarmUpSchedule,
)
from tinyml.trace import Trace, trace

NOTATIONS: tuple[Notation, ...] = ("scalar", "chain", "matrix", "paths", "stable")
OPTIMIZERS: list[Optimizer] = [
    SGDOptimizer(0.3),
    SGDOptimizer(0.3, weight_decay=0.1),
    SGDOptimizer(0.3, 0.9),
    SGDOptimizer(0.3, 0.9, nesterov=True, weight_decay=0.01),
    SGDOptimizer(0.1, 0.9, momentum_form="previous_change"),
    SGDOptimizer(0.1, 0.9, nesterov=True, weight_decay=0.1, momentum_form="previous_change"),
    RMSPropOptimizer(0.1),
    RMSPropOptimizer(0.1, 0.8, weight_decay=0.1),
    with_clip(SGDOptimizer(0.1, weight_decay=0.1), "norm", 0.01),
    with_clip(AdamOptimizer(0.1), "value", 0.01),
    with_penalty(SGDOptimizer(0.1, weight_decay=0.1), 0.2, 0.0),
    with_clip(with_penalty(AdamWOptimizer(0.1), 0.1, 0.3, biases=True), "norm", 0.01),
    AdagradOptimizer(0.1),
    AdagradOptimizer(0.1, lr_decay=0.2, initial_sum=0.5, weight_decay=0.1),
    AdamOptimizer(0.1),
    AdamOptimizer(0.1, (0.5, 0.7), weight_decay=0.1),
    AdamOptimizer(0.1, epsilon=0.1, bias_correction=False),
    AdamWOptimizer(0.1),
    AdamWOptimizer(0.1, weight_decay=0.0),
    with_schedule(SGDOptimizer(0.1, 0.9), CosineSchedule(over=9, least=0.01), 4),
    with_schedule(AdamWOptimizer(0.1), WarmUpSchedule(over=2, after=StepSchedule(every=2)), 5),
]


def children(expression: Expression) -> list[Expression]:
    match expression:
        case Operation(_, args) | Call(_, args):
            return list(args)
        case Choice(cases, taken):
            return [cases[taken].value]
        case Marked(_, _, inner):
            return [inner]
    return []


def everything_in(expression: Expression) -> Iterator[Expression]:
    yield expression
    for child in children(expression):
        yield from everything_in(child)


def rounding(expression: Expression) -> float:
    """How far rounding may move the value: the unit of rounding of every step, carried to the root.

    It is computed from the tree: terms that cancel are allowed the digits that they lose, and no others are.
    """
    known: dict[int, float] = {}  # by identity: thousands of paths share their factors

    def of(part: Expression) -> float:
        if id(part) not in known:
            known[id(part)] = with_rounding(part, [of(child) for child in children(part)])
        return known[id(part)]

    return of(expression)


def with_rounding(expression: Expression, parts: list[float]) -> float:
    """How far rounding may move the value if it may move those of its children so far."""
    args = children(expression)
    own = 1e-15 * abs(expression.value)
    match expression:
        case Leaf() | Number():
            return own
        case Operation("sum" | "difference" | "negate", _):
            return own + sum(parts)
        case Operation("product", _):
            others = [math.prod(other.value for other in args if other is not arg) for arg in args]
            return own + sum(part * abs(other) for part, other in zip(parts, others, strict=True))
        case Operation("quotient", (_, below)):
            scale = abs(below.value) or 1
            return own + parts[0] / scale + parts[1] * abs(expression.value) / scale
        case Operation("power", (base, exponent)):
            slope = abs(exponent.value * expression.value / base.value) if base.value else 0
            growth = abs(expression.value * math.log(abs(base.value))) if base.value else 0
            return own + parts[0] * slope + parts[1] * growth
        case Call("sqrt", (_,)):
            return own + parts[0] / (2 * abs(expression.value) or 1)
        case Call("log", (inner,)):
            return own + parts[0] / (abs(inner.value) or 1)
        case Call("exp" | "expm1", (_,)):
            return own + parts[0] * (abs(expression.value) + 1)
    return own + sum(parts)


def drawn(cases: list[Case], loss: Loss, optimizer: Optimizer, updates: int, seed: int) -> Trace:
    """The trace of a network of these layers after some updates, so that the optimizer has a state."""
    built = [case.layer() for case in cases]
    for i, layer in enumerate(built):
        layer.name = f"{layer.type.lower()}_{i}"
    model, x = Sequential(built), cases[0].x()
    rng = np.random.default_rng(seed)
    y = suited(loss, rng.uniform(0.05, 0.95, model.forward(x).shape))
    for _ in range(updates):
        model.backward(loss(model.forward(x), y)[1])
        model.update(optimizer)
    return trace(model, loss, optimizer, x, y)


traces = st.builds(
    drawn,
    networks(),
    st.sampled_from(list(LOSSES.values())),
    st.sampled_from(OPTIMIZERS),
    st.integers(0, 2),
    st.integers(0, 2**32 - 1),
)


def check(recorded: Trace, ref: str, notation: Notation) -> None:
    whole, folded = (explain(recorded, ref, notation, terms) for terms in (10_000, 3))
    # The engine rounds too, once for each leaf. A folded part has lost the digits that its terms lose.
    allowed = 1e-12 * abs(whole.value) + 100 * rounding(whole.expression) + 1e-300
    for explanation in (whole, folded):
        found = evaluate(explanation.expression)
        # A number may be infinite, such as the gradient of a probability that is rounded to 1.
        assert found == explanation.value or abs(found - explanation.value) <= allowed, explanation


# Several tests, which the workers share. Each draws its own networks, and so few that hypothesis does not yet repeat
# large ones with small changes, which took most of the time of one test with as many examples.
@pytest.mark.slow
@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=[f"{i}-{each.type}" for i, each in enumerate(OPTIMIZERS)])
@settings(max_examples=4)
@given(
    networks(),
    st.sampled_from(list(LOSSES.values())),
    st.integers(0, 2),
    st.integers(0, 2**32 - 1),
    st.integers(0, 2**32 - 1),
)
def test_evaluating_the_tree_gives_the_number(
    optimizer: Optimizer, cases: list[Case], loss: Loss, updates: int, seed: int, chosen: int
) -> None:
    recorded = drawn(cases, loss, optimizer, updates, seed)
    # The chosen numbers do not depend on draws made between them: hypothesis requires the same draws every time.
    rng = np.random.default_rng(chosen)
    for family in explained_tensors(recorded):
        if not family.values.size:
            continue
        index = tuple(map(int, np.unravel_index(rng.integers(family.values.size), family.values.shape)))
        for notation in NOTATIONS:
            check(recorded, family.ref(index), notation)
