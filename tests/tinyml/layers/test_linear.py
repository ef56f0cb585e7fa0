"""The fully connected layer."""

import numpy as np
import pytest

from tinyml.core import ShapeError
from tinyml.initialisers import constant, library_uniform
from tinyml.layers import Linear


def test_weights_start_uniform_within_one_over_the_root_of_the_inputs() -> None:
    layer = Linear("fc_1", 16, 500, rng=np.random.default_rng(0))
    for parameter in (layer.weight, layer.bias):
        assert np.abs(parameter.tensor).max() <= 0.25
        assert np.abs(parameter.tensor).max() > 0.24
        assert abs(parameter.tensor.mean()) < 0.02


def test_one_seed_gives_one_start() -> None:
    one, same, other = (Linear("fc_1", 3, 2, rng=np.random.default_rng(seed)) for seed in (7, 7, 8))
    np.testing.assert_array_equal(one.weight.tensor, same.weight.tensor)
    assert (one.weight.tensor != other.weight.tensor).any()


def test_weights_keep_the_librarys_orientation_and_are_seen_in_the_notations() -> None:
    layer = Linear("fc_1", 2, 3)
    assert layer.weight.tensor.shape == (3, 2)
    seen = layer.in_notation("w", layer.weight.tensor)
    assert seen.shape == (2, 3)
    assert np.shares_memory(seen, layer.weight.tensor)
    assert layer.in_notation("b", layer.bias.tensor).shape == (3,)


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (lambda: Linear("fc_1", 0, 2), "Linear 'fc_1': sizes must be at least 1, got 0 inputs and 2 outputs"),
        (lambda: Linear("fc_1", 2, 0), "sizes must be at least 1, got 2 inputs and 0 outputs"),
        (
            lambda: Linear("fc_1", 2, 3, weight=np.ones((2, 3))),
            r"Linear 'fc_1': weight must have shape \(3, 2\), got \(2, 3\); give \(output_dim, input_dim\)",
        ),
        (lambda: Linear("fc_1", 2, 3, bias=np.ones(2)), r"bias must have shape \(3,\), got \(2,\)"),
        (
            lambda: Linear("fc_1", 2, 3).forward(np.ones((1, 4))),
            r"Linear 'fc_1': expects 2 inputs per sample, got samples of shape \(4,\); change input_dim",
        ),
        (
            lambda: Linear("fc_1", 2, 3).output_shape((2, 2)),
            r"expects 2 inputs per sample, got samples of shape \(2, 2\)",
        ),
    ],
)
def test_an_invalid_argument_is_refused(attempt, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ShapeError, match=message):
        attempt()


def test_the_initialiser_draws_the_weights_and_leaves_the_biases_to_their_rule() -> None:
    layer = Linear("fc_1", 4, 3, initialiser=constant(2.0), rng=np.random.default_rng(0))
    np.testing.assert_array_equal(layer.weight.tensor, np.full((3, 4), 2.0))
    assert 0 < np.abs(layer.bias.tensor).max() <= 0.5
    drawn = library_uniform((3, 4), np.random.default_rng(0))
    np.testing.assert_array_equal(Linear("fc_1", 4, 3, rng=np.random.default_rng(0)).weight.tensor, drawn)


def test_whole_numbers_given_become_floats_and_floats_keep_their_precision() -> None:
    layer = Linear("fc_1", 2, 1, weight=np.array([[1, 2]]), bias=np.array([3]))
    assert layer.weight.tensor.dtype == layer.bias.tensor.dtype == np.float64
    single = Linear("fc_1", 2, 1, weight=np.ones((1, 2), np.float32), bias=np.ones(1, np.float32))
    assert single.weight.tensor.dtype == single.bias.tensor.dtype == np.float32
