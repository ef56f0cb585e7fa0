"""The shapes of the answers, for the OpenAPI schema and the types that the page is generated from.

Answers are written by `app/answers` without passing through these models: checking every number of an answer that the
service itself made would cost more than making it. The tests hold the two together.
"""

from typing import Any, Literal

from pydantic import Field

from app.kinds import Kind
from app.schemas.base import Answer
from app.schemas.document import NetworkDocument
from app.schemas.fitted import ChangeAnswer
from app.schemas.messages import WarningAnswer

# Numbers of one to four axes, after the samples' where there are samples.
_Entries = list[float | None]
Tensor = _Entries | list[_Entries] | list[list[_Entries]] | list[list[list[_Entries]]]
Phase = Literal["ready", "forward", "loss", "backward", "update"]


class ParameterAnswer(Answer):
    """A parameter (w: inputs × outputs), ∂ℓ/∂parameter, the parameter after the update, and what the optimizer
    remembers of it before the update and after, by name.
    """

    value: Tensor | None
    gradient: Tensor | None
    next: Tensor | None
    state: dict[str, Tensor]
    next_state: dict[str, Tensor] | None


class ActivationAnswer(Answer):
    """A function f of each entry by itself: its `values` at evenly spaced places from `least` to `most`, and once its
    forward pass is done, the units of which f′ is 0 in every sample, and those of which it is next to 0.
    """

    least: float
    most: float
    values: list[float]
    dead: list[int] | None
    saturated: list[int] | None


class UnrolledPlacesAnswer(Answer):
    """What each place sees: `rows[r][i]` is the row of the image that place i of a window meets at row r of the result,
    `columns[s][j]` the column; null where it meets none, as in the padding.
    """

    rows: list[list[int | None]]
    columns: list[list[int | None]]


class UnrolledAnswer(Answer):
    """A convolution as products of matrices ("im2col"): what each output sees of the input, and each input of the
    outputs, whose gradients come back to it.
    """

    output: UnrolledPlacesAnswer
    input_gradient: UnrolledPlacesAnswer


class LayerAnswer(Answer):
    """One layer in one training step; samples come first. `inputs` names the tensors that it takes, such as `x` or
    `fc_1.output`: its input `fc_2.input[n,i]` is a number of the first of them. `kept` is what else its forward pass
    made, by name: dropout's mask, a normalization's mean and variance.
    """

    name: str
    type: str
    inputs: list[str]
    input: Tensor | None
    output: Tensor | None
    input_gradient: Tensor | None
    output_gradient: Tensor | None
    kept: dict[str, Tensor | None]
    activation: ActivationAnswer | None
    unrolled: UnrolledAnswer | None
    parameters: dict[str, ParameterAnswer]


class ProbabilitiesAnswer(Answer):
    """p, what a loss makes of the scores that it compares with the targets, and ∂ℓ/∂p."""

    value: Tensor | None
    gradient: Tensor | None


class LossAnswer(Answer):
    """The loss and its gradient with respect to the output. `p` is there where the loss compares probabilities."""

    type: str
    value: float | None
    gradient: Tensor | None
    p: ProbabilitiesAnswer | None


class PreAnswer(Answer):
    """A unit's value before its activation."""

    label: str
    value: float | None
    gradient: float | None
    ref: str


class NodeAnswer(Answer):
    """A node of the picture; `layer` is its column from the inputs at 0, `index` its place there (null for a bias)."""

    id: str
    role: Literal["input", "bias", "hidden", "output", "probability"]
    label: str
    layer: int
    index: int | None
    value: float | None
    gradient: float | None
    ref: str
    pre: PreAnswer | None


class EdgeAnswer(Answer):
    """An edge of the picture: a weight or bias, and the product that it carries for the sample."""

    id: str
    source: str
    target: str
    ref: str | None
    label: str | None
    weight: float | None
    gradient: float | None
    next: float | None
    product: float | None


class ResultsAnswer(Answer):
    """The part of one tensor that a stage computes. `shape` is the tensor's, that of one sample where `sampled`: its
    refs then begin with the sample. `axis` is the one that the nodes lie along: node k computes the `each` numbers
    whose index there is k, row by row. Without an axis it computes the k-th number of the tensor, row by row, if there
    is one. Each number has `terms` terms; with 0 it is made along the way.
    """

    name: str
    shape: list[int]
    each: int
    terms: int
    axis: int | None
    sampled: bool


