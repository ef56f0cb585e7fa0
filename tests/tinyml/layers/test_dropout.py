"""Dropout."""

import numpy as np
import pytest

from tinyml.layers import Dropout
from tinyml.net import Sequential


def test_the_probability_is_the_chance_to_drop_and_the_rest_makes_up_for_it() -> None:
    layer = Dropout("dropout_1", 0.3)
    output = layer.forward(np.ones((100, 100)))
    assert (output == 0).mean() == pytest.approx(0.3, abs=0.02)
    assert output.mean() == pytest.approx(1, abs=0.03)
    np.testing.assert_array_equal(layer.backward(np.ones((100, 100))), output)


def test_every_pass_draws_a_new_mask_and_one_seed_draws_the_same() -> None:
    one, same, other = Dropout("d", 0.5), Dropout("d", 0.5), Dropout("d", 0.5, seed=1)
    x = np.ones((4, 8))
    first, second = one.forward(x), one.forward(x)
    assert (first != second).any()
    np.testing.assert_array_equal(same.forward(x), first)
    assert (other.forward(x) != first).any()


def test_predicting_drops_nothing() -> None:
    model, x = Sequential([Dropout("dropout_1", 0.9)]), np.ones((4, 8))
    np.testing.assert_array_equal(model.predict(x), x)
    assert (model.forward(x) != x).any()


def test_nothing_is_dropped_at_zero() -> None:
    np.testing.assert_array_equal(Dropout("d", 0.0).forward(np.ones((2, 2))), np.ones((2, 2)))


@pytest.mark.parametrize("probability", [1.0, -0.1, np.nan])
def test_an_invalid_probability_is_refused(probability: float) -> None:
    with pytest.raises(ValueError, match="Dropout 'd': probability must be at least 0 and less than 1"):
        Dropout("d", probability)


def test_a_mask_that_was_looked_at_stays_as_it_was() -> None:
    layer, x = Dropout("d", 0.5), np.ones((4, 8))
    first = layer.forward(x)
    mask = layer.mask
    layer.forward(x)
    np.testing.assert_array_equal(mask, first)
