"""The logistic function."""

import numpy as np

from tinyml.layers import Sigmoid


def test_extreme_scores_neither_overflow_nor_warn() -> None:
    layer = Sigmoid("sigmoid_1")
    np.testing.assert_array_equal(layer.forward(np.array([[-1e4, 0.0, 1e4]])), [[0, 0.5, 1]])
    np.testing.assert_array_equal(layer.backward(np.ones((1, 3))), [[0, 0.25, 0]])


def test_both_sides_mirror_each_other() -> None:
    z = np.linspace(-5, 5, 11)[None]
    layer = Sigmoid("sigmoid_1")
    np.testing.assert_allclose(layer.forward(z) + layer.forward(-z), 1, rtol=1e-15)
