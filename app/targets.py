"""Validation of targets against the outputs."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.schemas.document import NetworkDocument
from app.schemas.losses import GivenGradientSchema
from app.shapes import Shape, ShapeMismatch, check_shape, shape_text
from tinyml.data import DataSet


def axes(shape: Sequence[int], flat: str) -> str:
    """The names of a sample's axes: `flat` if there is only one, otherwise those of a sequence or an image."""
    return (flat, "channels × length", "channels × height × width")[len(shape) - 1]


def check_targets(document: NetworkDocument, outputs: Shape) -> None:
    """Raise a ShapeMismatch if the targets do not fit the loss and the outputs of a sample. A loss without targets does
    not use existing ones, but there must be one for each sample. A given gradient must have the shape of the outputs.
    """
    if isinstance(document.loss, GivenGradientSchema):
        _check_gradient(document.loss.gradient, (document.samples, *outputs))
    _check_weights(document, outputs)
    if document.data is not None and document.data.set:
        _check_set(document, document.data.chosen, outputs)
        return
    if document.targets is None and not document.loss.takes_targets:
        return
    if document.targets is None:
        where = document.rows_at(("y",))
        raise ShapeMismatch(
            f"{'.'.join(map(str, where))}: this field is missing; add the targets, which {document.loss.type} compares "
            "the outputs with, or take a loss that has none, such as output.",
            where,
            key="missing",
        )
    if not document.loss.takes_targets:
        check_shape(
            document.targets, (len(document.rows.x), *_first_shape(document.targets[0])), document.rows_at(("y",)), "y"
        )
        return
    _check_flat(document, outputs)
    classes = document.classes
    if classes is None:
        who = f"y (samples × {axes(outputs, 'outputs')})"
        check_shape(document.targets, (len(document.rows.x), *outputs), document.rows_at(("y",)), who)
        _check_allowed(document, document.targets, ())
        return
    if not document.loss.takes_classes:
        raise ShapeMismatch(
            f"y: {document.loss.type} takes a row of targets for each sample, got a list of classes; send rows "
            "such as [[0.01, 0.99]], or take the loss softmax_cross_entropy.",
            document.rows_at(("y",)),
            key="loss_takes_no_classes",
        )
    check_shape(classes, (len(document.rows.x),), document.rows_at(("y",)), "y (a class for each sample)")
    for n, label in enumerate(classes):
        if label >= outputs[0]:
            raise ShapeMismatch(
                f"y[{n}]: expected a class from 0 to {outputs[0] - 1}, one of the outputs, got a larger number; "
                "take one of those, or give the last layer more outputs.",
                document.rows_at(("y", n)),
                key="class_without_output",
                values={"outputs": label + 1},
            )


def _check_flat(document: NetworkDocument, outputs: Shape) -> None:
    if (document.loss.flat or document.loss.weights[1] is not None) and len(outputs) > 1:
        raise ShapeMismatch(
            f"loss: {document.loss.type} takes outputs of one axis, a score for each class, but the network gives "
            f"{shape_text(outputs)} a sample; add a Flatten layer, or take another loss.",
            ("loss",),
            key="loss_needs_flat",
        )


def _check_set(document: NetworkDocument, chosen: DataSet, outputs: Shape) -> None:
    """The targets of a set: two classes or a function need one output, more classes one for each."""
    loss, where = document.loss, ("data", "set")
    if not loss.takes_targets:
        return
    _check_flat(document, outputs)
    if chosen.classes and loss.takes_classes:
        if outputs[0] < chosen.classes:
            raise ShapeMismatch(
                f"data.set: {chosen.name} has {chosen.classes} classes, and the network {outputs[0]} outputs; give the "
                "last layer one for each class.",
                where,
                key="class_without_output",
                values={"outputs": chosen.classes},
            )
        return
    if chosen.classes > 2:
        raise ShapeMismatch(
            f"data.set: {loss.type} takes numbers as targets, and {chosen.name} has classes; take the loss "
            "softmax_cross_entropy.",
            where,
            key="loss_takes_no_classes",
        )
    if outputs != (1,):
        raise ShapeMismatch(
            f"data.set: {chosen.name} has one target a sample, but the network gives {shape_text(outputs)}; give the "
            "last layer one output.",
            where,
            key="shape",
        )
    if loss.build().allowed and not {0.0, 1.0} <= set(loss.build().allowed):
        raise ShapeMismatch(
            f"data.set: the targets of {chosen.name} are 0 and 1. {loss.type}: {loss.build().refusal}",
            where,
            key="target_not_allowed",
            values={"targets": _listed(loss.build().allowed)},
        )


def _check_weights(document: NetworkDocument, outputs: Shape) -> None:
    field, weights = document.loss.weights
    if weights is not None:
        _check_flat(document, outputs)
        check_shape(weights, outputs, ("loss", field), f"loss.{field} (a weight for each output)")


def _check_gradient(gradient: Any, outputs: Shape) -> None:
    where = ("loss", "gradient")
    who = f"loss.gradient (samples × {axes(outputs[1:], 'outputs')})"
    if gradient is None:
        raise ShapeMismatch(f"{who}: this field is missing; add a number for each output.", where, key="missing")
    check_shape(gradient, outputs, where, who)


def _first_shape(value: Any) -> Shape:
    """The shape of nested lists, from the first entry of each."""
    return (len(value), *_first_shape(value[0])) if isinstance(value, list) else ()


def _check_allowed(document: NetworkDocument, targets: Any, at: tuple[int, ...]) -> None:
    """Raise a ShapeMismatch at the first number that the loss does not take as a target."""
    loss = document.loss.build()
    if not loss.allowed:
        return
    if isinstance(targets, list):
        for i, inner in enumerate(targets):
            _check_allowed(document, inner, (*at, i))
    elif targets not in loss.allowed:
        place = "".join(f"[{i}]" for i in at)
        raise ShapeMismatch(
            f"y{place}: {loss.type}: {loss.refusal}",
            document.rows_at(("y", *at)),
            key="target_not_allowed",
            values={"targets": _listed(loss.allowed)},
        )


def _listed(allowed: Iterable[float]) -> str:
    return ", ".join(f"{one:+g}".replace("-", "−") for one in allowed)
