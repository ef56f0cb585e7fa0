"""Documents without targets, for losses that take none: on every route, and adapted after an edit."""

from typing import Any

import pytest

from tests.app.conftest import Client
from tests.support.networks import Document

LOSSES: list[Document] = [{"type": "output"}, {"type": "given_gradient", "gradient": [[1.5, -2], [0.5, 3]]}]
each_loss = pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss["type"])
COLUMNS = [{"name": "a", "role": "input"}, {"name": "b", "role": "input"}]


def document(loss: Document, **members: Any) -> Document:
    return {
        "input_shape": [2],
        "layers": [{"type": "Linear", "name": "fc", "output_dim": 2}],
        "loss": loss,
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[1, 2], [0.5, -1]],
        **members,
    }


@each_loss
@pytest.mark.parametrize("table", [False, True], ids=["rows", "table"])
def test_every_route_takes_them(client: Client, loss: Document, table: bool) -> None:
    body = document(loss)
    if table:
        body |= {"data": {"rows": {"x": body.pop("x")}, "columns": COLUMNS, "scale": "standard"}}
    trace = client.post("/api/trace", body).json()
    assert "y" not in trace["tensors"]
    filled = trace["document"]
    assert "y" not in filled
    assert "y" not in filled.get("data", {}).get("rows", {})
    check = client.post("/api/gradient-check", {"document": filled}).json()
    assert {row["verdict"] for row in check["rows"]} == {"agrees"}
    for route in ("equations", "gradient-flow"):
        assert client.post(f"/api/{route}", {"document": filled}).status_code == 200
    receipt = client.post("/api/receipt", filled).json()
    assert client.post("/api/verify", receipt).json()["ok"]
    assert client.post("/api/advance", {"document": filled, "steps": 2}).status_code == 200
    assert client.post("/api/trace", {"hash": trace["hash"]}).json()["hash"] == trace["hash"]


def test_a_stored_network_changes_between_losses_with_and_without_targets(client: Client) -> None:
    address = client.post("/api/networks", document(LOSSES[0])).headers["Location"]
    for step in ("forward", "backward", "update"):
        assert client.post(f"{address}/{step}").status_code == 200
    refused = client.request("PATCH", address, json={"document": {"loss": {"type": "huber"}}})
    assert (refused.status_code, refused.json()["where"], refused.json()["key"]) == (422, "/document/y", "missing")
    assert "take a loss that has none, such as output" in refused.json()["detail"]
    y = [[1.0, 0.0], [0.0, 1.0]]
    client.request("PATCH", address, json={"document": {"loss": {"type": "huber"}, "y": y}})
    # Existing targets are kept for the next loss that takes some.
    assert client.request("PATCH", address, json={"document": {"loss": {"type": "output"}}}).status_code == 200
    assert client.get(address).json()["document"]["y"] == y
    assert client.request("PATCH", address, json={"document": {"y": None}}).status_code == 200
    assert "y" not in client.get(address).json()["document"]


@pytest.mark.parametrize(
    ("body", "where", "message"),
    [
        (document({"type": "huber"}), "/y", "y: this field is missing; add the targets, which huber compares"),
        (document(LOSSES[0], y=[[1, 2]]), "/y", "expected 2 × 2, got a list of 1"),
        (document({"type": "given_gradient"}), "/loss/gradient", "this field is missing; add a number for each output"),
        (
            document({"type": "given_gradient", "gradient": [[1, 2]]}),
            "/loss/gradient",
            "loss.gradient (samples × outputs): expected 2 × 2, got a list of 1",
        ),
        (
            document({"type": "given_gradient", "gradient": [[1], [2]]}),
            "/loss/gradient/0",
            "loss.gradient (samples × outputs), row 0: expected 2, got a list of 1",
        ),
    ],
)
def test_an_invalid_member_is_refused_at_its_place(client: Client, body: Document, where: str, message: str) -> None:
    response = client.post("/api/trace", body)
    assert (response.status_code, response.json()["where"]) == (422, where)
    assert message in response.json()["detail"]


@pytest.mark.parametrize(
    ("body", "edited", "change", "expected"),
    [
        (document({"type": "huber"}), "/loss", "targets_made", {"y": [[0.0, 0.0], [0.0, 0.0]]}),
        (document({"type": "hinge"}), "/loss", "targets_made", {"y": [[-1.0, -1.0], [-1.0, -1.0]]}),
        (
            document({"type": "given_gradient"}),
            "/loss",
            "gradient_made",
            {"loss": {"type": "given_gradient", "gradient": [[1.0, 1.0], [1.0, 1.0]]}},
        ),
        (
            document(LOSSES[1], x=[[1, 2], [0.5, -1], [0, 0]]),
            "/x",
            "gradient",
            {"loss": {"type": "given_gradient", "gradient": [[1.5, -2.0], [0.5, 3.0], [1.0, 1.0]]}},
        ),
    ],
)
def test_an_edit_brings_what_the_loss_needs(
    client: Client, body: Document, edited: str, change: str, expected: Document
) -> None:
    made = client.post(f"/api/trace?edited={edited}", body).json()
    assert [one["key"] for one in made["fitted"]] == [change]
    assert {name: made["document"][name] for name in expected} == expected


def test_data_without_targets_bring_the_loss_that_needs_none(client: Client) -> None:
    body = document({"type": "huber"})
    body |= {"data": {"rows": {"x": body.pop("x")}, "columns": COLUMNS}}
    made = client.post("/api/trace?edited=/data", body).json()
    assert [one["key"] for one in made["fitted"]] == ["loss_alone"]
    assert made["document"]["loss"] == {"type": "output"}
    refused = client.post(
        "/api/trace",
        body
        | {"loss": {"type": "output"}, "data": body["data"] | {"columns": [*COLUMNS, {"name": "c", "role": "class"}]}},
    )
    assert "declare a class, but rows has no y" in refused.json()["detail"]


def test_the_catalog_lists_which_losses_take_targets(client: Client) -> None:
    losses = client.get("/api/catalog").json()["losses"]
    assert {kind["type"] for kind in losses if not kind["takes_targets"]} == {"output", "given_gradient"}
