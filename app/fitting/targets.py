"""Adapting targets, loss and outputs to each other."""

from typing import Any

from app.fitting.changes import Change
from app.fitting.edits import Edits
from app.fitting.overlap import flat, overlapped, shape_of, shaped
from app.kinds import Kind
from app.problems import Problem
from app.schemas.document import NetworkDocument
from app.schemas.fitted import ChangeKey
from app.schemas.losses import (
    AnyLoss,
    GivenGradientSchema,
    MeanSquaredErrorSchema,
    OutputSchema,
    SoftmaxCrossEntropySchema,
)
from app.shapes import Shape
from tinyml.core import Backend
from tinyml.layers.ranges import Range
from tinyml.suitability import SHARES_TOLERANCE


def with_samples(document: NetworkDocument, changes: list[Change]) -> NetworkDocument:
    """Give each sample a target, and set the input shape to that of the samples."""
    shape = shape_of(document.x)
    if shape is not None and len(shape) > 1 and list(shape[1:]) != document.input_shape:
        changes.append(Change("inputs", {"shape": list(shape[1:])}, part="x"))
        document = document.model_copy(update={"input_shape": list(shape[1:])})
    y, samples = list(document.y or []), len(document.x)
    if y and len(y) != samples:
        changes.append(Change("samples", {"samples": samples}, part="y"))
        empty = 0 if isinstance(y[0], int) else shaped([], shape_of(y[0]) or (), _fill(document))
        document = document.model_copy(update={"y": [*y[:samples], *[empty] * (samples - len(y))]})
    return document


def with_loss(document: NetworkDocument, edits: Edits, changes: list[Change]) -> NetworkDocument:
    """New data with classes set a loss that takes classes; if another loss was chosen, the classes become rows of
    numbers. Other data whose targets do not suit the loss set the mean squared error, and data without targets set a
    loss without targets.
    """
    if edits.leading != "data" or not document.loss.takes_targets:
        return document
    loss: AnyLoss
    y: Any = document.y
    if edits.other_data and y is None:
        changes.append(Change("loss_alone", {"loss": "output"}, part="loss"))
        return document.model_copy(update={"loss": OutputSchema(type="output")})
    if document.classes and not document.loss.takes_classes:
        loss = SoftmaxCrossEntropySchema(type="softmax_cross_entropy")
    elif edits.other_data and not takes(document.loss, y):
        loss = MeanSquaredErrorSchema(type="mean_squared_error")
    else:
        return document
    changes.append(Change("loss", {"loss": loss.type}, part="loss"))
    return document.model_copy(update={"loss": loss})


def takes(schema: AnyLoss, y: Any) -> bool:
    """Whether such targets suit a loss: probabilities that sum to 1, numbers from 0 to 1, or any."""
    if y is None or not schema.takes_targets:
        return not schema.takes_targets
    if isinstance(y[0], int):
        return schema.takes_classes
    loss, numbers = schema.build(), flat(y)
    if loss.allowed and not set(numbers) <= set(loss.allowed):
        return False
    if not Range(min(numbers), max(numbers)).within(loss.truths):
        return False
    return not loss.of_shares or all(abs(sum(flat(row)) - 1) <= SHARES_TOLERANCE for row in y)


def wished_outputs(document: NetworkDocument, outputs: Shape, edits: Edits) -> int | None:
    """How many outputs the network must have for its loss and targets; None if the present number fits, or if the
    targets will be adapted. Raises a Problem if the edit chose too few outputs.
    """
    classes, loss = document.classes, document.loss
    if not loss.takes_targets:
        return None
    least = loss.least_outputs
    key: Kind = "class_without_output"
    if classes and max(classes) >= max(outputs[0], least):
        wished = max(classes) + 1
        detail = f"y: there are classes up to {wished - 1}, so the last layer needs {wished} outputs; give it as many."
        where = "y"
    elif classes and edits.drawn and outputs[0] > (wished := max(max(classes) + 1, least)):
        return wished  # a set has every class that it can have
    elif outputs[0] < least:
        wished = least
        detail = f"loss: {loss.type} requires at least {least} outputs; give the last layer more."
        where, key = "loss", "loss_needs_outputs"
    else:
        shape = shape_of(document.y)
        follows = edits.leading == "data" and shape is not None and len(shape) == 2 and len(outputs) == 1
        return shape[1] if follows and shape is not None and shape[1:] != outputs else None
    if edits.leading == "layers":
        raise Problem(422, detail, (where,), key=key, values={"outputs": wished})
    return wished


