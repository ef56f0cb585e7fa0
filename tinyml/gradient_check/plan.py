"""A network and its loss made ready for being checked, on batches of one size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tinyml.core import Array, Backend, RefError, overflow_allowed, run
from tinyml.explain.family import axes
from tinyml.gradient_check.movable import Movable, numbers_of
from tinyml.gradient_check.moves import Moves
from tinyml.gradient_check.places import Places
from tinyml.gradient_check.shaking import shaken, units
from tinyml.gradient_check.stack import Forward, MovedStack, forward
from tinyml.layers import Layer
from tinyml.layers.site import Shape, samples_first
from tinyml.losses import Loss
from tinyml.net.fit import check_names
from tinyml.net.training_plan import TrainingPlan

if TYPE_CHECKING:
    from numpy.random import Generator

    from tinyml.core.program import Compiled

# Stacks that are kept: the full ones, the last, shorter ones, and those of the rows that need other steps.
KEPT = 8


class CheckPlan(TrainingPlan):
    """A training plan, whose backward pass is on trial, and a stack of the same network, whose losses are the witness.

    Nothing but the layers' forward programs is shared between the two. `movables` is what can be moved: every
    parameter in the notation's orientation, then the input, samples first.
    """

    def __init__(self, loss: Loss, layers: Sequence[Layer], input_shape: Shape, batch: int, dtype: Any) -> None:
        super().__init__(loss, layers, input_shape, batch, dtype)
        self.movables: list[Movable] = []
        order, start = [], 0
        numbers = self.parts(Backend.arange(self.gradients.size))
        for layer in layers:
            for name, parameter in layer.parameters().items():
                places = layer.in_notation(name, parameter.within(numbers[parameter.block]))
                self.movables.append(Movable(layer.name, name, layer.parameter_axes(name), places.shape, start))
                order.append(places.reshape(-1))
                start += places.size
        whole = self.sites[0].input
        self.movables.append(Movable("x", "", axes(whole, "n", "i", "c,i,j"), (batch, *input_shape), start))
        # From this layer on whole stacks run at once, before it one network at a time.
        self.first = first_of_stack(layers)
        # Where each parameter lies in the vector of all.
        self._order = Backend.concatenate(order) if order else Backend.zeros(0, dtype=int)
        self._input_order = samples_first(Backend.arange(whole.size).reshape(whole.shape)).reshape(-1)
        # And where the block begins in which it lies, and how long that is.
        sizes = Backend.array([block.size for block in self.blocks], dtype=int)
        self.starts = Backend.repeat(Backend.array(list(self.layout.values()), dtype=int), sizes)
        self.sizes = Backend.repeat(sizes, sizes)
        # And the number of the layer that it belongs to.
        owners = [Backend.full(block.size, i) for i, layer in enumerate(layers) for block in layer.blocks()]
        self.owners = Backend.concatenate(owners) if owners else Backend.zeros(0, dtype=int)
        self._forwards: dict[int, Compiled] = {}
        self._stacks: dict[tuple[int, ...], MovedStack] = {}
        outputs = [site.output.size for site in self.sites[self.first :]]
        own = [sum(block.size for block in layer.blocks()) for layer in layers[self.first :]]
        # How many numbers a network has that joins a stack with its input, or with parameters of each of its layers.
        self.sizes_in_stack = [
            (self.sites[self.first - 1].output if self.first else whole).size + sum(outputs),
            *(size + sum(outputs[i:]) for i, size in enumerate(own)),
        ]
        self._all = {
            inputs: Places(self._order, self._input_order if inputs else self._input_order[:0])
            for inputs in (True, False)
        }
        self._moved: Moves | None = None

    def take_for_looking(self, x: Array, y: Array) -> None:
        """Take the batch that the checks are for."""
        self.feed(x)
        self.feed_truth(y)

    def everything(self, inputs: bool) -> Places:
        """All parameters, and all inputs where they are asked for."""
        return self._all[inputs]

    def refs(self, inputs: bool) -> list[str]:
        """The refs of `everything`."""
        movables = self.movables if inputs else self.movables[:-1]
        return [ref for movable in movables for ref in movable.refs()]

    def chosen(self, refs: Sequence[str]) -> Places:
        """The numbers that refs name. Raises UnmovableError where one names nothing that can be moved."""
        check_names(self.layers)
        numbers, count = numbers_of(refs, self.movables), len(self._order)
        first = [row for row, number in enumerate(numbers) if number < count]
        second = [row for row, number in enumerate(numbers) if number >= count]
        parameters = Backend.array([numbers[row] for row in first], dtype=int)
        inputs = Backend.array([numbers[row] - count for row in second], dtype=int)
        order = Backend.array([*first, *second], dtype=int)
        return Places(self._order[parameters], self._input_order[inputs], order)

    def of(self, layer: str | None, inputs: bool) -> list[Movable]:
        """What is to be moved: all parameters, and all inputs where they are asked for; or the parameters of one layer,
        or of `x` the inputs. Raises a RefError where no layer of that name has parameters.
        """
        check_names(self.layers)
        if layer is None:
            return self.movables if inputs else self.movables[:-1]
        if not (own := [movable for movable in self.movables if movable.owner == layer]):
            owners = ", ".join(dict.fromkeys(movable.owner for movable in self.movables))
            raise RefError(f"No layer of that name has parameters to move; those that can be checked are {owners}.")
        return own

    def at(self, numbers: Array) -> Places:
        """The places of numbers of the movables, told in ascending order."""
        first = numbers < len(self._order)
        return Places(self._order[numbers[first]], self._input_order[numbers[~first] - len(self._order)])

    def analytic(self, places: Places) -> Array:
        """The gradients of the numbers by the backward pass, in rows."""
        with self.looking():
            self.step_to_input()
        return self._gradients(places)

    def shaken_gradients(self, places: Places, rng: Generator) -> Array:
        """The same with every number of the forward pass a little off: what the rounding in it can do to them."""
        with self.looking():
            self._whole(shaken(rng))
            self.compare()
            gradient = self._at.gradient
            size = Backend.abs(gradient)
            if self.loss.of_errors:
                # The loss subtracts its truth from what can be nearly the same, as 1 from a chance of almost 1.
                size = size + Backend.abs(self.truth) / self._at.samples
            gradient += float(Backend.finfo(self.dtype).eps) * size * units(rng, gradient.shape)
            self.backward()
        return self._gradients(places)

    def _gradients(self, places: Places) -> Array:
        gradients: Array = self.gradients[places.parameters]
        if len(places.inputs):
            of_inputs = self.sites[0].input_gradient.reshape(-1)[places.inputs]
            gradients = Backend.concatenate([gradients, of_inputs])
        return places.in_rows(gradients)

    def loss_and_size(self) -> tuple[float, float]:
        """The loss of the pass that was made last, and what its rounding is relative to."""
        with overflow_allowed():
            value = self._value(self._at)
            return value, float(self.loss.size(self._at, value))

    def shaken_loss(self, rng: Generator) -> float:
        """The loss with every number of the forward pass a little off."""
        with self.looking():
            self._whole(shaken(rng))
            return float(self.compare())

    def _whole(self, by: Forward) -> None:
        """A pass from the first layer on, which may move the input meanwhile."""
        kept = self.sites[0].input.copy()
        try:
            by(self)
        finally:
            self.sites[0].input[...] = kept

    def owner(self, places: Places) -> int:
        """The first of the layers whose parameters, or inputs, are among the numbers."""
        return 0 if len(places.inputs) else int(self.owners[places.parameters].min())

    def values(self, places: Places) -> Array:
        """The numbers themselves, in rows."""
        values: Array = self.vector.values[places.parameters]
        if len(places.inputs):
            values = Backend.concatenate([values, self.sites[0].input.reshape(-1)[places.inputs]])
        return places.in_rows(values)

    def losses(self, places: Places, moves: Sequence[complex], by: Forward = forward) -> Array:
        """The losses with each number moved by itself, by each of the moves: (moves, rows). `by` makes the passes."""
        moved = self._moved
        if moved is None or not moved.serves(places, moves):
            moved = Moves(self, places, moves)
            # A check of the whole network is asked for again and again, and what takes turns is too large to be kept.
            if places.order is None and moved.at_once:
                self._moved = moved
        return moved.losses(by)

    def stack_of(self, counts: tuple[int, ...]) -> MovedStack:
        """A stack of networks of which so many join at each of its layers."""
        if counts not in self._stacks:
            if len(self._stacks) == KEPT:
                del self._stacks[next(iter(self._stacks))]
            self._stacks[counts] = MovedStack(self, self.first, counts)
        return self._stacks[counts]

    def input_of_stack(self, at_rest: bool) -> Array:
        """What the first of the stacked layers takes: a copy, where passes may write over it. Unless that is to be what
        it takes `at_rest`, where nothing is moved, no pass is made for it.
        """
        if not self.first:
            return self.sites[0].input
        if at_rest:
            with self.looking():
                self.forward()
        return self.sites[self.first - 1].output.copy()

    def before_stack(self, place: int, move: complex, start: int, of_inputs: bool, by: Forward) -> Array:
        """What the layers before the stack make of the network with one number moved, of the parameters or the input.
        The pass begins at layer number `start`, where that is the first that differs from the last pass.
        """
        numbers = self.sites[0].input_with_one if of_inputs else self.vector.values
        at = divmod(place, self.batch) if of_inputs else place
        kept = numbers[at].item()  # a number: what cupy gives for an index is a view
        numbers[at] = kept + move
        try:
            with self.looking():
                run(self._forward_from(start)) if by is forward else self._whole(by)
        finally:
            numbers[at] = kept
        return self.sites[self.first - 1].output

    def _forward_from(self, start: int) -> Compiled:
        if start not in self._forwards:
            self._forwards[start] = sum(self.forward_programs[start : self.first], ())
        return self._forwards[start]


def first_of_stack(layers: Sequence[Layer]) -> int:
    """The number of the layer from which on whole stacks of networks can run at once; 0 where the whole network can."""
    alone = [i for i, layer in enumerate(layers, 1) if not layer.stackable or layer.overrides_passes]
    return alone[-1] if alone else 0
