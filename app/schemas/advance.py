"""Many training steps at once: the request and the answer."""

from typing import Annotated

from pydantic import Field

from app import limits
from app.schemas.answers import NonfiniteAnswer
from app.schemas.base import Answer, Strict, at_most
from app.schemas.document import NetworkDocument
from app.schemas.known import Asked

Steps = Annotated[int, Field(ge=1, le=limits.MAX_ADVANCE_STEPS), at_most("MAX_ADVANCE_STEPS")]


class AdvanceRequest(Strict, defer_build=False):
    """How many training steps to take from a document; with `every`, which intermediate documents to send."""

    document: Asked
    steps: Steps
    every: Steps | None = None


class StartAnswer(Answer):
    """The document after `step` training steps, at the start of the one that follows."""

    step: int
    document: NetworkDocument


class StoppedAnswer(Answer):
    """The first training step, counted from 1, with a number that is not finite, and the ref of the first such number
    in the order of computation.
    """

    step: int
    where: str


class AdvanceAnswer(Answer):
    """The result of n training steps: the document, the loss before each update and after the last, the hash of the
    document at the start of each and after the last, and the requested intermediate documents.
    """

    document: NetworkDocument
    losses: list[float | None]
    hashes: list[str]
    starts: list[StartAnswer]
    stopped: StoppedAnswer | None
    nonfinite: list[NonfiniteAnswer]
