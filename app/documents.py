"""Conversion between documents and networks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from app import table
from app.optimizer_state import remember, remembered_after
from app.problems import Problem
from app.schemas.document import NetworkDocument
from app.shapes import Shape, ShapeMismatch, check_shape
from app.sizes import SizeLimits
from app.supply import Supply, check_data, check_inputs, following, go_to, supply
from app.targets import axes, check_targets
from tinyml.core import Array, Backend, TinymlError
from tinyml.data import Scaled
from tinyml.explain.refs import RESERVED
from tinyml.layers import Layer
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.optims import Optimizer
from tinyml.trace import Trace, trace


@dataclass(frozen=True, slots=True)
class Experiment:
    """A network built from a document, with everything that one training step needs. `y` has a row of targets for each
    sample, also if the document has classes; it is None for a loss without targets. `outputs` is the length of the
    first axis of an output. `size` counts its parameters and activations, which is what a training step costs;
    `remembered` counts the numbers of the optimizer state. `shapes` are those of the parameters, by their names
    `fc_1.w`. `supply` has all rows of the data, and `batch` the numbers of those of this step, if steps take
    mini-batches; `scaled` is the scaling of `x`, if any.
    """

    model: Sequential
    loss: Loss
    optimizer: Optimizer
    x: Array
    y: Array | None
    size: int
    remembered: int
    shapes: dict[str, Shape]
    outputs: int
    supply: Supply
    batch: Array | None
    scaled: Scaled | None

    def trace(self) -> Trace:
        """One training step, recorded."""
        recorded = trace(self.model, self.loss, self.optimizer, self.x, self.y)
        return recorded if self.scaled is None else recorded._replace(scaled=self.scaled)

    @property
    def given(self) -> Array:
        """The inputs as the document has them."""
        return self.x if self.scaled is None else self.scaled.given


def build(document: NetworkDocument, most: int | None = None) -> Experiment:
    """Build what a document describes. Raises a Problem that points at what does not fit, and a TooLargeError for more
    than `most` numbers, before any memory is allocated for these.
    """
    check_data(document)
    check_inputs(document)
    topology, names, sizes = document.topology, layer_names(document), SizeLimits(document, most)
    layers: dict[int, Layer] = {}
    shapes: dict[str, Shape] = {}
    # For the input and each output: its shape, and which layer made rows of samples with that many axes.
    outputs: dict[int | None, Shape] = {None: tuple(document.input_shape)}
    flattened: dict[int | None, dict[int, int]] = {None: {}}
    for i in topology.order:
        schema, name, source = document.layers[i], names[i], topology.sources[i]
        shape = outputs[source]
        try:
            schema.check_input(name, shape)
            own = schema.parameter_shapes(shape)
            sizes.add_parameters(i, own)
            # One seed per layer: given weights of one layer do not change the random weights of another.
            layers[i] = schema.build(name, shape, [document.seed, i])
            outputs[i] = layers[i].output_shape(shape)
        except ShapeMismatch as mismatch:
            where = ("layers", i, *mismatch.where)
            values = dict(mismatch.values)
            if schema.takes in flattened[source]:
                values["flattened"] = flattened[source][schema.takes]
            raise Problem(422, mismatch.detail, where, key=mismatch.key, values=values) from mismatch
        except TinymlError as error:
            raise Problem(
                422, str(error), ("layers", i), key="layer", values={"layer": name, "shape": shape}
            ) from error
        sizes.add_outputs(i, outputs[i], schema.window_numbers(shape, outputs[i]))
        shapes |= {f"{name}.{parameter}": of for parameter, of in own.items()}
        flattened[i] = flattened[source] | ({len(shape): i} if len(outputs[i]) < len(shape) else {})
    listed, output_shape = [layers[i] for i in range(len(layers))], outputs[topology.last]
    try:
        if document.data is None or document.data.rows:
            x_shape = (len(document.rows.x), *document.input_shape)
            who = f"x (samples × {axes(document.input_shape, 'inputs')})"
            check_shape(document.rows.x, x_shape, document.rows_at(("x",)), who)
        check_targets(document, output_shape)
        optimizer = document.optimizer.build()
        go_to(optimizer, document.place.epoch, document.place.step, document.batches)
        optimizer.penalty = None if document.penalty is None else document.penalty.build()
        remember(document.optimizer, listed, shapes)
        loss = document.loss.build()
        data = supply(document, loss, output_shape)
    except ShapeMismatch as mismatch:
        raise Problem(422, mismatch.detail, mismatch.where, key=mismatch.key, values=mismatch.values) from mismatch
    model = Sequential(listed)
    if document.mode == "predict":
        model.train(False)
    batch = data.batches.rows(document.place.epoch, document.place.step)
    given = data.given[batch] if data.moves else data.given
    x, y = data.rows(batch)
    return Experiment(
        model,
        loss,
        optimizer,
        x,
        y,
        sizes.size,
        sizes.remembered,
        shapes,
        output_shape[0],
        data,
        batch if data.moves else None,
        data.scaled(given),
    )


def layer_names(document: NetworkDocument) -> list[str]:
    """Every layer's name, generated if the document leaves it out: fc_1, relu_1, …"""
    given = [schema.name for schema in document.layers]
    taken = set()
    for i, name in enumerate(given):
        if name in RESERVED:
            raise Problem(
                422,
                f"layers[{i}].name: x, y, loss and lr are reserved; choose another name.",
                ("layers", i, "name"),
                key="name",
            )
        if name is not None and name in taken:
            raise Problem(
                422,
                f"layers[{i}].name: two layers have this name; give each a unique name.",
                ("layers", i, "name"),
                key="name",
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
    """The document with every name and parameter written out, and all state that changes from step to step: before the
    training step or, if `updated`, after it.
    """
    moving = []
    for layer in recorded.layers:
        values: dict[str, Any] = {name: of.next if updated else of.value for name, of in layer.parameters.items()}
        values |= {name: after if updated else before for name, (before, after) in layer.running_state.items()}
        moving.append((layer.layer, values))
    given = recorded.x if recorded.scaled is None else recorded.scaled.given
    if updated and (position := following(document)):
        document = document.model_copy(update={"position": position})
    return written_out(document, given, recorded.y, moving, remembered_after(recorded, updated))


def is_whole(document: Any, complete: Any) -> bool:
    """Whether a document, or a part of it, is complete: filling it in would change nothing."""
    if isinstance(complete, Backend.ndarray):
        # Numbers are unchanged; an array means given or drawn numbers.
        return isinstance(document, list)
    if isinstance(document, BaseModel):
        document = {name: getattr(document, name) for name in document.model_fields_set}
    if isinstance(document, dict) and isinstance(complete, Mapping):
        return document.keys() == complete.keys() and all(
            is_whole(value, complete[name]) for name, value in document.items()
        )
    if isinstance(document, list | tuple) and isinstance(complete, list | tuple):
        return len(document) == len(complete) and all(map(is_whole, document, complete))
    return type(document) is type(complete) and document == complete


def written_out(
    document: NetworkDocument,
    x: Array,
    y: Array | None,
    moving: Iterable[tuple[Layer, Mapping[str, Any]]],
    state: Mapping[str, Any],
) -> dict[str, Any]:
    """The document with the given numbers: the inputs before scaling, the targets, the changing state of each layer by
    its fields, and the optimizer state.
    """
    layers = []
    for schema, (layer, moved) in zip(document.layers, moving, strict=True):
        values = {**moved, **schema.drawn(layer)}
        settings = schema.model_dump(exclude={"name", *schema.parameters, *values})
        layers.append({**settings, "name": layer.name, **values})
    optimizer = document.optimizer.written()
    if state:
        optimizer["state"] = state
    written = {
        "format": document.format,
        "name": document.name,
        "input_shape": document.input_shape,
        "layers": layers,
        "loss": document.loss.written(),
        "optimizer": optimizer,
        **({} if document.penalty is None else {"penalty": document.penalty.model_dump()}),
        **table.written(document, x, y),
        "seed": document.seed,
    }
    # Defaults are left out.
    return written if document.mode == "train" else {**written, "mode": document.mode}
