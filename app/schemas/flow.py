"""The flow of the gradient: request and answer."""

from app.schemas.answers import NonfiniteAnswer
from app.schemas.base import Answer, Strict
from app.schemas.known import Asked


class GradientFlowRequest(Strict, defer_build=False):
    """The document whose training step is examined."""

    document: Asked


class LayerFlowAnswer(Answer):
    """The size of the gradient at one layer: the root mean square of the gradient with respect to its outputs, and to
    its parameters (null if it has none). Units, or channels of images, count from 0.
    """

    layer: str
    type: str
    gradient: float | None
    parameters: float | None
    units: int
    dead: list[int]
    saturated: list[int]


class GradientFlowAnswer(Answer):
    """A row for each layer, in order. `ratio` is the gradient of the first layer over that of the last; null if there
    is only one layer, or if the gradient of the last is 0.
    """

    rows: list[LayerFlowAnswer]
    ratio: float | None
    nonfinite: list[NonfiniteAnswer]
