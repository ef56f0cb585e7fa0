"""All texts of the service that the page shows: the names of settings, the conditions of formulas, and the laws."""

import json
from collections.abc import Iterator
from typing import Any

from app.documents import build
from app.schemas.document import NetworkDocument
from app.schemas.layers import LAYERS
from tests.support.documents_at_random import KINDS
from tests.support.networks import LOSSES, with_targets
from tests.tinyml.layers.cases import ROWS
from tinyml.explain import explain
from tinyml.explain.explanation import Notation
from tinyml.explain.tensors import explained_tensors
from tinyml.expression import Call, Choice, Condition, Expression, Law, Marked, Operation
from tinyml.trace import Trace

NOTATIONS: tuple[Notation, ...] = ("scalar", "chain", "matrix", "paths", "stable")
IMAGE = [[[[0.5, -1.0, 2.0, 0.1], [1.5, 0.3, -0.7, 1.0], [-2.0, 0.9, 0.4, 0.2], [0.0, 1.1, -0.3, 0.6]]]]
SEQUENCE = [[[0.5, -1.0, 2.0, 0.1]]]
SCHEMAS = {kind.model_json_schema()["properties"]["type"]["const"]: kind for kind in LAYERS}
# Windows that overlap or reach the padding need more texts than minimal ones; a new layer needs no entry here.
TELLING: dict[str, dict[str, Any]] = {
    "Conv1D": {"n_filter": 1, "w_filter": 2, "stride": 1, "padding": 1},
    "Conv2D": {"n_filter": 1, "h_filter": 2, "w_filter": 2, "stride": 1, "padding": 1},
    "Deconv2D": {"n_filters": 1, "h_filter": 2, "w_filter": 2, "stride": 1},
    "MaxPool2D": {"size": 2, "stride": 2},
    "AvgPool2D": {"size": 2, "stride": 2},
    "Dropout": {"probability": 0.5, "seed": 1},
    "Linear": {"output_dim": 2},
}
OPTIMIZERS: list[dict[str, Any]] = [
    {"type": "sgd", "lr": 0.1},
    {"type": "sgd", "lr": 0.1, "weight_decay": 0.1},
    {"type": "sgd", "lr": 0.1, "momentum": 0.9},
    {"type": "sgd", "lr": 0.1, "momentum": 0.9, "state": {"fc.w": {"velocity": [[0.1]]}, "fc.b": {"velocity": [0.1]}}},
    {"type": "sgd", "lr": 0.1, "momentum": 0.9, "nesterov": True},
    {"type": "sgd", "lr": 0.1, "momentum": 0.9, "momentum_form": "previous_change"},
    {
        "type": "sgd",
        "lr": 0.1,
        "momentum": 0.9,
        "momentum_form": "previous_change",
        "nesterov": True,
        "state": {"fc.w": {"change": [[0.1]]}, "fc.b": {"change": [0.1]}},
    },
    {"type": "rmsprop", "lr": 0.1},
    {"type": "sgd", "lr": 0.1, "clip": {"norm": 0.01}},
    {"type": "sgd", "lr": 0.1, "clip": {"value": 0.01}},
    {"type": "adagrad", "lr": 0.1},
    {"type": "adagrad", "lr": 0.1, "lr_decay": 0.5},
    {"type": "adam", "lr": 0.1},
    {"type": "adam", "lr": 0.1, "bias_correction": False},
    {"type": "adamw", "lr": 0.1},
    {"type": "adamw", "lr": 0.1, "bias_correction": False},
]
FLAT = {"type": "Linear", "name": "fc", "output_dim": 1}
# Each rule of a schedule applies at one of these epochs.
EPOCHS = (0, 2, 9)
SCHEDULES: list[dict[str, Any]] = [
    {"type": "step", "every": 2, "unit": "step"},
    {"type": "cosine", "over": 3, "unit": "step"},
    {"type": "warm_up", "over": 1},
    {"type": "warm_up", "over": 1, "after": {"type": "step", "every": 1}},
    {"type": "warm_up", "over": 1, "after": {"type": "cosine", "over": 5}},
]


def words(catalog: dict[str, Any]) -> dict[str, list[Any]]:
    """The texts, by the place of their use."""
    laws, conditions = reasons()
    return {
        "settings": setting_names(catalog),
        "laws": [written(law) for law in laws],
        "conditions": [[getattr(one, "key", None), str(one)] for one in conditions],
    }


def setting_names(catalog: dict[str, Any]) -> list[str]:
    """The names of all settings."""
    kinds = [kind for group in ("layers", "losses", "optimizers") for kind in catalog[group]]
    fields = [*catalog["penalty"], *(parameter for kind in kinds for parameter in kind["parameters"])]
    return sorted({parameter["name"] for parameter in fields})


def written(law: Law) -> list[Any]:
    """A law as its key and the values of its wording; `read` is the inverse."""
    return [law.key, {name: written(value) if isinstance(value, Law) else value for name, value in law.values}]


def read(recorded: list[Any]) -> Law:
    """A law from its recorded form."""
    key, values = recorded
    return Law(key, **{name: read(value) if isinstance(value, list) else value for name, value in values.items()})


