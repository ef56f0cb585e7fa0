"""The function that a backward pass differentiates: each layer along the branches of the unperturbed pass."""

from __future__ import annotations

from tinyml.core import Array, run
from tinyml.gradient_check.passes import Passable
from tinyml.layers import Layer

Branches = dict[Layer, Array]


def branches_taken(plan: Passable) -> Branches:
    """The branches of the last pass, of each layer that has several."""
    found = {one.layer: one.layer.branches(one.buffers) for one in plan.passes if not one.layer.overrides_passes}
    return {layer: branches for layer, branches in found.items() if branches is not None}


def forward_along(plan: Passable, branches: Branches) -> None:
    """Run the layers in their order along these branches.

    Where two numbers are equal that a layer compares, as all the zeros of an image under a maximum are, or one is on
    the corner of a rectifier, several branches meet. A backward pass follows one of them, and its derivative is that of
    the network which always takes it: next to which the loss as it is may have other slopes on both sides.
    """
    for layer, _, buffers, program in plan.passes:
        if layer in branches:
            layer.along(branches[layer], buffers)
        else:
            run(program)
