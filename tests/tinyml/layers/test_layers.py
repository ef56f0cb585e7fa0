"""The contract of every layer: a forward pass, a backward pass, and clear errors."""

import inspect

import numpy as np
import pytest

from tests.tinyml.layers.cases import ROWS
from tinyml import layers
from tinyml.core import OrderError
from tinyml.explain.layers import layer_explanation
from tinyml.layers import Layer, MaxPool2D
from tinyml.layers.pool2d import Pool2D

LAYERS = [getattr(layers, name) for name in layers.__all__ if name != "Layer"]
each_layer = pytest.mark.parametrize("kind", LAYERS, ids=lambda kind: kind.__name__)


# What the passes keep nothing of cannot miss it.
KEEPS = [kind for kind in LAYERS if kind is MaxPool2D or not issubclass(kind, Pool2D)]


def make(kind: type[Layer]) -> Layer:
    return kind("one", **ROWS[kind.__name__].cases[0].arguments)


@pytest.mark.parametrize("kind", KEEPS, ids=lambda kind: kind.__name__)
def test_backward_before_forward_is_refused_with_the_remedy(kind: type[Layer]) -> None:
    layer, shape = make(kind), ROWS[kind.__name__].cases[0].shape[1:]
    with pytest.raises(OrderError, match=f"{kind.__name__} 'one': backward needs a forward pass first"):
        layer.backward(np.ones((1, *layer.output_shape(shape))))


@each_layer
def test_calling_a_layer_is_its_forward_pass(kind: type[Layer]) -> None:
    case, one, same = ROWS[kind.__name__].cases[0], make(kind), make(kind)
    x = case.fed(case.x())
    for parameter, other in zip(one.parameters().values(), same.parameters().values(), strict=True):
        other.tensor = parameter.tensor
    np.testing.assert_array_equal(one(x), same.forward(x))


@each_layer
def test_the_docstring_gives_formula_shapes_and_source(kind: type[Layer]) -> None:
    text = inspect.getdoc(kind) or ""
    for heading in ("Forward:", "Backward:", "Shapes:", "Source:"):
        assert heading in text, heading


def test_a_layer_written_outside_needs_only_its_two_passes() -> None:
    class Scale(Layer):
        def __init__(self, name: str) -> None:
            super().__init__(name)
            self.factor = self.build_param(np.array([2.0]))
            self.input = np.empty(0)

        def forward(self, input):  # type: ignore[no-untyped-def]
            self.input = input
            return input * self.factor.tensor

        def backward(self, in_gradient):  # type: ignore[no-untyped-def]
            self.factor.gradient = (in_gradient * self.input).sum(axis=(0, 1), keepdims=True)[0]
            return in_gradient * self.factor.tensor

    layer = Scale("scale_1")
    assert layer.type == "Scale"
    assert layer.parameters() == {"factor": layer.factor}
    np.testing.assert_array_equal(layer(np.array([[1.0, 3.0]])), [[2.0, 6.0]])
    with pytest.raises(NotImplementedError, match="Scale 'scale_1' has no formula for its output; give its class"):
        layer_explanation(layer).explain_output(None, (0, 0))  # type: ignore[arg-type]
