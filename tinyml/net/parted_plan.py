"""Training steps on large batches, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from tinyml.core import Array, Backend
from tinyml.layers import Layer
from tinyml.layers.plan import Plan
from tinyml.layers.site import Shape
from tinyml.losses import Loss
from tinyml.net.training_plan import TrainingPlan

# How many numbers the input and all outputs of a part may be, two megabytes of them.
PART = 2**18


class PartedPlan(TrainingPlan):
    """A plan for one part of a batch, which takes the parts one after another and sums their gradients.

    The arrays of a part stay in the processor's cache from layer to layer, which makes a step on many images a seventh
    shorter; and they are the fewer. The sums come out as those of the whole batch do, but for rounding.
    """

    def __init__(
        self, loss: Loss, layers: Sequence[Layer], input_shape: Shape, batch: int, dtype: Any, part: int
    ) -> None:
        super().__init__(loss, layers, input_shape, part, dtype, parts_of_batch=batch // part)
        self._input_shape = (batch, *input_shape)
        self._sum = Backend.zeros(self.gradients.shape, dtype=self.dtype)
        self._taken = Backend.empty(0), Backend.empty(0)

    def take(self, input: Array, truth: Array) -> None:
        """Take a batch for the steps that follow; it is read again at each."""
        self._taken = input, self.loss.fitting((len(input), *self.shapes[-1]), truth)

    def step(self) -> Any:
        """The passes of a training step on the whole batch; see `TrainingPlan.step`."""
        input, truth = self._taken
        loss = 0.0
        self._sum.fill(0)
        for start in range(0, len(input), self.batch):
            part = slice(start, start + self.batch)
            super().take(input[part], truth[part])
            loss += super().step()
            Backend.add(self._sum, self.gradients, self._sum)
        Backend.copyto(self.gradients, self._sum)
        return loss

    def replayed(self) -> Plan:
        """The last step again, with the arrays of the whole batch to look at."""
        input, truth = self._taken
        whole = TrainingPlan(self.loss, self.layers, self.shapes[0], len(input), self.dtype)
        whole.take(input, truth)
        whole.step()
        return whole


def fitting_plan(loss: Loss, layers: Sequence[Layer], input_shape: Shape, batch: int, dtype: Any) -> TrainingPlan:
    """The plan of training steps: by parts where that gains something and changes no more than rounding."""
    part = part_of(loss, layers, input_shape, batch)
    if part == batch:
        return TrainingPlan(loss, layers, input_shape, batch, dtype)
    return PartedPlan(loss, layers, input_shape, batch, dtype, part)


def part_of(loss: Loss, layers: Sequence[Layer], input_shape: Shape, batch: int) -> int:
    """How many samples a part has: the batch where it is small, where its parameters outnumber what passes, so that
    summing their gradients would cost more than it gains, or where samples or passes depend on each other.
    """
    shapes = [input_shape]
    for layer in layers:
        if not layer.samplewise or layer.moving or layer.overrides_passes:
            return batch
        shapes.append(layer.output_shape(shapes[-1]))
    passing = sum(prod(shape) for shape in shapes)
    parameters = sum(block.size for layer in layers for block in layer.blocks())
    most = PART // passing
    if not loss.sums_samples or parameters > passing or batch <= most:
        return batch
    part = next((part for part in range(most, 0, -1) if batch % part == 0), batch)
    # A batch that divides into small parts alone is not worth it.
    return part if part > most // 2 else batch
