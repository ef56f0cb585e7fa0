"""Softmax."""

import numpy as np

from tinyml.layers import Softmax


def test_shares_are_positive_and_add_up_to_one() -> None:
    shares = Softmax("softmax_1").forward(np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]))
    assert (shares > 0).all()
    np.testing.assert_allclose(shares.sum(axis=1), 1)


def test_a_shift_of_all_scores_changes_nothing_however_large() -> None:
    layer, scores = Softmax("softmax_1"), np.array([[1.0, 2.0, 3.0]])
    np.testing.assert_allclose(layer.forward(scores + 1e4), layer.forward(scores), rtol=1e-9)
