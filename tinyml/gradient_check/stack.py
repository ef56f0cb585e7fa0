"""A network many times side by side, in each of which one number is moved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import prod

from tinyml.core import Array, Backend, Block, compiled, run
from tinyml.core.program import Compiled
from tinyml.gradient_check.numbers import CheckedPlan
from tinyml.gradient_check.passes import Forward, forward, whole_pass
from tinyml.layers import Layer
from tinyml.layers.buffers import LayerBuffers, Shape
from tinyml.layers.plan import height, shaped
from tinyml.losses import LossBuffers

# Stacks that are kept: the full ones, the last, shorter ones, and those of the rows that need other steps.
KEPT = 8


class MovedStack:
    """Networks side by side, or what of them follows the layer number `first`, and their losses.

    Network 0 is the one at rest. `counts[0]` networks have an input of their own, and `counts[i + 1]` parameters of the
    i-th of the layers that follow: each joins the stack at the layer in which it first differs from the one at rest, so
    that nothing is computed twice that is the same in both.
    """

    def __init__(self, checked: CheckedPlan, first: int, counts: Sequence[int]) -> None:
        self._checked = checked
        self._counts = Backend.array(counts)
        # Where in the vector of all parameters those of each layer begin.
        self._firsts = Backend.array(
            [checked.layout[layer.blocks()[0]] if layer.blocks() else 0 for layer in checked.layers[first:]], dtype=int
        )
        self.layers = checked.layers[first:]
        self.shapes = checked.shapes[first:]
        self.buffers: list[LayerBuffers] = []
        self.forward_programs: list[Compiled] = []
        # How many networks there are in front of each layer.
        self._joined = list(accumulate(counts, initial=1))[1:]
        rows = (self._joined[0], height(self.layers, self.shapes, 0), checked.batch)
        sizes = [sum(block.size for block in layer.blocks()) for layer in self.layers]
        self._starts = list(
            accumulate((count * size for count, size in zip(counts[1:], sizes, strict=True)), initial=prod(rows))
        )
        # All that is moved: the inputs, and the parameters of those networks that have their own.
        self._numbers = Backend.ones(self._starts[-1], dtype=checked.dtype)
        self._rest: list[tuple[Array, Array]] = []
        output = self._numbers[: self._starts[0]].reshape(rows)
        self.input = shaped(output, self.shapes[0])
        for i, (layer, own) in enumerate(zip(self.layers, counts[1:], strict=True)):
            output = self._connect(i, layer, own, output)
        self._forward: Compiled = sum(self.forward_programs, ())
        predicted = self.buffers[-1].output if self.buffers else self.input
        self._at = LossBuffers(predicted, checked.truth, Backend.empty_like(predicted))
        self._compare = compiled(checked.loss.gradient_program(self._at))

    def _connect(self, i: int, layer: Layer, own: int, rows: Array) -> Array:
        """Give a layer its buffers and its program; returns its output in rows."""
        before, after = self._joined[i], self._joined[i + 1]
        shared = self._buffers(layer, before, rows, self.shapes[i])
        if not layer.reshapes:
            rows = Backend.ones(
                (after, height(self.layers, self.shapes, i + 1), self._checked.batch), dtype=self._checked.dtype
            )
        output = shaped(rows, self.shapes[i + 1])
        shared.output = output[:before]
        program = layer.forward_program(shared)
        buffers = shared
        if own:
            # Those that join have parameters of their own, and the input of the network at rest.
            joining = self._buffers(layer, own, shared.input_with_one[0], self.shapes[i])
            joining.values = self._own_values(i, layer, own)
            joining.output = output[before:]
            program = [*program, *layer.forward_program(joining)]
            buffers = LayerBuffers(self._checked.dtype, self._checked.batch, (after,))
            buffers.input, buffers.output = shared.input, output
        self.buffers.append(buffers)
        self.forward_programs.append(compiled(program))
        return rows

    def _buffers(self, layer: Layer, many: int, rows: Array, shape: Shape) -> LayerBuffers:
        """A layer's place in so many networks that have the same parameters: views that repeat them."""
        # Two losses are compared that the same stack computed; what the network alone would compute is not.
        buffers = LayerBuffers(self._checked.dtype, self._checked.batch, (many,), as_one=True)
        buffers.input_with_one, buffers.input = rows, shaped(rows, shape)
        buffers.values = {block: Backend.broadcast_to(block.array, (many, *block.shape)) for block in layer.blocks()}
        return buffers

    def _own_values(self, i: int, layer: Layer, many: int) -> dict[Block, Array]:
        """Parameters for each of the networks that join at a layer."""
        values, start = {}, self._starts[i]
        for block in layer.blocks():
            values[block] = self._numbers[start : start + many * block.size].reshape((many, *block.shape))
            self._rest.append((values[block], block.array))
            start += many * block.size
        return values

    def where(self, groups: Array, numbers: Array) -> Array:
        """Positions in the stack of the numbers that are moved, one in each of the last networks, given by their
        places in the input or in the vector of parameters; `groups` says which of the counts each network belongs to.
        """
        many, ends = self._counts[groups], Backend.cumsum(self._counts)
        within = Backend.arange(ends[-1] - len(groups), ends[-1]) - ends[groups] + many
        count = int(self._counts[0]) if len(groups) and groups[0] == 0 else 0
        of_inputs = (1 + within[:count]) * (self._starts[0] // self._joined[0]) + numbers[:count]
        numbers, groups = numbers[count:], groups[count:]
        starts, sizes = self._checked.starts[numbers], self._checked.sizes[numbers]
        own = Backend.array(self._starts)[groups - 1] - many[count:] * self._firsts[groups - 1]
        of_parameters = own + many[count:] * starts + within[count:] * sizes + numbers - starts
        return Backend.concatenate([of_inputs, of_parameters])

    def settle(self, input: Array) -> None:
        """Let all networks be at rest, on this input."""
        self.input[...] = input
        for own, at_rest in self._rest:
            own[...] = at_rest

    def losses(self, where: Array, moves: Array, by: Forward) -> Array:
        """The loss of each network, the one at rest first, with the numbers moved that lie there."""
        self._numbers[where] += moves
        with self._checked.looking():
            if self.layers:
                by(self)
            run(self._compare)
            losses: Array = Backend.asarray(self._checked.loss.value(self._at))
        return losses

    def forward(self) -> None:
        """Run the layers first to last."""
        run(self._forward)


class Stacks:
    """The stacks of one plan: made when they are needed, and the last few stored; with the passes of the layers before
    them.
    """

    def __init__(self, plan: CheckedPlan) -> None:
        self.plan = plan
        # From this layer on whole stacks run at once, before it one network at a time.
        self.first = first_of_stack(plan.layers)
        self._forwards: dict[int, Compiled] = {}
        self._stacks: dict[tuple[int, ...], MovedStack] = {}
        outputs = [buffers.output.size for buffers in plan.buffers[self.first :]]
        own = [sum(block.size for block in layer.blocks()) for layer in plan.layers[self.first :]]
        # How many numbers a network has that joins a stack with its input, or with parameters of each of its layers.
        self.sizes_in_stack = [
            (plan.buffers[self.first - 1].output if self.first else plan.buffers[0].input).size + sum(outputs),
            *(size + sum(outputs[i:]) for i, size in enumerate(own)),
        ]

    def stack_of(self, counts: tuple[int, ...]) -> MovedStack:
        """A stack of networks of which so many join at each of its layers."""
        if counts not in self._stacks:
            if len(self._stacks) == KEPT:
                del self._stacks[next(iter(self._stacks))]
            self._stacks[counts] = MovedStack(self.plan, self.first, counts)
        return self._stacks[counts]

    def input_of_stack(self, at_rest: bool) -> Array:
        """What the first of the stacked layers takes: a copy, where passes may write over it. Unless that is to be what
        it takes `at_rest`, where nothing is moved, no pass is made for it.
        """
        if not self.first:
            return self.plan.buffers[0].input
        if at_rest:
            with self.plan.looking():
                self.plan.forward()
        return self.plan.buffers[self.first - 1].output.copy()

    def before_stack(self, place: int, move: complex, start: int, of_inputs: bool, by: Forward) -> Array:
        """What the layers before the stack make of the network with one number moved, of the parameters or the input.
        The pass begins at layer number `start`, where that is the first that differs from the last pass.
        """
        numbers = self.plan.buffers[0].input_with_one if of_inputs else self.plan.vector.values
        at = divmod(place, self.plan.batch) if of_inputs else place
        kept = numbers[at].item()  # a number: what cupy gives for an index is a view
        numbers[at] = kept + move
        try:
            with self.plan.looking():
                run(self._forward_from(start)) if by is forward else whole_pass(self.plan, by)
        finally:
            numbers[at] = kept
        return self.plan.buffers[self.first - 1].output

    def _forward_from(self, start: int) -> Compiled:
        if start not in self._forwards:
            self._forwards[start] = sum(self.plan.forward_programs[start : self.first], ())
        return self._forwards[start]


def first_of_stack(layers: Sequence[Layer]) -> int:
    """The number of the layer from which on whole stacks of networks can run at once; 0 where the whole network can."""
    alone = [i for i, layer in enumerate(layers, 1) if not layer.stackable or layer.overrides_passes]
    return alone[-1] if alone else 0
