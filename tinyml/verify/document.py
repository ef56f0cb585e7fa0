"""Reads a network document into one number for each ref, with the consistency checks that its step requires."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from tinyml.verify.batch import checked, moves, passed, scaling
from tinyml.verify.data import COLUMN, DATA, ROWS, columns_fit, scaled
from tinyml.verify.errors import MisfitError, ReceiptError
from tinyml.verify.laws import LAWS, Law
from tinyml.verify.lines import Line, Shape, named
from tinyml.verify.losses import LOSSES
from tinyml.verify.optimizers import OPTIMIZERS, SETTINGS, remembered
from tinyml.verify.penalty import penalty_of
from tinyml.verify.schedules import check_schedule, rate
from tinyml.verify.settings import (
    AMOUNT,
    ANYTHING,
    FINITE,
    NOT_NEGATIVE,
    TEXT,
    Kind,
    Settings,
    check,
    finite,
    is_whole,
    one_of,
    whole,
)

NAME = re.compile("[A-Za-z_][A-Za-z0-9_]{0,63}", re.ASCII)
RESERVED = frozenset({"x", "y", "loss", "lr"})
Where = tuple[str | int, ...]

# The keys of a document; its larger parts are checked one by one.
DOCUMENT: Settings = {
    "format": one_of("tinyml-network/1"), "name": TEXT, "seed": whole(0), "mode": one_of("train", "predict"),
    **dict.fromkeys(("input_shape", "layers", "loss", "optimizer", "penalty", "x", "y", "data", "position"), ANYTHING),
}  # fmt: skip


class Reader:
    """The parts of a document, each checked as it is read; its numbers are collected in `values`. `batch` has the rows
    of the training step if the data have mini-batches, and `samples` the number of all rows.
    """

    def __init__(self, document: Mapping[str, Any], batch: object = None) -> None:
        self._document = document
        self._batch: Mapping[str, Any] | None = None
        self._classes: list[int] = []
        self._outputs = 0
        self.values: dict[str, float] = {}
        self.frozen: set[str] = set()  # the parameters that no update changes, such as fc_1.b
        check(document, DOCUMENT, "The document", ())
        self.loss = self._kind("loss", LOSSES)
        check(self.loss, LOSSES[self.loss["type"]].settings, "loss", ("loss",))
        self.optimizer = self._kind("optimizer", OPTIMIZERS)
        check(self.optimizer, SETTINGS[self.optimizer["type"]], "optimizer", ("optimizer",))
        if self.optimizer.get("nesterov") and not self.optimizer.get("momentum"):
            refuse("optimizer.nesterov: it looks ahead along the momentum, and there is none.", "optimizer")
        self.penalty = penalty_of(document)
        self.training = document.get("mode", "train") == "train"
        self.layers = self._layers()
        # The format lists the layers of a chain: the shape of each input, and of the input of the loss.
        *self.sources, self.output = ("x", *(f"{name}.output" for name, _ in self.layers))
        sizes = self._part("input_shape", list)
        if not 0 < len(sizes) <= 3 or not all(map(AMOUNT.holds, sizes)):
            refuse("input_shape: expected up to three whole numbers from 1 on.", "input_shape")
        self.inputs: Shape = tuple(sizes)
        self._rows = self._given_rows()
        if moves(document):
            self._batch = self._rows = checked(document, batch)
        elif batch is not None or ("position" in document and self.optimizer.get("schedule") is None):
            refuse("data: they have no mini-batches, but there is one, or a position.", "data")
        x, where = self._rows_of("x"), self._rows_at("x")
        self.batch = len(x)
        if not self.batch:
            refuse("x: expected at least one sample, got none.", *where)
        self._fill("x", x, (self.batch, *self.inputs), where)
        self._scale()
        if "lr" not in self.optimizer:
            refuse("optimizer.lr: missing; it is the learning rate.", "optimizer", "lr")
        self.rate = self._rate()

    def _rate(self) -> Line | None:
        """Read the learning rate; return its line, if it follows from a schedule."""
        first, schedule = float(self.optimizer["lr"]), self.optimizer.get("schedule")
        if schedule is None:
            self.values["lr"] = first
            return None
        check_schedule(schedule)
        try:
            return rate(schedule, first, passed(self._document, self.samples, schedule["unit"]))
        except OverflowError:
            refuse("optimizer.schedule: it leads to a rate beyond the range of float64.", "optimizer", "schedule")

    def layer(self, i: int, law: Law, inputs: Shape) -> Shape:
        """Read a layer's parameters and return the shape of its output."""
        name, settings = self.layers[i]
        check(settings, law.known, f"layers[{i}]", ("layers", i))
        try:
            outputs = law.output_shape(name, settings, inputs)
            given = law.parameters(settings, inputs) | law.buffers(settings, inputs)
        except KeyError as missing:
            word = str(missing.args[0])
            refuse(f"layers[{i}].{word}: this setting is missing; a receipt has all of them.", "layers", i, word)
        except MisfitError as misfit:
            refuse(str(misfit), "layers", i)
        except (TypeError, ValueError):
            refuse(f"layers[{i}]: a setting is of the wrong kind; sizes are whole numbers.", "layers", i)
        self._check_bias(i, settings, given)
        self._freeze(i, law.parameters(settings, inputs))
        for part, shape in given.items():
            if settings.get(part) is None:
                refuse(f"layers[{i}].{part}: missing; a receipt has all parameters written out.", "layers", i, part)
            # A negative variance has no square root.
            kind = NOT_NEGATIVE if part == "running_variance" else FINITE
            self._fill(f"{name}.{part}", settings[part], shape, ("layers", i, part), kind)
        return outputs

    def truth(self, outputs: Shape) -> None:
        """Read y: a row for each sample, or each sample's class. A loss without targets does not use it."""
        law = LOSSES[self.loss["type"]]
        if "gradient" in law.settings:
            self._fill("loss.g", self.loss.get("gradient"), (self.batch, *outputs), ("loss", "gradient"))
        if not law.takes_targets:
            self._unused_truth()
            return
        y, where = self._rows_of("y"), self._rows_at("y")
        scores = self.loss["type"] == "softmax_cross_entropy"
        if scores and len(outputs) > 1:
            refuse("loss: expected outputs of one axis, a score for each class; put Flatten before it.", "loss")
        classes = scores and finite(next(iter(y), None)) is not None
        if not classes:
            self._fill("y", y, (self.batch, *outputs), where, law.targets)
            return
        if len(y) != self.batch:
            refuse(f"y: expected {self.batch} classes, got a list of {len(y)}.", *where)
        for n, label in enumerate(y):
            if not is_whole(label) or not 0 <= label < outputs[0]:
                refuse(f"y[{n}]: expected a class from 0 to {outputs[0] - 1}.", *where, n)
        self._classes, self._outputs = y, outputs[0]

    def _unused_truth(self) -> None:
        """Read the targets that the loss does not use, if there are any: one for each sample, all of the same shape."""
        if "y" not in self._rows:
            return
        y, shape = self._rows_of("y"), [self.batch]
        first = next(iter(y), None)
        while isinstance(first, list):
            shape.append(len(first))
            first = next(iter(first), None)
        self._fill("y", y, tuple(shape), self._rows_at("y"), FINITE if len(shape) > 1 else whole(0))

    def spread_classes(self) -> None:
        """Convert each sample's class to a one-hot row. This is done only when the rows are needed, since they can be
        much longer than the list of classes.
        """
        for n, label in enumerate(self._classes):
            for k in range(self._outputs):
                self.values[named("y", (n, k))] = float(k == label)

    def state(self, parameters: Mapping[str, Shape]) -> None:
        """Read the optimizer's state of each parameter, which is complete if there is any."""
        state = self.optimizer.get("state", {})
        if not isinstance(state, Mapping) or not all(isinstance(kept, Mapping) for kept in state.values()):
            refuse("optimizer.state: expected an object for each parameter, such as fc_1.w.", "optimizer", "state")
        for owner, kept in state.items():
            if owner not in parameters:
                there = f"there are {', '.join(parameters)}" if parameters else "there are none"
                refuse(f"optimizer.state: it has an unknown parameter; {there}.", "optimizer", "state")
            self._remember(owner, kept, parameters[owner])

    def _remember(self, owner: str, kept: Mapping[str, Any], shape: Shape) -> None:
        where, known = ("optimizer", "state", owner), remembered(self.optimizer)
        check(kept, dict.fromkeys(known, ANYTHING), f"optimizer.state of {owner}", where)
        for word, kind in known.items():
            if word not in kept:
                refuse(f"optimizer.state: {word} of {owner} is missing.", *where, word)
            self._fill(f"{owner}.{word}", kept[word], (1,) if word == "count" else shape, (*where, word), kind)

    def _given_rows(self) -> Mapping[str, Any]:
        """Return the object with x and y: the document itself, or the rows of its data."""
        if self._document.get("data") is None:
            return self._document
        data = self._part("data", Mapping)
        check(data, DATA, "data", ("data",))
        if "x" in self._document or "y" in self._document:
            refuse("data: it replaces x and y, which are given too.", "data")
        rows, columns = data.get("rows"), data.get("columns")
        if "rows" not in data and columns is None:
            return {}
        if not isinstance(rows, Mapping):
            refuse("data.rows: expected an object with x and y.", "data", "rows")
        check(rows, ROWS, "data.rows", ("data", "rows"))
        for i, column in enumerate(columns or []):
            if not isinstance(column, Mapping) or not COLUMN.keys() - {"classes"} <= column.keys():
                refuse(f"data.columns[{i}]: expected an object with name and role.", "data", "columns", i)
            check(column, COLUMN, f"data.columns[{i}]", ("data", "columns", i))
        if columns is not None and not columns_fit(columns, self.inputs, rows):
            refuse("data.columns: they do not describe the columns of the rows.", "data", "columns")
        return rows

    def _rows_at(self, name: str) -> Where:
        if self._batch is not None:
            return ("data",)
        return (name,) if self._rows is self._document else ("data", "rows", name)

    def _rows_of(self, name: str) -> Any:
        part = self._rows.get(name)
        if not isinstance(part, list):
            refuse(f"{name}: expected a list; a network document has it.", *self._rows_at(name))
        return part

    def _scale(self) -> None:
        """Replace the inputs of the table by the scaled ones."""
        kind = "none" if self._rows is self._document else self._document["data"].get("scale", "none")
        if kind == "none":
            return
        if len(self.inputs) > 1:
            refuse("data.scale: expected none; columns are scaled, and these are images.", "data", "scale")
        known = None if self._batch is None else scaling(self._batch, self.inputs[0])
        for i in range(self.inputs[0]):
            refs = [named("x", (n, i)) for n in range(self.batch)]
            try:
                column = scaled(kind, [self.values[ref] for ref in refs], known[i] if known else None)
            except (ArithmeticError, ValueError):
                refuse(f"data.scale: column {i} cannot be scaled within the range of float64.", "data", "scale")
            self.values |= zip(refs, column, strict=True)

    @property
    def samples(self) -> int | None:
        """The number of all rows; None for data without mini-batches."""
        return None if self._batch is None else int(self._batch["samples"])

    @staticmethod
    def _check_bias(i: int, settings: Mapping[str, Any], given: Mapping[str, Shape]) -> None:
        """Refuse a bias of a layer whose settings exclude it."""
        if "b" not in given and "b" in settings:
            refuse(f"layers[{i}].b: the layer has no bias, so it has no b either.", "layers", i, "b")

    def _freeze(self, i: int, parameters: Mapping[str, Shape]) -> None:
        """Read which of a layer's parameters are frozen."""
        name, settings = self.layers[i]
        frozen = settings.get("frozen", [])
        known = isinstance(frozen, list) and all(_among(part, parameters) for part in frozen)
        if not known or len(set(frozen)) < len(frozen):
            there = f"expected a list of parameters of the layer, which has {', '.join(parameters) or 'none'}."
            refuse(f"layers[{i}].frozen: {there}", "layers", i, "frozen")
        self.frozen |= {f"{name}.{part}" for part in frozen}

    def _layers(self) -> list[tuple[str, Mapping[str, Any]]]:
        layers, taken = [], set(RESERVED)
        for i, settings in enumerate(self._part("layers", list)):
            if not isinstance(settings, Mapping) or not _among(settings.get("type"), LAWS):
                refuse(f"layers[{i}].type: expected one of {', '.join(LAWS)}.", "layers", i, "type")
            name = settings.get("name")
            if not isinstance(name, str) or not NAME.fullmatch(name) or name in taken:
                refuse(f"layers[{i}].name: expected a unique name; a receipt has all of them.", "layers", i, "name")
            taken.add(name)
            layers.append((name, settings))
        if not layers:
            refuse("layers: expected at least one, got none.", "layers")
        return layers

    def _kind(self, name: str, known: Mapping[str, object]) -> Mapping[str, Any]:
        part: Mapping[str, Any] = self._part(name, Mapping)
        if not _among(part.get("type"), known):
            refuse(f"{name}.type: expected one of {', '.join(known)}.", name, "type")
        return part

    def _part(self, name: str, kind: type[Any]) -> Any:
        part = self._document.get(name)
        if not isinstance(part, kind):
            refuse(f"{name}: expected {'a list' if kind is list else 'an object'}; a network document has it.", name)
        return part

    def _fill(self, owner: str, numbers: Any, shape: Shape, where: Where, kind: Kind = FINITE, at: Shape = ()) -> None:
        """Read nested lists of a shape, one number for each ref, and check the kind of each number."""
        if not shape[len(at) :]:
            if not kind.holds(numbers):
                refuse(f"{named(owner, at)}: expected {kind.description}.", *where)
            self.values[named(owner, at)] = float(numbers)
            return
        if not isinstance(numbers, Sequence) or isinstance(numbers, str) or len(numbers) != shape[len(at)]:
            sizes = " × ".join(map(str, shape))
            refuse(f"{owner}: expected {sizes} numbers in nested lists; one of the lists is of another length.", *where)
        for i, inner in enumerate(numbers):
            self._fill(owner, inner, shape, (*where, i), kind, (*at, i))


def _among(word: object, known: Mapping[str, object]) -> bool:
    return isinstance(word, str) and word in known


def refuse(detail: str, *where: str | int) -> NoReturn:
    """Raise a ReceiptError."""
    raise ReceiptError(detail, where)
