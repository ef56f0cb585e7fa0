"""The flow of the gradient over HTTP equals the engine's, for documents and for stored networks."""

from typing import Any

import pytest

from app.documents import build
from app.schemas.document import NetworkDocument
from app.schemas.flow import GradientFlowAnswer
from tests.app.conftest import Client, example
from tests.support.networks import Document
from tinyml.flow import flow_ratio, gradient_flow

FLOW = "/api/gradient-flow"


def flow(client: Client, document: Document) -> dict[str, Any]:
    """An answer that matches the schema."""
    response = client.post(FLOW, {"document": document})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    GradientFlowAnswer.model_validate(answer)
    return answer


@pytest.mark.parametrize("slug", ["chapter", "two-layers", "batch-of-three", "xor", "convolution", "digits-cnn"])
def test_it_is_the_engines_own_for_every_example(client: Client, slug: str) -> None:
    document = example(slug)
    flows = gradient_flow(build(NetworkDocument.model_validate(document)).trace())
    answer = flow(client, document)
    assert answer["rows"] == [
        {
            "layer": of.layer.name,
            "type": of.layer.type,
            "gradient": of.gradient,
            "parameters": of.parameters,
            "units": of.units,
            "dead": list(of.dead),
            "saturated": list(of.saturated),
        }
        for of in flows
    ]
    assert (answer["ratio"], answer["nonfinite"]) == (flow_ratio(flows), [])


def test_a_dead_unit_is_reported(client: Client, chapter: Document) -> None:
    chapter["layers"][0]["b"] = [0.35, -9]
    chapter["layers"].append({"type": "ReLu", "name": "relu_1"})
    fc_1, relu_1 = flow(client, chapter)["rows"]
    assert (relu_1["dead"], relu_1["saturated"], relu_1["units"], relu_1["parameters"]) == ([1], [], 2, None)
    assert fc_1["dead"] == []


def test_non_finite_numbers_are_listed_beside_their_nulls(client: Client, chapter: Document) -> None:
    chapter["layers"][0]["w"] = [[1e308, 1e308], [1e308, 1e308]]
    chapter["x"] = [[10, 10]]
    answer = flow(client, chapter)
    (row,) = answer["rows"]
    assert (row["gradient"], row["parameters"], answer["ratio"]) == (None, None, None)
    assert answer["nonfinite"] == [
        {"path": "/rows/0/gradient", "kind": "+inf"},
        {"path": "/rows/0/parameters", "kind": "+inf"},
    ]


def test_the_flow_of_a_stored_network_does_not_depend_on_its_cursor(client: Client) -> None:
    document = example("two-layers")
    address = client.post("/api/networks", document).headers["Location"]
    expected = flow(client, document)
    for step in ("forward", "backward", "update"):
        assert client.get(f"{address}/gradient-flow").json() == expected
        client.post(f"{address}/{step}")
    assert client.get(f"{address}/gradient-flow").json() == expected
    client.post(f"{address}/forward")
    assert client.get(f"{address}/gradient-flow").json() == flow(client, client.get(address).json()["document"])
    assert client.get("/api/networks/none/gradient-flow").status_code == 404


def test_what_does_not_fit_is_pointed_at_in_the_document(client: Client, chapter: Document) -> None:
    chapter["layers"][0]["w"] = [[1, 2]]
    response = client.post(FLOW, {"document": chapter})
    assert (response.status_code, response.json()["where"]) == (422, "/document/layers/0/w")
    bare = client.post(FLOW, example("chapter"))
    assert (bare.status_code, bare.headers["content-type"]) == (422, "application/problem+json")
