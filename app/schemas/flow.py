"""The flow of the gradient: what is asked for and what is answered."""

from app.schemas.answers import NonfiniteAnswer
from app.schemas.base import Answer, Strict
from app.schemas.known import Asked


class GradientFlowRequest(Strict):
    """The document whose training step is looked at."""

    document: Asked


class LayerFlowAnswer(Answer):
    """What of the gradient arrives at one layer: the root mean square of that with respect to its outputs, and of that
    with respect to its parameters (null where it has none). Units, of images channels, count from 0.
    """

    layer: str
    type: str
    gradient: float | None
    parameters: float | None
    units: int
    dead: list[int]
    saturated: list[int]


class GradientFlowAnswer(Answer):
    """A row for each layer, in their order. `ratio` is the gradient of the first over that of the last; null where
    there is one layer, or where none sets out.
    """

    rows: list[LayerFlowAnswer]
    ratio: float | None
    nonfinite: list[NonfiniteAnswer]
