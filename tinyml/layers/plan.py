"""Plans: a network compiled for one batch size, with every array allocated and every pass a list of calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from math import prod
from typing import Any, Generic, NamedTuple, TypeVar

from tinyml.core import Array, Backend, Block, Vector, compiled, run
from tinyml.core.program import Compiled
from tinyml.layers.buffers import LayerBuffers, Shape, samples_first
from tinyml.layers.custom_layer import CustomLayerAdapter
from tinyml.layers.definition import LayerDefinition
from tinyml.layers.edges import Edges, shaped
from tinyml.layers.parameter_layout import blocks_of, layout_of, parts
from tinyml.layers.topology import Topology

Of = TypeVar("Of", bound=LayerDefinition)


class LayerPass(NamedTuple, Generic[Of]):
    """The forward pass of one layer; `shape` is the shape of one sample of its output."""

    layer: Of
    shape: Shape
    buffers: LayerBuffers
    program: Compiled


class Plan(Generic[Of]):
    """The compiled form of a network; each layer contributes its programs.

    `buffers`    the arrays of each layer; `first` has the plan's input, `last` its output.
    `passes`     the layers' forward passes, in order of execution.
    `gradients`  ∂ℓ/∂ of all parameters in one vector with the layout of `vector`, which contains their values.
    Each forward pass overwrites the arrays of the previous one; copy a number to keep it.
    """

    def __init__(
        self,
        layers: Sequence[Of],
        topology: Topology,
        input_shape: Shape,
        batch: int,
        dtype: Any = None,
        *,
        stacked: Mapping[Block, Array] | None = None,
        inputs: int | None = None,
        as_one: bool = False,
        alone: bool = False,
    ) -> None:
        """`dtype` is by default that of the parameters. `stacked` compiles a plan for a stack of networks with
        different parameters: it maps each block to the blocks of all of them. `inputs` is the number of networks with
        separate inputs; for `as_one` see `LayerBuffers`. `alone` compiles the passes of a single layer from its
        programs, even if its class overrides `forward` or `backward`, which may call this plan.
        """
        self.layers = list(layers)
        self.topology = topology
        self.blocks = blocks_of(layers)
        self.layout = layout_of(self.blocks)
        self.vector = self.blocks[0].vector if self.blocks else Vector(Backend.empty(0))
        self.dtype = dtype or self.vector.values.dtype
        self.batch = batch
        self.stack = (inputs,) if inputs else next(iter(stacked.values())).shape[:1] if stacked else ()
        self.input_shape = input_shape
        self.edges = Edges(self.layers, topology, input_shape, batch, self.dtype)
        values = stacked or {block: block.array for block in self.blocks}
        self.buffers = [LayerBuffers(self.dtype, batch, self.stack, as_one) for _ in layers]
        for buffers, layer in zip(self.buffers, layers, strict=True):
            buffers.values = {block: values[block] for block in layer.blocks()}
        self._writers = [
            CustomLayerAdapter(layer) if layer.overrides_passes and not alone else layer for layer in layers
        ]
        fed = self.edges.input_rows(self.stack if inputs else ())
        self.edges.connect(fed, self._grouped_outputs(), self.buffers, self.stack)
        self._fed = samples_first(self.first.input)
        self.forward_programs = [compiled(a.forward_program(buffers)) for a, buffers in self._written()]
        self.passes = [
            LayerPass(self.layers[i], self.edges.output_shapes[i], self.buffers[i], self.forward_programs[i])
            for i in topology.order
        ]
        self._forward: Compiled = sum((one.program for one in self.passes), ())

    @property
    def first(self) -> LayerBuffers:
        """The arrays of the layer that takes the plan's input."""
        return self.buffers[self.topology.first]

    @property
    def last(self) -> LayerBuffers:
        """The arrays of the layer whose output is the plan's."""
        return self.buffers[self.topology.last]

    @property
    def input(self) -> Array:
        """The plan's input, samples last."""
        return self.first.input

    def _places(self) -> zip[tuple[Of, LayerBuffers]]:
        return zip(self.layers, self.buffers, strict=True)

    def _written(self) -> zip[tuple[Of | CustomLayerAdapter, LayerBuffers]]:
        """Return the source of each layer's programs, and the arrays that they use."""
        return zip(self._writers, self.buffers, strict=True)

    def _grouped_outputs(self) -> dict[int, Array]:
        """Return the output arrays of layers whose slopes are functions of the output, in one array per type.

        One call then computes the slopes of all layers of a type, which saves half of the calls of a small network's
        backward pass.
        """
        self._slopes: list[Any] = []
        outputs: dict[int, Array] = {}
        types = dict.fromkeys(type(layer) for layer in self._writers if layer.slope_from_output)
        for kind in types:
            members = [i for i, layer in enumerate(self._writers) if type(layer) is kind]
            ends = list(accumulate(self.edges.height(i) for i in members))
            together = LayerBuffers(self.dtype, self.batch, self.stack)
            # Ones where the rows of ones will be; all other rows are written before they are read.
            together.output = Backend.ones((*self.stack, ends[-1], self.batch), dtype=self.dtype)
            together.input = Backend.zeros(together.output.shape, dtype=self.dtype)
            together.slope = Backend.empty_like(together.output)
            parts = []
            for i, end in zip(members, ends, strict=True):
                rows = slice(end - self.edges.height(i), end)
                outputs[i] = together.output[..., rows, :]
                self.buffers[i].slope = shaped(together.slope[..., rows, :], self.edges.output_shapes[i])
                parts.append((shaped(together.input[..., rows, :], self.edges.output_shapes[i]), self.buffers[i]))
            self._slopes += self.layers[members[0]].slope_program(together, parts)
        return outputs

    def feed(self, input: Array) -> None:
        """Set the input of the next forward pass to a batch, samples first."""
        self._fed[...] = input

    def passed(self, i: int) -> None:
        """Record this plan as the last pass of the i-th layer, for its `backward`."""
        # A layer that overrides its passes stores its own results; recorded here, its backward would call itself.
        if self._writers[i] is self.layers[i]:
            self.layers[i].ran = (self, i)

    def forward(self) -> None:
        """Run the layers in their order."""
        run(self._forward)

    def output(self) -> Array:
        """Return a copy of the output, samples first."""
        return samples_first(self.last.output).copy()

    @cached_property
    def gradients(self) -> Array:
        """∂ℓ/∂ of all parameters after the backward pass; the first access also allocates the arrays of that pass."""
        vector: Array = Backend.zeros(prod(self.stack) * sum(block.size for block in self.blocks), dtype=self.dtype)
        self.edges.connect_gradients(self.buffers, self.stack)
        return vector

    def parts(self, vector: Array) -> dict[Block, Array]:
        """Return views of the blocks' parts of a vector laid out like `gradients`."""
        return parts(self.layout, vector, self.stack)

    @cached_property
    def slopes_program(self) -> Compiled:
        """The first program of a backward pass: the slopes that several layers compute together."""
        return compiled(self._slopes)

    @cached_property
    def backward_programs(self) -> list[Compiled]:
        """Return the backward program of each layer, in the order of the layers: the gradients of its parameters, then
        of its input.
        """
        self._name_gradients()
        return [compiled((*a.parameter_program(buffers), *a.input_program(buffers))) for a, buffers in self._written()]

    def _name_gradients(self) -> None:
        """Set the arrays for the gradients of each layer's blocks."""
        places = self.parts(self.gradients)
        for layer, buffers in self._places():
            buffers.gradients = {block: places[block] for block in layer.blocks()}

    @cached_property
    def _backward(self) -> Compiled:
        return sum((self.backward_programs[i] for i in reversed(self.topology.order)), self.slopes_program)

    @cached_property
    def _backward_to_parameters(self) -> Compiled:
        # Numbers that depend on no parameter need no gradient: for wide inputs this saves a third of the training step.
        depends: dict[int | None, bool] = {None: False}
        for i in self.topology.order:
            depends[i] = depends[self.topology.sources[i]] or bool(self.layers[i].blocks())
        self._name_gradients()
        programs: list[Compiled] = []
        for i in reversed(self.topology.order):
            writer, buffers = self._writers[i], self.buffers[i]
            if depends[i]:
                of_input = writer.input_program(buffers) if depends[self.topology.sources[i]] else ()
                programs.append(compiled((*writer.parameter_program(buffers), *of_input)))
        return sum(programs, self.slopes_program)

    def backward(self, to_input: bool = True) -> None:
        """Run the layers in reverse order, from `last.output_gradient`; if `to_input` is false, only back to the first
        layer with parameters.
        """
        run(self._backward if to_input else self._backward_to_parameters)
