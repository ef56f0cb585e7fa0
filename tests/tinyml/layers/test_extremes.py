"""Numbers of any size: results that are finite in mathematics are finite here, without warnings."""

import numpy as np
import pytest

from tests.support.layer_cases import Case, in_float32
from tests.support.networks import ACTIVATIONS
from tests.tinyml.layers.cases import ROWS
from tinyml.layers import BatchNorm, Layer, LayerNorm, Softmax

LIMITS = {kind: row.limits for kind, row in ROWS.items() if row.limits is not None}


def test_every_activation_has_its_limits_in_the_table() -> None:
    assert LIMITS.keys() | {"Softmax"} == ACTIVATIONS.keys()


@pytest.mark.parametrize(
    ("kind", "size"),
    [(kind, size) for kind in sorted(LIMITS) for size in (745.0, 1e3, 1e300, 1.7e308)],
)
def test_far_from_0_an_activation_is_its_limit(kind: str, size: float) -> None:
    layer = ACTIVATIONS[kind]("layer")
    (left, low, left_slope), (right, high, right_slope) = LIMITS[kind]
    z = np.array([[-size, size]])
    expected = [[-left * size + low, right * size + high]]
    np.testing.assert_allclose(layer.forward(z), expected, rtol=1e-15, atol=1e-300)
    np.testing.assert_allclose(layer.backward(np.ones((1, 2))), [[left_slope, right_slope]], rtol=1e-15, atol=1e-300)


@pytest.mark.parametrize("kind", sorted(LIMITS))
def test_far_from_0_float32_is_its_limit_too(kind: str) -> None:
    layer = in_float32(ACTIVATIONS[kind]("layer"))
    (left, low, left_slope), (right, high, right_slope) = LIMITS[kind]
    for size in (1e3, 1e30):
        z = np.array([[-size, size]], np.float32)
        expected = [[-left * size + low, right * size + high]]
        np.testing.assert_allclose(layer.forward(z), expected, rtol=1e-6, atol=1e-37)
        slope = layer.backward(np.ones((1, 2), np.float32))
        np.testing.assert_allclose(slope, [[left_slope, right_slope]], rtol=1e-6, atol=1e-37)


@pytest.mark.parametrize("size", [745.0, 1e3, 1e300])
def test_extreme_scores_leave_whole_shares_and_no_gradient(size: float) -> None:
    layer = Softmax()
    scores = np.array([[-size, size, 0.0], [size, size, -size], [-size, -size, -size]])
    shares = [[0, 1, 0], [0.5, 0.5, 0], [1 / 3, 1 / 3, 1 / 3]]
    np.testing.assert_allclose(layer.forward(scores), shares, rtol=1e-15, atol=1e-300)
    gradient = layer.backward(np.array([[1.0, 2.0, 3.0]] * 3))
    np.testing.assert_allclose(gradient, [[0, 0, 0], [-0.25, 0.25, 0], [-1 / 3, 0, 1 / 3]], rtol=1e-15, atol=1e-15)


@pytest.mark.parametrize("layer", [BatchNorm("norm", 3), LayerNorm("norm", 3)], ids=lambda layer: layer.type)
def test_normalizing_loses_nothing_far_from_0(layer: Layer) -> None:
    # The mean of the squares minus the square of the mean would have no correct digit of the variance here.
    x = np.array([[1.0, 5.0, -2.0], [3.0, 0.0, 2.0], [7.0, -1.0, 0.0]])
    upstream = np.array([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0], [2.0, 1.0, -1.0]])
    near = layer.forward(x), layer.backward(upstream)
    far = layer.forward(x + 3e8), layer.backward(upstream)
    np.testing.assert_allclose(far[0], near[0], rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(far[1], near[1], rtol=1e-6, atol=1e-6)


def test_features_that_do_not_vary_are_shifted_and_stay_finite() -> None:
    for kind, arguments in (("BatchNorm", {"features": 2}), ("LayerNorm", {"input_dim": 2})):
        layer = Case(kind, arguments, (3, 2)).layer()
        output = layer.forward(np.full((3, 2), 4.0))
        np.testing.assert_allclose(output, np.broadcast_to(layer.parameters()["beta"].tensor, (3, 2)), atol=1e-12)
        assert np.isfinite(layer.backward(np.ones((3, 2)))).all()
