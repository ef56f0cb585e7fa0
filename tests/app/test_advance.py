"""POST /api/advance: many training steps in one request equal the steps one by one."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from app import limits
from app.advance import Run
from app.known import KnownDocument
from app.schemas.advance import AdvanceRequest
from app.schemas.document import NetworkDocument
from tests.app.conftest import Client
from tests.support.chains import after, hash_of
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tests.support.reaching import reaches

SLOW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
MOVING = {"Dropout", "BatchNorm"}


def advance(client: Client, document: Document, steps: int, **more: Any) -> Any:
    response = client.post("/api/advance", {"document": document, "steps": steps, **more})
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.slow
@SLOW
@given(document=documents(), steps=st.integers(1, 4))
def test_n_steps_at_once_are_n_requests_of_one_step_each(client: Client, document: Document, steps: int) -> None:
    event(f"optimizer {document['optimizer']['type']}")
    reaches(0.05, "running state moves", any(layer["type"] in MOVING for layer in document["layers"]))
    at_once = advance(client, document, steps, every=1)
    if at_once["stopped"]:
        event("stopped")
        return
    losses, hashes, starts = [], [], []
    for step in range(steps):
        trace = client.post("/api/trace", document).json()
        assert trace["hash"] == hash_of(trace["document"])
        losses.append(trace["loss"]["value"])
        hashes.append(trace["hash"])
        starts += [{"step": step, "document": trace["document"]}] if step else []
        one = advance(client, document, 1)
        assert one["losses"][0] == trace["loss"]["value"]
        document = one["document"]
    last = client.post("/api/trace", document).json()
    assert at_once["losses"] == [*losses, last["loss"]["value"]]
    assert at_once["hashes"] == [*hashes, last["hash"]]
    assert at_once["starts"] == starts
    assert at_once["document"] == last["document"] == document


@SLOW
@given(
    document=documents(
        kinds=sorted({"Linear", "Conv2D", "Deconv2D", "BatchNorm", "LayerNorm", "Sigmoid", "ReLu", "Softmax"})
    )
)
def test_a_step_equals_the_trace_bit_for_bit(client: Client, document: Document) -> None:
    trace = client.post("/api/trace", document).json()
    answer = advance(client, document, 1)
    reaches(0.5, "a step is taken", not answer["stopped"])
    if not answer["stopped"]:
        assert answer["document"] == after(trace)
        assert answer["hashes"][1] == hash_of(after(trace))


@pytest.mark.slow
@pytest.mark.parametrize("optimizer", [{"type": "sgd", "lr": 0.5}, {"type": "adam"}, {"type": "rmsprop"}])
def test_ten_thousand_steps_of_the_chapter_s_network(client: Client, chapter: Document, optimizer: Document) -> None:
    chapter["optimizer"] = optimizer
    answer = advance(client, chapter, 10_000, every=2_500)
    assert len(answer["losses"]) == len(answer["hashes"]) == 10_001
    assert [start["step"] for start in answer["starts"]] == [2_500, 5_000, 7_500]
    assert answer["hashes"][2_500] == hash_of(answer["starts"][0]["document"])
    assert answer["hashes"][-1] == hash_of(answer["document"])
    assert answer["losses"][-1] < 1e-3 < answer["losses"][0]
    halfway = advance(client, answer["starts"][1]["document"], 5_000)
    assert halfway["losses"] == answer["losses"][5_000:]
    assert halfway["hashes"] == answer["hashes"][5_000:]


def growing(lr: float, **more: Any) -> Document:
    """ŷ = wx on x = 1 and y = 0, where each step multiplies w by 1 − lr: a large lr soon overflows float64."""
    layer = {"type": "Linear", "name": "fc_1", "output_dim": 1, "w": [[1.0]], "b": [0.0]}
    return {
        "input_shape": [1],
        "layers": [layer],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": lr},
        "x": [[1.0]],
        "y": [[0.0]],
        **more,
    }


def test_a_run_stops_before_the_first_step_with_a_number_that_is_not_finite(client: Client) -> None:
    answer = advance(client, growing(1e30), 10_000, every=2)
    step, where = answer["stopped"]["step"], answer["stopped"]["where"]
    assert (step, where) == (7, "loss")  # w is about 1e180 by then, and its square overflows
    assert answer["losses"][-1] is None
    assert answer["nonfinite"] == [{"path": "/losses/6", "kind": "+inf"}]
    assert len(answer["losses"]) == len(answer["hashes"]) == step
    assert hash_of(answer["document"]) == answer["hashes"][-1]
    assert [start["step"] for start in answer["starts"]] == [2, 4, 6]
    trace = client.post("/api/trace", answer["document"]).json()
    assert trace["nonfinite"][0]["path"] == "/loss/value"
    # A further run stops at once, with the same document.
    assert advance(client, answer["document"], 10_000)["document"] == answer["document"]


def test_a_loss_that_overflows_after_the_last_step_stops_nothing(client: Client) -> None:
    answer = advance(client, growing(1e30), 6)
    assert answer["stopped"] is None
    assert len(answer["losses"]) == 7
    assert answer["losses"][-1] is None
    assert answer["nonfinite"] == [{"path": "/losses/6", "kind": "+inf"}]


def test_an_update_that_overflows_is_not_made(client: Client) -> None:
    document = growing(1e300, x=[[1e10]])
    answer = advance(client, document, 5)
    assert answer["stopped"] == {"step": 1, "where": "fc_1.w.next[0,0]"}
    assert answer["document"]["layers"][0]["w"] == [[1.0]]
    assert answer["losses"] == [5e19]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"x": [[1e200]], "layers": [{"type": "Linear", "output_dim": 1, "w": [[1e200]]}]}, "fc_1.output[0,0]"),
        ({"x": [[1e180]]}, "loss"),
        ({"x": [[1.0], [1e180]], "y": [[0.0], [0.0]]}, "loss"),
    ],
)
def test_the_first_number_that_is_not_finite_is_named(client: Client, changes: Document, where: str) -> None:
    assert advance(client, growing(0.1, **changes), 3)["stopped"] == {"step": 1, "where": where}


def test_numbers_whose_squares_overflow_are_finite_still(client: Client) -> None:
    layers = [
        {"type": "Linear", "name": "fc_1", "output_dim": 2, "w": [[1e160, 1.0]], "b": [0.0, 0.0]},
        {"type": "Dropout", "name": "drop", "probability": 0.5, "seed": 3},
        {"type": "Tanh", "name": "tanh"},
    ]
    document = growing(0.1, layers=layers, y=[[0.0, 0.0]])
    answer = advance(client, document, 3)
    assert answer["stopped"] is None
    assert answer["document"]["layers"][1]["passes"] == 3
    one = document
    for step in range(3):
        one = advance(client, one, 1)["document"]
        assert hash_of(one) == answer["hashes"][step + 1]


def test_a_network_without_parameters_stays_as_it_is(client: Client) -> None:
    document = growing(0.1, layers=[{"type": "Tanh", "name": "tanh"}])
    answer = advance(client, document, 3)
    assert len(set(answer["hashes"])) == len(set(answer["losses"])) == 1


def test_predicting_moves_no_passes_and_no_statistics(client: Client) -> None:
    layers = [
        {"type": "Linear", "name": "fc_1", "output_dim": 2, "w": [[0.5, -0.5]], "b": [0.0, 0.0]},
        {"type": "Dropout", "name": "drop", "probability": 0.5},
        {"type": "BatchNorm", "name": "norm"},
    ]
    document = growing(0.1, layers=layers, x=[[1.0], [2.0]], y=[[0.5, 0.0], [0.0, 1.0]])
    trained, predicting = (advance(client, {**document, "mode": mode}, 4)["document"] for mode in ("train", "predict"))
    assert [(one["layers"][1]["passes"], one["layers"][2]["running_mean"]) for one in (trained, predicting)] == [
        (4, trained["layers"][2]["running_mean"]),
        (0, [0.0, 0.0]),
    ]
    assert trained["layers"][2]["running_mean"] != [0.0, 0.0]
    assert predicting["layers"][0]["w"] != document["layers"][0]["w"]


@pytest.mark.parametrize(
    ("request_", "where", "message"),
    [
        ({"steps": 0}, "/steps", "must be at least 1"),
        ({"steps": 10_001}, "/steps", "MAX_ADVANCE_STEPS (training steps that one request takes) is 10,000"),
        ({"steps": 2.5}, "/steps", "expected a whole number"),
        ({"steps": True}, "/steps", "expected a whole number"),
        ({}, "/steps", "missing"),
        ({"steps": 3, "every": 0}, "/every", "must be at least 1"),
        ({"steps": 3, "every": 10_001}, "/every", "MAX_ADVANCE_STEPS"),
        ({"steps": 3, "until": 5}, "/until", "this field is unknown"),
    ],
)
def test_what_makes_no_sense_is_refused(client: Client, request_: Document, where: str, message: str) -> None:
    response = client.post("/api/advance", {"document": growing(0.1), **request_})
    assert response.status_code == 422
    assert response.json()["where"] == where
    assert message in response.json()["detail"]


def test_a_document_that_does_not_fit_is_pointed_at(client: Client) -> None:
    response = client.post("/api/advance", {"document": growing(0.1, y=[[0.0, 1.0]]), "steps": 1})
    assert response.status_code == 422
    assert response.json()["where"].startswith("/document/y")


def test_the_work_is_limited_with_figures(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    document = growing(0.1, optimizer={"type": "adam"})
    # One input, one output; w and b, each with its mean and its square.
    numbers = 2 + 2 * 3
    monkeypatch.setattr(limits, "MAX_ADVANCE_WORK", 5 * numbers)
    assert len(advance(client, document, 5)["losses"]) == 6
    problem = client.post("/api/advance", {"document": document, "steps": 6}).json()
    assert (problem["status"], problem["where"], problem["limit"]) == (422, "/steps", "MAX_ADVANCE_WORK")
    assert (problem["asked"], problem["allowed"]) == (6 * numbers, 5 * numbers)


@SLOW
@given(document=documents())
def test_starts_are_held_to_their_bytes_whatever_their_numbers_become(client: Client, document: Document) -> None:
    answer = client.post("/api/advance", {"document": document, "steps": 3, "every": 1})
    longest = Run(*_run(document, 3)).longest_starts
    assert all(
        len(json.dumps(one["document"], separators=(",", ":"))) * 2 <= longest for one in answer.json()["starts"]
    )


def test_as_many_starts_as_fit_are_sent(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    document = growing(0.1)
    longest = Run(*_run(document, 3)).longest_starts
    monkeypatch.setattr(limits, "MAX_ADVANCE_BYTES", longest)
    assert len(advance(client, document, 3, every=1)["starts"]) == 2
    assert len(advance(client, document, 4, every=2)["starts"]) == 1
    problem = client.post("/api/advance", {"document": document, "steps": 4, "every": 1}).json()
    assert (problem["status"], problem["where"], problem["limit"]) == (422, "/every", "MAX_ADVANCE_BYTES")
    assert (problem["asked"], problem["allowed"]) == (longest // 2 * 3, longest)


def _run(document: Document, steps: int) -> tuple[AdvanceRequest, KnownDocument]:
    request = AdvanceRequest.model_validate({"document": document, "steps": steps, "every": 1})
    return request, KnownDocument(NetworkDocument.model_validate(document))


def test_passes_are_held_to_their_limit(client: Client) -> None:
    layers = [{"type": "Dropout", "probability": 0.5, "passes": limits.MAX_PASSES - 3}]
    document = growing(0.1, layers=layers)
    assert advance(client, document, 3)["document"]["layers"][0]["passes"] == limits.MAX_PASSES
    problem = client.post("/api/advance", {"document": document, "steps": 4}).json()
    assert (problem["where"], problem["limit"]) == ("/document/layers/0/passes", "MAX_PASSES")
    assert len(advance(client, {**document, "mode": "predict"}, 4)["losses"]) == 5


def test_a_batch_of_two_million_numbers_is_refused_with_figures(client: Client) -> None:
    document = growing(0.1, input_shape=[1000], x=[[0.0] * 1000] * 2001, y=[[0.0]] * 2001)
    response = client.post("/api/advance", {"document": document, "steps": 1})
    assert response.status_code in (413, 422)
    assert response.json()["asked"] > response.json()["allowed"]
