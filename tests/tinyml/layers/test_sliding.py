"""Convolutions of every geometry, compared with sums window by window."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.reaching import reaches
from tinyml import layers
from tinyml.layers import Conv2D, Layer
from tinyml.net import Sequential

few, some = st.integers(1, 3), st.integers(1, 8)
ANY_LAYOUT = [name for name in layers.__all__ if getattr(getattr(layers, name), "writes_any_layout", False)]


def reader(name: str, image: tuple[int, ...]) -> Layer:
    """A layer of a class that writes the gradient of its input to any memory layout."""
    settings = {"Conv2D": (image, 2, 1, 1), "MaxPool2D": (image, 1, 1), "AvgPool2D": (image, 1, 1)}
    layer = getattr(layers, name)("reader", *settings.get(name, ()))
    assert isinstance(layer, Layer)
    return layer


@given(
    batch=few,
    image=st.tuples(few, some, some),
    filters=few,
    window=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    stride=st.integers(1, 4),
    padding=st.integers(0, 3),
    bias=st.booleans(),
    seed=st.integers(0, 2**16),
)
def test_forward_and_backward_are_sums_over_the_windows(
    batch: int,
    image: tuple[int, int, int],
    filters: int,
    window: tuple[int, int],
    stride: int,
    padding: int,
    bias: bool,
    seed: int,
) -> None:
    """Including strides larger than the window, and padding larger than the window."""
    assume(all(size + 2 * padding >= reach for size, reach in zip(image[1:], window, strict=True)))
    reaches(0.1, "a stride larger than the window", stride > min(window))
    reaches(0.1, "padding larger than the window", padding > min(window))
    rng = np.random.default_rng(seed)
    layer = Conv2D("conv_1", image, filters, *window, stride, padding, bias=bias, rng=rng)
    w = layer.weight.tensor
    side = (padding, padding)
    for _ in range(2):  # the second pass reuses the arrays of the first
        x = rng.normal(size=(batch, *image))
        padded = np.pad(x, ((0, 0), (0, 0), side, side))
        output = layer.forward(x)
        upstream = rng.normal(size=output.shape)
        found = layer.backward(upstream)
        expected, w_gradient, padded_gradient = np.zeros_like(output), np.zeros_like(w), np.zeros_like(padded)
        for r, s in np.ndindex(output.shape[2:]):
            place = np.s_[:, :, r * stride : r * stride + window[0], s * stride : s * stride + window[1]]
            expected[:, :, r, s] = np.einsum("ncij,fcij->nf", padded[place], w)
            w_gradient += np.einsum("nf,ncij->fcij", upstream[:, :, r, s], padded[place])
            padded_gradient[place] += np.einsum("nf,fcij->ncij", upstream[:, :, r, s], w)
        if bias:
            expected += layer.bias.tensor[:, None, None]
            np.testing.assert_allclose(np.asarray(layer.bias.gradient), upstream.sum((0, 2, 3)), rtol=1e-11, atol=1e-12)
        inside = padded_gradient[:, :, padding : padding + image[1], padding : padding + image[2]]
        np.testing.assert_allclose(output, expected, rtol=1e-11, atol=1e-12)
        np.testing.assert_allclose(np.asarray(layer.weight.gradient), w_gradient, rtol=1e-11, atol=1e-12)
        np.testing.assert_allclose(found, inside, rtol=1e-11, atol=1e-12)


@given(
    name=st.sampled_from(ANY_LAYOUT),
    batch=few,
    image=st.tuples(few, some, some),
    filters=few,
    window=st.tuples(few, few),
    padding=st.integers(0, 1),
    seed=st.integers(0, 2**16),
)
def test_in_a_network_the_gradients_are_those_of_the_layers_alone_though_rows_of_pixels_come_first_in_memory(
    name: str,
    batch: int,
    image: tuple[int, int, int],
    filters: int,
    window: tuple[int, int],
    padding: int,
    seed: int,
) -> None:
    """To the last bit, as docs/engine.md promises: the layout changes addresses, not the order of a sum."""
    assume(all(size + 2 * padding >= reach for size, reach in zip(image[1:], window, strict=True)))
    rng = np.random.default_rng(seed)
    conv = Conv2D("conv", image, filters, *window, 1, padding, rng=rng)
    after = reader(name, conv.output_shape(image))
    model, x = Sequential([conv, after]), rng.normal(size=(batch, *image))
    upstream = rng.normal(size=model.forward(x).shape)
    together = model.backward(upstream)
    gradients = [np.array(parameter.gradient) for parameter in model.parameters]
    plan, place = conv.recall(conv.ran)
    gradient = plan.buffers[place].output_gradient
    assert gradient.swapaxes(0, 1).flags.c_contiguous
    reaches(0.3, "another layout than that of the layer alone", not gradient.flags.c_contiguous)
    after.forward(conv.forward(x))
    alone = conv.backward(after.backward(upstream))
    assert together.tobytes() == alone.tobytes()
    for found, parameter in zip(gradients, model.parameters, strict=True):
        assert found.tobytes() == np.array(parameter.gradient).tobytes()
