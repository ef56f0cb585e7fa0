"""The data of a document: all rows, as the network receives them in mini-batches."""

from dataclasses import dataclass

from app import table
from app.problems import Problem, check_limit
from app.schemas.data import Data, Position
from app.schemas.document import NetworkDocument
from app.schemas.losses import GivenGradientSchema
from app.shapes import Shape
from tinyml.core import Array, Backend
from tinyml.data import BatchError, Batches, Scaled
from tinyml.losses import Loss
from tinyml.optims import Optimizer


@dataclass(frozen=True, slots=True)
class Supply:
    """All rows of the data, and their mini-batches. `given` and `targets` are the inputs before scaling and the
    targets, None for a loss without them; `training` has the scaling, which is that of the training rows. A document
    whose training steps all take the same batch has one mini-batch, and does not move. Data that are `drawn` are shared
    with other documents.
    """

    batches: Batches
    given: Array
    targets: Array | None
    training: Scaled | None
    loss: Loss
    outputs: int
    moves: bool
    drawn: bool = False

    def rows(self, numbers: Array) -> tuple[Array, Array | None]:
        """The inputs of some rows as they enter the network, and their targets."""
        given = self._of(self.given, numbers)
        return given if (scaled := self.scaled(given)) is None else scaled.x, self._targets(numbers)

    def minibatch(self, epoch: int, step: int) -> tuple[Array, Array | None]:
        """The same of a mini-batch."""
        return self.rows(self.batches.rows(epoch, step))

    def scaled(self, given: Array) -> Scaled | None:
        """Some inputs with the scaling; None if they are not scaled."""
        return None if self.training is None else self.training._replace(given=given)

    def _of(self, array: Array, numbers: Array) -> Array:
        chosen: Array = array[numbers] if self.moves else array
        return chosen

    def _targets(self, numbers: Array) -> Array | None:
        return None if self.targets is None else self.loss.targets(self._of(self.targets, numbers), self.outputs)


def check_data(document: NetworkDocument) -> None:
    """Raise a Problem if the data cannot be drawn or divided, or have no such mini-batch."""
    data, place = document.data, document.place
    try:
        batches = document.batches
    except BatchError as error:
        values = {"rows": max(error.training, 0)}
        raise Problem(422, f"data.{error}", ("data", error.field), key=error.field, values=values) from error
    if place.step >= batches.steps:
        detail = f"position.step: an epoch has {batches.steps} training steps, counted from 0; take a smaller number."
        raise Problem(422, detail, ("position", "step"), key="position", values={"steps": batches.steps})
    if data is None:
        return
    if isinstance(document.loss, GivenGradientSchema) and batches.count % batches.batch:
        detail = (
            "data.batch: the last mini-batch of an epoch has fewer rows than the others, but the given gradient has "
            f"{batches.batch}; take a number that divides {batches.count}."
        )
        raise Problem(422, detail, ("data", "batch"), key="batch", values={"rows": batches.count})
    if data.set:
        _check_set(data)


def _check_set(data: Data) -> None:
    chosen = data.chosen
    if data.count > chosen.most:
        detail = f"data.samples: {chosen.name} has {chosen.most:,} samples; take at most so many."
        raise Problem(422, detail, ("data", "samples"), key="at_most", values={"bound": chosen.most})
    try:
        data.drawn()
    except ImportError as error:
        detail = f"data.set: {error}; then restart the service, or take another set."
        raise Problem(422, detail, ("data", "set"), key="set_without_package") from error


def check_inputs(document: NetworkDocument) -> None:
    """Raise a Problem if the samples of a set have another shape than the network's inputs."""
    data = document.data
    if data is not None and data.set and tuple(document.input_shape) != data.chosen.inputs:
        shape = list(data.chosen.inputs)
        detail = f"input_shape: the samples of {data.set} have the shape {shape}; write that."
        raise Problem(422, detail, ("input_shape",), key="shape")


def supply(document: NetworkDocument, loss: Loss, outputs: Shape) -> Supply:
    """The data of a document that has been checked, with its targets. Raises a ShapeMismatch if its columns do not
    describe the rows, or cannot be scaled.
    """
    data = document.data
    takes = loss.takes_targets
    if data is None or data.rows is not None:
        rows = document.rows
        given = Backend.array(rows.x, dtype=float)
        targets = Backend.array(rows.y, dtype=float) if takes else None
    else:
        given, targets = data.drawn()
        if document.loss.takes_classes and data.chosen.classes:
            targets = targets.reshape(-1).astype(float)  # the classes, as `rows` has them
    if data is None:
        return Supply(Batches(len(given), "all", "given"), given, targets, None, loss, outputs[0], moves=False)
    batches, moves = data.batches, data.moves
    training = table.scaled(data, given, batches if moves else None)
    return Supply(batches, given, targets if takes else None, training, loss, outputs[0], moves, data.set is not None)


def go_to(optimizer: Optimizer, epoch: int, step: int, batches: Batches) -> None:
    """Give the optimizer the learning rate of a training step."""
    optimizer.go_to(epoch, epoch * batches.steps + step)


def following(document: NetworkDocument) -> Position | None:
    """The position of the next training step; None for documents that have none. Raises a LimitProblem beyond the last
    epoch.
    """
    if not document.counts:
        return None
    epoch, step = document.batches.after(document.place.epoch, document.place.step)
    check_limit("MAX_EPOCH", epoch, ("position", "epoch"))
    return Position(epoch=epoch, step=step)
