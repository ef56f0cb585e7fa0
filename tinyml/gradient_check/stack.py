"""A network many times side by side, in each of which one number is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml.core import Array, Backend, compiled, run
from tinyml.gradient_check.shaking import shaken_forward
from tinyml.layers.plan import Plan, parts
from tinyml.losses import LossSite

if TYPE_CHECKING:
    from numpy.random import Generator

    from tinyml.gradient_check.plan import CheckPlan


class MovedStack:
    """`many` networks side by side; in each one number is moved, a parameter or, with `of_inputs`, an input."""

    def __init__(self, checked: CheckPlan, many: int, of_inputs: bool) -> None:
        self._checked = checked
        self._of_inputs = of_inputs
        self._networks = Backend.arange(many)
        # Where inputs are moved all networks have the same parameters: views that repeat them.
        self._own = Backend.empty(0 if of_inputs else many * checked.gradients.size, dtype=checked.dtype)
        if of_inputs:
            stacked = {block: Backend.broadcast_to(block.array, (many, *block.shape)) for block in checked.blocks}
        else:
            stacked = parts(checked.layout, self._own, (many,))
        self._blocks = stacked
        self._plan = Plan(
            checked.layers,
            checked.shapes[0],
            checked.batch,
            checked.dtype,
            stacked=stacked,
            inputs=many if of_inputs else None,
            # Two losses are compared that the same plan computed; what the network alone would compute is not.
            as_one=True,
        )
        output = self._plan.sites[-1].output
        self._at = LossSite(output, checked.truth, Backend.empty_like(output))
        self._compare = compiled(checked.loss.gradient_program(self._at))

    def losses(self, places: Array, moves: Array, rng: Generator | None = None) -> Array:
        """The loss of each network, with the number at its place moved by its move, and with `rng` every number of the
        pass a little off.
        """
        networks = self._networks
        site = self._plan.sites[0]
        site.input[...] = self._checked.sites[0].input
        if self._of_inputs:
            site.input_with_one.reshape(len(networks), -1)[networks, places] += moves
        else:
            for block, own in self._blocks.items():
                own[...] = block.array
            self._own[self._checked.place_in_stack(networks, places)] += moves
        with self._checked.looking():
            shaken_forward(self._plan, rng) if rng else self._plan.forward()
            run(self._compare)
            losses: Array = Backend.asarray(self._checked.loss.value(self._at))
        return losses
