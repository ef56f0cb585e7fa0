"""Any edit of a network leads to one that works, or is refused and leaves the previous one unchanged."""

import copy
import json
from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents import build, layer_names
from app.examples import SLUGS
from app.fitting import Fitted, fit
from app.fitting.overlap import shape_of
from app.problems import Problem
from app.schemas.document import NetworkDocument
from app.schemas.fitted import ChangeKey
from tests.app.conftest import example
from tests.app.test_fitting import fitted, keys
from tests.support.documents_at_random import documents
from tests.support.networks import Document

LOSSES = [
    "half_squared_error",
    "mean_squared_error",
    "mean_absolute_error",
    "hinge",
    "output",
    "given_gradient",
    "huber",
    "binary_cross_entropy",
    "softmax_cross_entropy",
]
FRESH: list[Document] = [
    {"type": "Linear", "output_dim": 2},
    {"type": "Conv1D", "n_filter": 2, "w_filter": 2},
    {"type": "Conv2D", "n_filter": 2, "h_filter": 2, "w_filter": 2},
    {"type": "Deconv2D", "n_filters": 2, "h_filter": 2, "w_filter": 2, "stride": 2},
    {"type": "MaxPool2D", "size": 2, "stride": 2},
    {"type": "AvgPool2D", "size": 2, "stride": 2},
    {"type": "Dropout", "probability": 0.5},
    *({"type": name} for name in ("ReLu", "Softmax", "Flatten", "BatchNorm", "LayerNorm")),
]
KINDS = ("add", "remove", "move", "become", "set", "set", "loss", "rows", "columns", "classes")
SETTINGS = ("output_dim", "n_filter", "n_filters", "h_filter", "w_filter", "size", "stride", "padding", "dilation")


@st.composite
def edits(draw: st.DrawFn, document: Document) -> tuple[Document, list[str]]:
    """A random edit of a network: the document after it, and the edited places."""
    after, layers = copy.deepcopy(document), document["layers"]
    place = draw(st.integers(0, len(layers) - 1))
    kind = draw(
        st.sampled_from(["add", "remove", "move", "become", "set", "set", "loss", "rows", "columns", "classes"])
    )
    match kind:
        case "add":
            after["layers"].insert(draw(st.integers(0, len(layers))), draw(st.sampled_from(FRESH)))
            return after, ["/layers"]
        case "remove" if len(layers) > 1:
            del after["layers"][place]
            return after, ["/layers"]
        case "move":
            after["layers"].insert(draw(st.integers(0, len(layers) - 1)), after["layers"].pop(place))
            return after, ["/layers"]
        case "become":
            after["layers"][place] = draw(st.sampled_from(FRESH))
            return after, [f"/layers/{place}"]
        case "set":
            fields = [field for field in SETTINGS if field in layers[place]]
            if fields:
                field = draw(st.sampled_from(fields))
                after["layers"][place][field] = draw(st.integers(1, 6))
                return after, [f"/layers/{place}/{field}"]
        case "rows":
            count = draw(st.integers(1, 4))
            after |= {name: (after[name] * count)[:count] for name in ("x", "y") if name in after}
            return after, ["/x", "/y"]
        case "columns" if shape_of(document["x"])[1:2] == shape_of(document["x"])[1:]:  # type: ignore[index]
            width, targets = draw(st.integers(1, 4)), draw(st.integers(1, 4))
            after["x"] = [[0.5] * width] * len(document["x"])
            after["y"] = [[0.25] * targets] * len(document["x"])
            return after, ["/x", "/y"]
        case "classes":
            after["y"] = [draw(st.integers(0, 5)) for _ in document["x"]]
            return after, ["/y"]
    after["loss"] = {"type": draw(st.sampled_from(LOSSES))}
    return after, ["/loss"]


def follow(data: st.DataObject, document: Document, count: int) -> None:
    """Several edits: each leads to a network that works, or is refused and leaves the previous one unchanged."""
    for _ in range(count):
        edited, places = data.draw(edits(document))
        before = copy.deepcopy(edited)
        try:
            made = fitted(edited, *places)
        except Problem:
            continue
        assert edited == before
        check(edited, places, made)
        document = json.loads(made.document.model_dump_json(exclude_none=True))


def check(edited: Document, places: Sequence[str], made: Fitted) -> None:
    build(made.document)
    assert fit(made.document, places) == Fitted(made.document, [])
    assert set(keys(made)) <= set(get_args(ChangeKey))
    document = made.document.model_dump()
    if not made.changes and "state" not in edited["optimizer"]:  # a removed layer's state is dropped silently
        assert made.document == NetworkDocument.model_validate_json(json.dumps(edited))
    for place in places:  # the edited part is unchanged
        match place.split("/")[1:]:
            case ["layers", i, field] if "flatten_added" not in keys(made) and "flatten_moved" not in keys(made):
                assert document["layers"][int(i)][field] == edited["layers"][int(i)][field]
            case ["x"]:
                assert document["x"] == edited["x"]
            case ["loss"]:
                assert document["loss"]["type"] == edited["loss"]["type"]
    for change in made.changes:
        assert change["values"].get("layer") in {None, *layer_names(made.document)}


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
@given(data=st.data())
@settings(max_examples=15)
def test_edits_of_every_example_lead_to_networks_that_work(slug: str, data: st.DataObject) -> None:
    follow(data, example(slug), 5)


@given(document=documents(written=True), data=st.data())
@settings(max_examples=50)
def test_edits_of_any_network_lead_to_networks_that_work(document: Document, data: st.DataObject) -> None:
    follow(data, document, 4)
