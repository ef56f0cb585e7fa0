"""Root mean square normalization."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import ClassVar

from tinyml.core import Array, Backend, Parameter, Program, ShapeError, overflow_allowed
from tinyml.layers.base import Layer
from tinyml.layers.buffers import LayerBuffers, samples_first
from tinyml.layers.normalized import Scaled, scaled, squares_in_range
from tinyml.layers.operation_counts import OperationCounts, ResultCounts, input_counts


class RMSNorm(Layer):
    """Divides each sample by its root mean square, then multiplies each number by a learned γ.

    Forward:   y = γ x̂, with x̂ = x / √(mean x² + ε), the mean over the sample.
    Backward:  ∂ℓ/∂γ = Σₙ ∇ x̂, and with g = γ∇: ∂ℓ/∂x = (g − x̂ mean(g x̂)) / √(mean x² + ε).
    Shapes:    x and y (batch, *input_dim); γ input_dim.
    Errors:    ShapeError for samples of another shape.
    Source:    Zhang and Sennrich (2019), Root mean square layer normalization; PyTorch's `RMSNorm`.
    """

    elementwise = False
    reach = "all"
    letters: ClassVar[Mapping[str, str]] = {"gamma": "γ", "normalized": "x̂"}

    def __init__(self, name: str, input_dim: int | tuple[int, ...], epsilon: float = 1e-5) -> None:
        super().__init__(name)
        self.input_dim = (input_dim,) if isinstance(input_dim, int) else tuple(input_dim)
        self.epsilon = epsilon
        self.gamma = self.build_param(Backend.ones(self.input_dim))

    def parameters(self) -> dict[str, Parameter]:
        return {"gamma": self.gamma}

    def forward_program(self, at: LayerBuffers) -> Program:
        return [(self._normalize, at)]

    def _normalize(self, at: LayerBuffers) -> None:
        x, over = at.input, self._over(at)
        with overflow_allowed():
            squares = (x * x).mean(axis=over, keepdims=True) + self.epsilon
        root = at.scratch("root", squares.shape)
        if squares_in_range(squares):
            Backend.sqrt(squares, root)
            Backend.divide(x, root, self._normalized(at))
        else:
            self._normalize_scaled(at, scaled(x, over, self.epsilon), root)
        Backend.multiply(at.values[self.gamma.block][..., None], self._normalized(at), at.output)

    def _normalize_scaled(self, at: LayerBuffers, own: Scaled, root: Array) -> None:
        inner = Backend.sqrt((own.x * own.x).mean(axis=self._over(at), keepdims=True) + own.epsilon)
        root[...] = own.back(inner)
        Backend.divide(own.x, inner, self._normalized(at))

    def parameter_program(self, at: LayerBuffers) -> Program:
        return [(self._learn, at)]

    def _learn(self, at: LayerBuffers) -> None:
        (at.output_gradient * self._normalized(at)).sum(axis=-1, out=at.gradients[self.gamma.block])

    def input_program(self, at: LayerBuffers) -> Program:
        return [(self._go_back, at)]

    def _go_back(self, at: LayerBuffers) -> None:
        inner, normalized = at.output_gradient * at.values[self.gamma.block][..., None], self._normalized(at)
        along = (inner * normalized).mean(axis=self._over(at), keepdims=True)
        Backend.divide(inner - normalized * along, at.scratch("root", along.shape), at.input_gradient)

    def saved(self, at: LayerBuffers) -> dict[str, Array]:
        return {"normalized": samples_first(self._normalized(at))}

    @staticmethod
    def _normalized(at: LayerBuffers) -> Array:
        """Return the x̂ of the last forward pass."""
        return at.scratch("normalized", at.input.shape)

    @staticmethod
    def _over(at: LayerBuffers) -> tuple[int, ...]:
        """Return all axes of a sample; the samples are the last axis."""
        return tuple(range(at.input.ndim - 1))

    def forward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        moved = (
            ResultCounts("normalized", input_shape, 1, sampled=True),
            ResultCounts("output", input_shape, 1, sampled=True),
        )
        return (OperationCounts("output", prod(input_shape), moved),)

    def backward_counts(self, input_shape: tuple[int, ...], batch: int) -> tuple[OperationCounts, ...]:
        return (*self.parameter_counts("parameter_gradients", batch), input_counts(input_shape, prod(input_shape)))

    def reads(self, computes: str) -> tuple[str, ...]:
        # The gradients are functions of x̂, which the forward pass has stored.
        own = {"input_gradient": ("gamma",), "parameter_gradients": ()}
        return own[computes] if computes in own else super().reads(computes)

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        if input_shape != self.input_dim:
            raise ShapeError(f"RMSNorm '{self.name}': expects samples of shape {self.input_dim}, got {input_shape}.")
        return input_shape
