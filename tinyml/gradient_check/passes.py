"""Forward passes of a check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tinyml.core import Array
from tinyml.layers import Layer
from tinyml.layers.buffers import Shape
from tinyml.layers.plan import LayerPass


class Passable(Protocol):
    """What a forward pass can be made of: a plan, or a stack of moved networks. `passes` are those of the layers, in
    the order in which they run, and `input` and `input_shape` what the first of them takes.
    """

    input_shape: Shape
    passes: list[LayerPass[Layer]]

    @property
    def input(self) -> Array:
        """The input, the samples last."""

    def forward(self) -> None:
        """Run the layers in their order."""


# What makes a pass: the forward pass itself, or one that is off by some digits, or that keeps to its branches.
Forward = Callable[[Passable], None]


def forward(plan: Passable) -> None:
    """The forward pass itself."""
    plan.forward()


def whole_pass(plan: Passable, by: Forward) -> None:
    """A pass from the first layer on, which may change the input meanwhile."""
    kept = plan.input.copy()
    try:
        by(plan)
    finally:
        plan.input[...] = kept
