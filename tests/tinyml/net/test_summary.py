"""The summary of a network."""

import numpy as np
import pytest

from tinyml.core import ShapeError
from tinyml.layers import BatchNorm, Conv2D, Flatten, Linear, MaxPool2D, ReLu, Tanh
from tinyml.net import Sequential

IMAGES = [
    ReLu("relu_1"),
    Conv2D("conv_1", (1, 8, 8), 4, 3, 3),
    BatchNorm("norm_1", 4),
    MaxPool2D("pool_1", (4, 6, 6), (2, 2), 2),
    Flatten(),
    Linear("fc_1", 36, 100),
]


def test_a_table_of_layers_with_their_shapes_and_sizes() -> None:
    assert Sequential(IMAGES).summary((1, 8, 8)) == (
        "layer    type       output shape  parameters\n"
        "────────────────────────────────────────────\n"
        "relu_1   ReLu       (1, 8, 8)              0\n"
        "conv_1   Conv2D     (4, 6, 6)             40\n"
        "norm_1   BatchNorm  (4, 6, 6)              8\n"
        "pool_1   MaxPool2D  (4, 3, 3)              0\n"
        "flatten  Flatten    (36,)                  0\n"
        "fc_1     Linear     (100,)             3,700\n"
        "────────────────────────────────────────────\n"
        "total                                  3,748"
    )


def test_the_first_layer_with_a_declared_input_gives_the_input_shape() -> None:
    model = Sequential(IMAGES)
    assert model.summary() == model.summary((1, 8, 8))
    assert "(3,)" in Sequential([Tanh("tanh_1"), Linear("fc_1", 3, 1)]).summary()


def test_without_a_declared_input_there_are_no_shapes() -> None:
    model = Sequential([Tanh("tanh_1"), Flatten()])
    assert model.summary().splitlines()[0] == "layer    type     parameters"
    assert model.summary((2, 2)).splitlines()[3] == "flatten  Flatten  (4,)                   0"


def test_a_network_without_layers_has_a_table_without_lines() -> None:
    assert Sequential().summary().splitlines()[-1].split() == ["total", "0"]


def test_parameters_that_are_not_trained_are_counted_apart() -> None:
    model = Sequential([Linear("fc_1", 2, 3), Linear("fc_2", 3, 1)])
    model.parameters[0].require_grad = False
    assert model.summary().splitlines()[-1] == "6 of them are not trained"


@pytest.mark.parametrize("input_shape", [None, (2,)])
def test_layers_that_do_not_fit_are_refused(input_shape: tuple[int, ...] | None) -> None:
    model = Sequential([Linear("fc_1", 2, 3), Linear("fc_2", 3, 1)])
    model.layers[1] = Linear("fc_2", 4, 1)  # without the network's own checks of its layers
    with pytest.raises(ShapeError, match=r"Linear 'fc_2': expects 4 inputs per sample, got samples of shape \(3,\)"):
        model.summary(input_shape)


def test_looking_changes_nothing() -> None:
    model = Sequential([Linear("fc_1", 2, 3)])
    before = model.parameters[0].tensor.copy()
    model.summary()
    np.testing.assert_array_equal(model.parameters[0].tensor, before)
