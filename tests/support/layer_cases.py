"""A layer in one setting with data to send through it: the cases for the tests of every layer."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tinyml import layers
from tinyml.layers import Layer
from tinyml.net import Sequential

Array = NDArray[Any]


class Case(NamedTuple):
    """A layer by its class and arguments (after its name), and the shape of its input, batch first.

    `ties` draws few different numbers, including 0, so that maxima tie and kinks are met exactly; otherwise all
    numbers keep a distance from each other and from 0, so that every derivative exists. `frozen` names the
    parameters that no update changes.
    """

    kind: str
    arguments: dict[str, Any]
    shape: tuple[int, ...]
    ties: bool = False
    training: bool = True
    seed: int = 0
    frozen: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """A name that identifies the case."""
        settings = [f"{name}={value}" for name, value in self.arguments.items() if name != "input_dim"]
        marks = [word for word, applies in (("ties", self.ties), ("predicting", not self.training)) if applies]
        return ", ".join([f"{self.kind}({', '.join(settings)}) on {'×'.join(map(str, self.shape))}", *marks])

    def layer(self) -> Layer:
        """A new layer, the same each time, with parameters that differ from their initial values."""
        made: Layer = getattr(layers, self.kind)("layer", **self.arguments)
        rng = np.random.default_rng([self.seed, 1])
        for name, parameter in made.parameters().items():
            parameter.tensor = rng.normal(size=parameter.tensor.shape)
            parameter.require_grad = name not in self.frozen
        if not self.training:
            made.forward(rng.normal(size=self.shape))  # leaves running statistics that differ from their initial values
            Sequential([made]).train(False)
        return made

    def x(self) -> Array:
        """The input."""
        rng = np.random.default_rng([self.seed, 2])
        if self.ties:
            return rng.integers(-2, 3, self.shape).astype(float)
        count = int(np.prod(self.shape))
        order = rng.permutation(count) - count / 2 + 0.5  # never 0: an even count gives half-integers,
        order += 0.25 * (count % 2)  # and integers are moved by a quarter
        return order.reshape(self.shape) * max(0.05, 4 / count)

    def fed(self, x: Array) -> Any:
        """The arguments of `forward`: MaxUnpool2D needs a place for each number, other layers only the input."""
        if self.kind != "MaxUnpool2D":
            return x
        rng, (_, height, width) = np.random.default_rng([self.seed, 3]), self.layer().output_shape(self.shape[1:])
        images, places = self.shape[0] * self.shape[1], self.shape[2] * self.shape[3]
        return x, np.array([rng.permutation(height * width)[:places] for _ in range(images)]).reshape(self.shape)

    def upstream(self, draw: int = 0) -> Array:
        """A gradient for the output."""
        rng = np.random.default_rng([self.seed, 4, draw])
        return rng.normal(size=(self.shape[0], *self.layer().output_shape(self.shape[1:])))


def output_of(answer: Any) -> Array:
    """The output of a forward pass without the places that MaxPool2D may return with it."""
    output: Array = answer[0] if isinstance(answer, tuple) else answer
    return output


def gradients(layer: Layer, upstream: Array) -> dict[str, Array]:
    """The results of one backward pass: the input gradient and every parameter's, copied."""
    input_gradient = layer.backward(upstream)
    ours = {name: np.array(parameter.gradient) for name, parameter in layer.parameters().items()}
    return {"input_gradient": np.array(input_gradient), **ours}


def passes(case: Case) -> dict[str, Array]:
    """The results of one forward and one backward pass, including places if there are any."""
    layer = case.layer()
    answer = layer.forward(case.fed(case.x()))
    places = {"index": np.array(answer[1])} if isinstance(answer, tuple) else {}
    return {"output": np.array(output_of(answer)), **places, **gradients(layer, case.upstream())}


def in_float32(layer: Layer) -> Layer:
    """The layer with all its arrays in float32."""
    return layer.astype(np.float32)
