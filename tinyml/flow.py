"""Gradient flow: the size of the gradient at each layer, and the units that stop it.

The backward pass multiplies the upstream gradient of each layer by the local derivatives. If these are small, the
gradient vanishes towards the first layers; if they are large, it explodes.
"""

from __future__ import annotations

from typing import NamedTuple

from tinyml.core import Array, Backend, overflow_allowed
from tinyml.layers import Layer
from tinyml.trace import LayerTrace, Trace

# A unit is saturated if its slope stays below this fraction of the largest slope of its function.
SATURATED = 0.01


class LayerFlow(NamedTuple):
    """The gradient at one layer in one training step.

    `gradient` is the root mean square of ∇ = ∂ℓ/∂output, √(Σ∇² / n) over all n outputs of the batch. `parameters` is
    the same over the gradients of all its parameters; None for a layer without parameters.

    A unit is one output; for images, a channel with all its pixels. A unit of an activation h = f(z) is `dead` if f′(z)
    is exactly 0 in every sample: it passes no gradient back. It is `saturated` if the largest |f′(z)| over the batch is
    below SATURATED · max |f′|, but not 0: it passes almost none. Units are counted from 0. A unit with a NaN slope is
    neither.
    """

    layer: Layer
    gradient: float
    parameters: float | None
    units: int
    dead: tuple[int, ...]
    saturated: tuple[int, ...]


def gradient_flow(trace: Trace) -> tuple[LayerFlow, ...]:
    """Return the gradient flow of a recorded training step, one record for each layer, in the order in which
    they run."""
    return tuple(_flow(recorded) for recorded in trace.ordered)


def flow_ratio(flows: tuple[LayerFlow, ...]) -> float | None:
    """Return the size of the gradient at the first layer divided by that at the last: far below 1 if the gradient
    vanishes, far above 1 if it explodes. None for a single layer, or if the gradient at the last layer is 0.
    """
    if len(flows) < 2 or flows[-1].gradient == 0:
        return None
    return flows[0].gradient / flows[-1].gradient


def root_mean_square(*arrays: Array) -> float:
    """Return √(Σv² / n) over all n numbers of the arrays. NaN if one is NaN, ∞ if one is infinite."""
    largest = max((float(Backend.abs(array).max()) for array in arrays), key=_nan_last)
    if not 0 < largest < float("inf"):
        return largest
    # Relative to the largest: squares of vanished gradients would underflow to 0, of exploded ones overflow to ∞.
    total = sum(float(Backend.square(array / largest).sum()) for array in arrays)
    return largest * float((total / sum(array.size for array in arrays)) ** 0.5)


def _flow(recorded: LayerTrace) -> LayerFlow:
    own = [parameter.gradient for parameter in recorded.parameters.values()]
    with overflow_allowed():
        return LayerFlow(
            recorded.layer,
            root_mean_square(recorded.output_gradient),
            root_mean_square(*own) if own else None,
            recorded.output.shape[1],
            *stuck_units(recorded),
        )


def stuck_units(recorded: LayerTrace) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the dead and the saturated units of an activation; none for other layers."""
    return stuck(recorded.layer, recorded.input, recorded.output)


def stuck(layer: Layer, input: Array, output: Array) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the same of a layer with an input and an output, samples first."""
    slopes = layer.slopes(input, output)
    if slopes is None:
        return (), ()
    # The largest slope of each unit, over the samples and, for images, all pixels.
    largest = Backend.abs(slopes).max(axis=tuple(axis for axis in range(slopes.ndim) if axis != 1))
    flat = largest < SATURATED * layer.steepest
    return _places(largest == 0), _places(flat & (largest > 0))


def _places(of: Array) -> tuple[int, ...]:
    return tuple(Backend.flatnonzero(of).tolist())


def _nan_last(value: float) -> tuple[bool, float]:
    return value != value, value
