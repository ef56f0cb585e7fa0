"""A network whose layers follow one another."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from tinyml.core import Array, Backend, ShapeError, run
from tinyml.layers import Layer
from tinyml.layers.passes import forward
from tinyml.layers.plan import Plan
from tinyml.layers.site import samples_first
from tinyml.net.network import Network
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


class Sequential(Network):
    """Layers in a row, each fed with the output of the one before.

    `forward_steps` and `backward_steps` yield the passes layer by layer, for whoever wants to watch.
    """

    def forward(self, input: Array) -> Array:
        """The network's output for a batch of inputs."""
        return forward(self.planned("forward", input, Plan), input)

    def backward(self, in_gradient: Array) -> Array:
        """From ∂ℓ/∂output of the network to ∂ℓ/∂input; the parameters' gradients are set."""
        for step in self.backward_steps(in_gradient):
            in_gradient = step.input_gradient
        return in_gradient

    def forward_steps(self, input: Array) -> Iterator[ForwardStep]:
        """Run the layers first to last, yielding each when it is done."""
        plan = self.planned("forward", input, Plan)
        for i, (layer, site) in enumerate(zip(plan.layers, plan.sites, strict=True)):
            # Whoever watches may run the network in between.
            samples_first(site.input)[...] = input
            run(plan.forward_programs[i])
            plan.passed(i)
            output = samples_first(site.output).copy()
            yield ForwardStep(layer, input, output)
            input = output

    def backward_steps(self, in_gradient: Array) -> Iterator[BackwardStep]:
        """Run the layers last to first, yielding each when it is done; their parameters' gradients are set."""
        twice = len(set(self.layers)) < len(self.layers)  # some layer is in the network twice
        for i, layer in reversed(list(enumerate(self.layers))):
            # Each time its backward is that of the pass there.
            if twice and layer.ran is not None and layer.ran[0].layers == self.layers:
                layer.ran[0].passed(i)
            input_gradient = layer.backward(in_gradient)
            yield BackwardStep(layer, in_gradient, input_gradient)
            in_gradient = input_gradient

    def predict(self, input: Array, batch_size: int | None = None) -> Array:
        """The output as it is for use rather than for training: nothing is dropped, and running statistics serve.

        `batch_size` is how many samples are computed at a time, all unless told: less memory for the same numbers.
        What `backward` needs of an earlier forward pass stays, but for layers with passes of their own.
        """
        if batch_size is not None and batch_size < 1:
            raise ShapeError(
                f"Sequential: a batch needs at least one sample, but batch_size {batch_size} came; leave it out to "
                "take all samples at once."
            )
        before = [layer.training for layer in self.layers]
        self.train(False)
        try:
            if batch_size is None or batch_size >= len(input):
                return self._predict_at_once(input)
            starts = range(0, len(input), batch_size)
            return Backend.concatenate([self._predict_at_once(input[i : i + batch_size]) for i in starts])
        finally:
            for layer, training in zip(self.layers, before, strict=True):
                layer.training = training

    def _predict_at_once(self, input: Array) -> Array:
        plan = self.planned("predict", input, Plan)
        plan.feed(input)
        plan.forward()
        return plan.output()

    def train(self, training: bool = True) -> None:
        """Say whether the passes that follow are for training, as they are at first, or for predicting."""
        for layer in self.layers:
            layer.training = training

    def __call__(self, input: Array) -> Array:
        return self.forward(input)

    def update(self, optimizer: Optimizer) -> None:
        """Let the optimizer take one step with every parameter."""
        # Not those of `parameters`: layers may have been put in or taken out since they were collected.
        for layer in self.layers:
            for parameter in layer.parameters().values():
                optimizer.update(parameter)

    def summary(self, input_shape: tuple[int, ...] | None = None) -> str:
        """A table of the layers: name, type, shape of one sample's output, number of parameters; see `net.summary`."""
        return summary(self, input_shape)

    def export(self, path: str | os.PathLike[str]) -> None:
        """Save the parameters to a .npz or .safetensors file; see `saving.export_parameters`."""
        export_parameters(self, path)

    def load(self, path: str | os.PathLike[str]) -> None:
        """Take the parameters from a file that `export` wrote, all or none; see `saving.load_parameters`."""
        load_parameters(self, path)
