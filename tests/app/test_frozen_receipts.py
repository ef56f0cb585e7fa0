"""Receipt chains of networks with frozen parameters and without a bias: frozen numbers keep their bits."""

from math import inf, nextafter

import pytest

from tests.app.conftest import Client
from tests.app.test_receipt_chains import receipts
from tests.support.networks import Document

FIXED: Document = {
    "input_shape": [2],
    "layers": [
        {"type": "Linear", "name": "fc_1", "output_dim": 3, "frozen": ["w"]},
        {"type": "BatchNorm", "name": "bn_1", "frozen": ["gamma"]},
        {"type": "Tanh", "name": "tanh_1"},
        {"type": "Linear", "name": "fc_2", "output_dim": 2, "bias": False},
    ],
    "loss": {"type": "half_squared_error"},
    "x": [[0.3, -1.2], [0.5, 0.4], [-2.0, 1.1]],
    "y": [[0.2, 0.1], [0.0, 0.7], [1.0, -1.0]],
    "seed": 3,
}
RULES = [
    pytest.param({"type": "sgd", "lr": 0.1}, id="sgd"),
    pytest.param({"type": "sgd", "lr": 0.1, "momentum": 0.9, "weight_decay": 0.1}, id="momentum"),
    pytest.param({"type": "adamw", "lr": 0.1, "weight_decay": 0.1}, id="adamw"),
]


@pytest.mark.parametrize("optimizer", RULES)
def test_a_chain_with_frozen_parameters_and_without_a_bias_holds(client: Client, optimizer: Document) -> None:
    made = receipts(client, {**FIXED, "optimizer": optimizer}, steps=3)
    assert client.post("/api/verify", {"receipts": made}).json()["receipts"] == 3
    assert not [line["ref"] for one in made for line in one["lines"] if line["ref"].startswith("fc_2.b")]
    first, last = (one["document"]["layers"] for one in (made[0], made[2]))
    assert (first[0]["w"], first[1]["gamma"]) == (last[0]["w"], last[1]["gamma"])
    assert (first[0]["b"], first[3]["w"]) != (last[0]["b"], last[3]["w"])


@pytest.mark.parametrize("optimizer", RULES)
@pytest.mark.parametrize("towards", [-inf, inf])
@pytest.mark.parametrize("ref", ["fc_1.w.next[1,2]", "bn_1.gamma.next[0]"])
def test_a_frozen_parameter_changed_in_its_last_digit_fails_at_its_line(
    client: Client, optimizer: Document, towards: float, ref: str
) -> None:
    made = receipts(client, {**FIXED, "optimizer": optimizer}, steps=3)
    lines = made[1]["lines"]
    (number,) = (i for i, line in enumerate(lines) if line["ref"] == ref)
    was = lines[number]["value"]
    lines[number]["value"] = nextafter(was, towards)
    answer = client.post("/api/verify", {"receipts": made}).json()
    assert (answer["ok"], answer["receipt"], answer["line"], answer["ref"]) == (False, 2, number + 1, ref)
    assert answer["expected"] == was
    assert "it stays" in answer["message"]


@pytest.mark.parametrize("optimizer", RULES)
def test_a_frozen_parameter_that_changes_between_two_receipts_fails(client: Client, optimizer: Document) -> None:
    made = receipts(client, {**FIXED, "optimizer": optimizer}, steps=2)
    weights = made[1]["document"]["layers"][0]["w"][1]
    weights[2] = nextafter(weights[2], inf)
    answer = client.post("/api/verify", {"receipts": made}).json()
    assert (answer["ok"], answer["receipt"], answer["line"], answer["ref"]) == (False, 2, None, "fc_1.w[1,2]")
