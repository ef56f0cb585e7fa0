"""Penalties over HTTP: the objective apart from the loss, its check, and its receipts."""

import json

import numpy as np
import pytest

from app.trainings.events import EventLog
from app.trainings.jobs import Frame
from tests.app.conftest import Client, example
from tests.support.networks import Document

NAMES = ("fc_1.w", "fc_1.b")
L1, L2 = 0.25, 0.5


def penalized(**penalty: object) -> Document:
    return {**example("chapter"), "penalty": penalty}


@pytest.mark.parametrize("biases", [False, True])
def test_a_trace_tells_the_objective_apart_from_the_loss(client: Client, biases: bool) -> None:
    plain = client.post("/api/trace", example("chapter")).json()
    answer = client.post("/api/trace", penalized(l1=L1, l2=L2, biases=biases)).json()
    assert answer["loss"] == plain["loss"]
    assert plain.get("objective") is None
    values = {name: np.array(plain["tensors"][name]) for name in NAMES}
    covered = NAMES if biases else NAMES[:1]
    expected = sum(L1 * np.abs(values[name]).sum() + L2 / 2 * (values[name] ** 2).sum() for name in covered)
    assert answer["objective"]["penalty"] == pytest.approx(expected, rel=1e-14)
    assert answer["objective"]["value"] == answer["loss"]["value"] + answer["objective"]["penalty"]
    rate = answer["document"]["optimizer"]["lr"]
    for name in NAMES:
        assert answer["tensors"][f"{name}.grad"] == plain["tensors"][f"{name}.grad"]
        slope = np.array(plain["tensors"][f"{name}.grad"])
        if name in covered:
            slope = slope + L1 * np.sign(values[name]) + L2 * values[name]
        np.testing.assert_allclose(answer["tensors"][f"{name}.objective_grad"], slope, rtol=1e-14)
        np.testing.assert_allclose(answer["tensors"][f"{name}.next"], values[name] - rate * slope, rtol=1e-14)


def test_every_number_of_the_objective_explains_itself_and_is_checked(client: Client) -> None:
    document = penalized(l1=L1, l2=L2)
    trace = client.post("/api/trace", document).json()
    for ref, value, law in (
        ("loss.penalty", trace["objective"]["penalty"], "Ω = λ₁ Σ |w| + ½ λ₂ Σ w²"),
        ("loss.objective", trace["objective"]["value"], "J = ℓ + Ω"),
        ("fc_1.w.objective_grad[0,1]", trace["tensors"]["fc_1.w.objective_grad"][0][1], "∂J/∂w = ∂ℓ/∂w"),
        ("fc_1.w.next[0,1]", trace["tensors"]["fc_1.w.next"][0][1], "∂J/∂w"),
    ):
        answer = client.post("/api/explain", {"document": document, "ref": ref}).json()
        assert answer["value"] == pytest.approx(value, rel=1e-14)
        assert law in str(answer["law"])
    of = {"document": document, "refs": ["fc_1.w[0,1]", "fc_1.b[0]"]}
    alone = client.post("/api/gradient-check", of).json()
    check = client.post("/api/gradient-check", {**of, "objective": True}).json()
    assert [row["analytic"] for row in alone["rows"]] == [
        trace["tensors"]["fc_1.w.grad"][0][1],
        trace["tensors"]["fc_1.b.grad"][0],
    ]
    assert check["rows"][0]["analytic"] == trace["tensors"]["fc_1.w.objective_grad"][0][1]
    assert [row["verdict"] for row in (*alone["rows"], *check["rows"])] == ["agrees"] * 4
    assert check["no_complex_step"]["type"] == "penalty"
    curve = client.post("/api/gradient-check/curve", {"document": document, "ref": "fc_1.w[0,1]", "objective": True})
    assert curve.json()["analytic"] == check["rows"][0]["analytic"]


def test_a_number_of_the_objective_is_null_until_the_cursor_reaches_it(client: Client) -> None:
    address = client.post("/api/networks", penalized(l1=L1)).headers["Location"]
    before = client.get(f"{address}/trace").json()
    assert before.get("objective") is None
    assert before["tensors"]["fc_1.w.objective_grad"] is None
    client.post(f"{address}/forward")
    middle = client.get(f"{address}/trace").json()
    client.post(f"{address}/backward")
    after = client.get(f"{address}/trace").json()
    assert after["tensors"]["fc_1.w.objective_grad"] is not None
    assert after["tensors"]["fc_1.w.next"] is None
    assert middle["tensors"]["fc_1.w.objective_grad"] is None
    assert after["objective"]["value"] > after["loss"]["value"]


def test_a_penalty_of_0_changes_nothing_and_null_removes_it(client: Client) -> None:
    answer = client.post("/api/trace", penalized(l1=0, l2=0)).json()
    assert answer.get("objective") is None
    assert answer["tensors"] == client.post("/api/trace", example("chapter")).json()["tensors"]
    address = client.post("/api/networks", penalized(l1=L1)).headers["Location"]
    patched = client.request("PATCH", address, json={"document": {"penalty": None}}).json()["document"]
    assert "penalty" not in patched


@pytest.mark.parametrize(
    ("penalty", "where"),
    [({"l1": -1}, "/penalty/l1"), ({"l2": "1"}, "/penalty/l2"), ({"biases": 1}, "/penalty/biases"), ({"l3": 1}, None)],
)
def test_what_is_no_penalty_is_refused_by_its_place(client: Client, penalty: Document, where: str | None) -> None:
    response = client.post("/api/trace", penalized(**penalty))
    assert response.status_code == 422
    assert response.json()["where"].startswith("/penalty") if where is None else response.json()["where"] == where


def test_a_receipt_with_a_penalty_is_right_and_a_wrong_gradient_is_found(client: Client) -> None:
    document = {**penalized(l1=L1, l2=L2), "optimizer": {"type": "adamw", "lr": 0.1, "decay_biases": False}}
    receipt = client.post("/api/receipt", document).json()
    assert client.post("/api/verify", receipt).json()["ok"] is True
    [line] = [line for line in receipt["lines"] if line["ref"] == "fc_1.w.objective_grad[0,0]"]
    line["value"] *= 1.001
    verdict = client.post("/api/verify", receipt).json()
    assert (verdict["ok"], verdict["ref"]) == (False, "fc_1.w.objective_grad[0,0]")


def test_a_reader_who_missed_frames_gets_the_objectives_of_all_of_them() -> None:
    log = EventLog()
    for start in (0, 2):
        losses, objectives = np.arange(start, start + 2.0), 10 + np.arange(start, start + 2.0)
        log.frame(
            Frame(
                "t",
                start + 2,
                b'{"loss":1}',
                range(start, start + 2),
                losses.tobytes(),
                objectives=objectives.tobytes(),
            )
        )
    [(_, event)] = log.after(0, edits=False)
    data = json.loads(event.partition(b"data: ")[2])
    assert data["losses"] == {"steps": [0, 1, 2, 3], "values": [0, 1, 2, 3], "objectives": [10, 11, 12, 13]}
