"""Targets that are classes, [2, 0, …], for softmax cross entropy: accepted, explained as rows, returned unchanged."""

import copy
from typing import Any

import pytest

from tests.app.conftest import Client, example
from tests.support.networks import Document

CLASSES = [1, 0, 1]
ROWS = [[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]]


def document(y: Any = CLASSES, loss: str = "softmax_cross_entropy") -> Document:
    return {**example("batch-of-three"), "loss": {"type": loss}, "y": y}


def test_classes_give_the_same_numbers_as_one_hot_rows_and_are_returned_unchanged(client: Client) -> None:
    by_class, by_row = (client.post("/api/trace", document(y)).json() for y in (CLASSES, ROWS))
    assert by_class["document"].pop("y") == CLASSES
    assert by_row["document"].pop("y") == ROWS
    # The documents differ in the form of the targets, and so do their hashes.
    assert by_class.pop("hash") != by_row.pop("hash")
    assert by_class == by_row


@pytest.mark.parametrize("ref", ["loss", "y[0,1]", "y[0,0]", "y.grad[1,0]", "fc_2.output.grad[2,1]"])
def test_a_class_explains_itself_as_a_row_of_shares(client: Client, ref: str) -> None:
    by_class, by_row = (client.post("/api/explain", {"document": document(y), "ref": ref}) for y in (CLASSES, ROWS))
    assert by_class.status_code == 200
    assert by_class.json() == by_row.json()


def test_a_stored_network_keeps_its_classes_from_step_to_step(client: Client) -> None:
    address = client.post("/api/networks", document()).headers["Location"]
    assert client.get(address).json()["document"]["y"] == CLASSES
    for step in ("forward", "backward", "update", "forward"):
        assert client.post(f"{address}/{step}").json()["document"]["y"] == CLASSES
    assert client.get(f"{address}/trace").json()["document"]["y"] == CLASSES


def test_a_patch_turns_rows_into_classes_and_back(client: Client) -> None:
    address = client.post("/api/networks", document(ROWS, "half_squared_error")).headers["Location"]
    for y, loss in ((CLASSES, "softmax_cross_entropy"), ([0, 0, 1], "softmax_cross_entropy"), (ROWS, "huber")):
        patched = client.request("PATCH", address, json={"document": {"y": y, "loss": {"type": loss}}})
        assert patched.status_code == 200
        assert client.get(address).json()["document"]["y"] == y
    refused = client.request("PATCH", address, json={"document": {"y": CLASSES}})
    assert refused.status_code == 422
    assert refused.json()["where"] == "/document/y"


@pytest.mark.parametrize(
    ("wrong", "where", "message"),
    [
        pytest.param(
            document([1, 0, 2]),
            "/y/2",
            "y[2]: expected a class from 0 to 1, one of the outputs, got a larger",
            id="large",
        ),
        pytest.param(document([1, -1, 0]), "/y/1", "y[1]: must be at least 0", id="negative"),
        pytest.param(document([1, 10**400, 0]), "/y/1", "y[1]: must be at most 4095", id="huge"),
        pytest.param(document([1, 0.5, 0]), "/y/1", "expected a whole number, got a number", id="half a class"),
        pytest.param(document([1, True, 0]), "/y/1", "expected a whole number, got true or false", id="true"),
        pytest.param(document([1, [0], 0]), "/y/1", "expected a whole number, got a list of 1", id="mixed"),
        pytest.param(document([[1, 0], 0, 1]), "/y/1", "expected a list, got a number", id="mixed the other way"),
        pytest.param(document([1, 0]), "/y", "y (a class for each sample): expected 3, got a list of 2", id="too few"),
        pytest.param(document([1] * 10_001), "/y", "MAX_BATCH (samples of a batch) is 10,000, got 10,001", id="many"),
        pytest.param(
            document(loss="half_squared_error"),
            "/y",
            "y: half_squared_error takes a row of targets for each sample, got a list of classes",
            id="another loss",
        ),
        pytest.param(
            document(loss="binary_cross_entropy"), "/y", "take the loss softmax_cross_entropy", id="yes or no"
        ),
    ],
)
@pytest.mark.parametrize("address", ["/api/trace", "/api/networks"])
def test_invalid_classes_are_refused(client: Client, address: str, wrong: Any, where: str, message: str) -> None:
    response = client.post(address, wrong)
    assert response.status_code == 422
    problem = response.json()
    assert problem["where"] == where
    assert message in problem["detail"]


WEIGHTED = {"type": "softmax_cross_entropy", "label_smoothing": 0.1, "weight": [1.0, 2.0]}


@pytest.mark.parametrize(
    ("loss", "where"),
    [
        ({**WEIGHTED, "weight": [1, 2, 3]}, "/loss/weight"),
        ({**WEIGHTED, "weight": [1, 0]}, "/loss/weight/1"),
        ({**WEIGHTED, "weight": []}, "/loss/weight"),
        ({**WEIGHTED, "label_smoothing": 1}, "/loss/label_smoothing"),
        ({"type": "binary_cross_entropy", "pos_weight": [1]}, "/loss/pos_weight"),
    ],
)
def test_weights_and_smoothing_out_of_range_are_refused_at_their_place(
    client: Client, loss: Document, where: str
) -> None:
    response = client.post("/api/trace", {**document(), "loss": loss, "y": ROWS})
    assert (response.status_code, response.json()["where"]) == (422, where)


def test_weights_follow_the_number_of_outputs_and_defaults_are_left_out(client: Client) -> None:
    body = copy.deepcopy({**document(), "loss": WEIGHTED})
    body["layers"][-1]["output_dim"] = 3
    for name in ("w", "b"):
        body["layers"][-1].pop(name, None)
    made = client.post(f"/api/trace?edited=/layers/{len(body['layers']) - 1}/output_dim", body).json()
    assert made["document"]["loss"] == {**WEIGHTED, "weight": [1, 2, 1]}
    assert "loss_weights" in [change["key"] for change in made["fitted"]]
    plain = {**document(), "loss": {"type": "softmax_cross_entropy", "weight": None, "label_smoothing": 0.0}}
    assert client.post("/api/trace", plain).json()["document"]["loss"] == {"type": "softmax_cross_entropy"}
