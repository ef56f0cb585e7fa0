"""A merge patch (RFC 7396) of a stored document, and the effects of a change of type or layers.

A loss or optimizer whose type the patch changes keeps only the fields that the new type has too. Optimizer state is
kept for parameters that still exist in the same shape, as long as its type does not change. What the patch itself
contains is used unchanged.
"""

from collections.abc import Mapping
from typing import Any, get_args

from app import limits
from app.documents import build
from app.optimizer_state import still_fitting
from app.problems import LimitProblem
from app.schemas.document import NetworkDocument
from app.schemas.losses import LOSSES
from app.schemas.optimizers import OPTIMIZERS

_FIELDS = {
    part: {get_args(variant.model_fields["type"].annotation)[0]: variant.model_fields for variant in variants}
    for part, variants in (("loss", LOSSES), ("optimizer", OPTIMIZERS))
}


def patched(document: Mapping[str, Any], patch: Mapping[str, Any], most: int | None = None) -> NetworkDocument:
    """The document with the patch merged in. Raises pydantic's ValidationError, or a Problem, if it does not fit, and a
    TooLargeError if a network of more than `most` numbers would have to be built for that.
    """
    merged = _merge(document, patch, depth=1)
    if patch.keys() & {"data", "x"} and "position" not in patch:
        merged.pop("position", None)  # other data begin with their first mini-batch
    if "optimizer" in patch and "position" not in patch and not _counts(merged):
        merged.pop("position", None)  # it was that of the schedule
    for part, types in _FIELDS.items():
        _leave_behind(document, patch, merged, part, types)
    _leave_schedule(document, patch, merged)
    state = _inherited_state(patch, merged)
    if not state:
        return NetworkDocument.model_validate(merged)
    forgetful = {name: value for name, value in merged["optimizer"].items() if name != "state"}
    new = NetworkDocument.model_validate({**merged, "optimizer": forgetful})
    fitting = still_fitting(state, build(new, most).shapes)
    return NetworkDocument.model_validate({**merged, "optimizer": {**forgetful, "state": fitting}})


def _merge(target: Any, patch: Any, depth: int) -> Any:
    """RFC 7396: members of the patch replace those of the target, null removes them, objects merge."""
    if not isinstance(patch, Mapping):
        return patch
    if depth > limits.MAX_PATCH_DEPTH:
        raise LimitProblem("MAX_PATCH_DEPTH", depth, ("document",))
    merged = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = _merge(merged.get(name), value, depth + 1)
    return merged


def _leave_behind(
    document: Mapping[str, Any], patch: Mapping[str, Any], merged: dict[str, Any], part: str, types: Mapping[str, Any]
) -> None:
    """Remove from a part whose type has changed the fields that the new type does not have, and the state."""
    given, new = patch.get(part), merged.get(part)
    if not isinstance(given, Mapping) or not isinstance(new, Mapping):
        return
    kind = new.get("type")
    if not isinstance(kind, str) or kind not in types or kind == document[part]["type"]:
        return
    merged[part] = {
        name: value for name, value in new.items() if name in given or (name in types[kind] and name != "state")
    }


def _leave_schedule(document: Mapping[str, Any], patch: Mapping[str, Any], merged: dict[str, Any]) -> None:
    """Remove the fields of a schedule from one of another type."""
    before, given = (_schedule(one) for one in (document, patch))
    if before and given and given.get("type", before["type"]) != before["type"]:
        merged["optimizer"] = {**merged["optimizer"], "schedule": given}


def _schedule(document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    optimizer = document.get("optimizer")
    schedule = optimizer.get("schedule") if isinstance(optimizer, Mapping) else None
    return schedule if isinstance(schedule, Mapping) else None


def _counts(document: Mapping[str, Any]) -> bool:
    """Whether a document may have a position."""
    data = document.get("data")
    divided = isinstance(data, Mapping) and ("rows" not in data or data.keys() & {"batch", "order", "held_out", "seed"})
    return bool(divided) or _schedule(document) is not None


def _inherited_state(patch: Mapping[str, Any], merged: Mapping[str, Any]) -> Any:
    """The optimizer state from before the patch; None if there is none, or the patch replaces it."""
    given, new = patch.get("optimizer"), merged.get("optimizer")
    replaced = isinstance(given, Mapping) and "state" in given
    return new.get("state") if isinstance(new, Mapping) and not replaced else None
