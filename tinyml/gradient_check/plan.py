"""A network and its loss made ready for being checked, on batches of one size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tinyml.core import Array, Backend, RefError, overflow_allowed, run
from tinyml.explain.family import axes
from tinyml.gradient_check.movable import Movable, numbers_of
from tinyml.gradient_check.shaking import shaken, units
from tinyml.gradient_check.stack import Forward, MovedStack
from tinyml.layers import Layer
from tinyml.layers.plan import Plan
from tinyml.layers.site import Shape, samples_first
from tinyml.losses import Loss
from tinyml.net.training_plan import TrainingPlan, check_names

if TYPE_CHECKING:
    from numpy.random import Generator

    from tinyml.core.program import Compiled

# A stack of moved networks has at most so many numbers, 32 MB of them (of complex ones half as many): more would not
# be faster.
MAX_STACKED = 4_000_000
# Stacks that are kept: of the parameters and of the inputs the full ones, the last, shorter ones, and those of the rows
# that need other steps.
KEPT = 8


class Places(NamedTuple):
    """Where the numbers that are moved lie: `parameters` in the vector of all parameters, `inputs` in the input, whose
    samples are last. The rows are the parameters, then the inputs, unless `order` says at which row each stands.
    """

    parameters: Array
    inputs: Array
    order: Array | None = None

    def in_rows(self, found: Array) -> Array:
        """What was found for the parameters, then the inputs, in the order of the rows, along the last axis."""
        if self.order is None:
            return found
        rows = Backend.empty_like(found)
        rows[..., self.order] = found
        return rows

    def some(self, rows: Array) -> Places:
        """The places of some of the rows, told by their numbers in ascending order."""
        if self.order is None:
            count = len(self.parameters)
            first, second = rows[rows < count], rows[rows >= count]
            return Places(self.parameters[first], self.inputs[second - count])
        # Which of the numbers stands in each row, and then which of them are left, the parameters first.
        numbers = Backend.empty_like(self.order)
        numbers[self.order] = Backend.arange(len(self.order))
        left = numbers[rows]
        count = len(self.parameters)
        first, second = left < count, left >= count
        order = Backend.concatenate([Backend.flatnonzero(first), Backend.flatnonzero(second)])
        return Places(self.parameters[left[first]], self.inputs[left[second] - count], order)


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
        self._first = first_of_stack(layers)
        # Where each parameter lies in the vector of all.
        self._order = Backend.concatenate(order) if order else Backend.zeros(0, dtype=int)
        self._input_order = samples_first(Backend.arange(whole.size).reshape(whole.shape)).reshape(-1)
        # And where the block begins in which it lies, and how long that is.
        sizes = Backend.array([block.size for block in self.blocks], dtype=int)
        self._starts = Backend.repeat(Backend.array(list(self.layout.values()), dtype=int), sizes)
        self._sizes = Backend.repeat(sizes, sizes)
        # And the number of the layer that it belongs to.
        owners = [Backend.full(block.size, i) for i, layer in enumerate(layers) for block in layer.blocks()]
        self._owners = Backend.concatenate(owners) if owners else Backend.zeros(0, dtype=int)
        self._forwards: dict[int, Compiled] = {}
        self._stacks: dict[tuple[int, bool], MovedStack] = {}

    def take_for_looking(self, x: Array, y: Array) -> None:
        """Take the batch that the checks are for."""
        self.feed(x)
        self.feed_truth(y)

    def everything(self, inputs: bool) -> Places:
        """All parameters, and all inputs where they are asked for."""
        return Places(self._order, self._input_order if inputs else self._input_order[:0])

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

    def place_in_stack(self, networks: Array, places: Array) -> Array:
        """Where numbers of the parameter vector lie in a vector of stacked blocks, one of each network."""
        starts = self._starts[places]
        found: Array = len(networks) * starts + networks * self._sizes[places] + places - starts
        return found

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
            # The loss subtracts its truth from what can be nearly the same, as 1 from a chance of almost 1.
            gradient = self._at.gradient
            size = Backend.abs(gradient) + Backend.abs(self.truth) / self._at.samples
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
        return 0 if len(places.inputs) else int(self._owners[places.parameters].min())

    def values(self, places: Places) -> Array:
        """The numbers themselves, in rows."""
        values: Array = self.vector.values[places.parameters]
        if len(places.inputs):
            values = Backend.concatenate([values, self.sites[0].input.reshape(-1)[places.inputs]])
        return places.in_rows(values)

    def losses(self, places: Places, moves: Sequence[complex], by: Forward = Plan.forward) -> Array:
        """The losses with each number moved by itself, by each of the moves: (moves, rows). `by` makes the passes."""
        losses = self._losses(places.parameters, moves, by, of_inputs=False)
        if len(places.inputs):
            losses = Backend.concatenate([losses, self._losses(places.inputs, moves, by, of_inputs=True)], axis=1)
        return places.in_rows(losses)

    def _losses(self, places: Array, moves: Sequence[complex], by: Forward, of_inputs: bool) -> Array:
        """The numbers at `places`, of the parameters or the input, moved one by one, as many at a time as fit."""
        shape = len(moves), len(places)
        owners = Backend.zeros(shape[1], dtype=int) if of_inputs else self._owners[places]
        beyond = owners >= self._first
        losses = Backend.empty(shape, dtype=(1.0 * Backend.array(moves)).dtype)
        for stacked in (True, False):
            rows = Backend.flatnonzero(beyond == stacked)
            if not len(rows):
                continue
            if self._first and (stacked or owners[rows].any()):
                # What lies before the stack, or in the passes one by one before the layer in question, stays as it is.
                with self.looking():
                    self.forward()
            own_input = of_inputs or not stacked
            size = len(rows) * len(moves)
            at_once = min(size, self._at_once(own_input))
            which = Backend.concatenate([rows] * len(moves))
            steps = Backend.array(moves).repeat(len(rows))
            # The last layers first: the passes of an earlier one write over what a later one begins with.
            order = Backend.argsort(-owners[which], kind="stable")
            found = Backend.empty(size, dtype=losses.dtype)
            for start in range(0, size, at_once):
                some = order[start : start + at_once]
                stack = self._stack(len(some), own_input)
                if not stacked:
                    self._run_one_by_one(
                        stack.input, places[which[some]], steps[some], owners[which[some]], by, of_inputs
                    )
                    found[some] = stack.losses(by)
                elif of_inputs:
                    found[some] = stack.losses_with_inputs(places[which[some]], steps[some], by)
                else:
                    found[some] = stack.losses_with_parameters(places[which[some]], steps[some], by)
            losses[:, rows] = found.reshape(len(moves), len(rows))
        return losses

    def _at_once(self, own_input: bool) -> int:
        """How many networks a stack may have."""
        numbers = self.sites[self._first].input.size if own_input and self._first < len(self.layers) else 0
        numbers += 0 if own_input else self.gradients.size
        numbers += sum(site.output.size for site in self.sites[self._first :]) or self.sites[-1].output.size
        return max(1, MAX_STACKED * 8 // (numbers * self.dtype.itemsize))

    def _stack(self, many: int, own_input: bool) -> MovedStack:
        key = (many, own_input)
        if key not in self._stacks:
            if len(self._stacks) == KEPT:
                del self._stacks[next(iter(self._stacks))]
            self._stacks[key] = MovedStack(self, self._first, many, own_input)
        return self._stacks[key]

    def _run_one_by_one(
        self, outputs: Array, places: Array, moves: Array, first: Array, by: Forward, of_inputs: bool
    ) -> None:
        """Write into `outputs` what the layers before the stack make of the network with one number moved, for each;
        a pass begins at the layer in question.
        """
        numbers = self.sites[0].input.reshape(-1) if of_inputs else self.vector.values
        output = self.sites[self._first - 1].output
        columns = (places.tolist(), moves.tolist(), first.tolist())
        for i, (place, move, start) in enumerate(zip(*columns, strict=True)):
            kept = numbers[place].item()  # a number: what cupy gives for an index is a view
            numbers[place] = kept + move
            try:
                with self.looking():
                    run(self._forward_from(start)) if by is Plan.forward else self._whole(by)
                outputs[i] = output
            finally:
                numbers[place] = kept

    def _forward_from(self, start: int) -> Compiled:
        if start not in self._forwards:
            self._forwards[start] = sum(self.forward_programs[start : self._first], ())
        return self._forwards[start]


def first_of_stack(layers: Sequence[Layer]) -> int:
    """The number of the layer from which on whole stacks of networks can run at once; 0 where the whole network can."""
    alone = [i for i, layer in enumerate(layers, 1) if not layer.stackable or layer.overrides_passes]
    return alone[-1] if alone else 0
