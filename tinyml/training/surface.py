"""What a network with two inputs computes over the plane of its data."""

from __future__ import annotations

from typing import NamedTuple

from tinyml.core import Array, Backend
from tinyml.layers.buffers import samples_first
from tinyml.layers.plan import Plan
from tinyml.net import Sequential

# The surface reaches beyond the data by this share of their range.
MARGIN = 0.1


class Surface(NamedTuple):
    """Outputs at `size` × `size` points, row by row from the lowest, a column for each unit. The points are evenly
    spaced between the `lowest` and the `highest`. `hidden` has the outputs of all layers by their names.
    """

    size: int
    lowest: tuple[float, float]
    highest: tuple[float, float]
    outputs: Array
    hidden: dict[str, Array]


def surface(model: Sequential, x: Array, size: int, *, hidden: bool = False) -> Surface | None:
    """The surface of a network in evaluation mode over the range of the rows `x`; None unless they have two numbers."""
    if x.ndim != 2 or x.shape[1] != 2 or not len(x):
        return None
    low, high = x.min(axis=0), x.max(axis=0)
    margin = MARGIN * Backend.maximum(high - low, 1e-9)
    across, up = (Backend.linspace(a, b, size) for a, b in zip(low - margin, high + margin, strict=True))
    grid = Backend.stack([Backend.tile(across, size), Backend.repeat(up, size)], axis=1)
    outputs = model.predict(grid)
    layers: dict[str, Array] = {}
    if hidden:
        plan = model.planned("predict", grid, Plan)  # that of the prediction
        layers = {
            layer.name: samples_first(buffers.output).copy()
            for layer, buffers in zip(plan.layers, plan.buffers, strict=True)
            if buffers.output.ndim == 2
        }
    ends = (float(across[0]), float(up[0])), (float(across[-1]), float(up[-1]))
    return Surface(size, *ends, outputs, layers)


__all__ = ["Surface", "surface"]
