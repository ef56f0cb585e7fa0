"""Trainings: requests and answers."""

from typing import Annotated, Any, Literal

from pydantic import Field

from app import limits
from app.schemas.base import Answer, NotNegative, Positive, Strict, absent, at_most
from app.schemas.document import NetworkDocument

TrainingSteps = Annotated[int, Field(ge=1, le=limits.MAX_TRAINING_STEPS), at_most("MAX_TRAINING_STEPS")]
Speed = Annotated[Positive, Field(description="Training steps a second, at most; null is as fast as it goes.")]
TrainingState = Literal["running", "paused", "done", "cancelled", "diverged", "failed"]


class PlateauRequest(Strict):
    """No epoch of the last `epochs` had a loss that was lower by more than `min_delta` than the lowest before."""

    epochs: TrainingSteps
    min_delta: NotNegative = 0.0


class UntilRequest(Strict):
    """What ends a training: the first that holds. `loss` and `plateau` are about the mean loss of an epoch."""

    loss: Annotated[float, Field(allow_inf_nan=False)] | None = None
    epochs: TrainingSteps | None = None
    steps: TrainingSteps | None = None
    plateau: PlateauRequest | None = None


class TrainingRequest(Strict, defer_build=False):
    """Until when to train, at which speed, whether to begin paused, and after how many `steps` to pause."""

    until: UntilRequest
    speed: Speed | None = None
    paused: bool = False
    steps: TrainingSteps | None = None


class TrainingPatch(Strict, defer_build=False):
    """A change of a training that runs: pause it, or let it go on, to pause again after so many `steps`; and its speed,
    which stays if it is left out.
    """

    state: Literal["paused", "running"] | None = None
    speed: Speed | None = None
    steps: TrainingSteps | None = None


class BranchAnswer(Answer):
    """The network with the result, where the one that was trained has been changed meanwhile. `id` is the key that
    edits it, and is absent if the request used the key that only reads the network that was trained.
    """

    id: str | None = absent(None)
    view: str


class WhereAnswer(Answer):
    """The training step that was not taken, after so many steps, and the ref of its first number that is not finite."""

    step: int
    ref: str


class LayerGradientAnswer(Answer):
    """The root mean square of a layer's gradients in the next step: of its output, and of its parameters."""

    layer: str
    gradient: float | None
    parameters: float | None


class TrainingMessage(Answer):
    """A sentence: the key of its wording in `tinyml/narrate/messages/training.<language>.json`, and its values."""

    key: str
    values: dict[str, int | float | str]


class NoticeAnswer(Answer):
    """What a training shows, and after how many steps it began."""

    kind: Literal["dead", "saturated", "vanishing", "exploding", "plateau", "learned"]
    layer: str | None
    units: list[int]
    refs: list[str]
    begins: int
    message: TrainingMessage


class TrainingAnswer(Answer):
    """A training. `step` counts the steps taken. After a process was killed, the training went on from a
    checkpoint, after the step `resumed_from`; the steps since then, `lost` of which had been shown, were taken again
    (null if the server was killed, which leaves no count). `measured` is the step at which
    it was measured on its rows. `ended` says why it is done. `objective` is the loss with the `penalty` of the
    document, null if it has none. Before the first numbers are known, fields from `epoch` on are left out.
    """

    id: str
    state: TrainingState
    until: dict[str, Any]
    speed: float | None
    resumed_from: int | None
    lost: int | None
    branch: BranchAnswer | None
    network_deleted: bool
    step: int
    epoch: int = 0
    loss: float | None = None
    objective: float | None = None
    epoch_loss: float | None = None
    measured: int = 0
    training_loss: float | None = None
    accuracy: float | None = None
    confusion: list[list[int]] | None = None
    held_out_loss: float | None = None
    held_out_accuracy: float | None = None
    held_out_confusion: list[list[int]] | None = None
    gradients: list[LayerGradientAnswer] = Field(default_factory=list)
    notices: list[NoticeAnswer] = Field(default_factory=list)
    ended: Literal["loss", "plateau", "epochs", "steps"] | None = None
    where: WhereAnswer | None = None


class PointsAnswer(Answer):
    """Rows of the data of a network with two inputs, in the coordinates of the surface: all of them, or of more than a
    plot can show some that are evenly spaced, every `every`-th of `rows`. `border` is what a single output is compared
    with to find its class, null if there are not two classes; `targets` are the least and the greatest target.
    """

    x: list[list[float]]
    y: list[list[float]]
    held_out: list[bool]
    rows: int
    every: int
    border: float | None
    targets: list[float]


class HistogramAnswer(Answer):
    """How many numbers of a tensor, such as `fc_1.w` or the activations `tanh_1.output` of a mini-batch, are in each of
    some bins of one `width`. Bin i has those from (`first` + i) · `width` on, up to the next bin. `not_finite` of them
    are in no bin; `lowest`, `highest`, `mean` and `root_mean_square` are of the others, null without any.
    """

    layer: str
    tensor: str
    size: int
    width: float
    first: int
    counts: list[int]
    lowest: float | None
    highest: float | None
    mean: float | None
    root_mean_square: float | None
    not_finite: int


class UnitsAnswer(Answer):
    """For each point of a surface a number for each of some units: float32, little-endian, in base64."""

    units: int
    float32: str


class SurfaceAnswer(Answer):
    """Outputs over the plane of two inputs, at `size` × `size` points row by row from the `lowest` to the `highest`."""

    size: int
    lowest: list[float]
    highest: list[float]
    of: Literal["output", "probability"]
    outputs: UnitsAnswer
    hidden: dict[str, UnitsAnswer] | None = absent(None)


class NumbersAnswer(Answer):
    """The network at one moment: the `loss` of the mini-batch of the training step, and the fields of frames."""

    loss: float | None
    training_loss: float | None
    accuracy: float | None
    confusion: list[list[int]] | None
    held_out_loss: float | None
    held_out_accuracy: float | None
    held_out_confusion: list[list[int]] | None
    gradients: list[LayerGradientAnswer]
    histograms: list[HistogramAnswer]
    surface: SurfaceAnswer | None = absent(None)


class MomentAnswer(Answer):
    """The document after `step` training steps of a training; `numbers` if they are wanted."""

    step: int
    document: NetworkDocument
    numbers: NumbersAnswer | None = absent(None)
