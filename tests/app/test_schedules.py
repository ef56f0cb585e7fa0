"""Learning rates that follow a schedule: one rate of a training step, whichever way it is taken."""

import json
from typing import Any

import pytest

from app.trainings.jobs import Order
from app.trainings.training import Training
from tests.app.conftest import Client, example
from tests.app.test_mini_batches import SPIRAL
from tests.app.test_optimizers import store, update
from tests.support.networks import Document
from tinyml.data import Batches, draw
from tinyml.learner import Learner
from tinyml.training import Until
from tinyml.verify import ReceiptError, verify

STEP = {"type": "step", "every": 2, "factor": 0.5}
COSINE = {"type": "cosine", "over": 5, "least": 0.01, "unit": "step"}
WARM = {"type": "warm_up", "over": 2, "start_factor": 0.25, "unit": "step"}
SCHEDULES = [STEP, COSINE, WARM, {**WARM, "unit": "epoch", "after": {"type": "step", "every": 1}}]


def with_schedule(document: Document, schedule: Document | None, **optimizer: Any) -> Document:
    return {**document, "optimizer": {**document["optimizer"], "schedule": schedule, **optimizer}}


CHAPTER = with_schedule(example("chapter"), STEP, momentum=0.9)
BATCHED = [with_schedule(SPIRAL, schedule) for schedule in SCHEDULES]
DOCUMENTS = [*(with_schedule(CHAPTER, schedule) for schedule in SCHEDULES), *BATCHED]
each_document = pytest.mark.parametrize("document", DOCUMENTS)


def traced(client: Client, document: Document) -> Any:
    response = client.post("/api/trace", document)
    assert response.status_code == 200, response.text
    return response.json()


def advanced(client: Client, document: Document, steps: int, **more: Any) -> Any:
    response = client.post("/api/advance", {"document": document, "steps": steps, **more})
    assert response.status_code == 200, response.text
    return response.json()


def test_a_document_says_where_its_schedule_is_and_the_trace_the_rate(client: Client) -> None:
    first = traced(client, CHAPTER)
    assert first["document"]["position"] == {"epoch": 0, "step": 0}
    assert first["rate"] == {"value": 0.5, "first": 0.5, "unit": "epoch", "passed": 0}
    later = traced(client, {**first["document"], "position": {"epoch": 5, "step": 0}})
    assert later["rate"] == {"value": 0.125, "first": 0.5, "unit": "epoch", "passed": 5}
    assert later["tensors"]["fc_1.w.next"] != first["tensors"]["fc_1.w.next"]
    assert traced(client, later["document"])["hash"] == later["hash"]
    batched = traced(client, {**BATCHED[1], "position": {"epoch": 1, "step": 1}})
    assert (batched["rate"]["unit"], batched["rate"]["passed"]) == ("step", 4)


def test_without_a_schedule_nothing_is_said_of_a_rate(client: Client) -> None:
    trace = traced(client, example("chapter"))
    assert trace["rate"] is None
    assert "position" not in trace["document"]


@each_document
def test_all_ways_to_take_steps_take_them_at_the_same_rates(client: Client, document: Document) -> None:
    steps = 8
    start = traced(client, document)["document"]
    # One trace after another, by the stored network.
    address, one_by_one = store(client, start), [start]
    rates = []
    for _ in range(steps):
        rates.append(traced(client, one_by_one[-1])["rate"]["value"])
        one_by_one.append(update(client, address))
    assert len(set(rates)) > 1
    # Many at once, each of them with its document.
    run = advanced(client, start, steps, every=1)
    assert [one["document"] for one in run["starts"]] == one_by_one[1:-1]
    assert run["document"] == one_by_one[-1]
    # A network whose cursor crosses all of them.
    crossed = store(client, start)
    moved = client.post(f"{crossed}/step", {"by": "pass", "count": 4 * steps}).json()
    assert (moved["step"], moved["phase"]) == (steps, "update")
    assert moved["document"] == one_by_one[-1]
    # A training, in parts and seen again.
    training = Training(Order("t", json.dumps(start).encode(), Until(steps=steps)))
    while not training.run.finished:
        training.run.advance(3)
    seen = [json.loads(training.at(step, None)) for step in range(steps + 1)]
    assert [one["document"] for one in seen] == one_by_one


