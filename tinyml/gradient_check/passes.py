"""What a forward pass of a check can be made of, and the functions that make one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tinyml.core.program import Compiled
from tinyml.layers import Layer
from tinyml.layers.buffers import LayerBuffers, Shape


class Passable(Protocol):
    """What a forward pass can be made of: a plan, or a stack of moved networks."""

    layers: list[Layer]
    shapes: list[Shape]
    buffers: list[LayerBuffers]
    forward_programs: list[Compiled]

    def forward(self) -> None:
        """Run the layers first to last."""


# What makes a pass: the forward pass itself, or one that is off by some digits, or that keeps to its branches.
Forward = Callable[[Passable], None]


def forward(plan: Passable) -> None:
    """The forward pass itself."""
    plan.forward()


def whole_pass(plan: Passable, by: Forward) -> None:
    """A pass from the first layer on, which may change the input meanwhile."""
    kept = plan.buffers[0].input.copy()
    try:
        by(plan)
    finally:
        plan.buffers[0].input[...] = kept
