"""Networks for tests: random ones, and the engine's objects for a network document, built without the service."""

from collections.abc import Callable
from inspect import signature
from typing import Any, Literal, NamedTuple

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.schemas import layers as schemas
from tinyml import layers, losses
from tinyml.layers import Layer, LeakyReLu, ReLu, Softmax
from tinyml.layers.elementwise import Elementwise
from tinyml.losses import GivenGradient, Loss
from tinyml.net import Sequential
from tinyml.optims import (
    AdagradOptimizer,
    AdamOptimizer,
    AdamWOptimizer,
    Clip,
    CosineSchedule,
    Optimizer,
    Penalty,
    RMSPropOptimizer,
    Schedule,
    SGDOptimizer,
    StepSchedule,
    WarmUpSchedule,
)
from tinyml.trace import Trace, trace

# Every elementwise function, and softmax: they take samples of any shape and need no settings.
ACTIVATIONS: dict[str, type[Layer]] = {
    name: kind for name in sorted(layers.__all__) if issubclass(kind := getattr(layers, name), (Elementwise, Softmax))
}
LOSSES: dict[str, Loss] = {
    value.type: value for name in losses.__all__ if isinstance(value := getattr(losses, name), Loss)
}
SCHEDULES: dict[str, Callable[..., Schedule]] = {
    kind.type: kind for kind in (StepSchedule, CosineSchedule, WarmUpSchedule)
}
OPTIMIZERS: dict[str, type[Optimizer]] = {
    "sgd": SGDOptimizer,
    "rmsprop": RMSPropOptimizer,
    "adagrad": AdagradOptimizer,
    "adam": AdamOptimizer,
    "adamw": AdamWOptimizer,
}
Document = dict[str, Any]


class Setting(NamedTuple):
    """The objects of one training step."""

    model: Sequential
    loss: Loss
    optimizer: Optimizer
    x: NDArray[np.float64]
    y: NDArray[np.float64] | None

    def trace(self) -> Trace:
        """The training step, recorded."""
        return trace(self.model, self.loss, self.optimizer, self.x, self.y)


def build(document: Document) -> Setting:
    """The engine's objects for a document with all parameters written out."""
    shape = tuple(document["input_shape"])
    model = Sequential()
    for layer in document["layers"]:
        model.add(built(layer, shape))
        shape = model.layers[-1].output_shape(shape)
    model.train(document.get("mode") != "predict")
    of = dict(document["optimizer"])
    kind, state, clip = OPTIMIZERS[of.pop("type")], of.pop("state", {}), of.pop("clip", {})
    schedule, place = of.pop("schedule", None), document.get("position", {"epoch": 0, "step": 0})
    decay_biases = of.pop("decay_biases", True)
    for key, remembered in state.items():
        name, part = key.split(".")
        owner = next(layer for layer in model.layers if layer.name == name)
        owner.parameters()[part].state = {
            word: owner.in_notation(part, np.array(values, dtype=float)).copy() for word, values in remembered.items()
        }
    if "betas" in of:
        of["betas"] = tuple(of["betas"])
    loss = loss_of(document["loss"])
    y = loss.targets(np.array(document["y"], dtype=float), shape[0]) if loss.takes_targets else None
    x = np.array(document["x"], dtype=float)
    optimizer = kind(**of)
    for word, most in clip.items():
        optimizer.clip = Clip(word, most)
    if schedule is not None:
        optimizer.schedule = scheduled(schedule)
        optimizer.go_to(place["epoch"], place["epoch"])  # without mini-batches, an epoch is a step
    optimizer.decay_biases = decay_biases
    optimizer.penalty = Penalty(**document["penalty"]) if "penalty" in document else None
    return Setting(model, loss, optimizer, x, y)


def loss_of(document: Document) -> Loss:
    """The engine's loss of a document, with its settings."""
    settings = {name: value for name, value in document.items() if name != "type"}
    if "gradient" in settings:
        return GivenGradient(np.array(settings["gradient"], dtype=float))
    plain = LOSSES[document["type"]]
    return type(plain)(**settings) if settings else plain


def scheduled(schedule: Document) -> Schedule:
    """The engine's schedule of a document."""
    settings = dict(schedule)
    kind, after = SCHEDULES[settings.pop("type")], settings.pop("after", None)
    if after is not None:
        settings["after"] = scheduled({**after, "unit": schedule.get("unit", "epoch")})
    return kind(**settings)


