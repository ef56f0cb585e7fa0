"""Networks of the same architecture, trained side by side."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy, deepcopy

from tinyml.core import Array, Backend, Block, ShapeError
from tinyml.layers import Layer
from tinyml.layers.parameter_layout import parts
from tinyml.layers.plan import Plan
from tinyml.layers.plan_cache import plan_dtype
from tinyml.losses import Loss
from tinyml.net.sequential import Sequential
from tinyml.net.stacked_state import gathered, given_back
from tinyml.net.training_plan import TrainingPlan
from tinyml.optims import Optimizer


class Ensemble:
    """Independent networks that differ only in their parameters and train on the same batches, as in a sweep over
    seeds.

    One array call computes a layer of all networks; for tiny networks this costs a tenth of separate steps. The
    results are bit-identical to those of separate training. Parameters and optimizer state are copied from the given
    networks; `write_back` copies the results into them.

    Shapes:  data and labels as for one network; losses (networks,), predictions (networks, batch, …).
    Errors:  ShapeError if there is no network, if they differ in architecture or settings, if a layer does not support
             stacking, or if the optimizer's step counts differ.
    """

    def __init__(self, models: Sequence[Sequential], loss: Loss, optimizer: Optimizer) -> None:
        if not models:
            raise ShapeError("Ensemble: expects at least one network, got none.")
        self.models = list(models)
        self.loss = loss
        self.optimizer = optimizer
        # A copy, because passes change its counters.
        self._layers = deepcopy(models[0].layers)
        self._topology = models[0].topology
        self._check()
        blocks = [block for layer in self._layers for block in layer.blocks()]
        starts = [sum(block.size for block in blocks[:i]) for i in range(len(blocks))]
        self._layout = dict(zip(blocks, starts, strict=True))
        kind = Backend.result_type(*[block.array for block in blocks]) if blocks else float
        self._values = Backend.empty(len(models) * sum(block.size for block in blocks), dtype=kind)
        self._blocks = self._views(self._values)
        for number, model in enumerate(models):
            own = [block for layer in model.layers for block in layer.blocks()]
            for block, mine in zip(blocks, own, strict=True):
                self._blocks[block][number] = mine.array
        self._rows = [
            [
                pair
                for layer, own in zip(self._layers, model.layers, strict=True)
                for pair in zip(layer.parameters().values(), own.parameters().values(), strict=True)
            ]
            for model in models
        ]
        self._state = gathered(self._rows, self._values, self._views)
        self._change = Backend.empty_like(self._values)
        changes = self._views(self._change)
        # Where the step would change frozen parameters.
        self._frozen = [
            parameter.within(changes[parameter.block])
            for layer in self._layers
            for parameter in layer.parameters().values()
            if not parameter.require_grad
        ]
        # Where parameters have rate factors, by these.
        self._factored: dict[float, Array] = {}
        for layer in self._layers:
            for parameter in layer.parameters().values():
                if parameter.lr_factor != 1:
                    places = self._factored.setdefault(
                        parameter.lr_factor, Backend.zeros(len(self._values), dtype=bool)
                    )
                    parameter.within(self._views(places)[parameter.block])[...] = True
        self._plan: TrainingPlan | None = None

    def __len__(self) -> int:
        return len(self.models)

    def batch_fit(self, data: Array, label: Array) -> Array:
        """One training step of every network on one batch; returns their losses before it."""
        plan = self._plan
        if plan is None or plan.loss is not self.loss or plan.first.input.shape != (*data.shape[1:], len(data)):
            plan = self._plan = self._planned(data)
        plan.take(data, label)
        plan.step()
        losses: Array = plan.measured()
        # All networks as one vector: their entries are independent, except in a clip.
        gradients = plan.gradients if self.optimizer.uses_gradients else self._used(plan.gradients)
        change = self._changed(gradients)
        for place in self._frozen:
            place[...] = 0
        Backend.subtract(self._values, change, self._values)
        return losses

    def _changed(self, gradients: Array) -> Array:
        """What the step subtracts; the optimizer state is that after it."""
        before, values = self._state, self._decaying()
        change, self._state = self.optimizer.change(values, gradients, before, self._change)
        for factor, places in self._factored.items():
            with self.optimizer.factored(factor):
                own, state = self.optimizer.change(values, gradients, before)
            change[places] = own[places]
            for word, array in state.items():
                if array.shape == places.shape:
                    self._state[word][places] = array[places]
        return change

    def _decaying(self) -> Array:
        """The values as weight decay takes them: 0 for what does not decay."""
        if self.optimizer.decays_alike:
            return self._values
        made: Array = self._values.copy()
        blocks = self._views(made)
        for parameter, _ in self._rows[0]:
            if parameter.is_bias:
                parameter.within(blocks[parameter.block])[...] = 0
        return made

    def _used(self, gradients: Array) -> Array:
        """The gradients as the update uses them: those of each network are clipped together."""
        made: Array = gradients.copy()
        blocks = self._views(made)
        for number, row in enumerate(self._rows):
            learning = [(one, mine) for one, mine in row if one.require_grad]
            own = {mine: one.within(blocks[one.block])[number] for one, mine in learning}
            values = {mine: one.within(self._blocks[one.block])[number] for one, mine in learning}
            for parameter, used in self.optimizer.used(own, values).items():
                own[parameter][...] = used
        return made

    def predict(self, data: Array) -> Array:
        """Return the outputs of all networks: (networks, batch, …)."""
        of_data = data.shape[1:], len(data), self._dtype(data)
        plan = Plan(self._layers, self._topology, *of_data, stacked=self._blocks)
        before = [layer.training for layer in self._layers]
        try:
            for layer in self._layers:
                layer.training = False
            plan.feed(data)
            plan.forward()
        finally:
            for layer, training in zip(self._layers, before, strict=True):
                layer.training = training
        output = plan.last.output
        return output.transpose(0, output.ndim - 1, *range(1, output.ndim - 1)).copy()

    def tensors(self) -> dict[str, Array]:
        """Each parameter of all networks, (networks, …), as `layer.parameter`: views."""
        return self._named(self._blocks)

    def gradients(self) -> dict[str, Array]:
        """The gradients of the last step, by parameter; empty before the first."""
        return self._named(self._plan.parts(self._plan.gradients)) if self._plan else {}

    def write_back(self) -> None:
        """Copy the current parameters, optimizer state and state changed by passes, such as the counter of a dropout
        layer, into each network.
        """
        for number, row in enumerate(self._rows):
            for parameter, own in row:
                own.tensor = parameter.within(self._blocks[parameter.block])[number]
        given_back(self._state, self._rows, self._values, self._views)
        for model in self.models:
            for layer, other in zip(self._layers, model.layers, strict=True):
                for name in layer.running_state:
                    setattr(other, name, copy(getattr(layer, name)))

    def _views(self, vector: Array) -> dict[Block, Array]:
        """The blocks of all networks in a vector laid out as their values."""
        return parts(self._layout, vector, (len(self.models),))

    def _named(self, blocks: dict[Block, Array]) -> dict[str, Array]:
        return {
            f"{layer.name}.{name}": parameter.within(blocks[parameter.block])
            for layer in self._layers
            for name, parameter in layer.parameters().items()
        }

    def _planned(self, data: Array) -> TrainingPlan:
        of_data = data.shape[1:], len(data), self._dtype(data)
        return TrainingPlan(self.loss, self._layers, self._topology, *of_data, stacked=self._blocks)

    def _dtype(self, data: Array) -> object:
        return plan_dtype(self._layers, data)

    def _check(self) -> None:
        """Raise a ShapeError if the networks cannot be stacked."""
        for layer in self._layers:
            if not layer.stackable or layer.overrides_passes:
                raise ShapeError(
                    f"Ensemble: {layer.type} '{layer.name}' works on one network at a time; train these one by one."
                )
        for number, model in enumerate(self.models):
            if self._build(model) != self._build(self.models[0]):
                raise ShapeError(
                    f"Ensemble: network {number} has other layers, sizes or settings than network 0; "
                    "stack networks of the same structure."
                )

    @staticmethod
    def _build(model: Sequential) -> list[object]:
        return [
            (
                type(layer),
                [(one.shape, one.require_grad, one.lr_factor) for one in layer.parameters().values()],
                {name: value for name, value in vars(layer).items() if _is_setting(layer, name, value)},
            )
            for layer in model.layers
        ]


def _is_setting(layer: Layer, name: str, value: object) -> bool:
    """Whether an attribute is a setting of the layer, such as a slope or a drop probability."""
    return isinstance(value, int | float) and name not in layer.running_state and not name.startswith("_")
