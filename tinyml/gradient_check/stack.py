"""Many copies of a network side by side, each with one number changed."""

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
from tinyml.layers.edges import shaped
from tinyml.layers.plan import LayerPass
from tinyml.layers.topology import Topology
from tinyml.losses import LossBuffers

# Stacks that are kept: the full ones, the last, shorter ones, and those of the rows that need other steps.
KEPT = 8


class MovedStack:
    """Networks side by side, or what of them is left from the layer number `first` on, and their losses. Layers are
    counted in the order in which they run.

    Network 0 is the one at rest. `counts[0]` networks have an input of their own, and `counts[i + 1]` parameters of the
    i-th of the layers that are left: each joins the stack at the layer in which it first differs from the one at rest,
    so that nothing is computed twice that is the same in both.
    """

    def __init__(self, checked: CheckedPlan, first: int, counts: Sequence[int]) -> None:
        self._checked = checked
        self._counts = Backend.array(counts)
        places = checked.topology.order[first:]
        layers = [checked.layers[place] for place in places]
        # Where in the vector of all parameters those of each layer begin.
        self._firsts = Backend.array(
            [checked.layout[layer.blocks()[0]] if layer.blocks() else 0 for layer in layers], dtype=int
        )
        source = source_of_stack(checked.topology, first)
        self.input_shape = checked.edges.shape(source)
        self.passes: list[LayerPass[Layer]] = []
        # How many networks there are in front of each layer.
        self._joined = list(accumulate(counts, initial=1))[1:]
        rows = (self._joined[0], checked.edges.height(source), checked.batch)
        sizes = [sum(block.size for block in layer.blocks()) for layer in layers]
        self._starts = list(
            accumulate((count * size for count, size in zip(counts[1:], sizes, strict=True)), initial=prod(rows))
        )
        # All that is moved: the inputs, and the parameters of those networks that have their own.
        self._numbers = Backend.ones(self._starts[-1], dtype=checked.dtype)
        self._rest: list[tuple[Array, Array]] = []
        # What each layer makes, in rows.
        self._made = {source: self._numbers[: self._starts[0]].reshape(rows)}
        self.input = shaped(self._made[source], self.input_shape)
        for i, (place, own) in enumerate(zip(places, counts[1:], strict=True)):
            self._connect(i, place, own)
        self._forward: Compiled = sum((one.program for one in self.passes), ())
        last = checked.topology.last
        predicted = shaped(self._made[last], checked.edges.shape(last))
        self._at = LossBuffers(predicted, checked.truth, Backend.empty_like(predicted))
        self._compare = compiled(checked.loss.gradient_program(self._at))

    def _connect(self, i: int, place: int, own: int) -> None:
        """Give the i-th of the layers, the one at a place in the list of all, its buffers and its program."""
        checked, before, after = self._checked, self._joined[i], self._joined[i + 1]
        layer, rows = checked.layers[place], self._made[checked.topology.sources[place]]
        input_shape, output_shape = checked.edges.input_shapes[place], checked.edges.output_shapes[place]
        shared = self._buffers(layer, before, rows, input_shape)
        if not layer.reshapes:
            rows = Backend.ones((after, checked.edges.height(place), checked.batch), dtype=checked.dtype)
        output = shaped(rows, output_shape)
        shared.output = output[:before]
        program = layer.forward_program(shared)
        buffers = shared
        if own:
            # Those that join have parameters of their own, and the input of the network at rest.
            joining = self._buffers(layer, own, shared.input_with_one[0], input_shape)
            joining.values = self._own_values(i, layer, own)
            joining.output = output[before:]
            program = [*program, *layer.forward_program(joining)]
            buffers = LayerBuffers(checked.dtype, checked.batch, (after,))
            buffers.input, buffers.output = shared.input, output
        self.passes.append(LayerPass(layer, output_shape, buffers, compiled(program)))
        self._made[place] = rows

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
        """Positions in the stack of the changed numbers, one in each of the last networks, given by their
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
        """Reset all networks to the unperturbed one, on this input."""
        self.input[...] = input
        for own, at_rest in self._rest:
            own[...] = at_rest

    def losses(self, where: Array, moves: Array, by: Forward) -> Array:
        """The loss of each network, the one at rest first, with the numbers moved that lie there."""
        self._numbers[where] += moves
        with self._checked.looking():
            if self.passes:
                by(self)
            run(self._compare)
            losses: Array = Backend.asarray(self._checked.loss.value(self._at))
        return losses

    def forward(self) -> None:
        """Run the layers in their order."""
        run(self._forward)


class Stacks:
    """The stacks of one plan: made when they are needed, and the last few stored; with the passes of the layers before
    them.
    """

    def __init__(self, plan: CheckedPlan) -> None:
        self.plan = plan
        # From this layer on whole stacks run at once, before it one network at a time.
        order = plan.topology.order
        self.first = first_of_stack(plan.layers, plan.topology)
        self._source = source_of_stack(plan.topology, self.first)
        self._forwards: dict[int, Compiled] = {}
        self._stacks: dict[tuple[int, ...], MovedStack] = {}
        outputs = [plan.buffers[place].output.size for place in order[self.first :]]
        own = [sum(block.size for block in plan.layers[place].blocks()) for place in order[self.first :]]
        # How many numbers a network has that joins a stack with its input, or with parameters of each of its layers.
        self.sizes_in_stack = [
            self._before_stack.size + sum(outputs),
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
            return self.plan.input
        if at_rest:
            with self.plan.looking():
                self.plan.forward()
        return self._before_stack.copy()

    @property
    def _before_stack(self) -> Array:
        """What the first of the stacked layers takes, in the plan."""
        return self.plan.input if self._source is None else self.plan.buffers[self._source].output

    def before_stack(self, place: int, move: complex, start: int, of_inputs: bool, by: Forward) -> Array:
        """What the layers before the stack make of the network with one number moved, of the parameters or the input.
        The pass begins at layer number `start`, where that is the first that differs from the last pass.
        """
        numbers = self.plan.first.input_with_one if of_inputs else self.plan.vector.values
        at = divmod(place, self.plan.batch) if of_inputs else place
        kept = numbers[at].item()  # a number: what cupy gives for an index is a view
        numbers[at] = kept + move
        try:
            with self.plan.looking():
                run(self._forward_from(start)) if by is forward else whole_pass(self.plan, by)
        finally:
            numbers[at] = kept
        return self._before_stack

    def _forward_from(self, start: int) -> Compiled:
        if start not in self._forwards:
            self._forwards[start] = sum((one.program for one in self.plan.passes[start : self.first]), ())
        return self._forwards[start]


def first_of_stack(layers: Sequence[Layer], topology: Topology) -> int:
    """The number of the layer, in the order in which they run, from which on whole stacks of networks can run at once;
    0 where the whole network can.
    """
    ordered = [layers[place] for place in topology.order]
    alone = [i for i, layer in enumerate(ordered, 1) if not layer.stackable or layer.overrides_passes]
    return max(alone, default=0)


def source_of_stack(topology: Topology, first: int) -> int | None:
    """The layer whose output is the input of a stack that begins with the layer number `first` of the order."""
    return topology.sources[topology.order[first]] if first < len(topology.order) else topology.last
