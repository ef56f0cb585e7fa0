"""The flow of the gradient: its size at each layer by hand, and the units that stop it by brute force."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.networks import ACTIVATIONS, LOSSES, Document, build, documents, suited
from tests.support.networks_at_random import networks
from tests.support.reaching import reaches
from tinyml import layers
from tinyml.explain.layers.elementwise import FUNCTIONS as FORMULAS
from tinyml.expression import Leaf
from tinyml.flow import SATURATED, LayerFlow, flow_ratio, gradient_flow, root_mean_square
from tinyml.layers import Layer, Linear
from tinyml.layers.elementwise import Elementwise
from tinyml.losses import half_squared_error
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.trace import LayerTrace, Trace, trace

FUNCTIONS = [kind for kind in ACTIVATIONS.values() if issubclass(kind, Elementwise)]


def through(layer: Layer, z: Any) -> LayerFlow:
    """The flow at a layer that is the whole network, with the rows of z as input."""
    rows = np.array(z, dtype=float)
    recorded = trace(Sequential([layer]), half_squared_error, SGDOptimizer(0.1), rows, np.zeros_like(rows) - 1)
    return gradient_flow(recorded)[0]


def two_layers() -> Trace:
    """x = (1, 2) and w = ((1, −1), (1, −1)), so that the second unit of the rectifier is dead."""
    first, second = Linear("fc_1", 2, 2), Linear("fc_2", 2, 1)
    first.weight.tensor, first.bias.tensor = np.array([[1.0, 1], [-1, -1]]), np.zeros(2)
    second.weight.tensor, second.bias.tensor = np.array([[2.0, 3]]), np.zeros(1)
    model = Sequential([first, layers.ReLu("relu_1"), second])
    return trace(model, half_squared_error, SGDOptimizer(0.1), np.array([[1.0, 2]]), np.array([[5.0]]))


def test_a_network_worked_out_by_hand() -> None:
    # z = (3, −3), h = (3, 0), ŷ = 6, ∇ = ŷ − y = 1; back: ∂ℓ/∂h = (2, 3), ∂ℓ/∂z = (2, 0).
    # ∂ℓ/∂w₂ = (3, 0), ∂ℓ/∂b₂ = 1; ∂ℓ/∂w₁ has the entries 2 · 1, 2 · 2, 0, 0, and ∂ℓ/∂b₁ = (2, 0).
    fc_1, relu_1, fc_2 = gradient_flow(two_layers())
    assert (fc_1.gradient, relu_1.gradient, fc_2.gradient) == pytest.approx((2**0.5, 6.5**0.5, 1))
    assert (fc_1.parameters, fc_2.parameters) == pytest.approx(((24 / 6) ** 0.5, (10 / 3) ** 0.5))
    assert relu_1.parameters is None
    assert (fc_1.units, relu_1.units, fc_2.units) == (2, 2, 1)
    assert (relu_1.dead, relu_1.saturated) == ((1,), ())
    assert all((of.dead, of.saturated) == ((), ()) for of in (fc_1, fc_2))
    assert flow_ratio((fc_1, relu_1, fc_2)) == pytest.approx(2**0.5)


def test_a_rectifier_is_dead_only_where_every_sample_is_stopped() -> None:
    found = through(layers.ReLu("relu_1"), [[-1, -1, 0], [-2, 1, 0], [-3, -1, 0]])
    assert (found.dead, found.saturated) == ((0, 2), ())


def test_a_sigmoid_is_saturated_far_from_0_and_dead_where_its_slope_is_below_all_numbers() -> None:
    found = through(layers.Sigmoid("s_1"), [[0, 5.9, 6, -6, 800], [9, 5.9, 7, -7, 750]])
    assert (found.dead, found.saturated) == ((4,), (2, 3))


def test_one_sample_with_a_slope_keeps_a_unit_from_being_saturated() -> None:
    assert through(layers.Tanh("tanh_1"), [[4, 4], [4, 0]]).saturated == (0,)


def test_the_usual_leak_is_neither_dead_nor_saturated_and_a_smaller_one_is() -> None:
    z = [[-1.0], [-2.0]]
    found = through(layers.LeakyReLu("leaky_1"), z)
    assert (found.dead, found.saturated) == ((), ())
    assert through(layers.LeakyReLu("leaky_1", 0.009), z).saturated == (0,)
    assert through(layers.LeakyReLu("leaky_1", 0.0), z).dead == (0,)


def test_a_unit_of_images_is_a_channel() -> None:
    images = np.full((2, 3, 2, 2), -1.0)
    images[1, 0, 1, 1] = 1.0
    found = through(layers.ReLu("relu_1"), images)
    assert (found.units, found.dead) == (3, (1, 2))


def test_nan_is_reported_as_such_and_its_unit_is_neither() -> None:
    found = through(layers.Sigmoid("s_1"), [[0.0, np.nan, 800.0]])
    assert np.isnan(found.gradient)
    assert (found.dead, found.saturated) == ((2,), ())
    assert root_mean_square(np.array([1.0, -np.inf])) == np.inf
    assert np.isnan(root_mean_square(np.array([np.inf]), np.array([np.nan])))
    assert np.isnan(root_mean_square(np.array([np.nan]), np.array([np.inf])))


@pytest.mark.parametrize("size", [1e-300, 1e-200, 1.0, 1e200, 1e300])
def test_sizes_whose_squares_leave_the_range_are_right(size: float) -> None:
    assert root_mean_square(size * np.array([3.0, 0]), size * np.array([[-4.0, 0]])) == pytest.approx(2.5 * size)


def test_no_gradient_is_of_size_0_and_nothing_is_compared_with_it() -> None:
    flow = through(layers.Tanh("tanh_1"), [[1.0]])
    assert root_mean_square(np.zeros(3)) == 0
    assert flow_ratio((flow,)) is None
    assert flow_ratio((flow, flow._replace(gradient=0.0))) is None


@given(documents())
def test_sizes_are_the_root_mean_squares(document: Document) -> None:
    sizes_agree(build(document).trace())


@given(networks(), st.sampled_from(sorted(LOSSES)))
def test_sizes_and_stopped_units_of_random_networks_are_those_of_brute_force(cases: Any, loss: str) -> None:
    model = Sequential([case.layer() for case in cases])
    for i, layer in enumerate(model.layers):
        layer.name = f"layer_{i}"
    x = 20 * cases[0].x()
    y = np.full((len(x), *cases[-1].layer().output_shape(cases[-1].shape[1:])), 0.5)
    y = suited(LOSSES[loss], LOSSES[loss].targets(y, y.shape[1]))
    recorded = trace(model, LOSSES[loss], SGDOptimizer(0.1), x, y)
    sizes_agree(recorded)
    flows = gradient_flow(recorded)
    reaches(0.03, "a unit without a slope", any(flow.dead or flow.saturated for flow in flows))
    for flow, passed in zip(flows, recorded.layers, strict=True):
        assert (flow.dead, flow.saturated) == stopped(passed)


def sizes_agree(recorded: Trace) -> None:
    for flow, layer in zip(gradient_flow(recorded), recorded.layers, strict=True):
        assert flow.layer is layer.layer
        assert flow.gradient == pytest.approx(np.sqrt(np.mean(layer.output_gradient**2)), rel=1e-12)
        own = [parameter.gradient.ravel() for parameter in layer.parameters.values()]
        if own:
            assert flow.parameters == pytest.approx(np.sqrt(np.mean(np.concatenate(own) ** 2)), rel=1e-12)
        else:
            assert flow.parameters is None


def stopped(recorded: LayerTrace) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Dead and saturated units, every slope by the formula that explains it."""
    layer = recorded.layer
    if not isinstance(layer, Elementwise):
        return (), ()
    units = recorded.output.shape[1]
    largest = [0.0] * units
    for index in np.ndindex(recorded.output.shape):
        slope = abs(explained(layer, float(recorded.input[index]), float(recorded.output[index])))
        largest[index[1]] = max(largest[index[1]], slope)
    dead = tuple(unit for unit in range(units) if largest[unit] == 0)
    flat = tuple(unit for unit in range(units) if 0 < largest[unit] < SATURATED * layer.steepest)
    return dead, flat


