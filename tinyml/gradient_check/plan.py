"""A network and its loss, compiled for gradient checks on batches of one size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.random import Generator

from tinyml.core import Array, Backend
from tinyml.gradient_check.moves import Moves
from tinyml.gradient_check.numbers import CheckedPlan
from tinyml.gradient_check.passes import Forward, forward, whole_pass
from tinyml.gradient_check.places import Places
from tinyml.gradient_check.shaking import shaken, units
from tinyml.gradient_check.stack import Stacks
from tinyml.layers import Layer
from tinyml.layers.buffers import Shape
from tinyml.layers.topology import Topology
from tinyml.losses import Loss


class CheckPlan(CheckedPlan):
    """A training plan, whose backward pass is checked, and a stack of the same network, whose losses are the witness.
    The two share only the layers' forward programs.
    """

    def __init__(
        self, loss: Loss, layers: Sequence[Layer], topology: Topology, input_shape: Shape, batch: int, dtype: Any
    ) -> None:
        super().__init__(loss, layers, topology, input_shape, batch, dtype)
        self.stacks = Stacks(self)
        self._moved: Moves | None = None

    def shaken_gradients(self, places: Places, rng: Generator) -> Array:
        """The same with every number of the forward pass slightly off, to measure the effect of rounding."""
        with self.looking():
            whole_pass(self, shaken(rng))
            self.compare()
            gradient = self._at.gradient
            size = Backend.abs(gradient)
            if self.loss.of_errors:
                # The loss subtracts its truth from what can be nearly the same, as 1 from a chance of almost 1.
                size = size + Backend.abs(self.truth) / self._at.samples
            gradient += float(Backend.finfo(self.dtype).eps) * size * units(rng, gradient.shape)
            self.backward()
        return self.gradients_of(places)

    def loss_and_size(self) -> tuple[float, float]:
        """The loss of the last pass, and the scale of its rounding error."""
        value = self._value(self._at)
        return value, float(self.loss.size(self._at, value))

    def shaken_loss(self, rng: Generator) -> float:
        """The loss with every number of the forward pass slightly off."""
        with self.looking():
            whole_pass(self, shaken(rng))
            return float(self.compare())

    def losses(self, places: Places, moves: Sequence[complex], by: Forward = forward) -> Array:
        """The losses with each number changed separately by each of the moves: (moves, rows). `by` makes the passes."""
        moved = self._moved
        if moved is None or not moved.serves(places, moves):
            moved = Moves(self.stacks, places, moves)
            # A check of the whole network is often repeated; the others would be too large to cache.
            if places.order is None and moved.at_once:
                self._moved = moved
        return moved.losses(by)
