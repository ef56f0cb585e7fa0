"""The training step of a stored network, and the calls that move it."""

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Literal

import orjson
from pydantic import ValidationError

from app.answers.numbers import Numbers, to_json
from app.answers.warnings import warnings_answer
from app.crossing import check_update, cross
from app.documents import build, filled
from app.known import KnownDocument, KnownDocuments
from app.patching import patched
from app.problems import Problem, check_limit, invalid
from app.schemas.document import NetworkDocument
from app.schemas.requests import NetworkPatch, StepRequest
from app.sizes import TooLargeError
from app.store import NetworkStore, StoredNetwork
from app.supply import following
from app.work import Elsewhere, Place
from app.work.cost import QUICK_NUMBERS, advance_cost, quick_to_read
from tinyml.steps import Phase, across, end_of, phase_at, total
from tinyml.trace import Trace

Pass = Literal["forward", "backward", "update"]
# The next pass after each phase.
NEXT: dict[Phase, Pass] = {
    "ready": "forward",
    "forward": "backward",
    "loss": "backward",
    "backward": "update",
    "update": "forward",
}


class NotAtOnceError(Exception):
    """A change takes longer than the event loop may."""


@dataclass(frozen=True, slots=True)
class TrainingStep:
    """A stored network with its experiment. `alone` says that no other one may be used, since that takes longer."""

    known: KnownDocument
    cursor: int
    alone: bool = False

    @classmethod
    def of(cls, network: StoredNetwork, lately: KnownDocuments) -> "TrainingStep":
        """The training step that a stored network is in; `lately` are recently used documents. Raises Elsewhere if it
        has more numbers than are built here.
        """
        key = document_key(network.document)
        known = lately.find(key)
        if known is None:
            check_quick(network, lately)
            try:
                document = NetworkDocument.model_validate_json(network.document)
            except ValidationError as error:
                detail = (
                    "The stored network comes from another version of this service, whose documents this one cannot "
                    "read. It is kept unchanged; start that version to open it."
                )
                raise Problem(409, detail, key="network_outdated") from error
            try:
                known = lately.add(document, key)
            except TooLargeError:
                raise Elsewhere(key) from None
        return cls(known, network.cursor)

    @classmethod
    def at_once(cls, network: StoredNetwork, lately: KnownDocuments) -> "TrainingStep":
        """The same, alone. Raises NotAtOnceError unless it is known and small."""
        known = lately.find(document_key(network.document))
        if known is None or known.size > QUICK_NUMBERS:
            raise NotAtOnceError
        return cls(known, network.cursor, alone=True)

    def leave(self) -> None:
        """Raise NotAtOnceError if no other training step may be used."""
        if self.alone:
            raise NotAtOnceError

    @property
    def document(self) -> NetworkDocument:
        """The document at the start of the step."""
        return self.known.document

    @property
    def recorded(self) -> Trace:
        """The whole step."""
        return self.known.trace()

    @property
    def phase(self) -> Phase:
        """The pass that the cursor is in."""
        return phase_at(self.recorded.stages, self.cursor)

    @property
    def complete(self) -> bool:
        """Whether the training step is complete, so that the document has the new weights."""
        return self.cursor == total(self.recorded.stages)

    def current_document(self) -> bytes:
        """The document with the weights as they are now, as JSON."""
        updated = self.complete
        return self.known.kept(
            f"document {updated}", lambda: to_json(filled(self.document, self.recorded, updated=updated))
        )

    def warnings(self) -> bytes:
        """The warnings about the training step, as JSON."""
        return self.known.kept("warnings", lambda: to_json(warnings_answer(self.known, Numbers())))


def document_key(document: bytes) -> bytes:
    """The key of a stored document among the known documents."""
    return blake2b(b"stored:" + document).digest()


