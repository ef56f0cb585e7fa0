"""A factor of the learning rate for a layer: in documents, formulas, sentences, receipts and refusals."""

import json
from typing import Any

import pytest

from tests.app.conftest import Client, example
from tests.support.networks import Document
from tinyml.verify import verify

OPTIMIZERS: list[Document] = [
    {"type": "sgd", "lr": 0.5},
    {"type": "sgd", "lr": 0.5, "momentum": 0.9, "momentum_form": "previous_change", "nesterov": True},
    {"type": "rmsprop", "lr": 0.1, "weight_decay": 0.1},
    {"type": "adagrad", "lr": 0.1, "lr_decay": 0.1},
    {"type": "adamw", "lr": 0.1, "weight_decay": 0.1, "schedule": {"type": "cosine", "over": 4}},
]


def with_factor(factor: Any, **optimizer: Any) -> Document:
    document = example("two-layers")
    layers = [{**document["layers"][0], "lr_factor": factor}, *document["layers"][1:]]
    return {**document, "layers": layers, "optimizer": optimizer or document["optimizer"]}


def test_a_factor_is_written_unless_it_is_1(client: Client) -> None:
    written = client.post("/api/trace", with_factor(0.5)).json()["document"]["layers"]
    assert written[0]["lr_factor"] == 0.5
    assert "lr_factor" not in written[2]
    plain = client.post("/api/trace", with_factor(1)).json()
    assert plain["hash"] == client.post("/api/trace", example("two-layers")).json()["hash"]


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda one: "-".join(one))
@pytest.mark.parametrize("factor", [0.0, 0.25, 3.0])
def test_receipts_have_the_factor(client: Client, optimizer: Document, factor: float) -> None:
    document = with_factor(factor, **optimizer)
    chain = client.post("/api/receipts", {"document": document, "steps": 2}).json()
    assert verify(chain).ok
    wrong = json.loads(json.dumps(chain["receipts"][0]))
    wrong["document"]["layers"][0]["lr_factor"] = 2.0
    assert not verify(wrong).ok


def test_the_factor_is_in_formulas_equations_and_sentences(client: Client) -> None:
    document = with_factor(0.25)
    name = document["layers"][0]["name"]
    explained = client.post("/api/explain", {"document": document, "ref": f"{name}.w.next[0,0]"}).json()
    assert "κη in place of η; κ is the rate factor of the layer" in explained["law"]
    assert "kappa × the learning rate" in explained["text"]
    equations = client.post("/api/equations", {"document": document}).json()
    assert "κ" in json.dumps(equations, ensure_ascii=False)
    steps = client.post("/api/steps", {"document": document, "by": "layer"}).json()
    assert "times 0.25" in json.dumps(steps)


def test_a_layer_with_a_factor_of_0_does_not_change(client: Client) -> None:
    tensors = client.post("/api/trace", with_factor(0)).json()["tensors"]
    name = example("two-layers")["layers"][0]["name"]
    assert tensors[f"{name}.w.next"] == tensors[f"{name}.w"]


@pytest.mark.parametrize("factor", [-0.1, None, "half"])
def test_a_factor_is_a_number_from_0_on(client: Client, factor: Any) -> None:
    response = client.post("/api/trace", with_factor(factor))
    assert (response.status_code, response.json()["where"]) == (422, "/layers/0/lr_factor")


def test_a_layer_without_parameters_has_no_factor(client: Client) -> None:
    document = example("two-layers")
    document["layers"] = [document["layers"][0], {**document["layers"][1], "lr_factor": 2.0}, *document["layers"][2:]]
    response = client.post("/api/trace", document)
    assert (response.status_code, response.json()["key"]) == (422, "misplaced")
