"""The parametric rectified linear unit."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import ClassVar

from tinyml.core import Array, Backend, Parameter, Program, ShapeError
from tinyml.layers.base import Layer
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.operation_counts import OperationCounts, input_counts


class PReLU(Layer):
    """The identity for positive numbers, a learned multiple of z below 0.

    Forward:   h = z where z > 0, else αz; one `slope` α for all numbers, or, unless `shared`, one for each feature.
    Backward:  ∂ℓ/∂α = Σ ∂ℓ/∂h z over all z ≤ 0 with this α; ∂ℓ/∂z = ∂ℓ/∂h where z > 0, else α ∂ℓ/∂h. At the kink z = 0
               the derivative is taken as α, as PyTorch does.
    Shapes:    h and z (batch, features, …), where the features of an image are its channels; α (1,) or (features,).
    Errors:    ShapeError for another number of features, unless `shared`.
    Source:    He, Zhang, Ren and Sun (2015), Delving deep into rectifiers; PyTorch's `PReLU`.
    """

    piecewise_affine = True
    symbol = "PReLU"
    # α as in LeakyReLu and ELU. It is written with its layer and index, since `a` is an output on images.
    letters: ClassVar[Mapping[str, str]] = {"slope": "α"}

    def __init__(self, name: str, features: int = 1, shared: bool = True, initial: float = 0.25) -> None:
        super().__init__(name)
        self.features = features
        self.shared = shared
        self.slope = self.build_param(Backend.full(1 if shared else features, float(initial)))

    def parameters(self) -> dict[str, Parameter]:
        return {"slope": self.slope}

    def forward_program(self, at: LayerBuffers) -> Program:
        return [(self._bend, at)]

    def _bend(self, at: LayerBuffers) -> None:
        self.along(at.input > 0, at)

    def branches(self, at: LayerBuffers) -> Array:
        positive: Array = at.input > 0
        return positive

    def along(self, branches: Array, at: LayerBuffers) -> None:
        at.output[...] = Backend.where(branches, at.input, self._slopes(at) * at.input)

    def parameter_program(self, at: LayerBuffers) -> Program:
        return [(self._learn, at)]

    def _learn(self, at: LayerBuffers) -> None:
        # A selection, not a product with 0 or 1: 0 · ∞ would be NaN.
        terms = Backend.where(at.input > 0, 0, at.output_gradient * at.input)
        rows = terms.reshape(1 if self.shared else self.features, -1)
        rows.sum(axis=1, out=at.gradients[self.slope.block])

    def input_program(self, at: LayerBuffers) -> Program:
        return [(self._go_back, at)]

    def _go_back(self, at: LayerBuffers) -> None:
        at.input_gradient[...] = at.output_gradient * Backend.where(at.input > 0, 1, self._slopes(at))

    def _slopes(self, at: LayerBuffers) -> Array:
        """Return α, reshaped to the axes of the input."""
        values: Array = at.values[self.slope.block]
        return values.reshape(-1, *(1,) * (at.input.ndim - 1))

    def backward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        summed = batch * prod(input_shape if self.shared else input_shape[1:])
        return (*self.parameter_counts("parameter_gradients", summed), input_counts(input_shape))

    def reads(self, computes: str) -> tuple[str, ...]:
        return ("slope",) if computes == "input_gradient" else super().reads(computes)

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        if not self.shared and input_shape[:1] != (self.features,):
            raise ShapeError(
                f"PReLU '{self.name}': has slopes for {self.features} features, got samples of shape {input_shape}; "
                "give it their first axis as features, or shared=True."
            )
        return input_shape
