"""Documents whose data have mini-batches: a set or rows, divided into mini-batches, and the position among them."""

import copy
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.documents import build
from app.schemas.data import SetName
from app.schemas.document import NetworkDocument
from tests.app.conftest import Client
from tests.support.networks import Document
from tests.support.pytorch_layers import where_torch_is
from tests.support.reaching import reaches
from tests.tinyml.learner.record_pytorch import EPOCHS, FILE, TRAININGS, Training, torch_training
from tinyml.data import SETS, draw
from tinyml.explain import explain
from tinyml.learner import Learner
from tinyml.verify import ReceiptError, verify

SPIRAL: Document = {
    "input_shape": [2],
    "layers": [
        {"type": "Linear", "name": "fc_1", "output_dim": 3},
        {"type": "Tanh", "name": "tanh_1"},
        {"type": "Dropout", "name": "dropout_1", "probability": 0.2},
        {"type": "Linear", "name": "fc_2", "output_dim": 1},
    ],
    "loss": {"type": "binary_cross_entropy"},
    "optimizer": {"type": "adam", "lr": 0.05},
    "data": {"set": "spiral", "samples": 20, "noise": 0.2, "seed": 5, "batch": 7, "held_out": 0.1},
}
ROWS: Document = {
    "input_shape": [2],
    "layers": [{"type": "Linear", "name": "fc_1", "output_dim": 2}],
    "loss": {"type": "softmax_cross_entropy"},
    "optimizer": {"type": "sgd", "lr": 0.5},
    "data": {
        "rows": {"x": [[5.1, 3.5], [4.9, 3.0], [6.3, 2.9], [5.8, 2.7], [6, 3]], "y": [0, 0, 1, 1, 1]},
        "batch": 2, "order": "given", "held_out": 0.2, "scale": "standard",
    },
}  # fmt: skip


def with_data(document: Document, **data: Any) -> Document:
    return {**document, "data": {**document["data"], **data}}


def parsed(document: Document) -> NetworkDocument:
    return NetworkDocument.model_validate_json(json.dumps(document))


def traced(client: Client, document: Document) -> Any:
    response = client.post("/api/trace", document)
    assert response.status_code == 200, response.text
    return response.json()


# --- The form ------------------------------------------------------------------------------------------------------


def test_a_set_is_written_out_but_its_rows_are_not(client: Client) -> None:
    trace = traced(client, SPIRAL)
    document = trace["document"]
    assert document["data"] == {**SPIRAL["data"], "order": "shuffled", "scale": "none"}
    assert document["position"] == trace["position"] == {"epoch": 0, "step": 0}
    assert not {"x", "y"} & document.keys()
    rows = trace["batch_rows"]
    assert trace["batches"] == {"samples": 20, "training": 18, "held_out": 2, "steps": 3}
    assert len(rows) == 7
    x, y = draw("spiral", 20, 0.2, 5)
    assert trace["tensors"]["x"] == x[rows].tolist()
    assert trace["tensors"]["y"] == y[rows].tolist()
    # What comes back leads to the same step.
    again = traced(client, document)
    assert again["hash"] == trace["hash"]
    assert again["document"] == document


def test_data_say_little_and_the_defaults_are_written_out(client: Client) -> None:
    plane = {**SPIRAL, "loss": {"type": "mean_squared_error"}, "data": {"set": "plane"}}
    written = traced(client, plane)["document"]["data"]
    assert written == {
        "set": "plane", "samples": 200, "noise": 0.0, "seed": 0, "batch": 32, "order": "shuffled", "held_out": 0.0,
        "scale": "none",
    }  # fmt: skip
    few = traced(client, with_data(plane, samples=10, held_out=0.2))["document"]["data"]
    assert few["batch"] == 8


def test_rows_without_a_batch_are_one_as_before(client: Client) -> None:
    old = with_data(ROWS)
    for name in ("batch", "order", "held_out"):
        del old["data"][name]
    trace = traced(client, old)
    assert [trace[name] for name in ("position", "batch_rows", "batches")] == [None] * 3
    assert trace["document"]["data"] == old["data"]
    assert "position" not in client.post("/api/advance", {"document": old, "steps": 2}).json()["document"]


