"""Random valid settings for each layer class: a rule draws its arguments and the shape of a sample."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.support.layer_cases import Case

Setting = tuple[dict[str, Any], tuple[int, ...]]
# Layers that act on the batch as a whole while training, so that a single sample gives other results.
OVER_THE_BATCH = {"BatchNorm", "Dropout"}
small = st.integers(1, 3)
# Of a layer that may be without a bias; most have one.
BIAS = st.sampled_from([{}, {}, {"bias": False}])


def any_shape(draw: st.DrawFn) -> tuple[int, ...]:
    return tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=3)))


def plain(draw: st.DrawFn) -> Setting:
    return {}, any_shape(draw)


def linear(draw: st.DrawFn) -> Setting:
    inputs, outputs = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    return {"input_dim": inputs, "output_dim": outputs, **draw(BIAS)}, (inputs,)


def leaky(draw: st.DrawFn) -> Setting:
    return {"slope": draw(st.sampled_from([0.0, 0.01, 0.3, 1.0]))}, any_shape(draw)


def elu(draw: st.DrawFn) -> Setting:
    return {"alpha": draw(st.sampled_from([0.1, 1.0, 2.5]))}, any_shape(draw)


def softmax(draw: st.DrawFn) -> Setting:
    shape = any_shape(draw)
    return {"axis": draw(st.sampled_from([-1, *range(1, len(shape) + 1)]))}, shape


def dropout(draw: st.DrawFn) -> Setting:
    probability = draw(st.sampled_from([0.0, 0.1, 0.5, 0.9]))
    return {"probability": probability, "seed": draw(st.integers(0, 9))}, any_shape(draw)


def batch_norm(draw: st.DrawFn) -> Setting:
    shape = any_shape(draw)
    momentum, epsilon = draw(st.sampled_from([0.1, 0.5])), draw(st.sampled_from([1e-5, 1e-3]))
    return {"features": shape[0], "momentum": momentum, "epsilon": epsilon}, shape


def layer_norm(draw: st.DrawFn) -> Setting:
    shape = any_shape(draw)
    input_dim = shape[0] if len(shape) == 1 and draw(st.booleans()) else shape
    return {"input_dim": input_dim, "epsilon": draw(st.sampled_from([1e-5, 1e-3]))}, shape


def conv(draw: st.DrawFn) -> Setting:
    height, width, stride, padding = draw(small), draw(small), draw(small), draw(st.integers(0, 2))
    shape = (
        draw(small),
        draw(st.integers(max(1, height - 2 * padding), 5)),
        draw(st.integers(max(1, width - 2 * padding), 6)),
    )
    window = {"h_filter": height, "w_filter": width, "stride": stride, "padding": padding}
    return {"input_dim": shape, "n_filter": draw(small), **window, **draw(BIAS)}, shape


def deconv(draw: st.DrawFn) -> Setting:
    height, width, stride, dilation = draw(small), draw(small), draw(small), draw(small)
    shape = (draw(small), draw(small), draw(st.integers(1, 4)))
    sides = zip(shape[1:], (height, width), strict=True)
    smallest = min((count - 1) * stride + (size - 1) * dilation + 1 for count, size in sides)
    padding = draw(st.integers(0, min(2, (smallest - 1) // 2)))
    window = {"h_filter": height, "w_filter": width, "stride": stride, "dilation": dilation, "padding": padding}
    return {"input_dim": shape, "n_filters": draw(small), **window, **draw(BIAS)}, shape


def pool(draw: st.DrawFn) -> Setting:
    size, stride = (draw(small), draw(small)), draw(small)
    counts = draw(small), draw(small)
    shape = (draw(st.integers(1, 2)), *(window + stride * (n - 1) for window, n in zip(size, counts, strict=True)))
    return {"input_dim": shape, "size": size, "stride": stride}, shape


def max_pool(draw: st.DrawFn) -> Setting:
    arguments, shape = pool(draw)
    return {**arguments, "return_index": draw(st.booleans())}, shape


def unpool(draw: st.DrawFn) -> Setting:
    shape = (draw(st.integers(1, 2)), draw(small), draw(small))
    return {"input_dim": shape, "size": (draw(small), draw(small)), "stride": draw(small)}, shape


SETTINGS: dict[str, Callable[[st.DrawFn], Setting]] = {
    "AvgPool2D": pool,
    "BatchNorm": batch_norm,
    "Conv2D": conv,
    "Deconv2D": deconv,
    "Dropout": dropout,
    "ELU": elu,
    "Flatten": plain,
    "GELU": plain,
    "LayerNorm": layer_norm,
    "LeakyReLu": leaky,
    "Linear": linear,
    "MaxPool2D": max_pool,
    "MaxUnpool2D": unpool,
    "ReLu": plain,
    "Sigmoid": plain,
    "Softmax": softmax,
    "Softplus": plain,
    "Tanh": plain,
}


@st.composite
def cases(draw: st.DrawFn, kind: str, batches: st.SearchStrategy[int], ties: bool | None = None) -> Case:
    """Cases of one class with a batch of the given sizes; with ties, without ties, or either by default."""
    arguments, sample = SETTINGS[kind](draw)
    return Case(
        kind,
        arguments,
        (draw(batches), *sample),
        draw(st.booleans()) if ties is None else ties,
        kind not in OVER_THE_BATCH or draw(st.booleans()),
        draw(st.integers(0, 2**32 - 1)),
    )
