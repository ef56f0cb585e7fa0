"""A summary of a network: its layers in a text table."""

from __future__ import annotations

from collections.abc import Sequence

from tinyml.layers import Layer
from tinyml.layers.buffers import Shape
from tinyml.layers.topology import Topology
from tinyml.net.fit import checked_shapes

_GAP = "  "


def summary(layers: Sequence[Layer], topology: Topology, input_shape: Shape | None = None) -> str:
    """One line a layer: its name, type, the shape of one sample's output and its number of parameters, with the total
    below. Without `input_shape`, the shape of one sample, it is that of the first layer that knows its input shape; if
    none does, there are no shapes. ShapeError if the layers do not fit together.
    """
    if input_shape is None:
        expected = (layers[place].expected_shape() for place in topology.order)
        input_shape = next((shape for shape in expected if shape is not None), None)
    parameters = [list(layer.parameters().values()) for layer in layers]
    sizes = [sum(parameter.tensor.size for parameter in own) for own in parameters]
    # In columns: the heading, a cell for each layer, the foot.
    columns = [
        ["layer", *(layer.name for layer in layers), "total"],
        ["type", *(layer.type for layer in layers), ""],
        ["parameters", *(f"{size:,}" for size in sizes), f"{sum(sizes):,}"],
    ]
    if input_shape is not None:
        shapes = checked_shapes(layers, topology, input_shape)
        columns.insert(2, ["output shape", *map(str, shapes.outputs), ""])
    aligned = [[cell.ljust(_width(column)) for cell in column] for column in columns[:-1]]
    aligned.append([cell.rjust(_width(columns[-1])) for cell in columns[-1]])
    heading, *body, foot = (_GAP.join(cells) for cells in zip(*aligned, strict=True))
    frozen = sum(p.tensor.size for own in parameters for p in own if not p.require_grad)
    note = [f"{frozen:,} of them are not trained"] if frozen else []
    return "\n".join([heading, "─" * len(heading), *body, "─" * len(heading), foot, *note])


def _width(column: list[str]) -> int:
    return max(map(len, column))