def test_rows_with_a_batch_keep_all_rows_and_are_scaled_by_those_trained_on(client: Client) -> None:
    trace = traced(client, {**ROWS, "position": {"epoch": 2, "step": 1}})
    assert trace["batch_rows"] == [2, 3]
    assert trace["document"]["data"] == {**ROWS["data"], "seed": 0}
    given = np.array(ROWS["data"]["rows"]["x"])[:4]
    assert trace["scaling"]["center"] == pytest.approx(given.mean(axis=0), rel=1e-15)
    assert np.array(trace["tensors"]["x"]) == pytest.approx((given[2:] - given.mean(0)) / given.std(0), rel=1e-12)
    found = explain(build(parsed(ROWS)).trace(), "x[1,0]")
    assert found.expression.value == found.value
    assert "4.9" in found.text


def test_two_classes_are_targets_of_one_output_or_classes_of_two(client: Client) -> None:
    scores = copy.deepcopy(SPIRAL) | {"loss": {"type": "softmax_cross_entropy"}}
    scores["layers"][-1]["output_dim"] = 2
    trace = traced(client, scores)
    assert trace["tensors"]["y"] == [[1 - label[0], label[0]] for label in traced(client, SPIRAL)["tensors"]["y"]]


def test_the_handwritten_digits_are_a_set(client: Client) -> None:
    document = {
        "input_shape": [1, 8, 8],
        "layers": [{"type": "Flatten"}, {"type": "Linear", "output_dim": 10}],
        "loss": {"type": "softmax_cross_entropy"},
        "optimizer": {"type": "sgd", "lr": 0.5},
        "data": {"set": "digits", "batch": 4},
        "position": {"epoch": 1, "step": 449},
    }
    trace = traced(client, document)
    assert trace["batches"] == {"samples": 1_797, "training": 1_797, "held_out": 0, "steps": 450}
    assert len(trace["batch_rows"]) == 1
    assert trace["document"]["data"] == {
        "set": "digits", "samples": 1_797, "seed": 0, "batch": 4, "order": "shuffled", "held_out": 0.0, "scale": "none",
    }  # fmt: skip


def test_the_names_of_sets_are_the_engines() -> None:
    assert set(SetName.__args__) == set(SETS)  # type: ignore[attr-defined]


# --- From step to step ---------------------------------------------------------------------------------------------

FEW = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=10, phases=[Phase.generate]
)


@FEW
@given(
    rows=st.booleans(), batch=st.sampled_from([3, "all", 4]), order=st.sampled_from(["shuffled", "given"]),
    held_out=st.sampled_from([0.2, 0.0]), scale=st.sampled_from(["none", "minmax"]), seed=st.integers(0, 9),
)  # fmt: skip
def test_two_epochs_by_step_by_advance_and_by_the_learner_are_one(
    client: Client, rows: bool, batch: Any, order: str, held_out: float, scale: str, seed: int
) -> None:
    reaches(0.2, "rows of a table", rows)
    reaches(0.3, "several mini-batches", batch != "all")
    common = {"batch": batch, "order": order, "held_out": held_out, "scale": scale, "seed": seed}
    document = with_data(ROWS if rows else with_data(SPIRAL, samples=10), **common)
    document["layers"] = [layer for layer in document["layers"] if layer["type"] != "Dropout"]
    experiment = build(parsed(document))
    supply, steps = experiment.supply, 2 * experiment.supply.batches.steps
    # By /step, and back again.
    address = client.post("/api/networks", document).headers["Location"]
    hashes = []
    for _ in range(steps):
        for move in ("forward", "backward", "update"):
            assert client.post(f"{address}/{move}").status_code == 200
        hashes.append(client.get(f"{address}/trace").json()["hash"])
    there = client.get(address).json()["document"]
    # By /advance.
    run = client.post("/api/advance", {"document": document, "steps": steps}).json()
    assert run["document"] == there
    assert run["hashes"][:-1] == hashes
    assert run["document"]["position"] == {"epoch": 2, "step": 0}
    # By the learner, which gets the rows that are trained on, and shuffles them as the document does.
    learner = Learner(experiment.model, experiment.loss, experiment.optimizer, seed=seed)
    if order == "given":
        for step in 2 * list(range(supply.batches.steps)):
            learner.batch_fit(*supply.minibatch(0, step))
    else:
        learner.fit(*supply.rows(supply.batches.training), 2, supply.batches.batch, progress=False)
    for layer, written in zip(experiment.model.layers, there["layers"], strict=True):
        for name, parameter in layer.parameters().items():
            np.testing.assert_array_equal(layer.in_notation(name, parameter.tensor), written[name])
    back = client.post(f"{address}/step", {"by": "pass", "count": -5}).json()
    assert back["document"]["position"] == client.get(f"{address}/trace").json()["position"]
    assert client.get(f"{address}/trace").json()["hash"] == hashes[-2]


