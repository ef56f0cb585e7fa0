"""The loss of a recorded training step."""

from __future__ import annotations

from typing import NamedTuple

from tinyml.core import Array, overflow_allowed
from tinyml.losses import Loss


class LossTrace(NamedTuple):
    """The loss and its gradient with respect to the network's output. `p` and ∂ℓ/∂p are None unless the loss computes
    probabilities; `given` is the upstream gradient that was given in place of a loss, else None.
    """

    loss: Loss
    value: float
    gradient: Array
    p: Array | None = None
    p_gradient: Array | None = None
    given: Array | None = None


def loss_trace(loss: Loss, value: float, gradient: Array, output: Array, truth: Array | None) -> LossTrace:
    """Return the record of a loss, with p and ∂ℓ/∂p if it has them: the fused step computes neither."""
    own = loss.of_probabilities
    if own is None or truth is None:
        return LossTrace(loss, value, gradient, given=loss.given)
    with overflow_allowed():
        return LossTrace(loss, value, gradient, own.probabilities(output), own.probability_gradient(output, truth))
