"""Layers that the network documents of the tests do not reach, each in several settings, with PyTorch's answer to
it.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tinyml import layers
from tinyml.layers import Layer


class Case(NamedTuple):
    """A layer by its class and arguments (after its name), and the shape of its input, batch first."""

    kind: str
    arguments: dict[str, Any]
    shape: tuple[int, ...]

    @property
    def name(self) -> str:
        """What tells the case apart."""
        settings = ", ".join(f"{name}={value}" for name, value in self.arguments.items() if name != "input_dim")
        return f"{self.kind}({settings}) on {'×'.join(map(str, self.shape))}"

    def layer(self) -> Layer:
        """The layer, with parameters that are not what they start as."""
        made: Layer = getattr(layers, self.kind)("layer", **self.arguments)
        rng = np.random.default_rng(1)
        for parameter in made.parameters().values():
            parameter.tensor = rng.normal(size=parameter.tensor.shape)
        return made

    def data(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """An input, and a gradient for the output. Few different numbers where windows compete, so that there are
        ties.
        """
        rng = np.random.default_rng(2)
        x = rng.integers(0, 4, self.shape).astype(float) if self.kind == "MaxPool2D" else rng.normal(size=self.shape)
        return x, rng.normal(size=(self.shape[0], *self.layer().output_shape(self.shape[1:])))


def _image(kind: str, shape: tuple[int, int, int, int], **arguments: Any) -> Case:
    return Case(kind, {"input_dim": shape[1:], **arguments}, shape)


CASES = [
    _image("Conv2D", (1, 1, 3, 3), n_filter=1, h_filter=2, w_filter=2),
    _image("Conv2D", (2, 3, 5, 7), n_filter=4, h_filter=3, w_filter=2, stride=2, padding=1),
    _image("Conv2D", (3, 2, 6, 4), n_filter=2, h_filter=1, w_filter=4, padding=2),
    _image("Deconv2D", (1, 1, 2, 2), n_filters=1, h_filter=2, w_filter=2, stride=1),
    _image("Deconv2D", (2, 3, 3, 4), n_filters=2, h_filter=3, w_filter=2, stride=2, dilation=2, padding=1),
    _image("Deconv2D", (3, 2, 4, 3), n_filters=4, h_filter=2, w_filter=3, stride=3),
    _image("MaxPool2D", (1, 1, 4, 4), size=(2, 2), stride=2),
    _image("MaxPool2D", (3, 2, 5, 7), size=(3, 2), stride=1),
    _image("MaxPool2D", (2, 2, 7, 5), size=(3, 3), stride=2),
    _image("AvgPool2D", (1, 1, 4, 4), size=(2, 2), stride=2),
    _image("AvgPool2D", (3, 2, 5, 7), size=(3, 2), stride=1),
    Case("Flatten", {}, (2, 3, 4, 5)),
    Case("BatchNorm", {"features": 3}, (5, 3)),
    Case("BatchNorm", {"features": 2, "epsilon": 1e-3}, (3, 2, 4, 5)),
    Case("LayerNorm", {"input_dim": 4}, (3, 4)),
    Case("LayerNorm", {"input_dim": (2, 3, 4)}, (1, 2, 3, 4)),
]


def torch_answers(case: Case) -> dict[str, Any]:
    """Output, input gradient and parameter gradients, as PyTorch computes them in float64."""
    import torch

    functional = torch.nn.functional
    x, upstream = case.data()
    leaf = torch.tensor(x, requires_grad=True)
    parameters = {
        name: torch.tensor(parameter.tensor, requires_grad=True)
        for name, parameter in case.layer().parameters().items()
    }
    given = case.arguments
    calls: dict[str, Any] = {
        "Conv2D": lambda w, b: functional.conv2d(leaf, w, b, given.get("stride", 1), given.get("padding", 0)),
        "Deconv2D": lambda w, b: functional.conv_transpose2d(
            leaf, w, b, given["stride"], given.get("padding", 0), dilation=given.get("dilation", 1)
        ),
        "MaxPool2D": lambda: functional.max_pool2d(leaf, given["size"], given["stride"]),
        "AvgPool2D": lambda: functional.avg_pool2d(leaf, given["size"], given["stride"]),
        "Flatten": lambda: torch.flatten(leaf, 1),
        "BatchNorm": lambda gamma, beta: functional.batch_norm(
            leaf, None, None, gamma, beta, training=True, eps=given.get("epsilon", 1e-5)
        ),
        "LayerNorm": lambda gamma, beta: functional.layer_norm(leaf, case.shape[1:], gamma, beta),
    }
    output = calls[case.kind](**parameters)
    output.backward(torch.tensor(upstream))
    gradients = {name: parameter.grad.tolist() for name, parameter in parameters.items()}
    return {"output": output.tolist(), "input_gradient": leaf.grad.tolist(), **gradients}
