"""A training plan together with all numbers that a check can change, and their gradients by the backward pass."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from tinyml.core import Array, Backend, RefError, run
from tinyml.explain.explained_tensor import axes
from tinyml.gradient_check.movable import Movable, numbers_of
from tinyml.gradient_check.places import Places
from tinyml.layers import Layer
from tinyml.layers.buffers import Shape, samples_first
from tinyml.layers.custom_layer import state_restored
from tinyml.layers.topology import Topology
from tinyml.losses import Loss
from tinyml.net.fit import check_names
from tinyml.net.training_plan import TrainingPlan

_NOTHING_CHANGES = nullcontext()


class CheckedPlan(TrainingPlan):
    """A training plan with the list of its numbers: `movables` is what can be changed, every parameter in the
    notation's orientation, then the input, samples first.
    """

    def __init__(
        self, loss: Loss, layers: Sequence[Layer], topology: Topology, input_shape: Shape, batch: int, dtype: Any
    ) -> None:
        super().__init__(loss, layers, topology, input_shape, batch, dtype)
        self.movables: list[Movable] = []
        order, start = [], 0
        numbers = self.parts(Backend.arange(self.gradients.size))
        for layer in layers:
            for name, parameter in layer.parameters().items():
                places = layer.in_notation(name, parameter.within(numbers[parameter.block]))
                self.movables.append(Movable(layer.name, name, layer.parameter_axes(name), places.shape, start))
                order.append(places.reshape(-1))
                start += places.size
        whole = self.first.input
        self.movables.append(Movable("x", "", axes(whole, "n", "i", "c,i,j"), (batch, *input_shape), start))
        # Where each parameter is in the vector of all.
        self._order = Backend.concatenate(order) if order else Backend.zeros(0, dtype=int)
        self._input_order = samples_first(Backend.arange(whole.size).reshape(whole.shape)).reshape(-1)
        # And where the block begins in which it lies, and how long that is.
        sizes = Backend.array([block.size for block in self.blocks], dtype=int)
        self.starts = Backend.repeat(Backend.array(list(self.layout.values()), dtype=int), sizes)
        self.sizes = Backend.repeat(sizes, sizes)
        # And which of the layers it belongs to, counted in the order in which they run.
        owners = [
            Backend.full(block.size, topology.order.index(place))
            for place, layer in enumerate(layers)
            for block in layer.blocks()
        ]
        self.owners = Backend.concatenate(owners) if owners else Backend.zeros(0, dtype=int)
        self._all = {
            inputs: Places(self._order, self._input_order if inputs else self._input_order[:0])
            for inputs in (True, False)
        }

    def take_for_looking(self, x: Array, y: Array | None) -> None:
        """Copy the batch of the checks into the plan."""
        self.feed(x)
        self.feed_truth(y)

    def looking(self) -> AbstractContextManager[None]:
        """Within this context, passes do not change the layers. The check itself allows overflow, once for all passes:
        on a small network it takes as long as two layers.
        """
        return state_restored(self.layers) if self._moves else _NOTHING_CHANGES

    def everything(self, inputs: bool) -> Places:
        """All parameters, and all inputs if requested."""
        return self._all[inputs]

    def refs(self, inputs: bool) -> list[str]:
        """The refs of `everything`."""
        movables = self.movables if inputs else self.movables[:-1]
        return [ref for movable in movables for ref in movable.refs()]

    def chosen(self, refs: Sequence[str]) -> Places:
        """The numbers that refs name. Raises UnmovableError if one names nothing that can be changed."""
        check_names(self.layers)
        numbers, count = numbers_of(refs, self.movables), len(self._order)
        first = [row for row, number in enumerate(numbers) if number < count]
        second = [row for row, number in enumerate(numbers) if number >= count]
        parameters = Backend.array([numbers[row] for row in first], dtype=int)
        inputs = Backend.array([numbers[row] - count for row in second], dtype=int)
        order = Backend.array([*first, *second], dtype=int)
        return Places(self._order[parameters], self._input_order[inputs], order)

    def of(self, layer: str | None, inputs: bool) -> list[Movable]:
        """What is to be changed: all parameters, and all inputs if requested; or the parameters of one layer, or for
        `x` the inputs. Raises a RefError if no layer of that name has parameters.
        """
        check_names(self.layers)
        if layer is None:
            return self.movables if inputs else self.movables[:-1]
        if not (own := [movable for movable in self.movables if movable.owner == layer]):
            owners = ", ".join(dict.fromkeys(movable.owner for movable in self.movables))
            raise RefError(f"No layer of that name has parameters to move; those that can be checked are {owners}.")
        return own

    def at(self, numbers: Array) -> Places:
        """The places of numbers of the movables, given in ascending order."""
        first = numbers < len(self._order)
        return Places(self._order[numbers[first]], self._input_order[numbers[~first] - len(self._order)])

    def analytic(self, places: Places) -> Array:
        """The gradients of the numbers by the backward pass, in rows."""
        with self.looking():
            run(self._step_to_input)
        return self.gradients_of(places)

    def owner(self, places: Places) -> int:
        """The first to run of the layers whose parameters, or inputs, are among the numbers."""
        return 0 if len(places.inputs) else int(self.owners[places.parameters].min())

    def values(self, places: Places) -> Array:
        """The numbers themselves, in rows."""
        values: Array = self.vector.values[places.parameters]
        if len(places.inputs):
            values = Backend.concatenate([values, self.input.reshape(-1)[places.inputs]])
        return places.in_rows(values)

    def gradients_of(self, places: Places) -> Array:
        """The gradients that the last backward pass left, in rows."""
        gradients: Array = self.gradients[places.parameters]
        if len(places.inputs):
            of_inputs = self.first.input_gradient.reshape(-1)[places.inputs]
            gradients = Backend.concatenate([gradients, of_inputs])
        return places.in_rows(gradients)
