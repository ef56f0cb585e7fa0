"""The declarations of a layer class about itself, so that no code has to inspect it."""

import numpy as np

from tinyml.layers import BatchNorm, LayerNorm, Linear, MaxPool2D, Tanh


def test_batch_norm_keeps_its_running_statistics_and_others_nothing() -> None:
    layer = BatchNorm("norm_1", 2)
    layer.forward(np.array([[1.0, 2.0], [3.0, 6.0]]))
    assert {name: array.tolist() for name, array in layer.buffers().items()} == {
        "running_mean": layer.running_mean.tolist(),
        "running_variance": layer.running_variance.tolist(),
    }
    assert Linear("fc_1", 2, 1).buffers() == {}


def test_writing_into_what_a_layer_keeps_sets_it() -> None:
    layer = BatchNorm("norm_1", 2)
    layer.forward(np.array([[1.0, 2.0], [3.0, 6.0]]))
    layer.buffers()["running_mean"][...] = [7, 8]
    assert layer.running_mean.tolist() == [7, 8]


def test_a_layer_reports_its_declared_shape() -> None:
    assert Linear("fc_1", 2, 1).expected_shape() == (2,)
    assert MaxPool2D("pool_1", (1, 4, 4), (2, 2), 2).expected_shape() == (1, 4, 4)
    assert LayerNorm("norm_1", 3).expected_shape() == (3,)
    assert Tanh("tanh_1").expected_shape() is None
