"""The loss with a given upstream gradient, for networks that are the first part of a larger one."""

from __future__ import annotations

from typing import Any

from tinyml.core import Array, Backend, Program, ShapeError
from tinyml.layers.buffers import samples_last
from tinyml.losses.base import Loss
from tinyml.losses.buffers import LossBuffers


class GivenGradient(Loss):
    """∂ℓ/∂Ŷ is the given matrix G, as if it came back from layers that are not part of the network.

    ℓ is the sum of the outputs weighted with G, the simplest function with this gradient, so that finite differences
    can check all gradients computed from it.

    Forward:   ℓ = Σ gŷ.
    Backward:  ∂ℓ/∂ŷ = g.
    Shapes:    G has the shape of the outputs, samples first; there are no targets.
    Errors:    ShapeError if G has another shape.
    Source:    PyTorch's `output.backward(gradient)`.
    """

    type = "given_gradient"
    analytic = True
    takes_targets = False
    of_errors = False

    def __init__(self, gradient: Array) -> None:
        self.gradient = Backend.asarray(gradient, dtype=float)

    @property
    def given(self) -> Array:
        return self.gradient

    def fitting(self, shape: tuple[int, ...], truth: Array | None) -> None:
        """Raise a ShapeError if the given gradient does not have this shape of the outputs."""
        if shape != self.gradient.shape:
            raise ShapeError(
                f"given_gradient: the gradient has shape {self.gradient.shape}, but the outputs have {shape}; give one "
                f"number for each output of each sample."
            )

    def gradient_program(self, at: LossBuffers) -> Program:
        given = samples_last(self.gradient).astype(at.gradient.dtype)
        return [(Backend.copyto, at.gradient, given)]

    def value(self, at: LossBuffers) -> Any:
        return at.total(at.gradient * at.predicted)

    def size(self, at: LossBuffers, value: Any) -> Any:
        return at.total(Backend.abs(at.gradient * at.predicted))

    def reads(self, computes: str) -> tuple[str, ...]:
        return ("input", "loss.g") if computes == "loss" else ("loss.g",)