def built(document: Document, shape: tuple[int, ...]) -> Layer:
    """The engine's layer for samples of a shape, with all settings and values that the document has of it."""
    kind = getattr(layers, document["type"])
    # Fields of a layer in a document that are not arguments of its constructor.
    numbers = next(schema.numbers for schema in schemas.LAYERS if schema.__name__ == f"{kind.__name__}Schema")
    beside = {"type", "name", "frozen", "lr_factor", "passes", *numbers}
    arguments = {name: value for name, value in document.items() if name not in beside}
    # Arguments that documents leave to be inferred.
    inferred = {"features": shape[0], "input_dim": shape[0] if kind is layers.Linear else shape}
    arguments |= {name: inferred[name] for name in inferred.keys() & signature(kind).parameters.keys()}
    layer: Layer = kind(document["name"], **arguments)
    for name, parameter in layer.parameters().items():
        parameter.tensor = layer.in_notation(name, np.array(document[name], dtype=float))
        parameter.require_grad = name not in document.get("frozen", [])
        parameter.lr_factor = document.get("lr_factor", 1.0)
    for name in ("running_mean", "running_variance"):
        if name in document:
            setattr(layer, name, np.array(document[name], dtype=float))
    if "passes" in document:
        setattr(layer, "passes", document["passes"])  # noqa: B010 - only Dropout has it
    return layer


def with_clip(optimizer: Optimizer, kind: Literal["norm", "value"], most: float) -> Optimizer:
    """The optimizer, with a clip."""
    optimizer.clip = Clip(kind, most)
    return optimizer


def with_schedule(optimizer: Optimizer, schedule: Schedule, place: int) -> Optimizer:
    """The optimizer with a schedule, after so many epochs of one training step each."""
    optimizer.schedule = schedule
    optimizer.go_to(place, place)
    return optimizer


def with_penalty(optimizer: Optimizer, l1: float, l2: float, *, biases: bool = False) -> Optimizer:
    """The optimizer, with a penalty; without `biases` these do not decay either."""
    optimizer.penalty, optimizer.decay_biases = Penalty(l1, l2, biases), biases
    return optimizer


def suited(loss: Loss, y: Any) -> Any:
    """Numbers from about 0 to 1 as targets that the loss takes; None if it takes none."""
    if not loss.takes_targets:
        return None
    return np.where(np.asarray(y) > 0.5, max(loss.allowed), min(loss.allowed)) if loss.allowed else y


def random_document(rng: np.random.Generator, types: list[str], loss: str, batch: int, narrowest: int = 1) -> Document:
    """A document whose layers have the given types and random widths, weights and data."""
    width = int(rng.integers(narrowest, 5))
    inputs, written = width, []
    for i, kind in enumerate(types):
        layer: Document = {"type": kind, "name": f"{kind.lower()}_{i}"}
        if kind == "Linear":
            outputs = int(rng.integers(narrowest, 5))
            layer |= {
                "output_dim": outputs,
                "w": rng.uniform(-1, 1, (width, outputs)).tolist(),
                "b": rng.uniform(-1, 1, outputs).tolist(),
            }
            width = outputs
        written.append(layer)
    return {
        "input_shape": [inputs],
        "layers": written,
        "loss": {"type": loss},
        "optimizer": {"type": "sgd", "lr": float(rng.uniform(0, 1))},
        "x": rng.uniform(-2, 2, (batch, inputs)).tolist(),
        **with_targets(loss, rng.uniform(-2, 2, (batch, width))),
    }


def with_targets(loss: str, y: Any) -> Document:
    """The targets of a document for such a loss, made of numbers; empty if it takes none."""
    targets = suited(LOSSES[loss], y)
    return {} if targets is None else {"y": np.asarray(targets).tolist()}


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Random documents over every layer and loss, with batches of one, two and more; some have layers without a bias,
    and some have frozen parameters.
    """
    # Most tests are about parameters, and only Linear has any.
    types = draw(st.lists(st.sampled_from(["Linear"] * 5 + [*ACTIVATIONS]), min_size=1, max_size=5))
    loss = draw(st.sampled_from(sorted(LOSSES)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    document = random_document(rng, types, loss, draw(st.integers(1, 4)))
    for layer in document["layers"]:
        if layer["type"] == "Linear":
            without, frozen = draw(
                st.sampled_from([(False, []), (False, []), (False, ["w"]), (False, ["b"]), (True, [])])
            )
            layer |= {"frozen": frozen} if frozen else {}
            if without:
                del layer["b"]
                layer["bias"] = False
    return document


def near_a_kink(recorded: Trace, margin: float = 1e-3) -> bool:
    """Whether the input of some rectifier is so near its kink that a finite difference would straddle it."""
    return any(
        np.abs(layer.input).min() < margin for layer in recorded.layers if isinstance(layer.layer, ReLu | LeakyReLu)
    )
