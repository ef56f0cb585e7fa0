"""The shape of a trace, for the OpenAPI schema and the types that the page is generated from."""

from typing import Any, Literal

from pydantic import Field

from app.schemas.answers import NonfiniteAnswer, Phase
from app.schemas.base import Answer, absent
from app.schemas.data import Position
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
    """An elementwise function f: its `values` at evenly spaced places from `least` to `most`, and once its forward pass
    is done, the units where f′ is 0 in every sample (`dead`), and those where it is almost 0 (`saturated`).
    """

    least: float
    most: float
    values: list[float]
    dead: list[int] | None
    saturated: list[int] | None


class UnrolledPlacesAnswer(Answer):
    """The indices of the numbers in each window: `rows[r][i]` is the row of the image at place i of the window for row
    r of the result, `columns[s][j]` the column; null in the padding. A sequence has columns and no rows.
    """

    rows: list[list[int | None]]
    columns: list[list[int | None]]


class UnrolledAnswer(Answer):
    """A layer of windows as matrices ("im2col"): the inputs in the window of each output, and the outputs whose windows
    contain each input, and whose gradients it receives. For a max pool, `chosen` has for each output the place of the
    largest number in its window, row by row.
    """

    output: UnrolledPlacesAnswer
    input_gradient: UnrolledPlacesAnswer
    chosen: Tensor | None


class WindowAnswer(Answer):
    """Windows on images, whose `size` is rows and columns, or on sequences, where it is one number; the other numbers
    are for each side alike. They lie on the layer's input, or, where `transposed`, on its output. A number is combined
    with all channels at the other end or, if `across` is false, with its channel only.
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
    a number of the first of them), `output` the one that it computes, `parameters` those that it learns, and `saved`
    other results of its forward pass: a dropout's mask, a normalization's mean and variance.

    From `connects` to `squashes` the answer describes the layer. `connects` says which inputs of its sample an output
    is computed from: the one at its place, counted row by row; all along `axis`; all of its channel (of flat samples,
    the one at its place); those in a `window`; or all. `joins` is true where weighted edges lead to new units,
    `elementwise` where an output depends on one input alone. `axes` are those of each parameter, `symbol` is how the
    function is written, `squashes` the function that turns scores into probabilities.
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
    saved: list[str] = absent([])
    activation: ActivationAnswer | None = None
    unrolled: UnrolledAnswer | None = None


class LossAnswer(Answer):
    """The loss. `quantities` names its intermediate quantities: `loss.p`, the probabilities computed from the output.
    If `elementwise` is true, each of them depends only on the output at its place (null if there are none).
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
    refs then begin with the sample. `axis` is the axis of the nodes: node k computes the `each` numbers whose index
    there is k, row by row. Without an axis it computes the k-th number of the tensor, row by row, if there is one. Each
    number has `terms` terms; with 0 it needs no separate step.

    `shape` and `each`, the product of its other axes, are absent if `tensors` has the numbers, and for the loss, which
    is one number. `terms` is absent if all numbers of a node have the same number of terms, an equal share of the
    stage's.
    """

    name: str
    shape: list[int] | None = None
    each: int | None = None
    terms: int | None = None
    axis: int | None = None
    sampled: bool = absent(False)


class StageAnswer(Answer):
    """A part of the step in which one layer computes one quantity: `nodes` results of `terms` terms each. `reads` names
    the tensors whose values its formulas use. `results` are the tensors whose numbers a node computes, in order.
    `settles` names tensors that have no steps: each of their numbers is known together with the one at the same index
    of the named result or, with null, when the stage is complete.

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
    """The scaling of the columns of the document's rows: x = (row − center) / spread."""

    kind: Literal["standard", "minmax"]
    center: list[float]
    spread: list[float]


class BatchesAnswer(Answer):
    """How the rows of the data are divided: of the `samples` the `training` ones are trained on, in `steps`
    mini-batches an epoch, and those `held_out` never.
    """

    samples: int
    training: int
    held_out: int
    steps: int


class ObjectiveAnswer(Answer):
    """What training minimizes if the document has a `penalty`: `value` is J = ℓ + Ω, and `penalty` is Ω."""

    value: float | None
    penalty: float | None


class ClippedAnswer(Answer):
    """What the optimizer's `clip` makes of the gradients: `norm` of all together, the `factor` by which each is
    multiplied, and how many of them change. The gradients in `tensors` are those of the loss.
    """

    norm: float | None
    factor: float | None
    count: int


class RateAnswer(Answer):
    """The learning rate of the training step, η, where it follows from a schedule: `first` is η₀, and `passed` the
    number of epochs or training steps before it, whichever `unit` says.
    """

    value: float | None
    first: float
    unit: Literal["epoch", "step"]
    passed: int


class TraceAnswer(Answer):
    """One training step. What the cursor has not reached is null. A field that is not required is absent where it would
    be null, false or empty; `step` where it is 1, `sample` where it is 0, `cursor` and `phase` where the step is
    complete. `document` is absent where it is the one that was sent, with nothing to fill in or to change.

    `hash` is the SHA-256 of the document's canonical JSON: sorted keys, no spaces. `tensors` has each array once, under
    the name of a ref without its index: `x`, `fc_1.output.grad`, `fc_1.w.next`; samples come first. `symbols` has the
    symbols of their numbers, such as `w_{0:}^(1)`, with placeholders for the indices, which count from 1: `{0}` for the
    one along the first axis, `{1:}` for all from the second on. A gradient is `∂ℓ/∂` of that symbol, and a value after
    an update has `,new` in the brackets, unless the tensor has a separate entry. `sampled` names the tensors that have
    only the row of `sample`. `nodes` and `edges` are present with `graph=1`; they are null for images and large
    networks. `products` are present with `products=1`: at the place of each weight of an edge its product with the
    input of `sample`, and the biases. With `encoding=base64` large tensors are `{"shape", "float64"}`, and the document
    has parameters of that size by name, `{"tensor": "fc_1.w"}`. `fitted` lists the changes of the document that follow
    from what was `edited`. `rounding` names numbers that are 0 in exact arithmetic: sums of which only rounding is
    left. Data with mini-batches have a `position`, with the numbers of its rows in `batch_rows`, from 0: sample n of
    refs is the row `batch_rows[n]`; `batches` counts all rows.
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
    position: Position | None = None
    batch_rows: list[int] | None = None
    batches: BatchesAnswer | None = None
    rate: RateAnswer | None = None
    clipped: ClippedAnswer | None = None
    objective: ObjectiveAnswer | None = None
    sampled: list[str] = absent([])
    rounding: list[str] = absent([])
    warnings: list[WarningAnswer] = absent([])
    products: dict[str, Tensor | EncodedTensor] | None = None
    nodes: list[NodeAnswer] | None = None
    edges: list[EdgeAnswer] | None = None
    nonfinite: list[NonfiniteAnswer] = absent([])
    fitted: list[ChangeAnswer] = absent([])
