"""The equations of a training step over HTTP: the engine's equations, over the tensors of its trace."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import limits
from app.documents import build
from app.schemas.document import NetworkDocument
from app.schemas.equations import EquationsAnswer
from tests.app.conftest import Client, example
from tests.static.record import LAYERS
from tests.support.networks import Document
from tinyml.explain import equations

PATH = "/api/equations"
SLUGS = ["chapter", "two-layers", "batch-of-three", "xor", "softmax-classifier", "convolution", "digits-cnn"]


def equations_of(client: Client, document: Document) -> list[dict[str, Any]]:
    """The equations of an answer that matches the schema."""
    response = client.post(PATH, {"document": document})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    EquationsAnswer.model_validate(answer)
    found: list[dict[str, Any]] = answer["equations"]
    return found


def operands(node: Any) -> Iterator[dict[str, Any]]:
    """The matrices of one side."""
    if isinstance(node, dict) and "tensor" in node:
        yield node
    for one in (node or {}).get("args", []):
        yield from operands(one)


@pytest.mark.parametrize("document", [*map(example, SLUGS), *LAYERS.values()], ids=[*SLUGS, *LAYERS])
def test_they_are_the_engines_own_over_the_tensors_of_the_trace(client: Client, document: Document) -> None:
    found = equations_of(client, document)
    recorded = build(NetworkDocument.model_validate(document)).trace()
    assert [one["id"] for one in found] == [one.id for one in equations(recorded)]
    trace = client.post("/api/trace", document).json()
    layers = {layer["name"]: layer for layer in trace["layers"]}
    for equation in found:
        for side in ("left", "right"):
            for matrix in operands(equation[side]):
                assert matrix["tensor"] == "loss" or trace["tensors"][matrix["tensor"]] is not None
                labels = "".join(matrix["axes"])
                assert set(matrix["rows"] + matrix["columns"] + matrix["meets"]) <= set(labels)
                assert set(labels) <= set(equation["sizes"])
                if "windows" in matrix:
                    assert layers[matrix["windows"]["layer"]]["unrolled"][matrix["windows"]["of"]]


def test_equations_leave_out_what_the_trace_leaves_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    document = LAYERS["pools"]
    monkeypatch.setattr(limits, "MAX_WINDOW_PLACES", 30)
    trace = client.post("/api/trace", document).json()
    omitted = {layer["name"] for layer in trace["layers"][:2] if not layer.get("unrolled")}
    assert omitted == {"max_pool_1"}
    assert {one["layer"] for one in equations_of(client, document) if one["left"] is None} == omitted
    monkeypatch.setattr(limits, "MAX_WINDOW_PLACES", 1000)
    monkeypatch.setattr(limits, "MAX_MATRIX_ENTRIES", 95)
    assert {one["layer"] for one in equations_of(client, document) if one["left"] is None} == {"avg_pool_1"}


def test_of_a_large_batch_one_sample_is_looked_at(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    document = example("batch-of-three")
    law_1 = next(one for one in equations_of(client, document) if one["law"] and one["law"]["key"] == "title.law.1")
    assert law_1["right"]["op"] == "product"
    monkeypatch.setattr(limits, "MAX_TRACED_ACTIVATIONS", 0)
    law_1 = next(one for one in equations_of(client, document) if one["law"] and one["law"]["key"] == "title.law.1")
    assert (law_1["right"]["op"], law_1["right"]["over"], law_1["sizes"]["n"]) == ("total", "n", 3)


def test_a_stored_network_has_those_of_its_step(client: Client) -> None:
    document = example("two-layers")
    address = client.post("/api/networks", document).headers["Location"]
    assert client.get(f"{address}/equations").json() == {"equations": equations_of(client, document)}
    assert client.get("/api/networks/none/equations").status_code == 404


def test_what_does_not_fit_is_pointed_at_in_the_document(client: Client) -> None:
    document = example("chapter")
    document["layers"][0]["w"] = [[1, 2]]
    response = client.post(PATH, {"document": document})
    assert (response.status_code, response.json()["where"]) == (422, "/document/layers/0/w")


def test_the_equation_in_the_docs_is_the_one_that_comes(client: Client, chapter: Document) -> None:
    text = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    written = text.split("## Equations")[1].split("```")[1]
    assert json.loads(written) == next(one for one in equations_of(client, chapter) if one["id"] == "fc_1 forward")
