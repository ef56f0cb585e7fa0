"""What a recorded training step has of its loss."""

from __future__ import annotations

from typing import NamedTuple

from tinyml.core import Array, overflow_allowed
from tinyml.losses import Loss


class LossTrace(NamedTuple):
    """The loss and its gradient with respect to the network's output; and where it goes through probabilities p, those
    and ∂ℓ/∂p; `given` is the gradient that the loss is given, where it is.
    """

    loss: Loss
    value: float
    gradient: Array
    p: Array | None = None
    p_gradient: Array | None = None
    given: Array | None = None


def loss_trace(loss: Loss, value: float, gradient: Array, output: Array, truth: Array | None) -> LossTrace:
    """The record, with p and ∂ℓ/∂p where the loss has them: its fused step computes neither."""
    own = loss.of_probabilities
    if own is None or truth is None:
        return LossTrace(loss, value, gradient, given=loss.given)
    with overflow_allowed():
        return LossTrace(loss, value, gradient, own.probabilities(output), own.probability_gradient(output, truth))
