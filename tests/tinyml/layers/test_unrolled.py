"""Convolutions are the products of the matrices in `unrolled`, and `term_sizes` are the sizes of their terms."""

import numpy as np
import pytest

from tinyml.core import ShapeError
from tinyml.layers import AvgPool2D, Conv1D, Conv2D, Deconv2D, Flatten, Layer, Linear, MaxPool2D
from tinyml.layers.unrolled import over_pixels, under_windows
from tinyml.layers.windows import Windows
from tinyml.rounding import term_sizes

RNG = np.random.default_rng(7)
LAYERS = [
    Conv1D("conv_1", (2, 6), 3, 3, stride=2, padding=1, rng=RNG),
    Conv1D("conv_1", (1, 5), 2, 2, bias=False, rng=RNG),
    Conv2D("conv_1", (2, 5, 6), 3, 3, 2, rng=RNG),
    Conv2D("conv_1", (2, 5, 6), 3, 2, 3, stride=2, padding=1, rng=RNG),
    Conv2D("conv_1", (1, 4, 4), 2, 2, 2, bias=False, rng=RNG),
    Deconv2D("deconv_1", (2, 3, 4), 3, 2, 3, 2, dilation=2, padding=1, rng=RNG),
]


def passed(layer: Layer, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    x = RNG.normal(size=(2, *shape))
    output = layer(x)
    upstream = RNG.normal(size=output.shape)
    return x, output, upstream, layer.backward(upstream)


def values(layer: Layer) -> dict[str, np.ndarray]:
    return {name: parameter.tensor for name, parameter in layer.parameters().items()}


@pytest.mark.parametrize("layer", LAYERS)
def test_outputs_and_gradients_are_the_products(layer: Conv1D | Conv2D | Deconv2D) -> None:
    x, output, upstream, back = passed(layer, layer.input_dim)
    where = layer.unrolled(x.shape[1:], output.shape[1:])
    at, within = ("rs", "ij") if output.ndim == 4 else ("s", "j")
    w = f"cf{within}" if layer.paints else f"fc{within}"
    windows, weights = where["output"].of(x), layer.weight.tensor
    bias = layer.bias.tensor.reshape(-1, *[1] * len(at)) if layer.biased else 0
    np.testing.assert_allclose(np.einsum(f"nc{at}{within},{w}->nf{at}", windows, weights) + bias, output)
    np.testing.assert_allclose(np.einsum(f"nc{at}{within},nf{at}->{w}", windows, upstream), layer.weight.gradient)
    gradients = where["input_gradient"].of(upstream)
    np.testing.assert_allclose(np.einsum(f"nf{at}{within},{w}->nc{at}", gradients, weights), back)


@pytest.mark.parametrize("layer", [*LAYERS, Linear("fc_1", 4, 3, rng=RNG)])
def test_the_sizes_of_terms_are_the_sums_of_positive_numbers(layer: Layer) -> None:
    """For positive numbers they are the sums themselves."""
    for parameter in layer.parameters().values():
        parameter.tensor = abs(parameter.tensor)
    shape = layer.expected_shape()
    assert shape is not None
    x = abs(RNG.normal(size=(2, *shape)))
    output = layer(x)
    upstream = abs(RNG.normal(size=output.shape))
    back = layer.backward(upstream)
    in_notation = {name: layer.in_notation(name, value) for name, value in values(layer).items()}
    due = {"output": output, "input_gradient": back} | {
        name: layer.in_notation(name, parameter.gradient) for name, parameter in layer.parameters().items()
    }
    for of, expected in due.items():
        found = term_sizes(layer, of, x, upstream, in_notation)
        assert found is not None
        np.testing.assert_allclose(found.sizes, expected, err_msg=of)


POOLS = [AvgPool2D("pool_1", (2, 4, 6), 2, 2), AvgPool2D("pool_1", (1, 5, 5), (3, 2), 1)]


@pytest.mark.parametrize("pool", POOLS)
def test_an_average_pool_is_the_mean_of_windows_and_gives_back_in_equal_shares(pool: AvgPool2D) -> None:
    x, output, upstream, back = passed(pool, pool.input_dim)
    where, share = pool.unrolled(x.shape[1:], output.shape[1:]), 1 / (pool.windows.height * pool.windows.width)
    np.testing.assert_allclose(where["output"].of(x).mean(axis=(-2, -1)), output)
    np.testing.assert_allclose(where["input_gradient"].of(upstream).sum(axis=(-2, -1)) * share, back)
    for of, due in (("output", pool(abs(x))), ("input_gradient", pool.backward(abs(upstream)))):
        sizes = term_sizes(pool, of, x, upstream, {})
        assert sizes is not None
        np.testing.assert_allclose(sizes.sizes, due)


@pytest.mark.parametrize("stride", [1, 2])
def test_a_max_pool_is_the_chosen_number_of_each_window_and_gives_back_to_it(stride: int) -> None:
    pool = MaxPool2D("pool_1", (2, 6, 4), 2, stride)
    x = RNG.integers(0, 4, size=(3, 2, 6, 4)).astype(float)  # with ties
    x[0, 0, 2, 1] = x[0, 0, 3, 1] = np.nan
    output = pool(x)
    upstream = RNG.normal(size=output.shape)
    back = pool.backward(upstream)
    where, chosen = pool.unrolled(x.shape[1:], output.shape[1:]), pool.chosen(x)
    windows = where["output"].of(x).reshape(*output.shape, -1)
    np.testing.assert_array_equal(np.take_along_axis(windows, chosen[..., None], -1)[..., 0], output)
    # A pixel at tap t of a window that chose t receives its gradient.
    gradients = where["input_gradient"].of(upstream).reshape(*x.shape, -1)
    choices = where["input_gradient"].of(chosen + 1.0).reshape(*x.shape, -1)
    np.testing.assert_allclose((gradients * (choices == np.arange(1, 5))).sum(axis=-1), back)


def test_windows_on_a_sequence_are_those_on_an_image_of_one_row() -> None:
    on_sequence, on_image = Windows((3,), 2), Windows((1, 3), 2)
    (count,) = on_sequence.counts((6,), "conv_1")
    for places, length in ((under_windows, 6), (over_pixels, count)):
        found, expected = places(on_sequence, (6,), (count,)), places(on_image, (1, 6), (1, count))
        assert found.sides == (expected.columns,)
        sequences = RNG.normal(size=(2, 3, length))
        np.testing.assert_array_equal(found.of(sequences), expected.of(sequences[:, :, None])[:, :, 0, :, 0])


def test_no_window_on_a_sequence_is_too_long_for_it() -> None:
    with pytest.raises(
        ShapeError, match=r"^conv_1: no window of 5 fits into 2 with padding 1; make the window smaller"
    ):
        Windows((5,), 1, 1).counts((2,), "conv_1")


def test_what_has_no_windows_has_none_of_it() -> None:
    flatten = Flatten()
    assert flatten.unrolled((1, 4, 4), (16,)) == {}
    assert flatten.chosen(np.ones((1, 1, 4, 4))) is None
    assert term_sizes(flatten, "output", np.ones((1, 1, 4, 4)), np.ones((1, 16)), {}) is None
