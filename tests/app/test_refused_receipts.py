"""Documents that the service refuses by its schema are refused by the verifying library as well.

The cases are made from documents of every layer, loss and optimizer: each field of each is replaced by values of other
kinds, removed, and given an unknown neighbour.
"""

import copy
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from pydantic import ValidationError

from app.answers.numbers import to_json
from app.documents import build, filled
from app.known import KnownDocument
from app.problems import Problem
from app.receipts import receipt_answer
from app.schemas.document import NetworkDocument
from tests.support.networks import ACTIVATIONS, Document
from tinyml.verify import ReceiptError, verify

Path = tuple[str | int, ...]
OTHERS: list[Any] = [
    *(True, False, None, 0, 1, -1, 3, 1.0, 1.5, 1.9, -0.5, 2**60, 1e308, "1", "false", "banana", [], [1], {}),
]

ROW: Document = {"input_shape": [2], "x": [[0.5, -1.0], [2.0, 0.25]], "y": [[0.1, 0.9], [0.4, 0.2]]}
IMAGE: Document = {"input_shape": [1, 2, 2], "x": [[[[0.5, -1.0], [2.0, 0.25]]]]}
LINEAR: Document = {"type": "Linear", "output_dim": 2}
SGD: Document = {"type": "sgd", "lr": 0.1}
SEQUENCE: Document = {"input_shape": [1, 3], "x": [[[0.5, -1.0, 2.0]]]}
ON_SEQUENCES: list[Document] = [{"type": "Conv1D", "n_filter": 1, "w_filter": 2, "stride": 1, "padding": 0}]
ON_IMAGES: list[Document] = [
    {"type": "Conv2D", "n_filter": 1, "h_filter": 1, "w_filter": 1, "stride": 1, "padding": 0},
    {"type": "Deconv2D", "n_filters": 1, "h_filter": 1, "w_filter": 1, "stride": 1, "dilation": 1, "padding": 0},
    {"type": "MaxPool2D", "size": 1, "stride": 1},
    {"type": "AvgPool2D", "size": [1, 2], "stride": 1},
    {"type": "Flatten"},
    {"type": "BatchNorm"},
    {"type": "LayerNorm"},
]
ON_ROWS: list[Document] = [
    *({"type": kind} for kind in (*ACTIVATIONS, "BatchNorm", "LayerNorm")),
    {"type": "LeakyReLu", "slope": 0.1}, {"type": "ELU", "alpha": 0.5}, {**LINEAR, "bias": False},
    {"type": "Dropout", "probability": 0.5, "seed": 1, "passes": 2}, {**LINEAR, "frozen": ["b"]},
]  # fmt: skip
LOSSES = [
    "half_squared_error", "mean_squared_error", "mean_absolute_error", "hinge", "huber", "output",
    "binary_cross_entropy", "softmax_cross_entropy",
]  # fmt: skip
SIDES: dict[str, Document] = {"hinge": {"y": [[1.0, -1.0], [-1.0, 1.0]]}}
OPTIMIZERS: list[Document] = [
    {**SGD, "momentum": 0.9, "nesterov": True, "weight_decay": 0.1},
    {"type": "rmsprop", "decay": 0.9},
    {"type": "adagrad", "lr_decay": 0.1},
    {"type": "adam", "betas": [0.9, 0.99]},
    {"type": "adamw"},
]


def documents() -> Iterator[Document]:
    """Documents that together contain every field of the schema."""
    half: Document = {"loss": {"type": "half_squared_error"}, "optimizer": SGD}
    for layer in ON_ROWS:
        yield {**ROW, **half, "layers": [layer], "name": "rows", "mode": "train", "seed": 3}
    for layer in (*ON_SEQUENCES, *ON_IMAGES):
        x = SEQUENCE if layer in ON_SEQUENCES else IMAGE
        yield {**x, **half, "layers": [layer, {"type": "Flatten"}, {**LINEAR, "output_dim": 1}], "y": [[0.5]]}
    for loss in LOSSES:
        yield {**ROW, **half, "layers": [LINEAR], "loss": {"type": loss}, "mode": "predict", **SIDES.get(loss, {})}
    for optimizer in OPTIMIZERS:
        yield {**ROW, **half, "layers": [LINEAR], "optimizer": optimizer}
    scores = {"loss": {"type": "softmax_cross_entropy"}, "optimizer": SGD, "layers": [LINEAR], "input_shape": [2]}
    yield {**scores, "x": ROW["x"], "y": [1, 0]}
    columns = [{"name": name, "role": "input"} for name in "ab"]
    classes = {"name": "c", "role": "class", "classes": ["yes", "no"]}
    rows = {"x": ROW["x"], "y": [1, 0]}
    yield {**scores, "data": {"rows": rows, "columns": [*columns, classes], "scale": "standard"}}


def written(document: Document) -> Document:
    """The receipt of a document after a training step, so that the optimizer has a state."""
    read = NetworkDocument.model_validate_json(orjson.dumps(document))
    after = NetworkDocument.model_validate_json(to_json(filled(read, build(read).trace(), updated=True)))
    record: Document = orjson.loads(receipt_answer(KnownDocument(after)))
    return record


def changes(document: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every place in a document with its possible replacements; only the first entry of a list. ... removes the
    field.
    """
    if isinstance(document, dict):
        yield (*path, "surprise"), 1
        for key, value in document.items():
            yield (*path, key), ...
            yield from (((*path, key), other) for other in OTHERS)
            yield from changes(value, (*path, key))
    elif isinstance(document, list) and document:
        yield from (((*path, 0), other) for other in OTHERS)
        yield path, [*document, document[-1]]
        yield from changes(document[0], (*path, 0))


def changed(document: Document, path: Path, value: Any) -> Document:
    made = copy.deepcopy(document)
    if not path:
        return made
    *before, last = path
    inner: Any = made
    for part in before:
        inner = inner[part]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return made


def refused(document: Document) -> str | None:
    """Why the service refuses a document; None if it does not, or only for its limits."""
    try:
        build(NetworkDocument.model_validate_json(orjson.dumps(document)))
    except ValidationError as error:
        kinds = [one["type"] for one in error.errors()]
        return None if "limit" in kinds else f"{kinds}"
    except Problem as problem:
        return None if problem.key == "limit" else problem.detail
    return None


DOCUMENTS = list(documents())


@pytest.mark.parametrize("number", range(len(DOCUMENTS)))
def test_what_the_service_refuses_the_library_refuses(number: int) -> None:
    record = written(DOCUMENTS[number])
    assert verify(record).ok
    count = 0
    for path, value in changes(record["document"]):
        other = changed(record["document"], path, value)
        why = refused(other)
        if why is None:
            continue
        count += 1
        try:
            verdict = verify({**record, "document": other})
        except ReceiptError:
            continue
        assert not verdict.ok, f"{path} = {value!r} holds, but: {why}"
    assert count > 100