@pytest.mark.parametrize("document", BATCHED)
def test_a_learner_takes_the_same_rates(client: Client, document: Document) -> None:
    start = traced(client, document)["document"]
    training = Training(Order("t", json.dumps(start).encode(), Until(epochs=1)))
    run = training.run
    x, y = draw("spiral", 20, 0.2, 5)
    batches = run.batches
    rows = batches.training
    assert isinstance(batches, Batches)
    # Rows in the order of the training; the learner shuffles them as the document does.
    learner = Learner(run.model, run.loss, run.optimizer, seed=5)
    rates: list[float] = []
    learner.fit(x[rows], y[rows], 3, 7, callbacks=[lambda epoch: rates.append(epoch.lr)], progress=False)
    after = advanced(client, start, 9)["document"]
    last = [{**after, "position": {"epoch": epoch, "step": 2}} for epoch in range(3)]
    assert rates == [traced(client, one)["rate"]["value"] for one in last]
    found = [run.model.layers[i].parameters()["w"].tensor.T.tolist() for i in (0, 3)]
    assert found == [after["layers"][i]["w"] for i in (0, 3)]


@each_document
def test_a_chain_of_receipts_has_the_rate_of_each_step(client: Client, document: Document) -> None:
    chain = client.post("/api/receipts", {"document": document, "steps": 5}).json()
    assert verify(chain).ok
    lines = [[line for line in one["lines"] if line["ref"] == "lr"] for one in chain["receipts"]]
    assert all(len(one) == 1 for one in lines)
    expected = [traced(client, one["document"])["rate"]["value"] for one in chain["receipts"]]
    assert [one[0]["value"] for one in lines] == expected
    # Another rate, or another position, is no receipt of this step.
    receipt = chain["receipts"][3]
    wrong = json.loads(json.dumps(receipt))
    next(line for line in wrong["lines"] if line["ref"] == "lr")["value"] *= 1.001
    assert verify(wrong).ref == "lr"
    chain["receipts"][3]["document"]["position"]["epoch"] += 1
    assert not verify(chain).ok


def test_the_rate_is_explained_where_it_is_used(client: Client) -> None:
    document = {**CHAPTER, "position": {"epoch": 5, "step": 0}}
    explained = client.post("/api/explain", {"document": document, "ref": "lr"}).json()
    assert explained["value"] == 0.125
    assert explained["law"].startswith("The schedule: η = η₀ γ^⌊t / E⌋, with t the number of epochs before")
    assert explained["text"] == (
        "the learning rate = the first learning rate × gamma to the power floor(t / E) "
        "= 0.5 × 0.5 to the power floor(5 / 2) = 0.125"
    )
    of_weight = client.post("/api/explain", {"document": document, "ref": "fc_1.w.next[0,1]"}).json()
    assert of_weight["rate"]["value"] == 0.125
    assert of_weight["rate"]["expression"] == explained["expression"]
    constant = client.post("/api/explain", {"document": example("chapter"), "ref": "fc_1.w.next[0,1]"}).json()
    assert "rate" not in constant


def test_the_sentence_of_an_update_says_the_rate(client: Client) -> None:
    document = {**CHAPTER, "position": {"epoch": 5, "step": 0}}
    answer = client.post("/api/steps", {"document": document, "by": "pass"}).json()
    assert "learning rate 0.125 (by the schedule, from 0.5, in epoch 6)" in json.dumps(answer, ensure_ascii=False)


def change(schedule: Document | None) -> Document:
    return {"document": {"optimizer": {"schedule": schedule}}}


def test_a_schedule_may_be_patched_and_taken_away(client: Client) -> None:
    address = store(client, CHAPTER)
    update(client, address)
    patched = client.request("PATCH", address, json=change({"type": "cosine", "over": 9}))
    assert patched.status_code == 200, patched.text
    document = patched.json()["document"]
    assert document["optimizer"]["schedule"] == {"type": "cosine", "over": 9}
    assert document["position"] == {"epoch": 1, "step": 0}
    without = client.request("PATCH", address, json=change(None)).json()["document"]
    assert "position" not in without
    assert "schedule" not in without["optimizer"]


@pytest.mark.parametrize(
    ("schedule", "where", "message"),
    [
        ({"type": "steps"}, "/optimizer/schedule/type", "step"),
        ({"type": "step"}, "/optimizer/schedule/every", "missing; add it"),
        ({"type": "step", "every": 0}, "/optimizer/schedule/every", "at least 1"),
        ({"type": "step", "every": 1.5}, "/optimizer/schedule/every", "whole number"),
        ({"type": "step", "every": 2**53}, "/optimizer/schedule/every", "MAX_EPOCH"),
        ({"type": "step", "every": 1, "factor": -0.1}, "/optimizer/schedule/factor", "at least 0"),
        ({"type": "step", "every": 1, "gamma": 0.1}, "/optimizer/schedule/gamma", "factor"),
        ({"type": "cosine", "over": 0}, "/optimizer/schedule/over", "at least 1"),
        ({"type": "cosine", "over": 3, "least": -1}, "/optimizer/schedule/least", "at least 0"),
        ({"type": "cosine", "over": 3, "unit": "batch"}, "/optimizer/schedule/unit", "'epoch' or 'step'"),
        ({"type": "warm_up", "over": 3, "start_factor": 1.5}, "/optimizer/schedule/start_factor", "at most 1"),
        ({**WARM, "after": WARM}, "/optimizer/schedule/after/type", "'step', 'cosine'"),
        ({"type": "warm_up", "over": 3, "after": {"type": "step"}}, "/optimizer/schedule/after/every", "missing"),
        ({**WARM, "after": {**STEP, "unit": "step"}}, "/optimizer/schedule/after/unit", "unknown"),
        ([], "/optimizer/schedule", "expected an object"),
    ],
)
def test_errors_in_a_schedule_are_reported_at_their_place(
    client: Client, schedule: Any, where: str, message: str
) -> None:
    response = client.post("/api/trace", with_schedule(example("chapter"), schedule))
    assert response.status_code == 422
    problem = response.json()
    assert problem["where"] == where
    assert message in problem["detail"]


