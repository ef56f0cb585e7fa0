"""A network at a glance: its layers in a table of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tinyml.net.sequential import Sequential

_GAP = "  "


def summary(model: Sequential, input_shape: tuple[int, ...] | None = None) -> str:
    """One line a layer: its name, type, the shape of one sample's output and its number of parameters, with the total
    below. Where `input_shape`, the shape of one sample, is left out, the first layer that was told its input tells it;
    where none was, there are no shapes. ShapeError where the layers do not fit together.
    """
    if input_shape is None:
        input_shape = next((shape for layer in model.layers if (shape := layer.expected_shape()) is not None), None)
    parameters = [list(layer.parameters().values()) for layer in model.layers]
    sizes = [sum(parameter.tensor.size for parameter in own) for own in parameters]
    # In columns: the heading, a cell for each layer, the foot.
    columns = [
        ["layer", *(layer.name for layer in model.layers), "total"],
        ["type", *(layer.type for layer in model.layers), ""],
        ["parameters", *(f"{size:,}" for size in sizes), f"{sum(sizes):,}"],
    ]
    if input_shape is not None:
        columns.insert(2, ["output shape", *(str(shape) for shape in model.shapes(input_shape)[1:]), ""])
    aligned = [[cell.ljust(_width(column)) for cell in column] for column in columns[:-1]]
    aligned.append([cell.rjust(_width(columns[-1])) for cell in columns[-1]])
    heading, *body, foot = (_GAP.join(cells) for cells in zip(*aligned, strict=True))
    frozen = sum(p.tensor.size for own in parameters for p in own if not p.require_grad)
    note = [f"{frozen:,} of them are not trained"] if frozen else []
    return "\n".join([heading, "─" * len(heading), *body, "─" * len(heading), foot, *note])


def _width(column: list[str]) -> int:
    return max(map(len, column))