def reasons() -> tuple[list[Law], list[str | Condition]]:
    """All laws, and the conditions of all choices, of every layer, loss and optimizer."""
    laws: set[Law] = set()
    conditions: set[str | Condition] = set()
    for document in documents():
        trace = build(NetworkDocument.model_validate_json(json.dumps(document))).trace()
        for law, expression in _explained(trace):
            laws.add(law)
            conditions.update(_conditions(expression))
    return sorted(laws, key=str), sorted(conditions, key=str)


def settings(kind: str) -> dict[str, Any]:
    """Settings of a small layer: those that its schema requires, minimal unless `TELLING` has others."""
    required = [name for name, field in SCHEMAS[kind].model_fields.items() if field.is_required() and name != "type"]
    return dict.fromkeys(required, 1) | TELLING.get(kind, {})


def shaped(kind: str, layer: dict[str, Any]) -> dict[str, Any]:
    """Samples with more than one axis for a layer, whose output is then flattened."""
    shape, x = ([1, 4], SEQUENCE) if ROWS[kind].takes == 2 else ([1, 4, 4], IMAGE)
    return {"input_shape": shape, "x": x * 2, "layers": [layer, {"type": "Flatten", "name": "flat"}, FLAT]}


def documents() -> Iterator[dict[str, Any]]:
    """A small network for each layer, loss and optimizer, in training and in evaluation."""
    flat = {
        "input_shape": [1],
        "x": [[1.0], [2.0]],
        "y": [[0.0], [1.0]],
        "layers": [FLAT],
        "loss": {"type": "half_squared_error"},
    }
    step = {"optimizer": OPTIMIZERS[0]}
    for kind in KINDS:
        layer = {"type": kind, "name": "layer", **settings(kind)}
        image = shaped(kind, layer)
        row = {"layers": [FLAT, layer, {**FLAT, "name": "last"}]}
        for mode in ("train", "predict"):
            yield flat | step | {"mode": mode} | (row if kind == "Softmax" or ROWS[kind].takes == 1 else image)
    for kind in sorted(
        (kind for kind in KINDS if "bias" in SCHEMAS[kind].model_fields), key=lambda one: ROWS[one].takes or 0
    ):
        layer = {"type": kind, "name": "layer", **settings(kind), "bias": False, "frozen": ["w"]}
        yield flat | step | ({"layers": [layer, FLAT]} if kind == "Linear" else shaped(kind, layer))
    settings_of: list[dict[str, Any]] = [
        *({"type": loss} for loss in LOSSES),
        {"type": "softmax_cross_entropy", "label_smoothing": 0.1},
        {"type": "softmax_cross_entropy", "label_smoothing": 0.1, "weight": [1.0, 2.0]},
        {"type": "softmax_cross_entropy", "weight": [1.0, 2.0]},
        {"type": "binary_cross_entropy", "pos_weight": [1.0, 2.0]},
    ]
    for chosen in settings_of:
        loss = chosen["type"]
        bare = {name: value for name, value in flat.items() if name != "y"} | step | {"loss": chosen}
        if len(chosen) > 1:  # for two outputs
            wide = {"type": "Linear", "name": "fc", "output_dim": 2, "w": [[1.0, -1.0]], "b": [0.0, 0.0]}
            yield bare | {"layers": [wide], **with_targets(loss, [[0.0, 1.0], [1.0, 0.0]])}
        else:
            yield bare | with_targets(loss, flat["y"])
        # Scores so large that a probability rounds to 0 or 1.
        for w in ([1000.0, -1000.0], [-1000.0, 1000.0]):
            sure = {"type": "Linear", "name": "fc", "output_dim": 2, "w": [w], "b": [0.0, 0.0]}
            yield bare | {"layers": [sure], **with_targets(loss, [[0.0, 1.0], [1.0, 0.0]])}
    yield flat | step | {"loss": {"type": "given_gradient", "gradient": [[0.5], [-2.0]]}}
    for scale in ("standard", "minmax"):
        rows = {name: flat[name] for name in ("x", "y")}
        bare = {name: value for name, value in flat.items() if name not in rows}
        yield bare | step | {"data": {"rows": rows, "scale": scale}}
    for optimizer in OPTIMIZERS:
        yield flat | {"optimizer": optimizer}
    for optimizer in OPTIMIZERS:
        yield flat | {"optimizer": optimizer, "layers": [{**FLAT, "lr_factor": 0.5}]}
    for schedule in SCHEDULES:
        for epoch in EPOCHS:
            yield flat | {"optimizer": {**OPTIMIZERS[0], "schedule": schedule}, "position": {"epoch": epoch, "step": 0}}
    for penalty in ({"l1": 0.1}, {"l2": 0.1}, {"l1": 0.1, "l2": 0.1, "biases": True}):
        for w in (0.0, 1.0):
            yield flat | step | {"penalty": penalty, "layers": [{**FLAT, "w": [[w]], "b": [w]}]}


def _explained(trace: Trace) -> Iterator[tuple[Law, Expression]]:
    for family in explained_tensors(trace):
        for notation in NOTATIONS if family.values.size else ():
            found = explain(trace, family.ref((0,) * family.values.ndim), notation)
            yield found.law, found.expression


def _conditions(expression: Expression) -> Iterator[str | Condition]:
    match expression:
        case Operation(_, args) | Call(_, args):
            inner = list(args)
        case Choice(cases):
            yield from (case.when for case in cases)
            inner = [case.value for case in cases]
        case Marked(_, _, marked):
            inner = [marked]
        case _:
            inner = []
    for one in inner:
        yield from _conditions(one)
