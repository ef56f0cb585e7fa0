"""A network many times side by side, in each of which one number is moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tinyml.core import Array, Backend, compiled, run
from tinyml.layers.plan import Plan, parts
from tinyml.losses import LossSite

if TYPE_CHECKING:
    from tinyml.gradient_check.plan import CheckPlan

# What makes a pass of a plan: its own forward pass, or one that is off by some digits, or that keeps to its branches.
Forward = Callable[[Plan], None]


class MovedStack:
    """`many` networks side by side, or what of them follows the layer number `first`, and their losses. Each has
    parameters of its own, or with `own_input` an input of its own, one number of which is moved.
    """

    def __init__(self, checked: CheckPlan, first: int, many: int, own_input: bool) -> None:
        self._checked = checked
        self._first = first
        self._networks = Backend.arange(many)
        layers = checked.layers[first:]
        blocks = [block for layer in layers for block in layer.blocks()]
        # Where inputs are moved all networks have the same parameters: views that repeat them.
        self._own = Backend.empty(0 if own_input else many * checked.gradients.size, dtype=checked.dtype)
        if own_input:
            self._blocks = {block: Backend.broadcast_to(block.array, (many, *block.shape)) for block in blocks}
        else:
            own = parts(checked.layout, self._own, (many,))
            self._blocks = {block: own[block] for block in blocks}
        self._plan = (
            Plan(
                layers,
                checked.shapes[first],
                checked.batch,
                checked.dtype,
                stacked=self._blocks,
                inputs=many if own_input else None,
                # Two losses are compared that the same plan computed; what the network alone would compute is not.
                as_one=True,
            )
            if layers
            else None
        )
        if self._plan:
            self.input, output = self._plan.sites[0].input, self._plan.sites[-1].output
        else:
            # All layers have run one network at a time; only their losses are left to compute.
            self.input = output = Backend.empty((many, *checked.shapes[-1], checked.batch), dtype=checked.dtype)
        self._at = LossSite(output, checked.truth, Backend.empty_like(output))
        self._compare = compiled(checked.loss.gradient_program(self._at))

    def losses_with_parameters(self, places: Array, moves: Array, by: Forward) -> Array:
        """The loss of each network with the parameter at its place moved by its move."""
        self.input[...] = self._checked.sites[self._first].input
        for block, own in self._blocks.items():
            own[...] = block.array
        self._own[self._checked.place_in_stack(self._networks, places)] += moves
        return self.losses(by)

    def losses_with_inputs(self, places: Array, moves: Array, by: Forward) -> Array:
        """The loss of each network with the input at its place moved by its move."""
        self.input[...] = self._checked.sites[self._first].input
        if self._plan:
            self._plan.sites[0].input_with_one.reshape(len(self._networks), -1)[self._networks, places] += moves
        return self.losses(by)

    def losses(self, by: Forward) -> Array:
        """The loss of each network with the inputs that they have."""
        with self._checked.looking():
            if self._plan:
                by(self._plan)
            run(self._compare)
            losses: Array = Backend.asarray(self._checked.loss.value(self._at))
        return losses
