"""A stored network's training step: where it stands, and what each call makes of it."""

from dataclasses import dataclass, replace
from typing import Any, Literal

import orjson
from pydantic import ValidationError

from app import limits
from app.answers.numbers import to_json
from app.documents import build, filled
from app.patching import patched
from app.problems import Problem, invalid
from app.schemas.document import NetworkDocument
from app.schemas.requests import NetworkPatch, StepRequest
from app.store import StoredNetwork
from tinyml.core import Backend
from tinyml.steps import Phase, end_of, move, phase_at, total
from tinyml.trace import Trace

Pass = Literal["forward", "backward", "update"]
# The pass that may come next in each phase, once the phase is done.
NEXT: dict[Phase, Pass] = {
    "ready": "forward",
    "forward": "backward",
    "loss": "backward",
    "backward": "update",
    "update": "forward",
}


@dataclass(frozen=True, slots=True)
class TrainingStep:
    """A stored network brought to life."""

    document: NetworkDocument
    recorded: Trace
    cursor: int

    @classmethod
    def of(cls, network: StoredNetwork) -> "TrainingStep":
        """The training step that a stored network is in."""
        try:
            document = NetworkDocument.model_validate_json(network.document)
        except ValidationError as error:
            detail = "The stored network comes from another version of this service and does not fit; DELETE it."
            raise Problem(409, detail) from error
        return cls(document, build(document).trace(), network.cursor)

    @property
    def phase(self) -> Phase:
        """The pass that the cursor is in."""
        return phase_at(self.recorded.stages, self.cursor)

    @property
    def complete(self) -> bool:
        """Whether the training step is done, and the document has its new weights."""
        return self.cursor == total(self.recorded.stages)

    def current_document(self) -> dict[str, Any]:
        """The document with the weights as they are now."""
        return filled(self.document, self.recorded, updated=self.complete)


def run_pass(network: StoredNetwork, wanted: Pass) -> StoredNetwork:
    """Run one whole pass. Raises a 409 Problem where another comes first."""
    step = TrainingStep.of(network)
    begun = step.phase
    # A pass that the cursor stands in the middle of may be finished; otherwise it must be its turn.
    unfinished = step.cursor < end_of(step.recorded.stages, begun)
    due = "forward" if step.complete else begun if unfinished and begun != "loss" else NEXT[begun]
    if wanted == "update" and end_of(step.recorded.stages, "update") == 0:
        raise Problem(409, "The network has no weights, so there is nothing to update; POST …/forward begins anew.")
    if wanted != due:
        raise Problem(409, f"The network is at '{begun}', so {due} comes first: POST …/{due}, then …/{wanted}.")
    if wanted == "forward" and step.complete:
        return _next_step(network, step)
    return _at(network, step, end_of(step.recorded.stages, wanted))


def move_cursor(network: StoredNetwork, request: StepRequest) -> StoredNetwork:
    """Move the cursor by steps of a grain, within this training step."""
    step = TrainingStep.of(network)
    return _at(network, step, move(step.recorded.stages, step.cursor, request.by, request.count))


def patch(network: StoredNetwork, request: NetworkPatch) -> StoredNetwork:
    """Merge a patch into the document. What was computed no longer belongs to it, so the cursor returns to 0."""
    current = orjson.loads(to_json(TrainingStep.of(network).current_document()))
    try:
        return replace(network, document=new_document(patched(current, request.document)), cursor=0)
    except ValidationError as error:
        raise invalid([{**one, "loc": ("body", "document", *one["loc"])} for one in error.errors()]) from error
    except Problem as problem:
        raise problem.within("document") from problem


def new_document(document: NetworkDocument) -> bytes:
    """A document as it is stored: checked, with every name and parameter written out."""
    return to_json(filled(document, build(document).trace()))


def _at(network: StoredNetwork, step: TrainingStep, cursor: int) -> StoredNetwork:
    if cursor == total(step.recorded.stages):
        _check_update(step)
    return replace(network, cursor=cursor)


def _next_step(network: StoredNetwork, step: TrainingStep) -> StoredNetwork:
    """Begin the next training step with the updated weights, and run its forward pass."""
    cursor = end_of(step.recorded.stages, "forward")
    return replace(network, document=to_json(step.current_document()), cursor=cursor)


def _check_update(step: TrainingStep) -> None:
    """Raise a 409 Problem where what the update makes could not be stored."""
    for layer in step.recorded.layers:
        made = [after for _, after in layer.moved.values()]
        for parameter in layer.parameters.values():
            made += [parameter.next, *parameter.next_state.values()]
        if not all(Backend.isfinite(numbers).all() for numbers in made):
            detail = (
                "The update would make numbers that are not finite, and they would be lost; lower the learning rate."
            )
            raise Problem(409, detail)
        if any(isinstance(after, int) and after > limits.MAX_PASSES for after in made):
            raise Problem(409, f"'{layer.layer.name}' has as many passes behind it as can be; PATCH its passes to 0.")
