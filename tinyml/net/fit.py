"""How the layers of a chain fit together: their shapes, one after another, and their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tinyml.core import DuplicateNameError, ShapeError
from tinyml.layers import Layer
from tinyml.layers.buffers import Shape


def check_any(layers: Sequence[Layer]) -> None:
    """Raise a ShapeError if there is no layer."""
    if not layers:
        raise ShapeError("Sequential: a network needs at least one layer; add one.")


def check_fit(layers: Iterable[Layer]) -> None:
    """Raise a ShapeError if a layer cannot take the output of the one before it, as far as that is known without data:
    from the first layer on that knows its input shape, and after a layer whose shape only a pass can find, from the
    next.
    """
    shape: tuple[int, ...] | None = None
    for layer in layers:
        if layer.overrides_passes and type(layer).output_shape is Layer.output_shape:
            shape = None
        elif (shape := layer.expected_shape() if shape is None else shape) is not None:
            shape = layer.output_shape(shape)


def check_names(layers: Sequence[Layer]) -> None:
    """Raise a DuplicateNameError if two layers share a name."""
    names = [layer.name for layer in layers]
    for i, name in enumerate(names):
        if name in names[:i]:
            raise DuplicateNameError(f"Sequential: two layers are called '{name}'; give each a unique name.")


def chain_shapes(layers: Sequence[Layer], input_shape: Shape) -> list[Shape]:
    """The shape of one sample before the first layer and after each; ShapeError names the layer that does not fit,
    DuplicateNameError the name that two layers share.
    """
    check_any(layers)
    check_names(layers)
    shapes = [input_shape]
    for layer in layers:
        shapes.append(layer.output_shape(shapes[-1]))
    return shapes
