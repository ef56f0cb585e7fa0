"""How the layers of a network fit together: their shapes, and their names."""

from __future__ import annotations

from collections.abc import Sequence

from tinyml.core import DuplicateNameError, ShapeError
from tinyml.layers import Layer
from tinyml.layers.buffers import Shape
from tinyml.layers.topology import Shapes, Topology


def check_any(layers: Sequence[Layer]) -> None:
    """Raise a ShapeError if there is no layer."""
    if not layers:
        raise ShapeError("Sequential: a network needs at least one layer; add one.")


def check_fit(layers: Sequence[Layer], topology: Topology) -> None:
    """Raise a ShapeError if a layer cannot take the output that it is given, as far as that is known without data: from
    the first layer on that knows its input shape, and after a layer whose shape only a pass can find, from the next.
    """
    made: dict[int | None, Shape | None] = {None: None}
    for place in topology.order:
        layer, shape = layers[place], made[topology.sources[place]]
        if layer.overrides_passes and type(layer).output_shape is Layer.output_shape:
            shape = None
        elif (shape := layer.expected_shape() if shape is None else shape) is not None:
            shape = layer.output_shape(shape)
        made[place] = shape


def check_names(layers: Sequence[Layer]) -> None:
    """Raise a DuplicateNameError if two layers share a name."""
    names = [layer.name for layer in layers]
    for i, name in enumerate(names):
        if name in names[:i]:
            raise DuplicateNameError(f"Sequential: two layers are called '{name}'; give each a unique name.")


def checked_shapes(layers: Sequence[Layer], topology: Topology, input_shape: Shape) -> Shapes:
    """The shapes of one sample before and after each layer; ShapeError names the layer that does not fit,
    DuplicateNameError the name that two layers share.
    """
    check_any(layers)
    check_names(layers)
    return topology.shapes(layers, input_shape)