def losses_and_document(client: Client, training: Training) -> tuple[list[float], Any]:
    steps = EPOCHS * Training.batches().steps
    run = client.post("/api/advance", {"document": training.document(), "steps": steps}).json()
    return run["losses"][:-1], run["document"]


@pytest.mark.parametrize("name", TRAININGS)
def test_two_epochs_equal_what_pytorch_recorded(client: Client, name: str) -> None:
    agrees(client, TRAININGS[name], json.loads(FILE.read_text("utf-8"))[name])


@pytest.mark.slow
@where_torch_is
@pytest.mark.parametrize("name", TRAININGS)
def test_two_epochs_equal_pytorchs(client: Client, name: str) -> None:
    agrees(client, TRAININGS[name], torch_training(TRAININGS[name]))


def agrees(client: Client, training: Training, answers: dict[str, Any]) -> None:
    losses, document = losses_and_document(client, training)
    np.testing.assert_allclose(losses, answers["losses"], rtol=1e-12)
    for layer in document["layers"]:
        for name in ("w", "b"):
            if name in layer:
                np.testing.assert_allclose(layer[name], answers[f"{layer['name']}.{name}"], rtol=1e-11, atol=1e-13)


def test_a_chain_of_receipts_moves_from_mini_batch_to_mini_batch(client: Client) -> None:
    small = with_data(SPIRAL, samples=6, batch=2, held_out=0.2)
    for document in (small, ROWS, with_data(small, scale="minmax", order="given")):
        chain = client.post("/api/receipts", {"document": document, "steps": 4}).json()
        places = [
            (one["document"]["position"]["epoch"], one["document"]["position"]["step"]) for one in chain["receipts"]
        ]
        steps = build(parsed(document)).supply.batches.steps
        assert places == [divmod(number, steps) for number in range(4)]
        assert verify(chain).ok
        assert client.post("/api/verify", chain).json()["ok"]


@pytest.mark.parametrize("document", [SPIRAL, ROWS], ids=["set", "rows"])
def test_a_receipt_with_another_mini_batch_is_refused(client: Client, document: Document) -> None:
    record = client.post("/api/receipt", with_data(document, order="given", batch=2)).json()
    assert verify(record).ok
    for spoil, message in SPOILT:
        wrong = copy.deepcopy(record)
        spoil(wrong)
        assert not client.post("/api/verify", wrong).json().get("ok"), message
        assert message in refusal_of(wrong)


def refusal_of(record: Document) -> str:
    """Why a receipt is refused, or does not hold."""
    try:
        verdict = verify(record)
    except ReceiptError as error:
        return error.detail
    assert not verdict.ok
    return str(verdict.message)


SPOILT: list[tuple[Any, str]] = [
    (lambda record: record.pop("batch"), "a receipt of such data has them"),
    (lambda record: record["batch"].pop("samples"), "number of rows"),
    (lambda record: record["batch"].update(samples=10**400), "number of rows"),
    (lambda record: record["batch"]["rows"].reverse(), "in the order given"),
    (lambda record: record["batch"].update(rows=[0, 0]), "each once"),
    (lambda record: record["batch"].update(rows=[0, 99]), "from 0"),
    (lambda record: record["batch"]["x"].pop(), "for each of its rows"),
    (lambda record: record["batch"]["x"][0].reverse(), ""),
    (lambda record: record["batch"].update(more=1), "unknown"),
    (lambda record: record["document"].pop("position"), "position"),
    (lambda record: record["document"]["position"].update(step=99), "fewer training steps"),
    (lambda record: record["document"]["data"].pop("held_out"), "incomplete"),
    (lambda record: record["document"]["data"].update(held_out=0.99), "no row is left"),
]


def test_the_gradient_check_and_explanations_are_those_of_the_mini_batch(client: Client) -> None:
    document = {**SPIRAL, "position": {"epoch": 0, "step": 2}}
    found = client.post("/api/gradient-check", {"document": document}).json()
    assert found["counts"]["differs"] == 0
    assert len([row for row in found["rows"] if row["ref"].startswith("x[")]) == 2 * 4
    explained = client.post("/api/explain", {"document": document, "ref": "fc_2.w.grad[0,0]"}).json()
    assert explained["value"] == traced(client, document)["tensors"]["fc_2.w.grad"][0][0]
    assert client.post("/api/explain", {"document": document, "ref": "x[4,0]"}).status_code == 422
