"""The hyperbolic tangent."""

import numpy as np

from tinyml.layers import Tanh


def test_a_saturated_unit_passes_what_little_gradient_there_is() -> None:
    layer = Tanh("tanh_1")
    np.testing.assert_array_equal(layer.forward(np.array([[-50.0, 0.0, 50.0, 800.0]])), [[-1, 0, 1, 1]])
    slope = 4 * np.exp(-100)
    np.testing.assert_allclose(layer.backward(np.ones((1, 4))), [[slope, 1, slope, 0]], rtol=1e-15)


def test_a_slope_is_the_same_whatever_else_is_in_the_batch() -> None:
    """Digits are restored entry by entry: another sample or layer that needs it changes nothing here."""
    z = np.random.default_rng(0).normal(size=(5, 4))
    layer, wide = Tanh("tanh_1"), Tanh("tanh_2")
    layer.forward(z)
    alone = layer.backward(np.ones_like(z))
    for other in (30.0, np.nan):
        wide.forward(np.vstack([z, np.full((1, 4), other)]))
        np.testing.assert_array_equal(wide.backward(np.ones((6, 4)))[:5], alone)
