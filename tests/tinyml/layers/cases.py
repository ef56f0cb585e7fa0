"""One row for each layer: what the tests of every layer know about it. To test a new layer, add its row to `ROWS`."""

import math
from typing import Any

import autograd.extend
import autograd.numpy as anp
import numpy as np
from hypothesis import strategies as st

from tests.support.layer_cases import Case
from tests.support.layer_rows import (
    BIAS,
    EPSILON,
    InTorch,
    Limits,
    Row,
    Settings,
    Shape,
    any_shape,
    conv,
    deconv,
    function,
    image,
    images,
    layer_norm,
    pool,
    sequence,
    setting,
    small,
    tiny_image,
    unpool,
)


def batch_norm_running_state(draw: st.DrawFn, shape: Shape) -> Settings:
    """The running statistics."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return {
        "running_mean": rng.uniform(-1, 1, shape[:1]).tolist(),
        "running_variance": rng.uniform(0.5, 2, shape[:1]).tolist(),
    }


def torch_batch_norm(on: InTorch, gamma: Any, beta: Any) -> Any:
    """Not `functional`'s, which would refuse a feature that has one number only."""
    mean, variance = (on.torch.tensor(kept) for kept in (on.layer.running_mean, on.layer.running_variance))
    return on.torch.batch_norm(on.x, gamma, beta, mean, variance, on.case.training, 0.1, on.of("epsilon", 1e-5), False)


# autograd's own erf needs scipy, so its derivative 2/√π e^(−z²) is given here.
erf = autograd.extend.primitive(lambda z: np.vectorize(math.erf)(z))
autograd.extend.defvjp(erf, lambda _, z: lambda upstream: upstream * 2 / math.pi**0.5 * anp.exp(-(z**2)))

