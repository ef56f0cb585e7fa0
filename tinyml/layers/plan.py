"""Plans: a chain of layers compiled for one batch size, with every array allocated and every pass a list of calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from math import prod
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tinyml.core import Array, Backend, Block, DuplicateNameError, Vector, compiled, run
from tinyml.layers.buffers import LayerBuffers, Shape, samples_first
from tinyml.layers.custom_layer import CustomLayerAdapter
from tinyml.layers.definition import LayerDefinition

if TYPE_CHECKING:
    from tinyml.core.program import Compiled


# From about this number of multiplications, the memory layout of the factors changes the time of a product.
PACKED = 2**20

Of = TypeVar("Of", bound=LayerDefinition)


class Plan(Generic[Of]):
    """The compiled form of a network; each layer contributes its programs.

    `buffers`    the arrays of each layer; `buffers[0].input` is the plan's input, `buffers[-1].output` its output.
    `gradients`  ∂ℓ/∂ of all parameters in one vector with the layout of `vector`, which holds their values.
    Each forward pass overwrites the arrays of the one before; copy a number to keep it.
    """

    def __init__(
        self,
        layers: Sequence[Of],
        input_shape: Shape,
        batch: int,
        dtype: Any = None,
        *,
        stacked: Mapping[Block, Array] | None = None,
        inputs: int | None = None,
        as_one: bool = False,
        alone: bool = False,
    ) -> None:
        """`dtype` is by default that of the parameters. `stacked` plans a stack of networks that differ in their
        parameters: for each block the blocks of all of them; `inputs` of so many networks that differ in their inputs
        too, and `as_one` is what `LayerBuffers` says of it. `alone` plans a layer's own passes, by its programs even
        where its class overrides `forward` or `backward`, which may lead here.
        """
        self.layers = list(layers)
        self.blocks = _blocks(layers)
        self.layout = _layout(self.blocks)
        self.vector = self.blocks[0].vector if self.blocks else Vector(Backend.empty(0))
        self.dtype = dtype or self.vector.values.dtype
        self.batch = batch
        self.stack = (inputs,) if inputs else next(iter(stacked.values())).shape[:1] if stacked else ()
        self._stacked_input = inputs is not None
        self.shapes = [input_shape]
        for layer in layers:
            self.shapes.append(layer.output_shape(self.shapes[-1]))
        values = stacked or {block: block.array for block in self.blocks}
        self.buffers = [LayerBuffers(self.dtype, batch, self.stack, as_one) for _ in layers]
        for buffers, layer in zip(self.buffers, layers, strict=True):
            buffers.values = {block: values[block] for block in layer.blocks()}
        self._writers = [
            CustomLayerAdapter(layer) if layer.overrides_passes and not alone else layer for layer in layers
        ]
        self._connect()
        self._fed = samples_first(self.buffers[0].input)
        self.forward_programs = [compiled(a.forward_program(buffers)) for a, buffers in self._written()]
        self._forward: Compiled = sum(self.forward_programs, ())

    def _places(self) -> zip[tuple[Of, LayerBuffers]]:
        return zip(self.layers, self.buffers, strict=True)

    def _written(self) -> zip[tuple[Of | CustomLayerAdapter, LayerBuffers]]:
        """Who writes each layer's programs, and the arrays that they name."""
        return zip(self._writers, self.buffers, strict=True)

    def _connect(self) -> None:
        """Give every layer its input and output: one array between two layers."""
        outputs = self._grouped_outputs()
        rows = self._input_rows()
        for i, (layer, buffers) in enumerate(self._places()):
            buffers.input_with_one, buffers.input = rows, shaped(rows, self.shapes[i])
            if not layer.reshapes:
                rows = outputs[i] if i in outputs else self._rows(i + 1, self.stack)
            buffers.output = shaped(rows, self.shapes[i + 1])

    def _input_rows(self) -> Array:
        """Return a new array for the plan's input, in rows.

        For one large matrix product the samples are the first axis in memory: a batch is then copied without
        transposition, and BLAS takes an eighth less time for the gradient of the weights.
        """
        stack = self.stack if self._stacked_input else ()
        place, reader = _reader(self.layers, 0)
        size = self._height(0) * self.batch
        if reader is None or not reader.connects or size * prod(self.shapes[place + 1]) < PACKED:
            return self._rows(0, stack)
        across: Array = Backend.ones((*stack, self.batch, self._height(0)), dtype=self.dtype)
        return across.swapaxes(-1, -2)

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
            ends = list(accumulate(self._height(i + 1) for i in members))
            together = LayerBuffers(self.dtype, self.batch, self.stack)
            # Ones where the rows of ones will be; all other rows are written before they are read.
            together.output = Backend.ones((*self.stack, ends[-1], self.batch), dtype=self.dtype)
            together.input = Backend.zeros(together.output.shape, dtype=self.dtype)
            together.slope = Backend.empty_like(together.output)
            parts = []
            for i, end in zip(members, ends, strict=True):
                rows = slice(end - self._height(i + 1), end)
                outputs[i] = together.output[..., rows, :]
                self.buffers[i].slope = shaped(together.slope[..., rows, :], self.shapes[i + 1])
                parts.append((shaped(together.input[..., rows, :], self.shapes[i + 1]), self.buffers[i]))
            self._slopes += self.layers[members[0]].slope_program(together, parts)
        return outputs

    def _height(self, boundary: int) -> int:
        return height(self.layers, self.shapes, boundary)

    def _rows(self, boundary: int, stack: Shape) -> Array:
        """Return a new array for the numbers at a boundary between layers, in rows."""
        return Backend.ones((*stack, self._height(boundary), self.batch), dtype=self.dtype)

    def feed(self, input: Array) -> None:
        """Set the input of the next forward pass to a batch, samples first."""
        self._fed[...] = input

    def passed(self, i: int) -> None:
        """Record this plan as the last pass of the i-th layer, for its `backward`."""
        # A layer that overrides its passes stores its own results; recorded here, its backward would call itself.
        if self._writers[i] is self.layers[i]:
            self.layers[i].ran = (self, i)

    def forward(self) -> None:
        """Run the layers first to last."""
        run(self._forward)

    def output(self) -> Array:
        """The output, samples first: a copy."""
        return samples_first(self.buffers[-1].output).copy()

    @cached_property
    def gradients(self) -> Array:
        """∂ℓ/∂ of all parameters after the backward pass; the first use also allocates the arrays of that pass."""
        vector: Array = Backend.zeros(prod(self.stack) * sum(block.size for block in self.blocks), dtype=self.dtype)
        shape = (*self.stack, *self.shapes[-1], self.batch)
        gradient: Array = Backend.zeros(shape, dtype=self.dtype)
        for i, (layer, buffers) in reversed(list(enumerate(self._places()))):
            buffers.output_gradient = gradient
            shape = (*self.stack, *self.shapes[i], self.batch)
            if layer.reshapes:
                gradient = gradient.reshape(shape)
            else:
                rows = (*self.stack, self._height(i), self.batch)
                buffers.input_gradient_with_one = Backend.zeros(rows, dtype=self.dtype)
                gradient = shaped(buffers.input_gradient_with_one, self.shapes[i])
            buffers.input_gradient = gradient
        return vector

    def parts(self, vector: Array) -> dict[Block, Array]:
        """Return views of the blocks' parts of a vector laid out like `gradients`."""
        return parts(self.layout, vector, self.stack)

    @cached_property
    def slopes_program(self) -> Compiled:
        """The program that runs first in a backward pass: slopes that several layers compute together."""
        return compiled(self._slopes)

    @cached_property
    def backward_programs(self) -> list[Compiled]:
        """The backward program of each layer, in the order of the layers: its parameters' gradients, then its
        input's.
        """
        self._name_gradients()
        return [compiled((*a.parameter_program(buffers), *a.input_program(buffers))) for a, buffers in self._written()]

    def _name_gradients(self) -> None:
        """Set where the gradients of each layer's blocks go."""
        places = self.parts(self.gradients)
        for layer, buffers in self._places():
            buffers.gradients = {block: places[block] for block in layer.blocks()}

    @cached_property
    def _backward(self) -> Compiled:
        return sum(reversed(self.backward_programs), self.slopes_program)

    @cached_property
    def _backward_to_parameters(self) -> Compiled:
        # The first layer with parameters needs no input gradient, and the layers before it no backward pass: for wide
        # inputs this saves a third of the whole step, and the arrays of that gradient.
        first = next((i for i, layer in enumerate(self.layers) if layer.blocks()), len(self.layers))
        self._name_gradients()
        programs = [
            compiled((*a.parameter_program(buffers), *(a.input_program(buffers) if i > first else ())))
            for i, (a, buffers) in enumerate(self._written())
            if i >= first
        ]
        return sum(reversed(programs), self.slopes_program)

    def backward(self, to_input: bool = True) -> None:
        """Run the layers last to first, from `buffers[-1].output_gradient`; unless `to_input` only as far as there are
        parameters.
        """
        run(self._backward if to_input else self._backward_to_parameters)


