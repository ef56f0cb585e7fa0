"""The shape of a trace, for the OpenAPI schema and the types that the page is generated from."""

from typing import Any, Literal

from pydantic import Field

from app.schemas.answers import NonfiniteAnswer, Phase
from app.schemas.base import Answer, absent
from app.schemas.document import NetworkDocument
from app.schemas.fitted import ChangeAnswer
from app.schemas.messages import WarningAnswer

# Numbers of one to four axes, after the samples' where there are samples.
_Entries = list[float | None]
Tensor = _Entries | list[_Entries] | list[list[_Entries]] | list[list[list[_Entries]]]


class EncodedTensor(Answer):
    """A tensor as the bytes of its float64 in base64, the least significant byte first, row by row."""

    shape: list[int]
    float64: str


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
    `columns[s][j]` the column; null where it meets none, as in the padding. A sequence has columns and no rows.
    """

    rows: list[list[int | None]]
    columns: list[list[int | None]]


class UnrolledAnswer(Answer):
    """A layer of windows as matrices ("im2col"): what each output sees of the input, and each input of the outputs,
    whose gradients come back to it. Of a max pool `chosen` has the place in its window, row by row, of the number that
    an output is.
    """

    output: UnrolledPlacesAnswer
    input_gradient: UnrolledPlacesAnswer
    chosen: Tensor | None


class WindowAnswer(Answer):
    """Windows on images, whose `size` is rows and columns, or on sequences, where it is one number; the other numbers
    are for each side alike. They lie on the layer's input, or, where `transposed`, on its output. In a window a number
    meets all channels at the other end, or, without `across`, its own alone.
    """

    size: list[int] = Field(min_length=1, max_length=2)
    stride: int
    dilation: int
    padding: int
    transposed: bool
    across: bool


class AxesAnswer(Answer):
    """Which axis of a parameter counts the layer's units or filters, and which its inputs or their channels."""

    units: int | None = None
    inputs: int | None = None


class LayerAnswer(Answer):
    """One layer. `inputs` names the tensors that it takes, such as `x` or `fc_1.output` (its input `fc_2.input[n,i]` is
    a number of the first of them), `output` the one that it makes, `parameters` those that it learns, and `kept` what
    else its forward pass made: dropout's mask, a normalization's mean and variance.

    From `connects` to `squashes` the answer describes the layer. `connects` says which inputs of its sample an output
    is computed from: the one at its place, counted row by row; all along `axis`; all of its channel (of flat samples,
    the one at its place); those in a `window`; or all. `joins` is true where weighted edges lead to new units,
    `elementwise` where an output depends on one input alone. `axes` are those of each parameter, `symbol` is how the
    function is written, `squashes` the function by which scores become chances or shares.
    """

    name: str
    type: str
    inputs: list[str]
    connects: Literal["place", "axis", "channel", "window", "all"]
    axis: int | None = None
    joins: bool = absent(False)
    elementwise: bool = absent(False)
    window: WindowAnswer | None = None
    axes: dict[str, AxesAnswer] = absent({})
    symbol: str | None = None
    squashes: Literal["logistic", "softmax"] | None = None
    output: str
    parameters: list[str] = absent([])
    kept: list[str] = absent([])
    activation: ActivationAnswer | None = None
    unrolled: UnrolledAnswer | None = None


class LossAnswer(Answer):
    """The loss. `quantities` names what it goes through: `loss.p`, the probabilities that it makes of the output; with
    `elementwise` each of them depends on the output at its place alone (null where there are none).
    """

    type: str
    value: float | None
    quantities: list[str] = absent([])
    elementwise: bool | None = None


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

    `shape` and `each`, the product of its other axes, are absent where `tensors` has the numbers, and of the loss,
    which is one. `terms` is absent where all numbers of a node have equally many, their share of the stage's.
    """

    name: str
    shape: list[int] | None = None
    each: int | None = None
    terms: int | None = None
    axis: int | None = None
    sampled: bool = absent(False)


class StageAnswer(Answer):
    """A stretch of the step in which one layer computes one quantity: `nodes` results of `terms` terms each. `reads`
    names the tensors whose values its formulas are made of. `results` are the tensors that a node computes its numbers
    of, in order. `settles` names others, which no step is about: each of their numbers is known with the one at the
    same index of the results that are named, or, with null, when the stage is complete.

    A stage continues the one before: `phase` and `layer` are absent where they are the same, `start` where it begins at
    the end of that one, the first at 0. `reads` is absent where it is, in the forward pass, all inputs and parameters
    of the layer, in the update its parameters, for the loss the network's output and `y`, and in the backward pass
    nothing.
    """

    phase: Phase | None = None
    layer: str | None = None
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
    start: int | None = None
    reads: list[str] | None = None
    results: list[ResultsAnswer]
    settles: dict[str, str | None] = absent({})


class ScalingAnswer(Answer):
    """What the columns of the document's rows were scaled by: x = (row − center) / spread."""

    kind: Literal["standard", "minmax"]
    center: list[float]
    spread: list[float]


class TraceAnswer(Answer):
    """One training step. What the cursor has not reached is null. A field that is not required is absent where it would
    be null, false or empty; `step` where it is 1, `sample` where it is 0, `cursor` and `phase` where the step is
    complete. `document` is absent where it is the one that was sent, with nothing to fill in or to change.

    `hash` is the SHA-256 of the document's canonical JSON: sorted keys, no spaces. `tensors` has each array once, under
    the name of a ref without its index: `x`, `fc_1.output.grad`, `fc_1.w.next`; samples come first. `symbols` says how
    their numbers are written, `w_{0:}^(1)`, with the places of the indices, which count from 1: `{0}` that along the
    first axis, `{1:}` all from the second on. A gradient is `∂ℓ/∂` of that, what follows an update has `,new` in the
    brackets, unless its own name is there. `sampled` names those that have the row of `sample` alone. `nodes` and
    `edges` are there with `graph=1`; they are null for images and large networks. With `encoding=base64` large tensors
    are `{"shape", "float64"}`, and parameters of that size stand in the document by name, `{"tensor": "fc_1.w"}`.
    `fitted` is what was changed in the document because of what was `edited`. `rounding` names numbers that are 0 by
    hand: sums of which rounding alone is left.
    """

    hash: str
    document: NetworkDocument | dict[str, Any] | None = None
    phase: Phase | None = None
    cursor: int | None = None
    step: int = absent(1)
    sample: int = absent(0)
    loss: LossAnswer
    tensors: dict[str, Tensor | EncodedTensor | None]
    symbols: dict[str, str]
    layers: list[LayerAnswer]
    stages: list[StageAnswer]
    scaling: ScalingAnswer | None = None
    sampled: list[str] = absent([])
    rounding: list[str] = absent([])
    warnings: list[WarningAnswer] = absent([])
    nodes: list[NodeAnswer] | None = None
    edges: list[EdgeAnswer] | None = None
    nonfinite: list[NonfiniteAnswer] = absent([])
    fitted: list[ChangeAnswer] = absent([])
