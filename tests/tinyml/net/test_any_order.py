"""The order of the list of layers is not the order of computation: all code uses the topology."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.any_order import in_any_order
from tests.support.networks import Document, Setting, build, documents
from tests.support.reaching import reaches
from tinyml.explain import Symbols, equations, explain
from tinyml.explain.explanation import Notation
from tinyml.flow import flow_ratio, gradient_flow
from tinyml.gradient_check import GradientCheck, gradient_check
from tinyml.graph import count_edges, graph
from tinyml.learner import Learner
from tinyml.rounding import rounding_zeros
from tinyml.suitability import warnings
from tinyml.tensors import tensors
from tinyml.trace import LayerTrace, Trace

NOTATIONS: tuple[Notation, ...] = ("scalar", "chain", "paths")
SEEDS = st.integers(0, 2**32 - 1)


@given(documents(), SEEDS)
def test_a_training_step_is_the_same_in_any_order_of_the_list(document: Document, seed: int) -> None:
    setting, shuffled = both(document, seed)
    expected, recorded = setting.trace(), shuffled.trace()
    assert recorded.loss.value == expected.loss.value
    np.testing.assert_array_equal(recorded.output, expected.output)
    np.testing.assert_array_equal(recorded.input_gradient, expected.input_gradient)
    for layer, other in zip(by_name(recorded), by_name(expected), strict=True):
        for name in ("input", "output", "output_gradient", "input_gradient"):
            np.testing.assert_array_equal(getattr(layer, name), getattr(other, name))
        np.testing.assert_equal(layer.saved, other.saved)
        np.testing.assert_equal(as_dicts(layer), as_dicts(other))
    assert recorded.last.layer.name == expected.last.layer.name
    assert recorded.stages == expected.stages


@given(documents(), SEEDS)
def test_passes_and_training_are_the_same_in_any_order_of_the_list(document: Document, seed: int) -> None:
    (model, loss, optimizer, x, y), shuffled = both(document, seed)
    steps = [[step.layer.name for step in one.model.forward_steps(x)] for one in (build(document), shuffled)]
    assert steps[0] == steps[1]
    _, gradient = loss(model.forward(x), y)
    np.testing.assert_array_equal(shuffled.model.forward(x), model.forward(x))
    np.testing.assert_array_equal(shuffled.model.backward(gradient), model.backward(gradient))
    (model, *_), shuffled = both(document, seed)
    learners = Learner(model, loss, optimizer), Learner(shuffled.model, loss, shuffled.optimizer)
    for _ in range(2):
        losses = [learner.batch_fit(x, y) for learner in learners]
        assert losses[0] == losses[1]


@given(documents(), SEEDS)
def test_a_gradient_check_is_the_same_in_any_order_of_the_list(document: Document, seed: int) -> None:
    setting, shuffled = both(document, seed)
    expected, found = rows(checked(setting)), rows(checked(shuffled))
    np.testing.assert_equal(found, expected)


@settings(max_examples=25)
@given(documents(), SEEDS)
def test_explanations_are_the_same_in_any_order_of_the_list(document: Document, seed: int) -> None:
    expected, recorded = (setting.trace() for setting in both(document, seed))
    assert Symbols(recorded).patterns(recorded) == Symbols(expected).patterns(expected)
    for name, (array, _) in tensors(expected).items():
        ref = f"{name}[{','.join('0' * array.ndim)}]"
        for notation in NOTATIONS if name == "x.grad" else NOTATIONS[:1]:
            assert explained(recorded, ref, notation) == explained(expected, ref, notation)


@given(documents(), SEEDS)
def test_what_follows_from_a_trace_is_the_same_in_any_order_of_the_list(document: Document, seed: int) -> None:
    expected, recorded = (setting.trace() for setting in both(document, seed))
    for of in (graph, count_edges, rounding_zeros, warnings, equations):
        np.testing.assert_equal(of(recorded), of(expected))
    flows = [[flow._replace(layer=None) for flow in gradient_flow(one)] for one in (recorded, expected)]
    np.testing.assert_equal(*flows)
    assert flow_ratio(gradient_flow(recorded)) == flow_ratio(gradient_flow(expected))


def explained(trace: Trace, ref: str, notation: Notation) -> tuple[str, ...]:
    found = explain(trace, ref, notation)
    return found.symbol, found.law, found.latex, found.text


def both(document: Document, seed: int) -> tuple[Setting, Setting]:
    setting, shuffled = build(document), in_any_order(build(document), seed)
    reaches(0.3, "in another order", shuffled.model.topology != setting.model.topology)
    return setting, shuffled


def by_name(trace: Trace) -> list[LayerTrace]:
    return sorted(trace.layers, key=lambda layer: layer.layer.name)


def as_dicts(layer: LayerTrace) -> dict[str, Any]:
    return {name: of._asdict() for name, of in layer.parameters.items()}


def checked(setting: Setting) -> GradientCheck:
    return gradient_check(setting.model, setting.loss, setting.x, setting.y, complex_step=True)


def rows(check: GradientCheck) -> dict[str, Any]:
    return {row.ref: (row.analytic, row.left, row.right, row.numeric, row.complex_step, row.verdict) for row in check}
