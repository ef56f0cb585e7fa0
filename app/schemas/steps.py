"""The steps of a training step: request and answer."""

from typing import Annotated, Literal

from pydantic import Field

from app import limits
from app.schemas.answers import NonfiniteAnswer, Phase
from app.schemas.base import Answer, Strict, at_most
from app.schemas.explanations import ExpressionAnswer
from app.schemas.known import Asked
from app.schemas.messages import MessageAnswer, NamedAnswer
from app.schemas.requests import Language

Grain = Literal["pass", "layer", "node", "term"]
DEFAULT_LIMIT = 50
# Cursors and steps are counted in 64 bits everywhere else.
First = Annotated[int, Field(ge=0, le=2**53)]
Limit = Annotated[int, Field(ge=1, le=limits.MAX_STEPS_LISTED), at_most("MAX_STEPS_LISTED")]


class StepsRequest(Strict, defer_build=False):
    """Which steps of a document's training step to return: `limit` steps of a grain, beginning with number `from`.
    `language` is the language of titles and sentences; messages are the same in every language.
    """

    document: Asked
    by: Grain = "node"
    first: First = Field(0, alias="from")
    limit: Limit = DEFAULT_LIMIT
    sample: Annotated[int, Field(ge=0)] = 0
    language: Language = "en"


class StepTermAnswer(Answer):
    """One term of the number `of`: the `index`-th of `count`, as a formula, with its factors.

    `running` is the value of all terms so far, this one included: their sum, or the `largest` of them. `around` is the
    operation on the complete sum, written Σ, that gives the number; null if the sum is the number. `sample` is the
    sample of the term, if terms of several samples are summed.
    """

    of: NamedAnswer
    index: int
    count: int
    expression: ExpressionAnswer
    factors: list[str]
    value: float | None
    running: float | None
    sample: int | None
    largest: bool
    around: ExpressionAnswer | None


class StepAnswer(Answer):
    """One step of the training step. It takes the cursor from `start` to `cursor`.

    `refs` names the numbers that it computes, or to which it adds a term, up to a hundred of the `computed`; a pass and
    a layer compute too many to name. `node` counts the nodes of the stage. `message` is the sentence as data. `term` is
    null for larger steps and for idle ones.
    """

    number: int
    start: int
    cursor: int
    phase: Phase
    layer: str
    computes: str
    node: int | None
    title: str
    sentence: str
    message: MessageAnswer
    refs: list[str]
    computed: int
    term: StepTermAnswer | None


class StepsAnswer(Answer):
    """Steps of one grain in order of time: `count` is their total number, `cursor` the position of the network (null
    for a document that is not stored), `sample` the sample that they describe.
    """

    by: Grain
    count: int
    cursor: int | None
    first: int = Field(alias="from")
    sample: int
    language: Language
    steps: list[StepAnswer]
    nonfinite: list[NonfiniteAnswer]
