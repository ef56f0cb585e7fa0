"""Fitting a document: data, layers, targets, loss and optimizer, in this order, until nothing changes."""

from collections.abc import Sequence

from app.documents import build, layer_names
from app.fitting.changes import Chain, Change, Fitted, Slot
from app.fitting.edits import Edits
from app.fitting.layers import chain
from app.fitting.optimizer import with_optimizer
from app.fitting.table import with_plain_rows, with_position, with_table
from app.fitting.targets import fit_targets, takes, wished_outputs, with_gradient, with_loss, with_samples, with_weights
from app.problems import Problem
from app.schemas.document import NetworkDocument
from app.schemas.layers.flatten import FlattenSchema
from app.schemas.layers.linear import LinearSchema
from app.sizes import hold
from app.supply import check_data


def fit(document: NetworkDocument, edited: Sequence[str]) -> Fitted:
    """The document with everything adapted to the edits. A document that fits is returned unchanged. Raises a Problem
    for what cannot be made to fit.
    """
    document, moved = with_position(document)
    if _fits(document, edited):
        return Fitted(document, moved)
    check_data(document)
    if document.data and document.data.set:
        edited = [*edited, "/data/set"]  # what is drawn stays as it is, and leads
    try:
        made = _fit(with_plain_rows(document), Edits(edited))
    except Problem as problem:
        # The rows were adapted like those of a document without a table.
        of_rows = problem.where is not None and problem.where[:1] in (("x",), ("y",))
        raise (problem.within("data", "rows") if of_rows and document.data else problem) from problem
    document = with_table(made.document, document.data)
    build(document)
    return Fitted(document, [*moved, *made.changes])


def _fit(document: NetworkDocument, edits: Edits) -> Fitted:
    changes: list[Change] = []
    document = with_samples(document, changes)
    document = with_loss(document, edits, changes)
    links = chain(document, _slots(document), edits)
    if (document.loss.flat or document.classes) and len(links.outputs) > 1:
        links = _with_flatten(document, edits)
    wished = wished_outputs(document, links.outputs, edits)
    if wished is not None:
        links = _with_outputs(document, wished, edits)
    changes += links.changes
    targets = fit_targets(document, links.outputs, edits, changes)
    document = document.model_copy(update={"layers": [slot.schema for slot in links.slots], "y": targets})
    document = with_weights(with_gradient(document, links.outputs, changes), links.outputs, changes)
    document = with_optimizer(document, links, edits, changes)
    names = layer_names(document)
    return Fitted(document, [change.content(links.slots, names) for change in changes])


def suits(document: NetworkDocument, outputs: int, edited: Sequence[str]) -> bool:
    """Whether a document that can be built, with this number of outputs, needs no change. Too few outputs for the loss
    require a change only if the edit chose them or the loss.
    """
    edits = Edits(edited)
    few = outputs < document.loss.least_outputs and edits.chose_outputs(document)
    return not few and not (edits.other_data and not takes(document.loss, document.rows.y))


def _fits(document: NetworkDocument, edited: Sequence[str]) -> bool:
    try:
        return suits(document, build(document).outputs, edited)
    except Problem:
        return False


def _with_flatten(document: NetworkDocument, edits: Edits) -> Chain:
    """The layers with a Flatten layer at the end, for a loss that takes rows."""
    own = Slot(FlattenSchema(type="Flatten"), None)
    made = chain(document, [*_slots(document), own], edits)
    return made._replace(changes=[*made.changes, Change("flatten_added", slot=own)])


def _with_outputs(document: NetworkDocument, outputs: int, edits: Edits) -> Chain:
    """The layers with this many outputs: the last one that has a width is changed, or else a Linear layer is added."""
    hold("MAX_WIDTH", outputs, ("y",))
    for place in reversed(range(len(document.layers))):
        width = document.layers[place].width
        if width is None:
            continue
        slots = _slots(document)
        own = slots[place]
        own.schema = own.schema.model_copy(update={width: outputs})
        made = chain(document, slots, edits)
        if made.outputs == (outputs,):
            return made._replace(changes=[Change("width", {"outputs": outputs, "field": width}, own), *made.changes])
        break
    own = Slot(LinearSchema(type="Linear", output_dim=outputs), None)
    made = chain(document, [*_slots(document), own], edits)
    return made._replace(changes=[*made.changes, Change("layer_added", {"outputs": outputs}, own)])


def _slots(document: NetworkDocument) -> list[Slot]:
    return [Slot(layer, i) for i, layer in enumerate(document.layers)]
