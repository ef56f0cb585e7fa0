"""How the gradient flows through a network: how much of it reaches each layer, and which units stop it.

The backward pass multiplies, layer after layer, what comes back by the local derivatives. Where these are small the
gradient vanishes on its way to the first layers, where they are large it explodes.
"""

from __future__ import annotations

from typing import NamedTuple

from tinyml.core import Array, Backend, overflow_allowed
from tinyml.layers import Layer
from tinyml.trace import LayerTrace, Trace

# A unit is saturated where its slope stays below this share of the steepest that its function can have.
SATURATED = 0.01


class LayerFlow(NamedTuple):
    """What of the gradient arrives at one layer, in one training step.

    `gradient` is the size of ∇ = ∂ℓ/∂output, √(Σ∇² / n) over all n outputs of the batch. `parameters` is the same of
    the gradients of all its parameters together; None where it has none.

    A unit is an output, of images a channel with all its pixels. Of an activation h = f(z) those are `dead` whose f′(z)
    is exactly 0 in every sample: nothing comes back through them. Those are `saturated` for whom the largest |f′(z)|
    over the batch is less than SATURATED · max |f′|, but not 0: next to nothing does. Both count from 0. A unit of
    which some slope is no number is neither.
    """

    layer: Layer
    gradient: float
    parameters: float | None
    units: int
    dead: tuple[int, ...]
    saturated: tuple[int, ...]


def gradient_flow(trace: Trace) -> tuple[LayerFlow, ...]:
    """What of the gradient arrives at each layer of a recorded training step, in the order of the layers."""
    return tuple(_flow(recorded) for recorded in trace.layers)


def flow_ratio(flows: tuple[LayerFlow, ...]) -> float | None:
    """The size of the gradient at the first layer over that at the last: far below 1 where it vanishes on its way back,
    far above 1 where it explodes. None where there is nothing to compare: of one layer, or where none sets out.
    """
    if len(flows) < 2 or flows[-1].gradient == 0:
        return None
    return flows[0].gradient / flows[-1].gradient


def root_mean_square(*arrays: Array) -> float:
    """√(Σv² / n) over all n numbers of the arrays. NaN where one is no number, ∞ where one is infinite."""
    largest = max((float(Backend.abs(array).max()) for array in arrays), key=_nan_last)
    if not 0 < largest < float("inf"):
        return largest
    # In units of the largest: squares of what has vanished would be 0, and of what has exploded ∞.
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
    """The dead units of an activation, and the saturated ones; of other layers none."""
    slopes = recorded.layer.slopes(recorded.input, recorded.output)
    if slopes is None:
        return (), ()
    # The largest of each unit, over the samples and, of images, all pixels.
    largest = Backend.abs(slopes).max(axis=tuple(axis for axis in range(slopes.ndim) if axis != 1))
    flat = largest < SATURATED * recorded.layer.steepest
    return _places(largest == 0), _places(flat & (largest > 0))


def _places(of: Array) -> tuple[int, ...]:
    return tuple(Backend.flatnonzero(of).tolist())


def _nan_last(value: float) -> tuple[bool, float]:
    return value != value, value