RECTIFIED: Limits = ((0, 0, 0), (1, 0, 1))
ROWS: dict[str, Row] = {
    "AvgPool2D": Row(
        images(
            "AvgPool2D",
            ((3, 2, 3, 3), {"size": (2, 1), "stride": 1}),
            ((1, 1, 4, 4), {"size": (2, 2), "stride": 2}),
            ((3, 2, 5, 7), {"size": (3, 2), "stride": 1}),
        ),
        lambda on: on.f.avg_pool2d(on.x, on.of("size"), on.of("stride")),
        pool,
        image,
        takes=3,
    ),
    "BatchNorm": Row(
        [
            Case("BatchNorm", {"features": 2}, (3, 2, 2, 2)),
            Case("BatchNorm", {"features": 3}, (5, 3)),
            Case("BatchNorm", {"features": 2, "epsilon": 1e-3}, (3, 2, 4, 5)),
            Case("BatchNorm", {"features": 3}, (2, 3), training=False),
        ],
        torch_batch_norm,
        lambda draw, shape: {
            "features": shape[0], "momentum": draw(st.sampled_from([0.1, 0.5])), "epsilon": draw(EPSILON),
        },
        any_shape,
        running_state=batch_norm_running_state,
    ),
    "Conv1D": Row(
        images(
            "Conv1D",
            ((2, 2, 4), {"n_filter": 2, "w_filter": 3, "stride": 2, "padding": 1}),
            ((1, 1, 3), {"n_filter": 1, "w_filter": 2}),
            ((2, 3, 7), {"n_filter": 4, "w_filter": 2, "stride": 2, "padding": 1}),
            ((3, 2, 4), {"n_filter": 2, "w_filter": 4, "padding": 2}),
            ((2, 2, 5), {"n_filter": 2, "w_filter": 2, "padding": 1, "bias": False}),
        ),
        lambda on, w, b=None: on.f.conv1d(on.x, w, b, on.of("stride", 1), on.of("padding", 0)),
        conv,
        sequence,
        takes=2,
    ),
    "Conv2D": Row(
        images(
            "Conv2D",
            ((2, 2, 3, 4), {"n_filter": 2, "h_filter": 2, "w_filter": 3, "stride": 2, "padding": 1}),
            ((1, 1, 3, 3), {"n_filter": 1, "h_filter": 2, "w_filter": 2}),
            ((2, 3, 5, 7), {"n_filter": 4, "h_filter": 3, "w_filter": 2, "stride": 2, "padding": 1}),
            ((3, 2, 6, 4), {"n_filter": 2, "h_filter": 1, "w_filter": 4, "padding": 2}),
            ((2, 2, 4, 3), {"n_filter": 2, "h_filter": 2, "w_filter": 2, "padding": 1, "bias": False}),
        ),
        lambda on, w, b=None: on.f.conv2d(on.x, w, b, on.of("stride", 1), on.of("padding", 0)),
        conv,
        image,
        takes=3,
    ),
    "Deconv2D": Row(
        images(
            "Deconv2D",
            ((2, 2, 2, 2), {"n_filters": 2, "h_filter": 2, "w_filter": 1, "stride": 2, "dilation": 2}),
            ((1, 1, 2, 2), {"n_filters": 1, "h_filter": 2, "w_filter": 2, "stride": 1}),
            ((2, 3, 3, 4), {"n_filters": 2, "h_filter": 3, "w_filter": 2, "stride": 2, "dilation": 2, "padding": 1}),
            ((3, 2, 4, 3), {"n_filters": 4, "h_filter": 2, "w_filter": 3, "stride": 3}),
            ((2, 2, 2, 3), {"n_filters": 2, "h_filter": 2, "w_filter": 2, "stride": 2, "bias": False}),
        ),
        lambda on, w, b=None: on.f.conv_transpose2d(
            on.x, w, b, on.of("stride"), on.of("padding", 0), dilation=on.of("dilation", 1)
        ),
        deconv,
        tiny_image,
        takes=3,
    ),
    "Dropout": Row(
        [
            Case("Dropout", {"probability": 0.4}, (3, 5), training=False),
            Case("Dropout", {"probability": 0.4}, (3, 5)),
        ],
        lambda on: on.x * on.torch.tensor(on.layer.mask),
        lambda draw, _: {"probability": draw(st.sampled_from([0.0, 0.1, 0.5, 0.9])), "seed": draw(st.integers(0, 9))},
        any_shape,
        running_state=lambda draw, _: {"passes": draw(st.integers(0, 9))},
    ),
    "ELU": function(
        "ELU",
        lambda on: on.f.elu(on.x, on.of("alpha", 1.0)),
        {"alpha": 0.5},
        settings=setting(alpha=[0.1, 1.0, 2.5]),
        autograd=lambda z: anp.where(z > 0, z, anp.exp(anp.minimum(z, 0)) - 1),
        limits=((0, -1, 0), (1, 0, 1)),
    ),
    "Flatten": Row(
        [Case("Flatten", {}, (2, 2, 2, 2)), Case("Flatten", {}, (2, 3, 4, 5))],
        lambda on: on.torch.flatten(on.x, 1),
        setting(),
        any_shape,
    ),
    "GELU": function(
        "GELU",
        lambda on: on.f.gelu(on.x, approximate=on.of("approximate", "none")),
        {},
        {"approximate": "tanh"},
        settings=setting(approximate=["none", "tanh"]),
        autograd=lambda z: z * (1 + erf(z / 2**0.5)) / 2,
        limits=RECTIFIED,
    ),
    "LayerNorm": Row(
        [
            Case("LayerNorm", {"input_dim": (2, 3)}, (2, 2, 3)),
            Case("LayerNorm", {"input_dim": 4}, (3, 4)),
            Case("LayerNorm", {"input_dim": (2, 3, 4)}, (1, 2, 3, 4)),
        ],
        lambda on, gamma, beta: on.f.layer_norm(on.x, on.case.shape[1:], gamma, beta, on.of("epsilon", 1e-5)),
        layer_norm,
        any_shape,
    ),
    "LeakyReLu": function(
        "LeakyReLu",
        lambda on: on.f.leaky_relu(on.x, on.of("slope", 0.01)),
        {"slope": 0.2},
        settings=setting(slope=[0.0, 0.01, 0.3, 1.0]),
        # A product with the mask: autograd's maximum splits the gradient at a tie, where ours gives none of it to z.
        autograd=lambda z: z * anp.where(z > 0, 1, 0.01),
        limits=((0.01, 0, 0.01), (1, 0, 1)),
    ),
    "Linear": Row(
        [
            Case("Linear", {"input_dim": 3, "output_dim": 2}, (4, 3)),
            Case("Linear", {"input_dim": 3, "output_dim": 2, "bias": False}, (4, 3)),
        ],
        lambda on, w, b=None: on.f.linear(on.x, w, b),
        lambda draw, shape: {"input_dim": shape[0], "output_dim": draw(st.integers(1, 4)), **draw(BIAS)},
        lambda draw: (draw(st.integers(1, 5)),),
        takes=1,
        autograd=lambda z, w, b=0: anp.dot(z, w) + b,
    ),
    "MaxPool2D": Row(
        images(
            "MaxPool2D",
            ((1, 1, 4, 4), {"size": (2, 2), "stride": 2}),
            ((3, 2, 5, 7), {"size": (3, 2), "stride": 1, "ties": True}),
            ((2, 2, 7, 5), {"size": (3, 3), "stride": 2, "return_index": True, "ties": True}),
        ),
        lambda on: on.f.max_pool2d(on.x, on.of("size"), on.of("stride"), return_indices=on.of("return_index", False)),
        lambda draw, shape: {**pool(draw, shape), "return_index": draw(st.booleans())},
        image,
        takes=3,
    ),
    "MaxUnpool2D": Row(
        images(
            "MaxUnpool2D",
            ((1, 1, 2, 2), {"size": (2, 2), "stride": 2}),
            ((3, 2, 2, 3), {"size": (3, 2), "stride": 1}),
        ),
        lambda on: on.f.max_unpool2d(on.x, on.places, on.of("size"), on.of("stride")),
        unpool,
        lambda draw: (draw(st.integers(1, 2)), draw(small), draw(small)),
        takes=3,
    ),
    "PReLU": Row(
        [
            Case("PReLU", {}, (3, 4)),
            Case("PReLU", {"features": 4, "shared": False}, (3, 4), ties=True),
            Case("PReLU", {"features": 2, "shared": False}, (2, 2, 2, 3)),
            Case("PReLU", {}, (2, 2, 2, 3), ties=True),
        ],
        lambda on, slope: on.f.prelu(on.x, slope),
        lambda draw, shape: {"features": shape[0], "shared": draw(st.booleans())},
        any_shape,
        autograd=lambda z, slope: anp.where(z > 0, z, slope * z),
    ),
    "RMSNorm": Row(
        [
            Case("RMSNorm", {"input_dim": (2, 3)}, (2, 2, 3)),
            Case("RMSNorm", {"input_dim": 4, "epsilon": 1e-3}, (3, 4)),
        ],
        lambda on, gamma: on.f.rms_norm(on.x, on.case.shape[1:], gamma, on.of("epsilon", 1e-5)),
        layer_norm,
        any_shape,
    ),
    "ReLu": function("ReLu", lambda on: on.torch.relu(on.x), autograd=lambda z: z * (z > 0), limits=RECTIFIED),
    "SiLU": function(
        "SiLU",
        lambda on: on.f.silu(on.x),
        autograd=lambda z: z / (1 + anp.exp(-z)),
        limits=RECTIFIED,
    ),
    "Sigmoid": function(
        "Sigmoid",
        lambda on: on.torch.sigmoid(on.x),
        autograd=lambda z: 1 / (1 + anp.exp(-z)),
        limits=((0, 0, 0), (0, 1, 0)),
    ),
    "Softmax": Row(
        [
            Case("Softmax", {"axis": 1}, (2, 3, 2)),
            Case("Softmax", {"axis": 2}, (2, 3, 4)),
            Case("Softmax", {}, (3, 4)),
            Case("Softmax", {}, (3, 4), ties=True),
        ],
        lambda on: on.torch.softmax(on.x, on.of("axis", 1)),
        lambda draw, shape: {"axis": draw(st.sampled_from([-1, *range(1, len(shape) + 1)]))},
        any_shape,
        autograd=lambda z: anp.exp(z) / anp.sum(anp.exp(z), axis=1, keepdims=True),
    ),
    "Softplus": function(
        "Softplus",
        lambda on: on.f.softplus(on.x),
        autograd=lambda z: anp.log(1 + anp.exp(z)),
        limits=RECTIFIED,
    ),
    "Tanh": function(
        "Tanh", lambda on: on.torch.tanh(on.x), autograd=anp.tanh, limits=((0, -1, 0), (0, 1, 0))
    ),
}  # fmt: skip