def test_a_position_fits_the_epochs_of_the_document(client: Client) -> None:
    response = client.post("/api/trace", {**CHAPTER, "position": {"epoch": 1, "step": 1}})
    problem = response.json()
    assert (response.status_code, problem["where"], problem["key"]) == (422, "/position/step", "position")
    plain = client.post("/api/trace", {**example("chapter"), "position": {"epoch": 1, "step": 0}}).json()
    assert (plain["status"], plain["where"], plain["key"]) == (422, "/position", "misplaced")
    last = client.post("/api/trace", {**CHAPTER, "position": {"epoch": 2**53 - 1, "step": 0}})
    assert last.json()["rate"]["value"] == 0.0
    beyond = client.post("/api/trace", {**CHAPTER, "position": {"epoch": 2**53, "step": 0}})
    assert (beyond.status_code, beyond.json()["limit"]) == (422, "MAX_EPOCH")


def test_a_rate_beyond_the_largest_float_is_told_and_not_taken(client: Client) -> None:
    growing = with_schedule(CHAPTER, {"type": "step", "every": 1, "factor": 10})
    document = {**growing, "position": {"epoch": 400, "step": 0}}
    trace = traced(client, document)
    assert trace["rate"]["value"] is None
    assert {"path": "/rate/value", "kind": "+inf"} in trace["nonfinite"]
    address = store(client, document)
    for step in ("forward", "backward"):
        client.post(f"{address}/{step}")
    refused = client.post(f"{address}/update")
    assert (refused.status_code, refused.json()["key"]) == (409, "not_finite")
    receipts = client.post("/api/receipts", {"document": document})
    assert (receipts.status_code, receipts.json()["key"]) == (422, "receipt")


def receipt_of(client: Client, schedule: Document) -> Any:
    chain = client.post("/api/receipts", {"document": with_schedule(CHAPTER, schedule), "steps": 2}).json()
    return chain["receipts"][0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"type": "warm"}, "type: expected one of step, cosine, warm_up"),
        ({"type": ["step"]}, "type: expected one of"),
        ({"type": "step", "unit": "epoch", "factor": 1.0}, "every: missing"),
        ({"type": "step", "unit": "day", "every": 1, "factor": 1.0}, "unit: expected"),
        ({"type": "step", "unit": "epoch", "every": 0, "factor": 1.0}, "every: expected a whole number from 1 on"),
        ({"type": "cosine", "unit": "epoch", "over": 1, "least": -1.0}, "least: expected"),
        ({"type": "warm_up", "unit": "epoch", "over": 1, "start_factor": 1.0, "after": 3}, "after: expected an object"),
        (
            {"type": "warm_up", "unit": "epoch", "over": 1, "start_factor": 1.0, "after": {"type": "warm_up"}},
            "after.type: expected one of step, cosine.",
        ),
        ([], "an object with a type"),
    ],
)
def test_a_receipt_with_an_incomplete_schedule_is_refused(client: Client, change: Any, message: str) -> None:
    record = receipt_of(client, STEP)
    record["document"]["optimizer"]["schedule"] = change
    with pytest.raises(ReceiptError, match=message):
        verify(record)


@pytest.mark.parametrize("position", [None, {"epoch": 0}, {"epoch": 0, "step": 1}, {"epoch": -1, "step": 0}, 3])
def test_a_receipt_needs_the_position_of_its_schedule(client: Client, position: Any) -> None:
    record = receipt_of(client, STEP)
    record["document"]["position"] = position
    with pytest.raises(ReceiptError, match="position"):
        verify(record)


def test_a_receipt_whose_rate_overflows_is_refused(client: Client) -> None:
    record = receipt_of(client, STEP)
    record["document"]["optimizer"]["schedule"] |= {"factor": 10.0, "every": 1}
    record["document"]["position"]["epoch"] = 400
    with pytest.raises(ReceiptError, match="beyond the range of float64"):
        verify(record)
