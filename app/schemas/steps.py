"""What is asked of the steps of a training step, and the shape of the answer."""

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


class StepsRequest(Strict):
    """Which steps of a document's training step to tell: `limit` of a grain, from the one that is counted `from`.
    `language` is that of titles and sentences; messages are the same in all.
    """

    document: Asked
    by: Grain = "node"
    first: First = Field(0, alias="from")
    limit: Limit = DEFAULT_LIMIT
    sample: Annotated[int, Field(ge=0)] = 0
    language: Language = "en"


class StepTermAnswer(Answer):
    """One term of the number `of`: the `index`-th of `count`, as a formula, and what it is made of.

    `running` is what the terms have come to with it: their sum, or the `largest` of them. `around` is what is still
    done to the complete sum, Σ in it, which gives the number; null where the sum is the number. `sample` is the one
    that the term comes from, where terms of several samples are summed.
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

    `refs` names the numbers that it computes, or adds a term to, up to a hundred of the `computed`; a pass and a layer
    compute too many to name. `node` counts within what the layer computes. `message` is the sentence as data. `term` is
    null for larger steps, and where nothing flows.
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
    """Steps of one grain in order of time: `count` is how many there are in all, `cursor` the position of the network
    (null for a document that is not stored), `sample` the one that they are about.
    """

    by: Grain
    count: int
    cursor: int | None
    first: int = Field(alias="from")
    sample: int
    language: Language
    steps: list[StepAnswer]
    nonfinite: list[NonfiniteAnswer]
