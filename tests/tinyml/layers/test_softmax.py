"""Softmax."""

import numpy as np
import pytest

from tinyml.layers import Softmax


def test_shares_are_positive_and_add_up_to_one() -> None:
    shares = Softmax("softmax_1").forward(np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]))
    assert (shares > 0).all()
    np.testing.assert_allclose(shares.sum(axis=1), 1)


def test_a_shift_of_all_scores_changes_nothing_however_large() -> None:
    layer, scores = Softmax("softmax_1"), np.array([[1.0, 2.0, 3.0]])
    np.testing.assert_allclose(layer.forward(scores + 1e4), layer.forward(scores), rtol=1e-9)


@pytest.mark.parametrize("axis", [1, 2])
def test_the_axis_is_honoured_and_the_gradient_is_the_jacobian_product(axis: int) -> None:
    layer = Softmax(axis=axis)
    rng = np.random.default_rng(0)
    scores, upstream = rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 3, 4))
    shares = np.moveaxis(layer.forward(scores), axis, -1)
    gradient = np.moveaxis(layer.backward(upstream), axis, -1)
    flow = np.moveaxis(upstream, axis, -1)
    for index in np.ndindex(shares.shape[:-1]):
        jacobian = np.diag(shares[index]) - np.outer(shares[index], shares[index])
        np.testing.assert_allclose(gradient[index], jacobian @ flow[index], rtol=1e-12, atol=1e-15)
