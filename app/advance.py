"""Many training steps of a document: the resulting document, and the loss and document hash of each step."""

from time import monotonic
from typing import Any

import orjson

from app import limits
from app.answers.numbers import Numbers, to_json
from app.canonical import digest
from app.documents import build
from app.known import KnownDocument
from app.moving import MovingDocument
from app.problems import LimitProblem, check_limit
from app.schemas.advance import AdvanceRequest
from app.schemas.document import NetworkDocument
from tinyml.learner import Advance


class Run:
    """The training steps of one request, run in time slices. Raises a LimitProblem if they are too many."""

    def __init__(self, request: AdvanceRequest, known: KnownDocument) -> None:
        document, experiment = known.document, build(known.document)  # separate, because its parameters change
        self._steps = request.steps
        self._every = request.every or request.steps
        self._moving = MovingDocument(document, experiment)
        check_limit("MAX_ADVANCE_WORK", request.steps * (experiment.size + experiment.remembered), ("steps",))
        check_limit("MAX_ADVANCE_BYTES", self.longest_starts, ("every",))
        for i, layer in enumerate(document.layers):
            _check_passes(document, request.steps, i, vars(layer).get("passes"))
        parts = experiment.model, experiment.loss, experiment.optimizer, experiment.x, experiment.y
        self._advance = Advance(*parts)
        self._numbers = Numbers()
        self._losses: list[float | None] = []
        self._hashes: list[str] = []
        self._starts: list[dict[str, Any]] = []
        self._stopped: dict[str, Any] | None = None

    @property
    def longest_starts(self) -> int:
        """The most bytes that the intermediate documents can take."""
        return (self._steps - 1) // self._every * self._moving.longest

    @property
    def longest_documents(self) -> int:
        """The most bytes that these and the resulting document can take."""
        return self.longest_starts + self._moving.longest

    @property
    def finished(self) -> bool:
        """Whether all steps are done, or no further one is possible."""
        return self._stopped is not None or len(self._losses) > self._steps

    def work(self, seconds: float) -> None:
        """Run steps for about this time, at least one."""
        until = monotonic() + seconds
        self._next()
        while not self.finished and monotonic() < until:
            self._next()

    @property
    def stopped(self) -> dict[str, Any] | None:
        """The step that was not taken, and the number because of which."""
        return self._stopped

    def document(self) -> bytes:
        """The document after the steps so far, as JSON."""
        return self._moving.plain(self._moving.written())

    def answer(self) -> bytes:
        """The run as JSON, once it is finished."""
        return to_json(
            {
                "document": orjson.Fragment(self.document()),
                "losses": self._losses,
                "hashes": self._hashes,
                "starts": self._starts,
                "stopped": self._stopped,
                "nonfinite": self._numbers.nonfinite,
            }
        )

    def _next(self) -> None:
        """The document's hash, its index among the starts, and the step that begins with it."""
        done, written = len(self._losses), self._moving.written()
        self._hashes.append(digest(self._moving.canonical(written)))
        if 0 < done < self._steps and done % self._every == 0:
            self._starts.append({"step": done, "document": orjson.Fragment(self._moving.plain(written))})
        if done == self._steps:
            loss = self._advance.measure()
        else:
            loss, where = self._advance.step()
            if where is not None:
                self._stopped = {"step": done + 1, "where": where}
            elif (batch := self._moving.next_batch()) is not None:
                self._advance.feed(*batch)
        self._losses.append(self._numbers.scalar(loss, f"/losses/{done}"))


def _check_passes(document: NetworkDocument, steps: int, i: int, passes: int | None) -> None:
    """Check the number of passes of each layer after the steps against its limit."""
    if document.mode == "train" and passes is not None and passes + steps > limits.MAX_PASSES:
        raise LimitProblem("MAX_PASSES", passes + steps, ("document", "layers", i, "passes"))
