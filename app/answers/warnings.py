"""The warnings about a training step, as JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.answers.messages import message_answer
from app.answers.numbers import Numbers
from app.known import KnownDocument
from app.problems import pointer
from app.schemas.document import NetworkDocument
from tinyml.narrate import worded
from tinyml.suitability import Remedy, Unsuited
from tinyml.trace import Trace


def warnings_answer(known: KnownDocument, numbers: Numbers, about: str | None = None) -> list[dict[str, Any]]:
    """The warnings of a document's training step; with `about`, a layer's name or x, y or loss, only those about its
    numbers.
    """
    document, recorded = known.document, known.trace()
    found = [one for one in known.warnings() if about is None or about in one.concerns]
    return [_warning(document, one, recorded, f"/warnings/{i}", numbers) for i, one in enumerate(found)]


def _warning(
    document: NetworkDocument, warning: Unsuited, recorded: Trace, path: str, numbers: Numbers
) -> dict[str, Any]:
    names = [layer.layer.name for layer in recorded.layers]
    at = document.rows_at(("y", *_in_rows(document, warning.target or ())))
    if warning.layer is not None:
        at = ("layers", names.index(warning.layer))
    if warning.setting is not None:
        at = ("optimizer", warning.setting)
    return {
        "where": pointer(at),
        "layer": warning.layer,
        "detail": worded(warning.message),
        "message": message_answer(warning.message, f"{path}/message", numbers),
        "remedies": [
            found
            for remedy in warning.remedies
            if (found := _remedy(document, remedy, recorded, names)) and _changes_all(document, found["patch"])
        ],
    }


def _in_rows(document: NetworkDocument, target: Sequence[int]) -> Sequence[int]:
    """The place among all rows of a place in the mini-batch."""
    data, place = document.data, document.place
    if data is None or not data.moves or not target:
        return target
    return int(data.batches.rows(place.epoch, place.step)[target[0]]), *target[1:]


def _changes_all(document: NetworkDocument, patch: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a patch says all that is to be changed. Of data with mini-batches it would have the targets of one."""
    y = pointer(document.rows_at(("y",)))
    return not (document.data and document.data.moves and any(one["path"] == y for one in patch))


def _remedy(document: NetworkDocument, remedy: Remedy, recorded: Trace, names: Sequence[str]) -> dict[str, Any]:
    """A remedy with the changes of the document that carry it out, and the place that counts as edited."""
    y = document.rows_at(("y",))
    layer = () if remedy.layer is None else ("layers", names.index(remedy.layer))
    edited: tuple[str | int, ...]
    patch: list[dict[str, Any]]
    match remedy.kind:
        case "remove":
            edited, patch = ("layers",), [{"op": "remove", "path": pointer(layer)}]
        case "outputs":
            edited = (*layer, "output_dim")
            patch = [_replace(edited, remedy.value)]
        case "loss":
            edited = ("loss",)
            patch = [_replace(edited, {"type": remedy.value})]
            if document.classes:
                # With a single output, the class is the target.
                patch.append(_replace(y, [[label] for label in document.classes]))
        case "share_targets":
            edited, patch = y, []
    # A loss without targets has warnings too, and classes stay as they are.
    if document.loss.takes_targets and not document.classes:
        targets = remedy.targets(recorded.targets)
        patch += [] if targets is None else [_replace(y, targets.tolist())]
    return {**remedy._asdict(), "edited": pointer(edited), "patch": patch}


def _replace(place: Sequence[str | int], value: Any) -> dict[str, Any]:
    return {"op": "replace", "path": pointer(place), "value": value}
