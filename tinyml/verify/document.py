"""A network document read into one number a ref, so far as it must hold together for its step to be checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, NoReturn

from tinyml.verify.data import SCALES, scaled
from tinyml.verify.errors import MisfitError, ReceiptError
from tinyml.verify.laws import LAWS, Law
from tinyml.verify.lines import Shape, named
from tinyml.verify.losses import LOSSES
from tinyml.verify.optimizers import COUNTING, OPTIMIZERS

NAME = re.compile("[A-Za-z_][A-Za-z0-9_]{0,63}", re.ASCII)
RESERVED = frozenset({"x", "y", "loss", "lr"})
Where = tuple[str | int, ...]


def finite(value: object) -> float | None:
    """A number that float64 holds, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if isfinite(number) else None


class Reader:
    """The parts of a document, each checked as it is read; `values` fills with its numbers."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._classes: list[int] = []
        self._outputs = 0
        self.values: dict[str, float] = {}
        self.frozen: set[str] = set()  # the parameters that no update changes, such as fc_1.b
        self.loss = self._kind("loss", LOSSES)
        self.optimizer = self._kind("optimizer", OPTIMIZERS)
        self.training = document.get("mode", "train") == "train"
        self.layers = self._layers()
        sizes = self._part("input_shape", list)
        if not sizes or not all(isinstance(size, int) and size > 0 for size in sizes):
            refuse("input_shape: expected whole numbers from 1 on.", "input_shape")
        self.inputs: Shape = tuple(sizes)
        self._rows = self._given_rows()
        x, where = self._rows_of("x"), self._rows_at("x")
        self.batch = len(x)
        if not self.batch:
            refuse("x: expected at least one sample, but none came.", *where)
        self._fill("x", x, (self.batch, *self.inputs), where)
        self._scale()
        lr = finite(self.optimizer.get("lr"))
        if lr is None:
            refuse("optimizer.lr: expected a finite number; it is the learning rate.", "optimizer", "lr")
        self.values["lr"] = lr

    def layer(self, i: int, law: Law, inputs: Shape) -> Shape:
        """Read a layer's parameters; the shape of its output."""
        name, settings = self.layers[i]
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
            self._fill(f"{name}.{part}", settings[part], shape, ("layers", i, part))
        return outputs

    def truth(self, outputs: Shape) -> None:
        """Read y: a row for each sample, or each sample's class."""
        y, where = self._rows_of("y"), self._rows_at("y")
        classes = self.loss["type"] == "softmax_cross_entropy" and finite(next(iter(y), None)) is not None
        if not classes:
            self._fill("y", y, (self.batch, *outputs), where)
            return
        if len(y) != self.batch:
            refuse(f"y: expected {self.batch} classes, but a list of {len(y)} came.", *where)
        for n, label in enumerate(y):
            if not isinstance(label, int) or isinstance(label, bool) or not 0 <= label < outputs[0]:
                refuse(f"y[{n}]: expected a class from 0 to {outputs[0] - 1}.", *where, n)
        self._classes, self._outputs = y, outputs[0]

    def spread_classes(self) -> None:
        """Make a row of each sample's class, a 1 at the class and 0 elsewhere. Only once they are needed: a list of
        classes is short, and the rows need not be.
        """
        for n, label in enumerate(self._classes):
            for k in range(self._outputs):
                self.values[named("y", (n, k))] = float(k == label)

    def state(self, parameters: Mapping[str, Shape]) -> None:
        """Read what the optimizer remembers of each parameter, where it does."""
        state = self._within(self.optimizer, "state")
        _, kept = OPTIMIZERS[self.optimizer["type"]]
        for owner, shape in parameters.items():
            remembered, where = self._within(state, owner), ("optimizer", "state", owner)
            for word in kept:
                if remembered.get(word) is not None:
                    self._fill(f"{owner}.{word}", remembered[word], shape, (*where, word))
            if self.optimizer["type"] in COUNTING and remembered.get("count") is not None:
                self._fill(f"{owner}.count", remembered["count"], (1,), (*where, "count"))

    def _given_rows(self) -> Mapping[str, Any]:
        """What has x and y: the document itself, or the rows of its data."""
        if self._document.get("data") is None:
            return self._document
        rows = self._part("data", Mapping).get("rows")
        if not isinstance(rows, Mapping):
            refuse("data.rows: expected an object with x and y.", "data", "rows")
        return rows

    def _rows_at(self, name: str) -> Where:
        return (name,) if self._rows is self._document else ("data", "rows", name)

    def _rows_of(self, name: str) -> Any:
        part = self._rows.get(name)
        if not isinstance(part, list):
            refuse(f"{name}: expected a list; a network document has it.", *self._rows_at(name))
        return part

    def _scale(self) -> None:
        """Put the scaled inputs in the place of those that the table gives."""
        kind = "none" if self._rows is self._document else self._document["data"].get("scale", "none")
        if kind == "none":
            return
        if not _among(kind, SCALES) or len(self.inputs) > 1:
            refuse(f"data.scale: expected none, or for rows of numbers {', '.join(SCALES)}.", "data", "scale")
        for i in range(self.inputs[0]):
            refs = [named("x", (n, i)) for n in range(self.batch)]
            try:
                column = scaled(kind, [self.values[ref] for ref in refs])
            except (ArithmeticError, ValueError):
                refuse(f"data.scale: column {i} cannot be scaled within the range of float64.", "data", "scale")
            self.values |= zip(refs, column, strict=True)

    @staticmethod
    def _check_bias(i: int, settings: Mapping[str, Any], given: Mapping[str, Shape]) -> None:
        """Hold the switch for the bias to what it can be, and what the layer gives to the switch."""
        if not isinstance(settings.get("bias", True), bool):
            refuse(f"layers[{i}].bias: expected true or false.", "layers", i, "bias")
        if "b" not in given and settings.get("b") is not None:
            refuse(f"layers[{i}].b: the layer has no bias, so it has no b either.", "layers", i, "b")

    def _freeze(self, i: int, parameters: Mapping[str, Shape]) -> None:
        """Read which of a layer's parameters no update changes."""
        name, settings = self.layers[i]
        frozen = settings.get("frozen", [])
        if not isinstance(frozen, list) or not all(_among(part, parameters) for part in frozen):
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
                refuse(f"layers[{i}].name: expected a name of its own; a receipt has all of them.", "layers", i, "name")
            taken.add(name)
            layers.append((name, settings))
        if not layers:
            refuse("layers: expected at least one, but none came.", "layers")
        return layers

    def _kind(self, name: str, known: Mapping[str, object]) -> Mapping[str, Any]:
        part: Mapping[str, Any] = self._part(name, Mapping)
        if not _among(part.get("type"), known):
            refuse(f"{name}.type: expected one of {', '.join(known)}.", name, "type")
        return part

    @staticmethod
    def _within(outer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        inner = outer.get(name) or {}
        if not isinstance(inner, Mapping):
            refuse("optimizer.state: expected an object for each parameter, such as fc_1.w.", "optimizer", "state")
        return inner

    def _part(self, name: str, kind: type[Any]) -> Any:
        part = self._document.get(name)
        if not isinstance(part, kind):
            refuse(f"{name}: expected {'a list' if kind is list else 'an object'}; a network document has it.", name)
        return part

    def _fill(self, owner: str, numbers: Any, shape: Shape, where: Where, at: Shape = ()) -> None:
        """Read nested lists of a shape, one number a ref."""
        if not shape[len(at) :]:
            number = finite(numbers)
            if number is None:
                refuse(f"{named(owner, at)}: expected a finite number.", *where)
            self.values[named(owner, at)] = number
            return
        if not isinstance(numbers, Sequence) or isinstance(numbers, str) or len(numbers) != shape[len(at)]:
            wanted = " × ".join(map(str, shape))
            refuse(
                f"{owner}: expected {wanted} numbers in nested lists; one of the lists is of another length.", *where
            )
        for i, inner in enumerate(numbers):
            self._fill(owner, inner, shape, (*where, i), (*at, i))


def _among(word: object, known: Mapping[str, object]) -> bool:
    return isinstance(word, str) and word in known


def refuse(detail: str, *where: str | int) -> NoReturn:
    """Say what the record is not."""
    raise ReceiptError(detail, where)
