"""The output itself as the loss, for gradients of the output with respect to everything before it."""

from __future__ import annotations

from typing import Any

from tinyml.core import Backend, Program
from tinyml.losses.base import Loss
from tinyml.losses.buffers import LossBuffers


class OutputSum(Loss):
    """The output itself; several outputs, and those of several samples, are added up.

    Every gradient is then that of the output: with one output ∂ℓ/∂w is ∂ŷ/∂w, and ∂ℓ/∂x of a sample is ∂ŷ/∂x of this
    sample, whatever the size of the batch.

    Forward:   ℓ = Σ ŷ.
    Backward:  ∂ℓ/∂ŷ = 1.
    Shapes:    any; there are no targets.
    Source:    PyTorch's `output.sum().backward()`.
    """

    type = "output"
    analytic = True
    takes_targets = False
    of_errors = False

    def gradient_program(self, at: LossBuffers) -> Program:
        return [(Backend.copyto, at.gradient, at.number(1))]

    def value(self, at: LossBuffers) -> Any:
        return at.total(at.predicted)

    def size(self, at: LossBuffers, value: Any) -> Any:
        return at.total(Backend.abs(at.predicted))

    def reads(self, computes: str) -> tuple[str, ...]:
        return ("input",) if computes == "loss" else ()


output_sum = OutputSum()
