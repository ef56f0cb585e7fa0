"""Adapting the optimizer's settings to each other, and its state to the parameters."""

from typing import Any

from app.documents import layer_names
from app.fitting.changes import Chain, Change
from app.fitting.edits import Edits
from app.fitting.overlap import overlapped, shape_of
from app.schemas.document import NetworkDocument
from tinyml.core import Backend

# The default if momentum is switched on without a value.
USUAL_MOMENTUM = 0.9


def with_optimizer(document: NetworkDocument, links: Chain, edits: Edits, changes: list[Change]) -> NetworkDocument:
    """Add momentum if Nesterov needs it, and keep only state of existing parameters, in their shapes."""
    optimizer = document.optimizer
    update: dict[str, Any] = {}
    if optimizer.lacks_momentum:
        if edits.touched("optimizer", "momentum"):
            update["nesterov"] = False
            changes.append(Change("nesterov", part="optimizer"))
        else:
            update["momentum"] = USUAL_MOMENTUM
            changes.append(Change("momentum", {"momentum": USUAL_MOMENTUM}, part="optimizer"))
    if optimizer.state:
        update["state"] = _kept(document, links, changes)
    return document.model_copy(update={"optimizer": optimizer.model_copy(update=update)}) if update else document


def _kept(document: NetworkDocument, links: Chain, changes: list[Change]) -> dict[str, Any]:
    shapes = {
        f"{name}.{parameter}": shape
        for name, slot, input_shape in zip(layer_names(document), links.slots, links.shapes, strict=False)
        for parameter, shape in slot.schema.parameter_shapes(input_shape).items()
    }
    state, begun = {}, False
    for key, remembered in document.optimizer.state.items():
        if key not in shapes:
            continue  # its parameter no longer exists
        update = {}
        for word in type(remembered).model_fields:
            values = getattr(remembered, word)
            if word not in remembered.single and shape_of(values) != shapes[key]:
                update[word], _ = overlapped(values, Backend.zeros(shapes[key]))
        begun = begun or bool(update)
        state[key] = remembered.model_copy(update=update)
    if begun:
        changes.append(Change("memory", part="optimizer"))
    return state
