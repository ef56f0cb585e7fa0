"""The logistic function."""

import numpy as np

from tinyml.layers import Sigmoid


def test_both_sides_mirror_each_other() -> None:
    z = np.linspace(-5, 5, 11)[None]
    layer = Sigmoid("sigmoid_1")
    np.testing.assert_allclose(layer.forward(z) + layer.forward(-z), 1, rtol=1e-15)


def test_a_complex_step_through_the_layer_gives_its_slope() -> None:
    z = np.array([[-800.0, -2.0, 0.0, 0.5, 800.0]])
    layer = Sigmoid("sigmoid_1")
    stepped = layer.forward(z + 1e-20j).imag / 1e-20
    layer.forward(z)
    np.testing.assert_allclose(layer.backward(np.ones_like(z)), stepped, rtol=1e-14, atol=1e-300)
