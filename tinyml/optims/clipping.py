"""Clipping of gradients before an update."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal, NamedTuple, TypeVar

from tinyml.core import Array, Backend, overflow_allowed

Owner = TypeVar("Owner", bound=Hashable)

# What is added to the norm, as in PyTorch, so that no norm is divided by exactly.
ADDED = 1e-6


class Clipped(NamedTuple):
    """What a clip makes of the gradients of a step: `norm` of all, `factor` by which each is multiplied, and how
    many of them are `changed`.
    """

    norm: float
    factor: float
    changed: int


@dataclass(frozen=True, slots=True)
class Clip:
    """A bound for the gradients of all parameters that learn, `most` > 0.

    `norm`     if c / (‖g‖ + 10⁻⁶) is below 1, each gradient is multiplied by it; ‖g‖ is the norm of all together.
    `value`    each entry below −c becomes −c, each above c becomes c.
    Source:    Pascanu, Mikolov and Bengio (2013), as PyTorch's `clip_grad_norm_` and `clip_grad_value_`.
    """

    kind: Literal["norm", "value"]
    most: float

    def measured(self, gradients: Collection[Array]) -> Clipped:
        """Return what the clip makes of the gradients of all parameters that learn."""
        # Raveled, so that the order of the sum does not depend on the order in memory.
        with overflow_allowed():
            norm = sqrt(sum(float((gradient * gradient).ravel().sum()) for gradient in gradients))
        if self.kind == "value":
            return Clipped(norm, 1.0, sum(int((Backend.abs(gradient) > self.most).sum()) for gradient in gradients))
        factor = min(self.most / (norm + ADDED), 1.0)
        return Clipped(norm, factor, sum(gradient.size for gradient in gradients) if factor < 1 else 0)

    def clipped(self, gradient: Array, measured: Clipped) -> Array:
        """Return a gradient as the update uses it; the argument itself if nothing changes."""
        if not measured.changed:
            return gradient
        if self.kind == "value":
            within: Array = Backend.clip(gradient, -self.most, self.most)
            return within
        with overflow_allowed():  # ∞ · 0
            return gradient * measured.factor

    def all_clipped(self, learning: Mapping[Owner, Array]) -> dict[Owner, Array]:
        """Return the gradients of all parameters that learn as the update uses them."""
        measured = self.measured(learning.values())
        return {owner: self.clipped(gradient, measured) for owner, gradient in learning.items()}
