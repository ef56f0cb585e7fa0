"""Checks of the objective J = ℓ + Ω in place of the loss: a plan whose losses and gradients contain the penalty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.random import Generator

from tinyml.core import Array, Backend
from tinyml.gradient_check.passes import Forward, forward
from tinyml.gradient_check.places import Places
from tinyml.gradient_check.plan import CheckPlan
from tinyml.layers import Layer
from tinyml.layers.buffers import Shape
from tinyml.layers.topology import Topology
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.optims import Penalty


class PenalizedPlan(CheckPlan):
    """A plan for checks of ∂J/∂ of each number. Ω depends on no pass: it is computed from the numbers."""

    def __init__(
        self,
        penalty: Penalty,
        loss: Loss,
        layers: Sequence[Layer],
        topology: Topology,
        input_shape: Shape,
        batch: int,
        dtype: Any,
    ) -> None:
        super().__init__(loss, layers, topology, input_shape, batch, dtype)
        self._penalty = penalty
        self._covered = Backend.zeros(self.gradients.size, dtype=bool)
        parts = self.parts(self._covered)
        for parameter, _ in self._parameters:
            parameter.within(parts[parameter.block])[...] = penalty.covers(parameter)

    def gradients_of(self, places: Places) -> Array:
        values, covered = self._values_of(places)
        gradients: Array = super().gradients_of(places) + Backend.where(covered, self._penalty.slope(values), 0.0)
        return gradients

    def losses(self, places: Places, moves: Sequence[complex], by: Forward = forward) -> Array:
        values, covered = self._values_of(places)
        moved = self._penalty.of(values + Backend.array(moves)[:, None]) - self._penalty.of(values)
        objectives: Array = super().losses(places, moves, by) + (self._whole + Backend.where(covered, moved, 0.0))
        return objectives

    def loss_and_size(self) -> tuple[float, float]:
        value, size = super().loss_and_size()
        return value + self._whole, size + self._whole

    def shaken_loss(self, rng: Generator) -> float:
        return super().shaken_loss(rng) + self._whole

    @property
    def _whole(self) -> float:
        """Ω."""
        return self._penalty.value(parameter for parameter, _ in self._parameters)

    def _values_of(self, places: Places) -> tuple[Array, Array]:
        """The numbers in rows, and which of them are part of the penalty."""
        inputs = Backend.zeros(len(places.inputs), dtype=bool)
        covered = places.in_rows(Backend.concatenate([self._covered[places.parameters], inputs]))
        return self.values(places), covered


def check_plan(model: Sequential, loss: Loss, x: Array, penalty: Penalty | None) -> CheckPlan:
    """Return the plan for checks of the loss, or with a penalty of the objective, on batches like `x`."""
    if penalty is None:
        return model.planned("check", x, CheckPlan, loss)
    return model.planned("check", x, PenalizedPlan, penalty, loss)
