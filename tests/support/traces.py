"""Finds the tensors of a trace's answer for generic code. Tests of one network name them directly."""

import json
from base64 import b64decode
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from app.schemas.trace import (
    AxesAnswer,
    LayerAnswer,
    LossAnswer,
    ResultsAnswer,
    StageAnswer,
    TraceAnswer,
)
from tests.support.networks import Document

Answer = dict[str, Any]


def filled(trace: Answer, sent: Document | None = None) -> Answer:
    """A trace with its omitted fields filled in with the defaults of the schema. An omitted document is the one that
    was sent.
    """
    stages = stages_of(trace)
    last = stages[-1]
    end = {"cursor": last["start"] + last["nodes"] * last["terms"], "phase": last["phase"]}
    document = {"document": json.loads(json.dumps(sent))} if "document" not in trace else {}
    return {
        **_with_defaults(TraceAnswer, trace),
        **({} if "cursor" in trace else end),
        **document,
        "loss": _with_defaults(LossAnswer, trace["loss"]),
        "layers": [
            _with_defaults(LayerAnswer, layer)
            | {"axes": {name: _with_defaults(AxesAnswer, axes) for name, axes in layer.get("axes", {}).items()}}
            for layer in trace["layers"]
        ],
        "stages": stages,
    }


def stages_of(trace: Answer) -> list[Answer]:
    """The stages of a trace with their omitted fields."""
    filled: list[Answer] = []
    before: Answer = {"phase": "ready", "layer": "", "start": 0, "nodes": 0, "terms": 0}
    for sent in trace["stages"]:
        continued = {"phase": before["phase"], "layer": before["layer"]}
        continued["start"] = before["start"] + before["nodes"] * before["terms"]
        stage = _with_defaults(StageAnswer, continued | sent)
        if "reads" not in sent:
            stage["reads"] = _usually_read(stage, trace["layers"])
        stage["results"] = [_results(one, trace["tensors"]) for one in sent["results"]]
        shared = stage["terms"] // sum(one["each"] for one in stage["results"])
        stage["results"] = [{"terms": shared} | one for one in stage["results"]]
        filled.append(before := stage)
    return filled


def _usually_read(stage: Answer, layers: list[Answer]) -> list[str]:
    if stage["computes"] == "loss":
        return [layers[-1]["output"], "y"]
    own = [layer for layer in layers if layer["name"] == stage["layer"]]
    kinds = {"forward": ("inputs", "parameters"), "update": ("parameters",)}.get(stage["phase"], ())
    return [name for layer in own for kind in kinds for name in layer.get(kind, [])]


def _with_defaults(kind: type[BaseModel], given: Answer) -> Answer:
    fields = kind.model_fields.items()
    defaults = {name: field.get_default(call_default_factory=True) for name, field in fields if not field.is_required()}
    return {name: value for name, value in defaults.items() if name not in ("nodes", "edges")} | given


def _results(given: Answer, tensors: Answer) -> Answer:
    """The results of a stage, except for the number of terms of each."""
    whole = _with_defaults(ResultsAnswer, given)
    if "shape" not in given:
        tensor = tensors.get(given["name"])
        shape = list(np.shape(array_of(tensor))) if tensor is not None else []
        whole["shape"] = shape[1:] if whole["sampled"] else shape
    if "each" not in given:
        axis, shape = whole["axis"], whole["shape"]
        whole["each"] = 1 if axis is None else prod(shape[:axis] + shape[axis + 1 :])
    return {name: value for name, value in whole.items() if name != "terms" or value is not None}


def output_of(trace: Answer) -> Any:
    """The output of the network."""
    return trace["tensors"][trace["layers"][-1]["output"]]


def output_gradient_of(trace: Answer) -> Any:
    """∂ℓ/∂ŷ."""
    return trace["tensors"][f"{trace['layers'][-1]['output']}.grad"]


def parameters_of(trace: Answer, layer: Answer, kind: str = "") -> Answer:
    """A layer's parameters by the fields of a document: the values or, with a kind, their `.grad` or `.next`."""
    return {name.partition(".")[2]: trace["tensors"][f"{name}{kind}"] for name in layer["parameters"]}


def remembered_of(trace: Answer, parameter: str) -> tuple[Answer, Answer]:
    """The optimizer's state for a parameter before and after the update, by its words."""
    computed = ("grad", "objective_grad", "next")
    state = {
        name.removeprefix(f"{parameter}."): values
        for name, values in trace["tensors"].items()
        if name.startswith(f"{parameter}.") and name.removeprefix(f"{parameter}.") not in computed
    }
    after = {name.removesuffix(".next"): values for name, values in state.items() if name.endswith(".next")}
    return {name: values for name, values in state.items() if not name.endswith(".next")}, after


def numbers_by_ref(trace: Answer, *kinds: str) -> dict[str, float]:
    """The loss, and every number of the inputs, targets, outputs and parameters, and of their kinds such as `.grad`
    if there are any.
    """
    owners = ["x", "y", *(name for layer in trace["layers"] for name in (layer["output"], *layer["parameters"]))]
    names = [f"{owner}{kind}" for owner in owners for kind in ("", *kinds)]
    numbers = {
        f"{name}[{','.join(map(str, index))}]": value
        for name in (*names, *trace["loss"]["quantities"])
        if name in trace["tensors"]
        for index, value in entries(trace["tensors"][name])
    }
    return {"loss": trace["loss"]["value"]} | numbers


def entries(tensor: Any, *before: int) -> list[tuple[tuple[int, ...], float]]:
    """Each number of nested lists with its index."""
    if not isinstance(tensor, list):
        return [(before, tensor)]
    return [entry for place, inner in enumerate(tensor) for entry in entries(inner, *before, place)]


def array_of(tensor: Any) -> NDArray[np.float64]:
    """A tensor from either of its forms: nested lists, with NaN for null, or the bytes of its float64 in base64."""
    if isinstance(tensor, dict):
        assert tensor.keys() == {"shape", "float64"}
        return np.frombuffer(b64decode(tensor["float64"], validate=True), "<f8").reshape(tensor["shape"])
    return np.array(tensor, dtype=float)


def document_of(trace: Answer) -> Document:
    """The whole document, with the numbers of those tensors to which it refers by name."""
    document: Document = json.loads(json.dumps(trace["document"]))
    for name, fields in named_fields(document):
        for field, value in fields.items():
            if isinstance(value, dict):
                assert value == {"tensor": f"{name}.{field}"}
                fields[field] = array_of(trace["tensors"][value["tensor"]]).tolist()
    return document


def named_fields(document: Document) -> list[tuple[str, dict[str, Any]]]:
    """The parts of a document that can be given by a tensor's name: the fields of layers, and the optimizer's state."""
    layers = [(layer["name"], layer) for layer in document["layers"]]
    return [*layers, *document["optimizer"].get("state", {}).items()]