def height(layers: Sequence[LayerDefinition], shapes: Sequence[Shape], boundary: int) -> int:
    """Return the number of rows of the array before layer `boundary`, including a row of ones if the layer uses one."""
    _, reader = _reader(layers, boundary)
    return prod(shapes[boundary]) + (reader is not None and reader.takes_one)


def _reader(layers: Sequence[LayerDefinition], boundary: int) -> tuple[int, LayerDefinition | None]:
    """Return the layer that computes with the numbers at a boundary, and its index."""
    return next(
        ((i, layer) for i, layer in enumerate(layers[boundary:], boundary) if not layer.reshapes), (len(layers), None)
    )


def shaped(rows: Array, shape: Shape) -> Array:
    """Return a view of the rows without the row of ones, as (…, batch)."""
    return rows[..., : prod(shape), :].reshape((*rows.shape[:-2], *shape, rows.shape[-1]))


def _blocks(layers: Sequence[LayerDefinition]) -> list[Block]:
    own = [layer for layer in layers if layer.overrides_passes]
    if len(set(own)) < len(own):
        raise DuplicateNameError(
            "Sequential: a layer that overrides its passes is in the network twice, but can store only one pass; "
            "build a second layer."
        )
    blocks = [block for layer in layers for block in layer.blocks()]
    if len(set(blocks)) < len(blocks):
        raise DuplicateNameError(
            "Sequential: a layer with parameters is in the network twice, but their gradient would be that of one use "
            "only; build a second layer."
        )
    return blocks


def _layout(blocks: Sequence[Block]) -> dict[Block, int]:
    """Return the first position of each block in a vector of all blocks."""
    return dict(zip(blocks, accumulate((block.size for block in blocks), initial=0), strict=False))


def parts(layout: Mapping[Block, int], vector: Array, stack: Shape = ()) -> dict[Block, Array]:
    """Return views of the blocks in a vector of all blocks, or in a stack of such vectors."""
    many = prod(stack)
    return {
        block: vector[many * start : many * (start + block.size)].reshape(stack + block.shape)
        for block, start in layout.items()
    }
