"""The logistic function."""

import numpy as np

from tinyml.layers import Sigmoid


def test_both_sides_mirror_each_other() -> None:
    z = np.linspace(-5, 5, 11)[None]
    layer = Sigmoid("sigmoid_1")
    np.testing.assert_allclose(layer.forward(z) + layer.forward(-z), 1, rtol=1e-15)