def run_pass(network: StoredNetwork, step: TrainingStep, requested: Pass, place: Place) -> StoredNetwork:
    """Run one whole pass. Raises a 409 Problem if another one must come first."""
    begun = step.phase
    # A pass may be continued if the cursor is inside it; otherwise it must be the next one.
    unfinished = step.cursor < end_of(step.recorded.stages, begun)
    due = "forward" if step.complete else begun if unfinished and begun != "loss" else NEXT[begun]
    if requested == "update" and end_of(step.recorded.stages, "update") == 0:
        raise Problem(
            409, "The network has no weights, so there is nothing to update. POST …/forward starts a step.", key="order"
        )
    if requested != due:
        raise Problem(
            409, f"The network is at '{begun}', so {due} comes first: POST …/{due}, then …/{requested}.", key="order"
        )
    if requested == "forward" and step.complete:
        step.leave()
        _admit(network, step, 1, place)
        crossed = cross(network, step.document, 1)
        return replace(crossed, cursor=end_of(step.recorded.stages, "forward"))
    return _at(network, step, end_of(step.recorded.stages, requested))


class Move:
    """Moves the cursor by steps of a grain, across training steps if necessary. A move back beyond the earliest kept
    start stops there, and the result is `clamped`.
    """

    def __init__(self, request: StepRequest, store: NetworkStore, lately: KnownDocuments, place: Place) -> None:
        self._by, self._count = request.by, request.count
        self._store, self._lately, self._place = store, lately, place

    def __call__(self, network: StoredNetwork, step: TrainingStep) -> StoredNetwork:
        """The network after the move; `step` is the training step that it is in."""
        plan = step.recorded.stages
        crossed, cursor = across(plan, step.cursor, self._by, self._count)
        there = network.step + crossed
        clamped = False
        if crossed:
            step.leave()
        if there < network.first:
            # The end of a training step is the start of the next: here, of the earliest kept one.
            clamped = (there, cursor) != (network.first - 1, total(plan))
            there, cursor = network.first, 0
        if there < network.step:
            network = self._gone_back(network, there)
            step = TrainingStep.of(network, self._lately)
        elif there > network.step:
            _admit(network, step, crossed, self._place)
            network = cross(network, step.document, crossed)
            step = TrainingStep.of(network, self._lately)
        return replace(_at(network, step, cursor), clamped=clamped)

    def _gone_back(self, network: StoredNetwork, step: int) -> StoredNetwork:
        document = self._store.document_at(network, step)
        if document is None:
            raise Problem(
                409, "The network was changed at the same time; GET it again, then decide.", key="network_changed"
            )
        return replace(network, document=document, step=step)


def patch(network: StoredNetwork, step: TrainingStep, request: NetworkPatch, lately: KnownDocuments) -> StoredNetwork:
    """Merge a patch into the document. Earlier results no longer belong to it, so a new training begins: the cursor is
    at the start of training step 1, and no earlier step can be restored.
    """
    step.leave()
    current = orjson.loads(step.current_document())
    try:
        document = new_document(patched(current, request.document, lately.most), lately.most)
        return replace(network, document=document, cursor=0, step=1, first=1)
    except TooLargeError:
        raise Elsewhere(document_key(network.document)) from None
    except ValidationError as error:
        raise invalid([{**one, "loc": ("body", "document", *one["loc"])} for one in error.errors()]) from error
    except Problem as problem:
        raise problem.within("document") from problem


def new_document(document: NetworkDocument, most: int | None = None) -> bytes:
    """A document as it is stored: validated, with every name and parameter written out. Raises a TooLargeError if its
    network has more than `most` numbers, or takes too long to read.
    """
    written = to_json(filled(document, build(document, most).trace()))
    if most is not None and not quick_to_read(len(written)):
        raise TooLargeError
    return written


def check_quick(network: StoredNetwork, lately: KnownDocuments) -> None:
    """Raise Elsewhere if a network takes too long to read here. Of one that is changed here this is checked before it
    is written: afterwards another process would change it a second time.
    """
    if lately.most is not None and not quick_to_read(len(network.document)):
        raise Elsewhere(document_key(network.document))


def _admit(network: StoredNetwork, step: TrainingStep, steps: int, place: Place) -> None:
    """Raise a LimitProblem if so many training steps cost too much, and Elsewhere if they must not be run here."""
    check_limit("MAX_ADVANCE_STEPS", steps, ("count",))
    cost = advance_cost(step.known.size, step.known.experiment.remembered, steps, 0)
    place.admit(cost, Elsewhere(document_key(network.document)))


def _at(network: StoredNetwork, step: TrainingStep, cursor: int) -> StoredNetwork:
    if cursor == total(step.recorded.stages):
        check_update(step.recorded, network.step)
        following(step.document)  # has the document a next position?
    return replace(network, cursor=cursor)