def explained(layer: Elementwise, z: float, h: float) -> float:
    return FORMULAS[type(layer)].slope(layer, Leaf("", "", z), Leaf("", "", h)).value


@pytest.mark.parametrize("kind", FUNCTIONS, ids=lambda kind: kind.__name__)
def test_slopes_are_those_that_are_explained_and_none_is_steeper_than_the_steepest(kind: type[Elementwise]) -> None:
    layer = kind("layer")
    z = np.linspace(-9, 9, 3601).reshape(1, -1)  # √2, where GELU is steepest, is reached to 0.002
    h = layer.forward(z).copy()
    slopes = layer.slopes(z, h)
    every = zip(z[0].tolist(), h[0].tolist(), strict=True)
    np.testing.assert_allclose(slopes[0], [explained(layer, *pair) for pair in every], rtol=1e-12, atol=1e-15)
    steepest = float(np.abs(slopes).max())
    assert steepest == pytest.approx(layer.steepest, rel=2e-4), (
        f"define `steepest` in {kind.__name__}: about {steepest}"
    )
    assert np.abs(slopes).max() <= layer.steepest * (1 + 1e-15)


def test_an_elu_is_steepest_where_its_bent_side_is() -> None:
    assert (layers.ELU("elu_1", 3.0).steepest, layers.ELU("elu_1", 0.5).steepest) == (3, 1)
    assert layers.LeakyReLu("leaky_1", -2.0).steepest == 2
