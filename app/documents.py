"""Documents become networks here, and networks documents again."""

from dataclasses import dataclass
from typing import Any

from app import limits
from app.problems import LimitProblem, Problem
from app.schemas.document import NetworkDocument
from app.shapes import Misfit, check_shape
from tinyml.core import Array, Backend, TinymlError
from tinyml.explain.refs import RESERVED
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.optims import Optimizer
from tinyml.trace import Trace, trace


@dataclass(frozen=True, slots=True)
class Experiment:
    """A document come to life: the network, and everything that one training step of it needs.

    `y` has a row of targets for each sample, also where the document gives classes. `size` counts its parameters and
    activations, which is what a training step costs.
    """

    model: Sequential
    loss: Loss
    optimizer: Optimizer
    x: Array
    y: Array
    size: int

    def trace(self) -> Trace:
        """One training step, recorded."""
        return trace(self.model, self.loss, self.optimizer, self.x, self.y)


def build(document: NetworkDocument) -> Experiment:
    """Turn a document into what it describes. Raises a Problem that points at what does not fit."""
    layers, shape = [], tuple(document.input_shape)
    parameters, activations = 0, len(document.x) * shape[0]
    _limit("MAX_ACTIVATIONS", activations, ("x",))
    for i, (schema, name) in enumerate(zip(document.layers, layer_names(document), strict=True)):
        try:
            _limit("MAX_PARAMETERS", parameters := parameters + schema.parameter_count(shape), ("layers", i))
            # A seed a layer: giving one layer's weights does not change what another draws.
            layers.append(schema.build(name, shape, [document.seed, i]))
            shape = layers[-1].output_shape(shape)
        except Misfit as misfit:
            raise Problem(422, misfit.detail, ("layers", i, *misfit.where)) from misfit
        except TinymlError as error:
            raise Problem(422, str(error), ("layers", i)) from error
        activations += shape[0] * len(document.x)
        _limit("MAX_ACTIVATIONS", activations, ("layers", i))
    try:
        check_shape(document.x, (len(document.x), *document.input_shape), ("x",), "x (samples × inputs)")
        _check_targets(document, shape)
    except Misfit as misfit:
        raise Problem(422, misfit.detail, misfit.where) from misfit
    loss = document.loss.build()
    return Experiment(
        Sequential(layers),
        loss,
        document.optimizer.build(),
        Backend.array(document.x, dtype=float),
        loss.targets(Backend.array(document.y, dtype=float), shape[0]),
        parameters + activations,
    )


def _check_targets(document: NetworkDocument, outputs: tuple[int, ...]) -> None:
    """Raise a Misfit where the targets are not what the loss takes for samples with these outputs."""
    classes = document.classes
    if classes is None:
        check_shape(document.y, (len(document.x), *outputs), ("y",), "y (samples × outputs)")
        return
    if not document.loss.takes_classes:
        raise Misfit(
            f"y: {document.loss.type} takes a row of targets for each sample, but a list of classes came; send rows "
            "such as [[0.01, 0.99]], or take the loss softmax_cross_entropy.",
            ("y",),
        )
    check_shape(classes, (len(document.x),), ("y",), "y (a class for each sample)")
    for n, label in enumerate(classes):
        if label >= outputs[0]:
            raise Misfit(
                f"y[{n}]: expected a class from 0 to {outputs[0] - 1}, one of the outputs, but a larger number came; "
                "take one of those, or give the last layer more outputs.",
                ("y", n),
            )


def layer_names(document: NetworkDocument) -> list[str]:
    """Every layer's name, made up where the document leaves it out: fc_1, relu_1, …"""
    given = [schema.name for schema in document.layers]
    taken = set()
    for i, name in enumerate(given):
        if name in RESERVED:
            raise Problem(
                422, f"layers[{i}].name: x, y, loss and lr mean other things; take another.", ("layers", i, "name")
            )
        if name is not None and name in taken:
            raise Problem(
                422, f"layers[{i}].name: two layers have this name; give each its own.", ("layers", i, "name")
            )
        taken.add(name)
    names = []
    for schema, name in zip(document.layers, given, strict=True):
        number = 1
        while name is None:
            made_up = f"{schema.stem}_{number}"
            number += 1
            if made_up not in taken:
                taken.add(name := made_up)
        names.append(name)
    return names


def filled(document: NetworkDocument, recorded: Trace, updated: bool = False) -> dict[str, Any]:
    """The document with every name and parameter written out; with the parameters after the update where `updated`."""
    layers = []
    for schema, layer in zip(document.layers, recorded.layers, strict=True):
        values = {name: kept.next if updated else kept.value for name, kept in layer.parameters.items()}
        layers.append({**schema.model_dump(exclude={"name", *values}), "name": layer.layer.name, **values})
    # Classes stay as they were given; the trace has them as rows of shares.
    data = {"layers": layers, "x": recorded.x, "y": document.classes or recorded.y}
    return {**document.model_dump(exclude=set(data)), **data}


def _limit(name: str, asked: int, where: tuple[str | int, ...]) -> None:
    allowed = getattr(limits, name)
    if asked > allowed:
        raise LimitProblem(name, asked, where)
