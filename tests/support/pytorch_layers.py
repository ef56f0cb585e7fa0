"""What PyTorch computes for a case: an oracle, live where torch is installed and recorded for everywhere else."""

import importlib.util
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.layer_cases import Case
from tinyml.layers import Layer

where_torch_is = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="torch is not installed; recorded answers serve"
)


def torch_passes(case: Case) -> dict[str, Any]:
    """Output, places where there are some, input gradient and parameter gradients, in float64."""
    import torch

    layer, x = case.layer(), case.x()
    layer.forward(case.fed(x))  # Dropout draws its mask, which PyTorch then takes over
    leaf = torch.tensor(x, requires_grad=True)
    fed = case.fed(x)
    places = torch.tensor(fed[1]) if isinstance(fed, tuple) else None
    parameters = {
        name: torch.tensor(parameter.tensor, requires_grad=True) for name, parameter in layer.parameters().items()
    }
    answer = counterparts()[case.kind](layer, case, leaf, places, **parameters)
    output, *index = answer if isinstance(answer, tuple) else (answer,)
    output.backward(torch.tensor(case.upstream()))
    return {
        "output": output.tolist(),
        **({"index": index[0].tolist()} if index else {}),
        "input_gradient": leaf.grad.tolist(),
        **{name: parameter.grad.tolist() for name, parameter in parameters.items()},
    }


def counterparts() -> dict[str, Callable[..., Any]]:
    """PyTorch's function for each class, called with our layer, the case, the input, its places, and the
    parameters.
    """
    import torch

    functional = torch.nn.functional

    def batch_norm(layer: Any, case: Case, x: Any, _: Any, gamma: Any, beta: Any) -> Any:
        mean, variance = (torch.tensor(kept) for kept in (layer.running_mean, layer.running_variance))
        epsilon = case.arguments.get("epsilon", 1e-5)
        # Not `functional`'s, which would refuse a feature that has one number only.
        return torch.batch_norm(x, gamma, beta, mean, variance, case.training, 0.1, epsilon, False)

    def conv(_: Layer, case: Case, x: Any, __: Any, w: Any, b: Any = None) -> Any:
        given = case.arguments
        return functional.conv2d(x, w, b, given.get("stride", 1), given.get("padding", 0))

    def deconv(_: Layer, case: Case, x: Any, __: Any, w: Any, b: Any = None) -> Any:
        given = case.arguments
        stride, padding, dilation = given["stride"], given.get("padding", 0), given.get("dilation", 1)
        return functional.conv_transpose2d(x, w, b, stride, padding, dilation=dilation)

    def max_pool(_: Layer, case: Case, x: Any, __: Any) -> Any:
        given = case.arguments
        with_index = given.get("return_index", False)
        return functional.max_pool2d(x, given["size"], given["stride"], return_indices=with_index)

    def layer_norm(_: Layer, case: Case, x: Any, __: Any, gamma: Any, beta: Any) -> Any:
        return functional.layer_norm(x, case.shape[1:], gamma, beta, case.arguments.get("epsilon", 1e-5))

    return {
        "AvgPool2D": lambda _, case, x, __: functional.avg_pool2d(x, case.arguments["size"], case.arguments["stride"]),
        "BatchNorm": batch_norm,
        "Conv2D": conv,
        "Deconv2D": deconv,
        "Dropout": lambda layer, _, x, __: x * torch.tensor(layer.mask),
        "ELU": lambda _, case, x, __: functional.elu(x, case.arguments.get("alpha", 1.0)),
        "Flatten": lambda _, __, x, ___: torch.flatten(x, 1),
        "GELU": lambda _, __, x, ___: functional.gelu(x),
        "LayerNorm": layer_norm,
        "LeakyReLu": lambda _, case, x, __: functional.leaky_relu(x, case.arguments.get("slope", 0.01)),
        "Linear": lambda _, __, x, ___, w, b=None: functional.linear(x, w, b),
        "MaxPool2D": max_pool,
        "MaxUnpool2D": lambda _, case, x, places: functional.max_unpool2d(
            x, places, case.arguments["size"], case.arguments["stride"]
        ),
        "ReLu": lambda _, __, x, ___: torch.relu(x),
        "Sigmoid": lambda _, __, x, ___: torch.sigmoid(x),
        "Softmax": lambda _, case, x, __: torch.softmax(x, case.arguments.get("axis", 1)),
        "Softplus": lambda _, __, x, ___: functional.softplus(x),
        "Tanh": lambda _, __, x, ___: torch.tanh(x),
    }
