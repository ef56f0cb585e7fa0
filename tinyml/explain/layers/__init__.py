"""How the numbers of each layer explain themselves: one class for each layer, found by the layer's class.

The layers themselves (`tinyml.layers`) are mathematics only and import nothing from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from tinyml.explain.layers import elementwise
from tinyml.explain.layers.base import LayerExplanation
from tinyml.explain.layers.linear import LinearExplanation
from tinyml.explain.layers.pooling import AvgPool2DExplanation, MaxPool2DExplanation
from tinyml.layers import AvgPool2D, Layer, Linear, MaxPool2D
from tinyml.layers.elementwise import Elementwise
from tinyml.layers.explained import ExplainedLayer

EXPLANATIONS: dict[type[Layer], type[LayerExplanation[Any]]] = {
    Linear: LinearExplanation,
    MaxPool2D: MaxPool2DExplanation,
    AvgPool2D: AvgPool2DExplanation,
}


def layer_explanation(layer: Layer) -> LayerExplanation[Any]:
    """The explanation of a layer: that of its class, or of the nearest class it derives from. For other layers one
    without formulas, which says so where it is asked for one.
    """
    for kind in type(layer).__mro__:
        if kind in elementwise.FUNCTIONS:
            return elementwise.ElementwiseExplanation(cast("Elementwise", layer), elementwise.FUNCTIONS[kind])
        if kind in EXPLANATIONS:
            return EXPLANATIONS[kind](layer)
    if type(layer).explain_output is not ExplainedLayer.explain_output:
        return cast("LayerExplanation[Any]", layer)  # until it has moved here
    return LayerExplanation(layer)


def curve(layer: Layer, points: Sequence[float]) -> list[float] | None:
    """f at these numbers, where the layer is a function f of each entry by itself; else None."""
    return getattr(layer_explanation(layer), "curve", lambda _: None)(points)  # until all have moved here


__all__ = ["EXPLANATIONS", "LayerExplanation", "curve", "layer_explanation"]
