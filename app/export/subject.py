"""What an export is made from: a document at the requested moment, and how it is to be written."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from app.advance import Run
from app.documents import Experiment
from app.known import KnownDocument
from app.problems import Problem
from app.schemas.advance import AdvanceRequest
from app.schemas.document import NetworkDocument
from app.schemas.exports import ExportRequest
from tinyml.progress import Progress
from tinyml.steps import total
from tinyml.trace import Trace


@dataclass(frozen=True)
class Subject:
    """A document, and the request: its convention, its language and what it names."""

    known: KnownDocument
    request: ExportRequest

    @property
    def document(self) -> NetworkDocument:
        """The document after the steps of the request."""
        return self.known.document

    @property
    def experiment(self) -> Experiment:
        """The network, its loss and its data, without a run."""
        return self.known.experiment

    @property
    def recorded(self) -> Trace:
        """The training step."""
        return self.known.trace()

    @property
    def progress(self) -> Progress:
        """What is computed at the cursor: everything, if the request has none. Raises a Problem beyond the end."""
        plan = self.recorded.stages
        end, cursor = total(plan), self.request.cursor
        if cursor is not None and cursor > end:
            detail = f"The training step has {end:,} terms; the cursor is at most that many."
            raise Problem(422, detail, ("cursor",), key="at_most", values={"bound": end})
        return Progress(plan, end if cursor is None else cursor)


def subject(known: KnownDocument, request: ExportRequest) -> Subject:
    """The subject of a request about this document. Raises a Problem if its training steps cannot be taken."""
    if request.seed is not None and request.seed != known.document.seed:
        known = KnownDocument(known.document.model_copy(update={"seed": request.seed}))
    if request.step:
        run = Run(AdvanceRequest(document=known.document, steps=request.step), known)
        run.work(float("inf"))
        if run.stopped is not None:
            detail = (
                f"Training step {run.stopped['step']:,} would make numbers that are not finite; export one before it."
            )
            raise Problem(422, detail, ("step",), key="not_finite")
        known = KnownDocument(NetworkDocument.model_validate(orjson.loads(run.document())))
    return Subject(known, request)
