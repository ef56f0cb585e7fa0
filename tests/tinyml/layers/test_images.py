"""Descriptions and errors of the image layers, and the library's own example."""

from collections.abc import Callable

import numpy as np
import pytest

from tinyml.core import ShapeError
from tinyml.layers import AvgPool2D, Conv2D, Deconv2D, Flatten, MaxPool2D, MaxUnpool2D
from tinyml.net import Sequential


def test_the_librarys_example_of_a_convolution() -> None:
    layer = Conv2D("conv_1", (1, 3, 3), 1, 2, 2)
    layer.weight.tensor = np.array([[[[1.0, 2], [3, 4]]]])
    layer.bias.tensor = np.zeros(1)
    output = layer.forward(np.arange(1.0, 10).reshape(1, 1, 3, 3))
    np.testing.assert_array_equal(output, [[[[37, 47], [67, 77]]]])


def test_a_pooling_that_is_undone_puts_the_largest_back_where_they_were() -> None:
    x = np.array([[[[1.0, 2, 0, 0], [3, 0, 0, 4], [5, 0, 0, 0], [0, 0, 7, 0]]]])
    pool, unpool = MaxPool2D("pool", (1, 4, 4), (2, 2), 2, return_index=True), MaxUnpool2D("un", (1, 2, 2), (2, 2), 2)
    values, index = pool.forward(x)
    np.testing.assert_array_equal(values, [[[[3, 4], [5, 7]]]])
    np.testing.assert_array_equal(index, [[[[4, 7], [8, 14]]]])
    restored = unpool.forward((values, index))
    for again in (unpool.forward(values, index), unpool(values, index), unpool((values, index))):
        np.testing.assert_array_equal(again, restored)
    np.testing.assert_array_equal(restored, np.where(np.isin(x, [3, 4, 5, 7]), x, 0))
    upstream = np.arange(16.0).reshape(1, 1, 4, 4)
    np.testing.assert_array_equal(unpool.backward(upstream), [[[[4, 7], [8, 14]]]])


@pytest.mark.parametrize("kind", [MaxPool2D, AvgPool2D])
def test_one_number_is_a_window_as_high_as_wide(kind: type[MaxPool2D] | type[AvgPool2D]) -> None:
    x = np.random.default_rng(0).normal(size=(2, 3, 6, 6))
    by_number, by_pair = kind("pool", (3, 6, 6), 2, 2), kind("pool", (3, 6, 6), (2, 2), 2)
    np.testing.assert_array_equal(by_number.forward(x), by_pair.forward(x))
    values, index = MaxPool2D("pool", (3, 6, 6), 3, 3, return_index=True).forward(x)
    unpooled = MaxUnpool2D("un", (3, 2, 2), (3, 3), 3).forward(values, index)
    np.testing.assert_array_equal(MaxUnpool2D("un", (3, 2, 2), 3, 3).forward(values, index), unpooled)


def test_in_a_network_a_pooling_hands_on_its_values_alone() -> None:
    x = np.random.default_rng(0).normal(size=(2, 1, 4, 4))
    pool = MaxPool2D("pool", (1, 4, 4), 2, 2, return_index=True)
    np.testing.assert_array_equal(Sequential([pool]).forward(x), pool.forward(x)[0])


@pytest.mark.parametrize("run", [Sequential.forward, Sequential.predict])
def test_a_network_refuses_to_invert_a_pooling(run: Callable[[Sequential, np.ndarray], object]) -> None:
    pool, unpool = MaxPool2D("pool", (1, 4, 4), 2, 2, return_index=True), MaxUnpool2D("un", (1, 2, 2), 2, 2)
    message = (
        r"MaxUnpool2D 'un': requires the index .* but a network passes only the values; .* unpool\(values, index\)"
    )
    with pytest.raises(ShapeError, match=message):
        run(Sequential([pool, unpool]), np.ones((1, 1, 4, 4)))


def test_flattening_is_undone_on_the_way_back() -> None:
    layer, x = Flatten("flatten_1"), np.arange(24.0).reshape(2, 3, 4)
    assert layer.forward(x).shape == (2, 12)
    np.testing.assert_array_equal(layer.backward(layer.forward(x)), x)


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (
            lambda: MaxPool2D("pool1", (1, 27, 28), (2, 2), 2),
            "MaxPool2D 'pool1': height 27 does not divide into windows of 2 with stride 2; try stride 1, or pad",
        ),
        (lambda: AvgPool2D("pool1", (1, 4, 5), (2, 2), 2), "AvgPool2D 'pool1': width 5 does not divide"),
        (
            lambda: Conv2D("conv_1", (1, 2, 2), 1, 3, 1),
            "Conv2D 'conv_1': no window of 3 × 1 fits into 2 × 2 with padding 0",
        ),
        (
            lambda: Conv2D("conv_1", (1, 2, 2), 1, 0, 1),
            "Conv2D 'conv_1': window, stride and dilation must be at least 1",
        ),
        (lambda: Conv2D("c", (1, 2, 2), 1, 1, 1, padding=-1), "padding at least 0"),
        (
            lambda: Conv2D("conv_1", (1, 3, 3), 1, 2, 2).forward(np.ones((1, 2, 3, 3))),
            r"Conv2D 'conv_1': expects samples of shape \(1, 3, 3\), got \(2, 3, 3\)",
        ),
        (
            lambda: Deconv2D("d", (1, 1, 1), 1, 2, 2, 1, padding=1),
            "with padding 1 the output is empty; use",
        ),
        (
            lambda: MaxUnpool2D("un", (1, 1, 1), (2, 2), 2).forward(np.ones((1, 1, 1, 1))),
            "MaxUnpool2D 'un': expects values and index, as MaxPool2D returns with return_index=True, got no index",
        ),
        (
            lambda: MaxUnpool2D("un", (1, 1, 1), (2, 2), 2).forward((np.ones((1, 1, 1, 1)), np.full((1, 1, 1, 1), 4))),
            "expects one position in the 2 × 2 image for each number",
        ),
    ],
)
def test_an_invalid_argument_is_refused(attempt, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ShapeError, match=message):
        attempt()
