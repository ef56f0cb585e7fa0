"""Dropout."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import ClassVar

from tinyml.core import Array, Backend, Program, generator, uniform
from tinyml.layers.base import Layer
from tinyml.layers.buffers import LayerBuffers, samples_first, samples_last
from tinyml.layers.operation_counts import OperationCounts, ResultCounts
from tinyml.layers.ranges import Range


class Dropout(Layer):
    """Sets each number to 0 with probability p and scales the others by 1 / (1 − p); does nothing in evaluation mode.

    Forward:   h = r z, with r = 0 with probability p, else 1 / (1 − p); in evaluation mode h = z.
    Backward:  ∂ℓ/∂z = r ∂ℓ/∂h.
    Shapes:    any; the output has the shape of the input.
    Units:     `probability` is p, the probability of 0, in [0, 1).
    Errors:    ValueError for another p.
    Source:    Srivastava et al. (2014), Dropout: a simple way to prevent neural networks from overfitting.

    The mask r of a pass is a function of `seed` and the number of passes, so that training is reproducible. The
    attribute `mask` has the mask of the last pass.
    """

    stackable = True
    analytic = True
    piecewise_affine = True
    running_state = ("passes",)
    letters: ClassVar[Mapping[str, str]] = {"mask": "r"}

    def __init__(self, name: str, probability: float, *, seed: int = 0) -> None:
        super().__init__(name)
        if not 0 <= probability < 1:
            raise ValueError(f"Dropout '{name}': probability must be at least 0 and less than 1, got {probability}.")
        self.probability = probability
        self.seed = seed
        self.passes = 0

    @property
    def mask(self) -> Array:
        """A copy of the mask r of the last forward pass, samples first."""
        plan, i = self.recall(self.ran)
        return samples_first(self._mask(plan.buffers[i])).copy()

    def forward_program(self, at: LayerBuffers) -> Program:
        return [(self._draw, self._mask(at)), (Backend.multiply, at.input, self._mask(at), at.output)]

    def input_program(self, at: LayerBuffers) -> Program:
        return [(Backend.multiply, at.output_gradient, self._mask(at), at.input_gradient)]

    def saved(self, at: LayerBuffers) -> dict[str, Array]:
        return {"mask": samples_first(self._mask(at))}

    def output_range(self, input: Range) -> Range:
        if not self.training:
            return input
        dropped = input.joined(0.0) if self.probability else input
        return dropped.through(lambda z: z / (1 - self.probability))

    def forward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        results = ResultCounts("mask", input_shape, 0, sampled=True), ResultCounts("output", input_shape, sampled=True)
        return (OperationCounts("output", prod(input_shape), results),)

    def _draw(self, mask: Array) -> None:
        if not self.training:
            mask[...] = 1
            return
        drawn = uniform(generator([self.seed, self.passes]), 0, 1, samples_first(mask).shape)
        self.passes += 1
        mask[...] = samples_last(drawn >= self.probability) / (1 - self.probability)

    @staticmethod
    def _mask(at: LayerBuffers) -> Array:
        # One mask for a whole stack of networks, so that they differ only in their parameters.
        return at.scratch("mask", at.output.shape[len(at.stack) :])
