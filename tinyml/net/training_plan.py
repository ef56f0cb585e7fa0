"""A network and its loss, compiled for training steps on batches of one size."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Any, TypeVar, cast

from tinyml.core import Array, Backend, Block, Parameter, compiled, overflow_allowed, run
from tinyml.core.program import Compiled, Operation
from tinyml.layers import Layer
from tinyml.layers.buffers import Shape, samples_first
from tinyml.layers.custom_layer import state_restored
from tinyml.layers.plan import Plan
from tinyml.layers.topology import Topology
from tinyml.losses import Loss, LossBuffers
from tinyml.net.fit import check_names
from tinyml.net.updates import Piece, in_pieces, steady_update
from tinyml.net.views import Views, named
from tinyml.optims import Optimizer
from tinyml.optims.base import State
from tinyml.optims.schedules import Place

T = TypeVar("T")


class TrainingPlan(Plan[Layer]):
    """A plan that ends in a loss: `feed`, `forward`, `compare` and `backward` are the parts of one step.

    `truth`      the targets; ∂ℓ/∂output is written to where the backward pass reads it.
    """

    def __init__(
        self,
        loss: Loss,
        layers: Sequence[Layer],
        topology: Topology,
        input_shape: Shape,
        batch: int,
        dtype: Any = None,
        *,
        stacked: Mapping[Block, Array] | None = None,
    ) -> None:
        super().__init__(layers, topology, input_shape, batch, dtype, stacked=stacked)
        self.loss = loss
        self.truth = Backend.empty((*self.edges.output_shapes[topology.last], batch), dtype=self.dtype)
        self._expected = samples_first(self.truth)
        gradients = self.parts(self.gradients)
        self._parameters = [
            (parameter, parameter.within(gradients[parameter.block]))
            for layer in layers
            for parameter in layer.parameters().values()
        ]
        # Whether all of them learn, at the same rate.
        self._all_alike = all(one.require_grad and one.lr_factor == 1 for one, _ in self._parameters)
        self._at = LossBuffers(self.last.output, self.truth, self.last.output_gradient)
        self._value = loss.value
        self._input_shape = (batch, *input_shape)
        self._compare = compiled(loss.gradient_program(self._at))
        # The running state of each layer after the recorded step, by name.
        self.running_state: list[dict[str, Any]] = [{} for _ in layers]
        self._named: tuple[list[str], list[tuple[str, Array]]] | None = None
        self._derived: dict[Any, tuple[list[bool], Any]] = {}

    @cached_property
    def _step(self) -> Compiled:
        return self._forward + self._compare + self._backward_to_parameters

    @cached_property
    def _step_to_input(self) -> Compiled:
        return self._forward + self._compare + self._backward

    def serves(self, layers: list[Layer], loss: object, input: Array) -> bool:
        """Whether the plan is valid for these layers and this loss, on batches like `input`."""
        return (
            input.shape == self._input_shape
            and self.vector.current
            and self.loss is loss
            and self.layers == layers
            and input.dtype.kind == "f"
        )

    def feed_truth(self, truth: Array | None) -> None:
        """Copy the targets, samples first, into the plan. Raises ShapeError if they do not fit the output, and
        TargetError for a target that the loss does not accept.
        """
        targets = self.loss.fitting(self._expected.shape, truth)
        if targets is not None:
            self._expected[...] = targets

    def take(self, input: Array, truth: Array | None) -> None:
        """Copy a batch into the plan for the following steps."""
        self._fed[...] = input
        if truth is not None and truth.shape == self._expected.shape and self.loss.takes_targets:
            self.loss.check_targets(truth)
            self._expected[...] = truth
        else:
            self.feed_truth(truth)

    def step(self) -> None:
        """The passes of a training step: forward, the gradient of the loss, and backward as far as there are
        parameters. These have their gradients then: views, which the next step overwrites.
        """
        # What `run` does, without the call.
        for operation, operands in self._step:
            operation(*operands)
        if self.vector.given is not self and not self.stack:
            self._give_gradients()

    def run(
        self,
        inputs: Array | None,
        targets: Array | None,
        optimizer: Optimizer,
        losses: Array,
        between: Sequence[Operation] = (),
        places: Sequence[Place] = (),
    ) -> None:
        """Take a training step with each of some batches, whose arrays are laid out as `input` and `truth`, and write
        its loss before the update to `losses`; without `inputs` with the present batch again and again. The program
        `between` runs before each update. `places` are those of the steps, for an optimizer with a schedule.
        """
        fed, expected, value, at, update = self.first.input, self.truth, self._value, self._at, self.update
        # A program takes a third of the time of `update`. The loss does not depend on the parameters after the passes.
        alike = optimizer.uses_gradients and self._all_alike and not places
        steady = steady_update(self._pieces, optimizer) if alike else ()
        program = self._step + compiled(between) + steady
        if self.vector.given is not self:
            self._give_gradients()
        for i in range(len(losses)):
            if inputs is not None:
                fed[...] = inputs[i]
                if targets is not None:
                    expected[...] = targets[i]
            for operation, operands in program:
                operation(*operands)
            losses[i] = value(at)
            if places:
                optimizer.go_to(*places[i])
            if not steady:
                update(optimizer)

    def measured(self) -> Any:
        """Return the loss of the last pass; computing it takes a tenth of a small step."""
        return self._value(self._at)

    def compare(self) -> Any:
        """The loss of the last forward pass, and its gradient for the backward pass."""
        run(self._compare)
        return self._value(self._at)

    def _give_gradients(self) -> None:
        for parameter, gradient in self._parameters:
            parameter.gradient = gradient
        self.vector.given = self

    @cached_property
    def following(self) -> Array:
        """The parameters after the proposed update, if any; laid out as `gradients`."""
        following: Array = Backend.empty_like(self.gradients)
        return following

    @cached_property
    def _pieces(self) -> list[Piece]:
        return in_pieces(self.vector.values, self.gradients)

    def update(self, optimizer: Optimizer) -> None:
        """Take the optimizer's step with all parameters."""
        if not optimizer.uses_gradients:
            for parameter, gradient in optimizer.used(self.learning).items():
                optimizer.update(parameter, gradient)
            return
        if self._all_alike and optimizer.as_one:
            # One step with the vector of all: on a small network two calls instead of two for each parameter.
            for values, gradients, change in self._pieces:
                optimizer.change(values, gradients, {}, change)
                Backend.subtract(values, change, values)
        else:
            for parameter, _ in self._parameters:
                optimizer.update(parameter)

    def propose(self, optimizer: Optimizer) -> None:
        """Write to `following` the parameters after an update, and to `following_states` their optimizer state; a
        parameter without an entry keeps its state.
        """
        values, following = self.vector.values, self.following
        self.following_states: dict[Parameter, State] = {}
        used = {} if optimizer.uses_gradients else optimizer.used(self.learning)
        if used or not (self._all_alike and optimizer.as_one):
            parts = self.parts(following)
            for parameter, gradient in self._parameters:
                gradient = used.get(parameter, gradient)
                proposed, self.following_states[parameter] = optimizer.propose(parameter, gradient)
                parameter.within(parts[parameter.block])[...] = proposed
        else:
            optimizer.change(values, self.gradients, {}, following)
            Backend.subtract(values, following, following)

    @property
    def learning(self) -> dict[Parameter, Array]:
        """The parameters that learn, with their gradients of the last step."""
        return {parameter: gradient for parameter, gradient in self._parameters if parameter.require_grad}

    def look(self, optimizer: Optimizer, input: Array, truth: Array | None) -> Any:
        """Compute all numbers of a step, including the gradient of the input and the proposed parameters; nothing else
        is changed. Returns the loss.
        """
        self.feed(input)
        self.feed_truth(truth)
        with self.looking():
            loss = self.step_to_input()
            self.propose(optimizer)
            if self._moves:
                # The layers are about to be restored, and this would be lost.
                self.running_state = [
                    {name: getattr(layer, name) for name in layer.running_state} for layer in self.layers
                ]
        return loss

    def step_to_input(self) -> Any:
        """Run the passes of a step, with the backward pass down to the input; returns the loss."""
        run(self._step_to_input)
        return self._value(self._at)

    def saved(self) -> list[dict[str, Array]]:
        """Return copies of what each layer's last pass saved."""
        return [
            {name: array.copy() for name, array in layer.saved(buffers).items()}
            for layer, buffers in zip(self.layers, self.buffers, strict=True)
        ]

    def states(self, layer: Layer) -> list[tuple[State, State]]:
        """Return the optimizer state of each parameter of a layer, before and after the proposed update: copies in the
        notation's orientation.
        """

        def copied(name: str, state: State) -> State:
            return {word: layer.in_notation(name, array).copy() for word, array in state.items()}

        return [
            (copied(name, parameter.state), copied(name, self.following_states.get(parameter, parameter.state)))
            for name, parameter in layer.parameters().items()
        ]

    def looking(self) -> AbstractContextManager[None]:
        """Within this context, passes do not change the layers, and overflow gives ∞ and NaN without a warning."""
        return state_restored(self.layers) if self._moves else overflow_allowed()

    @cached_property
    def _moves(self) -> bool:
        """Whether a pass changes any state of the layers."""
        return any(layer.running_state or layer.overrides_passes for layer in self.layers)

    def derived(self, make: Callable[[Sequence[Layer], Topology, Shape, int, Loss], T]) -> T:
        """What `make` returns for the layers, their topology, the shape of a sample, the batch size and the loss:
        computed at the first use and again after a layer's mode has changed, because some layers compute something
        else in evaluation mode.
        """
        modes = [layer.training for layer in self.layers]
        found = self._derived.get(make)
        if found is None or found[0] != modes:
            made = make(self.layers, self.topology, self.input_shape, self.batch, self.loss)
            found = self._derived[make] = modes, made
        return cast(T, found[1])

    @cached_property
    def views(self) -> Views:
        """The numbers of a step by their public names. Raises DuplicateNameError if two layers share a name."""
        check_names(self.layers)
        blocks = (self.parts(self.vector.values), self.parts(self.gradients), self.parts(self.following))
        return Views(
            samples_first(self.first.input),
            samples_first(self.first.input_gradient),
            [samples_first(buffers.output) for buffers in self.buffers],
            [samples_first(buffers.output_gradient) for buffers in self.buffers],
            self._expected if self.loss.takes_targets else None,
            [
                [
                    (name, *(layer.in_notation(name, parameter.within(block[parameter.block])) for block in blocks))
                    for name, parameter in layer.parameters().items()
                ]
                for layer in self.layers
            ],
        )

    @property
    def named_views(self) -> list[tuple[str, Array]]:
        """The same views by the names of `tinyml.tensors`."""
        names = [layer.name for layer in self.layers]
        if self._named is None or self._named[0] != names:
            self._named = names, list(named(names, self.views))
        return self._named[1]