def fit_targets(document: NetworkDocument, outputs: Shape, edits: Edits, changes: list[Change]) -> Any:
    """The targets for such outputs. Edited targets are not changed, whatever the loss takes."""
    if not document.loss.takes_targets:
        return document.y
    y = _for_outputs(document, outputs, changes)
    return y if edits.leading == "data" else _on_sides(document, y, changes)


def with_gradient(document: NetworkDocument, outputs: Shape, changes: list[Change]) -> NetworkDocument:
    """A given gradient with a number for each output of each sample: existing ones are kept, all others are 1."""
    loss, shape = document.loss, (len(document.x), *outputs)
    if not isinstance(loss, GivenGradientSchema) or shape_of(loss.gradient) == shape:
        return document
    gradient: Any = loss.gradient
    made, preserved = overlapped([0.0] if gradient is None else gradient, Backend.ones(shape))
    changes.append(Change("gradient" if preserved else "gradient_made", {"shape": list(shape)}, part="loss"))
    return document.model_copy(update={"loss": loss.model_copy(update={"gradient": made})})


def with_weights(document: NetworkDocument, outputs: Shape, changes: list[Change]) -> NetworkDocument:
    """A weight for each output, if the loss has weights: existing ones are kept, all others are 1."""
    field, weights = document.loss.weights
    if weights is None or len(outputs) > 1 or len(weights) == outputs[0]:
        return document
    made, _ = overlapped(weights, Backend.ones(outputs))
    changes.append(Change("loss_weights", {"outputs": outputs[0]}, part=f"loss/{field}"))
    return document.model_copy(update={"loss": document.loss.model_copy(update={field: made})})


def _for_outputs(document: NetworkDocument, outputs: Shape, changes: list[Change]) -> Any:
    y: Any = document.y
    if y is None:
        changes.append(Change("targets_made", {"fill": _fill(document)}, part="y"))
        return [shaped([], outputs, _fill(document)) for _ in document.x]
    classes = document.classes
    if classes:
        if document.loss.takes_classes:
            return y
        changes.append(Change("targets_one_hot", {"outputs": outputs[0]}, part="y"))
        return [[float(unit == label) for unit in range(outputs[0])] for label in classes]
    shape = shape_of(y)
    if shape is None or shape[1:] == outputs:
        return y
    if len(shape) == 2 and len(outputs) == 1:
        return _columns(document, y, shape[1], outputs[0], changes)
    changes.append(Change("targets_shaped", {"shape": list(outputs)}, part="y"))
    return [shaped(flat(target), outputs, _fill(document)) for target in y]


def _columns(document: NetworkDocument, y: Any, before: int, after: int, changes: list[Change]) -> Any:
    """Rows of another length. A single number from 0 to 1 becomes the probabilities of two classes if the loss
    requires it.
    """
    if before == 1 and after == 2 and document.loss.least_outputs > 1 and all(0 <= row[0] <= 1 for row in y):
        changes.append(Change("targets_pairs", {}, part="y"))
        return [[1 - row[0], row[0]] for row in y]
    key: ChangeKey = "targets_added" if after > before else "targets_removed"
    fill = _fill(document)
    values = {"columns": abs(after - before), "outputs": after}
    changes.append(Change(key, {**values, "fill": fill} if after > before else values, part="y"))
    return [[*row[:after], *[fill] * (after - before)] for row in y]


def _fill(document: NetworkDocument) -> float:
    """The value of a missing target."""
    return min(document.loss.build().allowed, default=0.0)


def _on_sides(document: NetworkDocument, y: Any, changes: list[Change]) -> Any:
    """For a loss that takes only −1 and +1: convert probabilities, or numbers between the two. Other numbers stay and
    will be rejected, since their class is unknown.
    """
    allowed, numbers = document.loss.build().allowed, flat(y)
    if not allowed or set(numbers) <= set(allowed):
        return y
    low, high = min(allowed), max(allowed)
    if min(numbers) < low or max(numbers) > high:
        return y
    middle = (low + high) / 2 if min(numbers) < 0 else high / 2
    changes.append(Change("targets_sides", {"middle": middle}, part="y"))
    return _sided(y, middle, low, high)


def _sided(y: Any, middle: float, low: float, high: float) -> Any:
    if isinstance(y, list):
        return [_sided(one, middle, low, high) for one in y]
    return high if y > middle else low
