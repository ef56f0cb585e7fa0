"""Optimizer state, between documents and networks."""

from collections.abc import Mapping
from typing import Any

from app.schemas.optimizer_states import AdamState, Remembered
from app.schemas.optimizers import OptimizerSchema
from app.shapes import Shape, ShapeMismatch, check_shape
from tinyml.core import Array, Backend
from tinyml.layers import Layer
from tinyml.trace import Trace


def remember(optimizer: OptimizerSchema, layers: list[Layer], shapes: Mapping[str, Shape]) -> None:
    """Set the parameters' optimizer state from the document; `shapes` are the shapes of the parameters by name, such as
    `fc_1.w`. Raises a ShapeMismatch if a parameter is unknown or has another shape.
    """
    if not optimizer.state:
        return
    owners = {f"{layer.name}.{name}": (layer, name) for layer in layers for name in layer.parameters()}
    for key, remembered in optimizer.state.items():
        if key not in shapes:
            raise ShapeMismatch(
                f"optimizer.state: this parameter is unknown; the parameters are {', '.join(shapes)}.",
                ("optimizer", "state", key),
                key="memory",
            )
        layer, name = owners[key]
        arrays = _arrays(key, remembered, shapes[key])
        if optimizer.uses(remembered):
            layer.parameters()[name].state = {
                word: layer.in_notation(name, values).copy() for word, values in arrays.items()
            }


def _arrays(key: str, remembered: Remembered, shape: Shape) -> dict[str, Array]:
    arrays = {}
    for word in type(remembered).model_fields:
        values = getattr(remembered, word)
        if word not in remembered.single:
            check_shape(values, shape, ("optimizer", "state", key, word), f"optimizer.state: {word} of {key}")
        arrays[word] = Backend.array(values, dtype=float)
    return arrays


def remembered_after(recorded: Trace, updated: bool) -> dict[str, Any]:
    """The state as in a document: at the start of the training step or, if `updated`, after it."""
    states = {
        f"{layer.layer.name}.{name}": kept.next_state if updated else kept.state
        for layer in recorded.layers
        for name, kept in layer.parameters.items()
    }
    return {key: state for key, state in states.items() if state}


def still_fitting(state: Mapping[str, Any], shapes: Mapping[str, Shape]) -> dict[str, Any]:
    """The part of a JSON state that belongs to existing parameters, in these shapes."""

    def fits(key: str, remembered: Mapping[str, Any]) -> bool:
        try:
            for word, values in remembered.items():
                if word not in AdamState.single:
                    check_shape(values, shapes[key], (), "")
        except ShapeMismatch:
            return False
        return True

    return {key: remembered for key, remembered in state.items() if key in shapes and fits(key, remembered)}
