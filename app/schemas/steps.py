"""What is asked of the steps of a training step, and the shape of the answer."""

from typing import Annotated, Literal

from pydantic import Field

from app import limits
from app.schemas.answers import Answer, NonfiniteAnswer, Phase
from app.schemas.base import Strict, at_most
from app.schemas.document import NetworkDocument

Grain = Literal["pass", "layer", "node", "term"]
DEFAULT_LIMIT = 50
# Cursors and steps are counted in 64 bits everywhere else.
First = Annotated[int, Field(ge=0, le=2**53)]
Limit = Annotated[int, Field(ge=1, le=limits.MAX_STEPS_LISTED), at_most("MAX_STEPS_LISTED")]


class StepsRequest(Strict):
    """Which steps of a document's training step to tell: `limit` of a grain, from the one that is counted `from`."""

    document: NetworkDocument
    by: Grain = "node"
    first: First = Field(0, alias="from")
    limit: Limit = DEFAULT_LIMIT
    sample: Annotated[int, Field(ge=0)] = 0


class StepTermAnswer(Answer):
    """One term of a number: the `index`-th of `count`, what it is made of, its value, and what the terms have come to
    with it. `sample` is the one that it comes from, where terms of several samples are summed.
    """

    index: int
    count: int
    factors: list[str]
    value: float | None
    running: float | None
    sample: int | None


class StepAnswer(Answer):
    """One step of the training step. It takes the cursor from `start` to `cursor`.

    `refs` names the numbers that it computes, or adds a term to, up to a hundred of the `computed`; a pass and a layer
    compute too many to name. `node` counts within what the layer computes. `term` is null for larger steps, and where
    nothing flows.
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
    refs: list[str]
    computed: int
    term: StepTermAnswer | None


class StepsAnswer(Answer):
    """Steps of one grain in order of time: `count` is how many there are in all, `cursor` where the network stands
    (null for a document that is not stored), `sample` the one that they are told for.
    """

    by: Grain
    count: int
    cursor: int | None
    first: int = Field(alias="from")
    sample: int
    steps: list[StepAnswer]
    nonfinite: list[NonfiniteAnswer]
