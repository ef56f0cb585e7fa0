"""The explanations of the layers' numbers: one class for each layer, found by the layer's class. A new class in one of
the modules, which names the layer in `explains`, needs no entry here.

The layers themselves (`tinyml.layers`) are mathematics only and import nothing from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from tinyml.explain.layers import elementwise
from tinyml.explain.layers.base import LayerExplanation
from tinyml.explain.registry import explanations
from tinyml.layers import Layer
from tinyml.layers.elementwise import Elementwise

# Elementwise functions are in `elementwise.FUNCTIONS`.
EXPLANATIONS: Final[dict[type[Layer], type[LayerExplanation[Any]]]] = explanations(__name__, LayerExplanation)


def layer_explanation(layer: Layer) -> LayerExplanation[Any]:
    """Return the explanation of a layer: that of its class, or of the nearest base class that has one. Other layers
    have one without formulas, which raises an error when a formula is requested.
    """
    for kind in type(layer).__mro__:
        if kind in elementwise.FUNCTIONS:
            return elementwise.ElementwiseExplanation(cast("Elementwise", layer), elementwise.FUNCTIONS[kind])
        if kind in EXPLANATIONS:
            return EXPLANATIONS[kind](layer)
    return LayerExplanation(layer)


def curve(layer: Layer, points: Sequence[float]) -> list[float] | None:
    """Return f at these numbers for an elementwise layer h = f(z); else None."""
    return layer_explanation(layer).curve(points)


__all__ = ["EXPLANATIONS", "LayerExplanation", "curve", "layer_explanation"]
