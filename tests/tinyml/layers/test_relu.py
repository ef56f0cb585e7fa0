"""The rectified linear unit."""

import numpy as np
import pytest

from tinyml.layers import ELU, LeakyReLu, ReLu


def test_a_stopped_gradient_is_zero_even_if_it_was_infinite() -> None:
    layer = ReLu("relu_1")
    layer.forward(np.array([[-1.0]]))
    np.testing.assert_array_equal(layer.backward(np.array([[np.inf]])), [[0]])


@pytest.mark.parametrize("kind", [ELU, LeakyReLu, ReLu])
def test_what_is_no_number_flows_through_both_passes(kind: type[ReLu]) -> None:
    layer = kind("layer_1")
    assert np.isnan(layer.forward(np.array([[np.nan]]))).all()
    assert np.isnan(layer.backward(np.array([[np.nan]]))).all()