class SettledAnswer(Answer):
    """A tensor that no step is about. Each of its numbers is known with the one at the same index of the results `by`,
    or, where that is null, when the stage is complete.
    """

    name: str
    by: str | None


class StageAnswer(Answer):
    """A stretch of the step in which one layer computes one quantity: `nodes` results of `terms` terms each. `reads`
    names the parameters, and the layer's input, whose values its formulas are made of; of the loss what it compares.
    `results` are the tensors that a node computes its numbers of, in order; `settles` what else is known with them.
    """

    phase: Phase
    layer: str
    computes: Literal[
        "mean",
        "variance",
        "output",
        "probabilities",
        "loss",
        "loss_gradient",
        "parameter_gradients",
        "input_gradient",
        "next",
    ]
    nodes: int
    terms: int
    start: int
    reads: list[str]
    results: list[ResultsAnswer]
    settles: list[SettledAnswer]


class NonfiniteAnswer(Answer):
    """A number that JSON cannot write: null stands at `path`."""

    path: str
    kind: Literal["nan", "+inf", "-inf"]


class ScalingAnswer(Answer):
    """What the columns of the document's rows were scaled by: x = (row − center) / spread."""

    kind: Literal["standard", "minmax"]
    center: list[float]
    spread: list[float]


class TraceAnswer(Answer):
    """One training step. What the cursor has not reached is null; nodes and edges are null for large networks. `hash`
    is the SHA-256 of the document's canonical JSON: sorted keys, no spaces. `fitted` is what was changed in it because
    of what was `edited`. `rounding` names numbers that are 0 by hand: sums of which rounding alone is left.
    """

    hash: str
    document: NetworkDocument
    phase: Phase
    cursor: int
    sample: int
    output: Tensor | None
    loss: LossAnswer
    layers: list[LayerAnswer]
    nodes: list[NodeAnswer] | None
    edges: list[EdgeAnswer] | None
    stages: list[StageAnswer]
    scaling: ScalingAnswer | None
    sampled: list[str]
    rounding: list[str]
    warnings: list[WarningAnswer]
    nonfinite: list[NonfiniteAnswer]
    fitted: list[ChangeAnswer]


class ExampleAnswer(Answer):
    """A network to begin with. `description` tells what it is and how its numbers came about."""

    slug: str
    name: str
    description: str
    document: NetworkDocument


class NetworkAnswer(Answer):
    """A stored network: its document, the pass that it is in, and how many terms of the training step are done.

    `step` counts training steps from 1, `first_step` is the first that can be gone back to. `clamped` is true where the
    request asked to go back further than that.
    """

    id: str
    document: NetworkDocument
    phase: Phase
    cursor: int
    step: int
    first_step: int
    clamped: bool
    warnings: list[WarningAnswer]


class FieldAnswer(Answer):
    """A field that a layer, loss or optimizer takes, with its JSON schema."""

    name: str
    required: bool
    json_schema: dict[str, Any] = Field(alias="schema")


class KindAnswer(Answer):
    """One kind of layer, loss or optimizer."""

    type: str
    title: str
    description: str
    parameters: list[FieldAnswer]


class InitialiserAnswer(Answer):
    """A rule by which weights start."""

    name: str
    description: str


class LimitAnswer(Answer):
    """A limit of this service."""

    name: str
    value: int
    meaning: str


class CatalogAnswer(Answer):
    """All that can be chosen, and how far one can go."""

    layers: list[KindAnswer]
    losses: list[KindAnswer]
    optimizers: list[KindAnswer]
    initialisers: list[InitialiserAnswer]
    limits: list[LimitAnswer]


class FaultAnswer(Answer):
    """One thing that does not fit."""

    where: str
    detail: str


class ProblemAnswer(Answer):
    """RFC 9457 problem details. `key` is its kind, and `values` say the rest of it. `where` is a JSON pointer to the
    field; a limit tells what was asked and allowed. Where a name is not known, `suggestion` is the one that was
    probably meant.
    """

    type: str
    title: str
    status: int
    detail: str
    key: Kind
    values: dict[str, Any]
    where: str | None = None
    limit: str | None = None
    asked: int | None = None
    allowed: int | None = None
    suggestion: str | None = None
    errors: list[FaultAnswer] | None = None
