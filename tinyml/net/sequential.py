"""A network whose layers follow one another."""

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tinyml.core import Array, DuplicateNameError, Parameter, ShapeError
from tinyml.layers import Layer
from tinyml.net.summary import summary
from tinyml.optims import Optimizer
from tinyml.saving import export_parameters, load_parameters


class ForwardStep(NamedTuple):
    """One layer's forward pass."""

    layer: Layer
    input: Array
    output: Array


class BackwardStep(NamedTuple):
    """One layer's backward pass: ∂ℓ/∂output in, ∂ℓ/∂input out."""

    layer: Layer
    output_gradient: Array
    input_gradient: Array


class Sequential:
    """Layers in a row, each fed with the output of the one before.

    `forward_steps` and `backward_steps` yield the passes layer by layer, for whoever wants to watch; `forward` and
    `backward` run the same steps to their end.
    """

    def __init__(self, layers: Iterable[Layer] = ()) -> None:
        self.layers = list(layers)
        self.parameters: list[Parameter] = []
        self.build_params()

    def add(self, layer: Layer) -> None:
        """Append a layer."""
        self.layers.append(layer)
        self.build_params()

    def build_params(self) -> None:
        """Collect the layers' parameters; a second call collects the same ones, not twice."""
        self.parameters = [parameter for layer in self.layers for parameter in layer.parameters().values()]

    def forward_steps(self, input: Array) -> Iterator[ForwardStep]:
        """Run the layers first to last, yielding each when it is done."""
        for layer in self.layers:
            output = layer.forward(input)
            yield ForwardStep(layer, input, output)
            input = output

    def backward_steps(self, in_gradient: Array) -> Iterator[BackwardStep]:
        """Run the layers last to first, yielding each when it is done; their parameters' gradients are set."""
        for layer in reversed(self.layers):
            input_gradient = layer.backward(in_gradient)
            yield BackwardStep(layer, in_gradient, input_gradient)
            in_gradient = input_gradient

    def forward(self, input: Array) -> Array:
        """The network's output for a batch of inputs."""
        for step in self.forward_steps(input):
            input = step.output
        return input

    def backward(self, in_gradient: Array) -> Array:
        """From ∂ℓ/∂output of the network to ∂ℓ/∂input."""
        for step in self.backward_steps(in_gradient):
            in_gradient = step.input_gradient
        return in_gradient

    def predict(self, input: Array) -> Array:
        """The output as it is for use rather than for training: nothing is dropped, and running statistics serve."""
        before = [layer.training for layer in self.layers]
        self.train(False)
        try:
            return self.forward(input)
        finally:
            for layer, training in zip(self.layers, before, strict=True):
                layer.training = training

    def train(self, training: bool = True) -> None:
        """Say whether the passes that follow are for training, as they are at first, or for predicting."""
        for layer in self.layers:
            layer.training = training

    def __call__(self, input: Array) -> Array:
        return self.forward(input)

    def update(self, optimizer: Optimizer) -> None:
        """Let the optimizer take one step with every parameter."""
        for parameter in self.parameters:
            optimizer.update(parameter)

    def shapes(self, input_shape: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The shape of one sample before the first layer and after each; ShapeError names the layer that does not
        fit, DuplicateNameError the name that two layers share.
        """
        if not self.layers:
            raise ShapeError("Sequential: a network needs at least one layer; add one.")
        names = [layer.name for layer in self.layers]
        for i, name in enumerate(names):
            if name in names[:i]:
                raise DuplicateNameError(f"Sequential: two layers are called '{name}'; give each a name of its own.")
        shapes = [input_shape]
        for layer in self.layers:
            shapes.append(layer.output_shape(shapes[-1]))
        return shapes

    def summary(self, input_shape: tuple[int, ...] | None = None) -> str:
        """A table of the layers: name, type, shape of one sample's output, number of parameters; see `net.summary`."""
        return summary(self, input_shape)

    def export(self, path: str | os.PathLike[str]) -> None:
        """Save the parameters to a .npz or .safetensors file; see `saving.export_parameters`."""
        export_parameters(self, path)

    def load(self, path: str | os.PathLike[str]) -> None:
        """Take the parameters from a file that `export` wrote, all or none; see `saving.load_parameters`."""
        load_parameters(self, path)
