"""Receipts for tests, of random documents and of any network of the engine, and the settings of a document."""

import json
from collections.abc import Sequence
from inspect import signature
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.support.layer_cases import Case
from tests.support.networks import LOSSES, Document, build, suited
from tinyml import layers
from tinyml.layers import Layer
from tinyml.net import Sequential
from tinyml.optims import Optimizer
from tinyml.optims.base import State
from tinyml.receipt import receipt
from tinyml.trace import Trace, trace
from tinyml.verify.laws import LAWS

Record = dict[str, Any]


def of_document(document: Document) -> Record:
    """The receipt of a document of rows and plain gradient descent, after a round trip through JSON."""
    return json.loads(json.dumps(receipt(full(document), build(document).trace())))


def full(document: Document) -> Document:
    """A document with its default settings written out."""
    written = [{**defaults(layer["type"]), **layer} for layer in document["layers"]]
    return {**document, "layers": written, "loss": loss_settings(document["loss"]["type"])}


def defaults(kind: str) -> dict[str, Any]:
    """The settings of a layer that a receipt has and that have a default in its constructor, with these defaults."""
    arguments = signature(getattr(layers, kind)).parameters
    return {
        name: arguments[name].default
        for name in LAWS[kind].settings.keys() & arguments.keys() - {"bias"}
        if isinstance(arguments[name].default, int | float | str)
    }


class Network(NamedTuple):
    """A network of any layers, and the settings of a training step of it."""

    cases: Sequence[Case]
    loss: str
    optimizer: dict[str, Any]
    rule: Optimizer
    steps: int  # taken before, so that the optimizer has a state
    training: bool = True

    def recorded(self) -> tuple[Document, Trace]:
        """The step's document and record."""
        model = Sequential([renamed(case.layer(), f"layer_{i}") for i, case in enumerate(self.cases)])
        rng = np.random.default_rng([self.cases[0].seed, 9])
        x, loss = self.cases[0].x(), LOSSES[self.loss]
        y = suited(loss, rng.uniform(0, 1, self.cases[-1].upstream().shape))
        for _ in range(self.steps):
            _, gradient = loss(model.forward(x), y)
            model.backward(gradient)
            model.update(self.rule)
        model.train(self.training)
        step = trace(model, loss, self.rule, x, y)
        return self._document(step), step

    def receipt(self) -> Record:
        """The step's receipt, after a round trip through JSON."""
        document, step = self.recorded()
        return json.loads(json.dumps(receipt(document, step)))

    def _document(self, step: Trace) -> Document:
        written = []
        for case, recorded in zip(self.cases, step.layers, strict=True):
            layer = recorded.layer
            words = {word: value for word, value in case.arguments.items() if word not in ("input_dim", "features")}
            words |= {"output_dim": layer.output_dim} if case.kind == "Linear" else {}
            numbers = {name: values.value.tolist() for name, values in recorded.parameters.items()}
            buffers = {name: kept.tolist() for name, kept in layer.buffers().items()}
            frozen = {"frozen": list(case.frozen)} if case.frozen else {}
            written.append(
                {"type": case.kind, "name": layer.name, **defaults(case.kind), **words, **frozen, **buffers, **numbers}
            )
        return {
            "format": "tinyml-network/1",
            "input_shape": list(self.cases[0].shape[1:]),
            "mode": "train" if self.training else "predict",
            "layers": written,
            "loss": loss_settings(self.loss),
            "optimizer": {**self.optimizer, "state": self._state(step)},
            "x": step.x.tolist(),
            **({} if step.y is None else {"y": step.y.tolist()}),
        }

    @staticmethod
    def _state(step: Trace) -> dict[str, Any]:
        return {
            f"{recorded.layer.name}.{name}": listed(values.state)
            for recorded in step.layers
            for name, values in recorded.parameters.items()
            if values.state
        }


def loss_settings(loss: str) -> dict[str, Any]:
    """A loss with its default settings."""
    return {"type": loss, "delta": 1.0} if loss == "huber" else {"type": loss}


def listed(state: State) -> dict[str, NDArray[Any]]:
    """An optimizer's state as lists."""
    return {word: kept.tolist() for word, kept in state.items()}


def renamed(layer: Layer, name: str) -> Layer:
    """The layer under another name."""
    layer.name = name
    return layer
