"""The hyperbolic tangent."""

import numpy as np

from tinyml.layers import Tanh


def test_a_saturated_unit_passes_no_gradient() -> None:
    layer = Tanh("tanh_1")
    np.testing.assert_array_equal(layer.forward(np.array([[-50.0, 0.0, 50.0]])), [[-1, 0, 1]])
    np.testing.assert_array_equal(layer.backward(np.ones((1, 3))), [[0, 1, 0]])
