"""Layers give the same derivatives for many numbers at once as for each of them."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.layers_at_random import cases
from tests.support.reaching import reaches
from tests.tinyml.explain.test_notations import EXPLAINED
from tinyml import layers
from tinyml.core import ravel_index, unravel_index
from tinyml.explain.layers import layer_explanation
from tinyml.explain.local_derivatives import JacobianRows
from tinyml.explain.scope import LayerScope
from tinyml.explain.tensors import StepTensors
from tinyml.layers.elementwise import Elementwise
from tinyml.losses import mse_loss
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.trace import trace

AT_ONCE = [
    name for name in EXPLAINED if name in ("Linear", "Flatten") or issubclass(getattr(layers, name), Elementwise)
]


def scope_of(layer: layers.Layer, x: np.ndarray) -> LayerScope:
    target = np.zeros((len(x), *layer.output_shape(x.shape[1:])))
    with np.errstate(all="ignore"):
        return StepTensors(trace(Sequential([layer]), mse_loss, SGDOptimizer(0.1), x, target)).scope(0)


def check(scope: LayerScope, numbers: list[int], fan: JacobianRows) -> None:
    explanation, recorded = layer_explanation(scope.recorded.layer), scope.recorded
    outputs, slopes = fan.outputs().reshape(len(numbers), -1), fan.slopes().reshape(len(numbers), -1)
    for i, entry in enumerate(numbers):
        own = explanation.input_derivatives(scope, unravel_index(entry, recorded.input.shape))
        assert fan.count == own.count
        assert outputs[i].tolist() == [ravel_index(own.output(k), recorded.output.shape) for k in range(fan.count)]
        np.testing.assert_array_equal(slopes[i], own.numbers())


@pytest.mark.parametrize("kind", AT_ONCE)
@settings(max_examples=15)
@given(data=st.data())
def test_many_inputs_depend_on_the_outputs_as_each_of_them_does(kind: str, data: st.DataObject) -> None:
    case = data.draw(cases(kind, st.integers(1, 3)))
    scope = scope_of(case.layer(), case.x())
    size = scope.recorded.input.size
    least = min(data.draw(st.sampled_from([2, 2, 1])), size)
    numbers = sorted(data.draw(st.sets(st.integers(0, size - 1), min_size=least, max_size=20)))
    reaches(0.3, "several inputs", len(numbers) > 1)
    fan = layer_explanation(scope.recorded.layer).jacobian_rows(scope, np.array(numbers))
    assert fan is not None
    check(scope, numbers, fan)


@pytest.mark.parametrize("kind", ["ReLu", "LeakyReLu", "Sigmoid", "Tanh"])
def test_at_kinks_and_where_there_are_no_numbers_too(kind: str) -> None:
    x = np.array([[0.0, -0.0, math.nan, math.inf, -math.inf, 1e-300, -1e-300, 1e300]])
    scope = scope_of(getattr(layers, kind)("layer"), x)
    fan = layer_explanation(scope.recorded.layer).jacobian_rows(scope, np.arange(8))
    assert fan is not None
    check(scope, list(range(8)), fan)


def test_a_layer_without_local_derivatives_of_many_inputs_is_asked_one_by_one() -> None:
    scope = scope_of(layers.Softmax("softmax"), np.ones((1, 3)))
    assert layer_explanation(scope.recorded.layer).jacobian_rows(scope, np.arange(3)) is None
