"""A network whose layers form a chain, with the plans by which it runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple, Self, TypeVar, cast

from tinyml.core import Array, Backend, Parameter, ShapeError, Vector, gather, run
from tinyml.layers import Layer
from tinyml.layers.buffers import Shape, samples_first
from tinyml.layers.plan import Plan
from tinyml.layers.plan_cache import PlanCache, forward, plan_dtype
from tinyml.layers.topology import Shapes, Topology
from tinyml.losses import Loss
from tinyml.net.fit import check_any, check_fit, checked_shapes
from tinyml.net.summary import summary
from tinyml.net.training_plan import TrainingPlan
from tinyml.optims import Optimizer
from tinyml.saving import export_parameters, load_parameters

P = TypeVar("P", bound=Plan[Layer])


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
    """Layers in a chain: the input of each is the output of the one before.

    For each batch size the network compiles itself once into a plan, which its layers fill with their programs.
    `forward`, `predict`, training and a trace all run those programs, and only copies leave the plan. A network has
    its own arrays: several networks may run in threads at the same time, but each in one thread only.

    `forward_steps` and `backward_steps` yield the passes layer by layer.
    """

    def __init__(self, layers: Iterable[Layer] = ()) -> None:
        self.layers = list(layers)
        self.parameters: list[Parameter] = []
        self._plans = PlanCache()
        self.build_params()

    @property
    def topology(self) -> Topology:
        """Which layer takes whose output, by the layers' places in `layers`."""
        return Topology.chain(len(self.layers))

    def add(self, layer: Layer) -> None:
        """Append a layer. Raises ShapeError, and leaves the network as it was, where it does not fit the last one."""
        check_fit([*self.layers, layer], Topology.chain(len(self.layers) + 1))
        self.layers.append(layer)
        self.build_params()

    def build_params(self) -> None:
        """Collect the layers' parameters; a second call does not collect them twice. Raises ShapeError if a layer does
        not fit the one before.
        """
        check_fit(self.layers, self.topology)
        self.parameters = [parameter for layer in self.layers for parameter in layer.parameters().values()]
        # Now rather than at the first pass, so that views of tensors taken in between stay valid.
        self._gather()

    def astype(self, dtype: Any) -> Self:
        """Compute in `dtype`, such as float32, from now on; the parameters are converted."""
        gather([block for layer in self.layers for block in layer.blocks()], dtype)
        return self

    def training_plan(self, purpose: str, loss: Loss, input: Array) -> TrainingPlan:
        """The plan of training steps on batches like `input`. Each purpose has a separate plan with separate arrays."""
        return self.planned(purpose, input, TrainingPlan, loss)

    def planned(self, purpose: str, input: Array, kind: Callable[..., P], *more: Hashable) -> P:
        """The plan for `purpose` and batches like `input`, made by `kind(*more, layers, topology, input_shape,
        batch, dtype)` where there is none that still fits.
        """
        key = (purpose, *more, input.shape, input.dtype.char)
        found = self._plans.find(key, self.layers, self.topology)
        if found is None:
            layers = self._gathered(input)
            found = kind(*more, layers, self.topology, input.shape[1:], len(input), plan_dtype(layers, input))
            self._plans.keep(key, found)
        return cast(P, found)

    def forget_plans(self) -> None:
        """Free the arrays of all plans; the next pass makes its plan again. Parameters stay as they are."""
        self._plans = PlanCache()

    def shapes(self, input_shape: Shape) -> list[Shape]:
        """The shape of one sample before the first layer and after each; ShapeError names the layer that does not
        fit, DuplicateNameError the name that two layers share.
        """
        return [input_shape, *self.layer_shapes(input_shape).outputs]

    def layer_shapes(self, input_shape: Shape) -> Shapes:
        """The shapes of one sample before and after each layer; errors as those of `shapes`."""
        return checked_shapes(self.layers, self.topology, input_shape)

    def forward(self, input: Array) -> Array:
        """The network's output for a batch of inputs."""
        return forward(self.planned("forward", input, Plan), input)

    def backward(self, in_gradient: Array) -> Array:
        """From ∂ℓ/∂output of the network to ∂ℓ/∂input; the parameters' gradients are set."""
        for step in self.backward_steps(in_gradient):
            in_gradient = step.input_gradient
        return in_gradient

    def forward_steps(self, input: Array) -> Iterator[ForwardStep]:
        """Run the layers in their order, yielding each when it is done."""
        plan = self.planned("forward", input, Plan)
        made: dict[int | None, Array] = {None: input}
        for i in plan.topology.order:
            buffers, taken = plan.buffers[i], made[plan.topology.sources[i]]
            # The observer may run the network in between.
            samples_first(buffers.input)[...] = taken
            run(plan.forward_programs[i])
            plan.passed(i)
            made[i] = samples_first(buffers.output).copy()
            yield ForwardStep(plan.layers[i], taken, made[i])

    def backward_steps(self, in_gradient: Array) -> Iterator[BackwardStep]:
        """Run the layers in reverse order, yielding each when it is done; their parameters' gradients are set."""
        twice = len(set(self.layers)) < len(self.layers)  # some layer is in the network twice
        topology = self.topology
        made: dict[int | None, Array] = {topology.last: in_gradient}
        for i in reversed(topology.order):
            layer = self.layers[i]
            # Each backward pass belongs to the forward pass at that position.
            if twice and layer.ran is not None and layer.ran[0].layers == self.layers:
                layer.ran[0].passed(i)
            made[topology.sources[i]] = input_gradient = layer.backward(made[i])
            yield BackwardStep(layer, made[i], input_gradient)

    def predict(self, input: Array, batch_size: int | None = None) -> Array:
        """The output in evaluation mode: dropout is off, and normalizations use running statistics.

        `batch_size` is how many samples are computed at a time, by default all: less memory for the same numbers. The
        saved activations of an earlier forward pass are kept, except for layers that override their passes.
        """
        if batch_size is not None and batch_size < 1:
            raise ShapeError(
                f"Sequential: a batch needs at least one sample, got batch_size {batch_size}; leave it out to "
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
        """Set whether the following passes are in training mode, which is the default, or in evaluation mode."""
        for layer in self.layers:
            layer.training = training

    def __call__(self, input: Array) -> Array:
        return self.forward(input)

    def update(self, optimizer: Optimizer) -> None:
        """Take one optimizer step with every parameter."""
        # Not those of `parameters`: layers may have been added or removed since they were collected.
        parameters = [parameter for layer in self.layers for parameter in layer.parameters().values()]
        if optimizer.uses_gradients:
            for parameter in parameters:
                optimizer.update(parameter)
            return
        learning = {one: one.gradient for one in parameters if one.require_grad and one.gradient is not None}
        for parameter, gradient in optimizer.used(learning).items():
            optimizer.update(parameter, gradient)

    def summary(self, input_shape: tuple[int, ...] | None = None) -> str:
        """A table of the layers: name, type, shape of one sample's output, number of parameters; see `net.summary`."""
        return summary(self.layers, self.topology, input_shape)

    def export(self, path: str | os.PathLike[str]) -> None:
        """Save the parameters to a .npz or .safetensors file; see `saving.export_parameters`."""
        export_parameters(self, path)

    def load(self, path: str | os.PathLike[str]) -> None:
        """Load the parameters from a file that `export` wrote, all or none; see `saving.load_parameters`."""
        load_parameters(self, path)

    def _gathered(self, input: Array) -> list[Layer]:
        """The layers, with all their blocks in one vector in the order of the layers."""
        check_any(self.layers)
        if input.ndim < 2:
            raise ShapeError(
                f"Sequential: expects a batch, samples first, got an array of shape {input.shape}; one sample is "
                "a batch of one: x[None]."
            )
        self._gather()
        return self.layers

    def _gather(self) -> None:
        """Move all blocks into one vector in the order of the layers, unless they already are one."""
        blocks = [block for layer in self.layers for block in layer.blocks()]
        if not blocks:
            return
        vector = blocks[0].vector
        starts = accumulate((block.size for block in blocks), initial=0)
        # The first layers of a larger network are in the right order, but in a vector that is too long.
        if len(vector.values) != sum(block.size for block in blocks) or any(
            block.vector is not vector or block.start != start for block, start in zip(blocks, starts, strict=False)
        ):
            gather(blocks)
        elif not vector.current:
            # The numbers stay where they are, and so do views of them.
            vector = Vector(vector.values)
            for block in blocks:
                block.vector = vector
