"""Each layer as lines of a program: forward and backward with numpy, and its formula in PyTorch.

The forward lines are also those for JAX. In the lines, `{z}` is the input and `{h}` the output, `{d}` is ∂ℓ/∂h and
`{d_z}` ∂ℓ/∂z; a parameter has its name, as in `{w}`, and its gradient `{w_grad}`; a setting has the name of its field,
and `{mask}` is what a pass saved. `{axes}` are those over which a normalization goes.
"""

from typing import NamedTuple


class Lines(NamedTuple):
    """A layer in a program: its output as an expression, in numpy and in PyTorch, and the gradients of its parameters
    and of its input, as assignments.
    """

    forward: str
    backward: tuple[str, ...]
    torch: str


def function(forward: str, slope: str, torch: str) -> Lines:
    """An elementwise function: h, and its slope h′ from z and h."""
    return Lines(forward, ("{d_z} = {d} * " + slope,), torch)


def weighted(call: str, settings: str, torch: str, axes: str) -> Lines:
    """A convolution: a function of numpy programs with its backward one, and PyTorch's."""
    backward = "{d_z}, {w_grad} = " + f"{call}_backward({{d}}, {{z}}, {{w}}, {settings})"
    bias = f"{{b_grad}} = {{d}}.sum(axis={axes})"
    return Lines(f"{call}({{z}}, {{w}}, {settings}){{plus_b}}", (backward, bias), torch)


IDENTITY = Lines("{z}", ("{d_z} = {d}",), "{z}")
INNER = "0.7978845608028654 * ({z} + 0.044715 * {z} ** 3)"  # √(2/π) (z + 0.044715 z³)
LAYERS: dict[str, Lines] = {
    "Linear": Lines(
        "{z} @ {w}{plus_b}",
        ("{w_grad} = {z}.T @ {d}", "{b_grad} = {d}.sum(axis=0)", "{d_z} = {d} @ {w}.T"),
        "{z} @ {w}{plus_b}",
    ),
    # `where` and not `maximum`, for which JAX gives each half of the gradient at a tie.
    "ReLu": function("np.where({z} > 0, {z}, 0.0)", "({z} > 0)", "torch.relu({z})"),
    "LeakyReLu": function(
        "np.where({z} > 0, {z}, {slope} * {z})",
        "np.where({z} > 0, 1.0, {slope})",
        "torch.nn.functional.leaky_relu({z}, {slope})",
    ),
    "PReLU": Lines(
        "np.where({z} > 0, {z}, {spread} * {z})",
        (
            "{slope_grad} = ({d} * np.where({z} > 0, 0.0, {z})){summed}",
            "{d_z} = {d} * np.where({z} > 0, 1.0, {spread})",
        ),
        "torch.nn.functional.prelu({z}, {slope})",
    ),
    "ELU": function(
        "np.where({z} > 0, {z}, {alpha} * np.expm1(np.where({z} > 0, 0.0, {z})))",
        "np.where({z} > 0, 1.0, {alpha} * np.exp(np.where({z} > 0, 0.0, {z})))",
        "torch.nn.functional.elu({z}, {alpha})",
    ),
    "GELU": function(
        "{z} * 0.5 * (1 + erf({z} / np.sqrt(2)))",
        "(0.5 * (1 + erf({z} / np.sqrt(2))) + {z} * np.exp(-({z} ** 2) / 2) / np.sqrt(2 * np.pi))",
        "torch.nn.functional.gelu({z})",
    ),
    "GELU tanh": function(
        f"0.5 * {{z}} * (1 + np.tanh({INNER}))",
        f"(0.5 * (1 + np.tanh({INNER})) + 0.5 * {{z}} * (1 - np.tanh({INNER}) ** 2)"
        " * 0.7978845608028654 * (1 + 3 * 0.044715 * {z} ** 2))",
        'torch.nn.functional.gelu({z}, approximate="tanh")',
    ),
    "SiLU": function(
        "{z} * sigmoid({z})", "sigmoid({z}) * (1 + {z} * (1 - sigmoid({z})))", "torch.nn.functional.silu({z})"
    ),
    "Softplus": function("np.logaddexp(0.0, {z})", "sigmoid({z})", "torch.logaddexp(torch.zeros_like({z}), {z})"),
    "Sigmoid": function("sigmoid({z})", "{h} * (1 - {h})", "torch.sigmoid({z})"),
    "Tanh": function("np.tanh({z})", "(1 - {h} ** 2)", "torch.tanh({z})"),
    "Softmax": Lines(
        "softmax({z})", ("{d_z} = {h} * ({d} - ({d} * {h}).sum(axis=1, keepdims=True))",), "torch.softmax({z}, 1)"
    ),
    "Conv1D": Lines(
        "convolved({z}[:, :, None], {w}[:, :, None], {stride}, {sides})[:, :, 0]{plus_b}",
        (
            "{d_z}, {w_grad} = convolved_backward("
            "{d}[:, :, None], {z}[:, :, None], {w}[:, :, None], {stride}, {sides})",
            "{d_z}, {w_grad} = {d_z}[:, :, 0], {w_grad}[:, :, 0]",
            "{b_grad} = {d}.sum(axis=(0, 2))",
        ),
        "torch.nn.functional.conv1d({z}, {w}, {b}, {stride}, {padding})",
    ),
    "Conv2D": weighted(
        "convolved", "{stride}, {sides}", "torch.nn.functional.conv2d({z}, {w}, {b}, {stride}, {padding})", "(0, 2, 3)"
    ),
    "Deconv2D": weighted(
        "transposed",
        "{stride}, {dilation}, {padding}",
        "torch.nn.functional.conv_transpose2d({z}, {w}, {b}, {stride}, {padding}, dilation={dilation})",
        "(0, 2, 3)",
    ),
    "MaxPool2D": Lines(
        "pooled({z}, {size}, {stride})",
        ("{d_z} = pooled_backward({d}, {z}, {size}, {stride})",),
        "torch.nn.functional.max_pool2d({z}, ({size}), {stride})",
    ),
    "AvgPool2D": Lines(
        "averaged({z}, {size}, {stride})",
        ("{d_z} = averaged_backward({d}, {z}, {size}, {stride})",),
        "torch.nn.functional.avg_pool2d({z}, ({size}), {stride})",
    ),
    "Flatten": Lines("{z}.reshape(len({z}), -1)", ("{d_z} = {d}.reshape({z}.shape)",), "torch.flatten({z}, 1)"),
    "Dropout": Lines("{z} * {mask}", ("{d_z} = {d} * {mask}",), "{z} * {mask}"),
    "Dropout predict": IDENTITY,
    "BatchNorm": Lines(
        "{along_gamma} * normalized({z}, {axes}, {epsilon}) + {along_beta}",
        (
            "{gamma_grad} = ({d} * normalized({z}, {axes}, {epsilon})).sum(axis={axes})",
            "{beta_grad} = {d}.sum(axis={axes})",
            "{d_z} = normalized_backward({d} * {along_gamma}, {z}, {axes}, {epsilon})",
        ),
        "torch.batch_norm({z}, {gamma}, {beta}, None, None, True, 0.1, {epsilon}, False)",
    ),
    "BatchNorm predict": Lines(
        "{along_gamma} * ({z} - {along_mean}) / np.sqrt({along_variance} + {epsilon}) + {along_beta}",
        (
            "{gamma_grad} = ({d} * ({z} - {along_mean}) / np.sqrt({along_variance} + {epsilon})).sum(axis={axes})",
            "{beta_grad} = {d}.sum(axis={axes})",
            "{d_z} = {d} * {along_gamma} / np.sqrt({along_variance} + {epsilon})",
        ),
        "torch.batch_norm({z}, {gamma}, {beta}, {mean}, {variance}, False, 0.1, {epsilon}, False)",
    ),
    "LayerNorm": Lines(
        "{gamma} * normalized({z}, {axes}, {epsilon}) + {beta}",
        (
            "{gamma_grad} = ({d} * normalized({z}, {axes}, {epsilon})).sum(axis=0)",
            "{beta_grad} = {d}.sum(axis=0)",
            "{d_z} = normalized_backward({d} * {gamma}, {z}, {axes}, {epsilon})",
        ),
        "torch.nn.functional.layer_norm({z}, {gamma}.shape, {gamma}, {beta}, {epsilon})",
    ),
    "RMSNorm": Lines(
        "{gamma} * rms_normalized({z}, {axes}, {epsilon})",
        (
            "{gamma_grad} = ({d} * rms_normalized({z}, {axes}, {epsilon})).sum(axis=0)",
            "{d_z} = rms_normalized_backward({d} * {gamma}, {z}, {axes}, {epsilon})",
        ),
        "torch.nn.functional.rms_norm({z}, {gamma}.shape, {gamma}, {epsilon})",
    ),
}
