"""Stepping through the training steps of a stored network, forward and back, bit for bit."""

import copy
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from app import limits
from app.store.keys import hashed
from tests.app.conftest import Client, example
from tests.app.test_networks import store
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tests.support.reaching import reaches

GRAINS = ("pass", "layer", "node", "term")
ADAM = {"type": "adam", "lr": 0.1, "betas": [0.9, 0.99], "epsilon": 1e-8}
NO_KEYS = {"id": "", "view": ""}


def step(client: Client, address: str, by: str, count: int) -> dict[str, Any]:
    response = client.post(f"{address}/step", {"by": by, "count": count})
    assert response.status_code == 200, response.text[:500]
    answer: dict[str, Any] = response.json()
    return answer


def rich() -> Document:
    """A document in which every kind of state changes: weights, Adam's state, running statistics, a mask."""
    layers = [{"type": "BatchNorm"}, {"type": "Dropout", "probability": 0.5}, *example("chapter")["layers"]]
    return {**example("chapter"), "layers": layers, "optimizer": ADAM, "x": [[1, 2], [3, 5]], "y": [[1, 2], [3, 4]]}


@pytest.mark.slow
@given(
    document=documents(),
    moves=st.lists(st.tuples(st.sampled_from(GRAINS), st.integers(-12, 20)), min_size=2, max_size=6),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40)
def test_wherever_one_steps_the_start_is_that_of_advance_and_of_traces(
    client: Client, document: Document, moves: list[tuple[str, int]]
) -> None:
    run = client.post("/api/advance", {"document": document, "steps": 25, "every": 1}).json()
    address = store(client, copy.deepcopy(document))
    counts = {by: client.get(f"{address}/steps?by={by}&limit=1").json()["count"] for by in GRAINS}
    reached = 0
    for by, count in moves:
        response = client.post(f"{address}/step", {"by": by, "count": count})
        answer = client.get(address).json()
        if response.status_code == 409:
            assert "numbers that are not finite" in response.json()["detail"]
            return
        assert {**response.json(), "clamped": False} == answer
        start = client.get(f"{address}/trace").json()
        assert start["hash"] == client.post("/api/trace", start["document"]).json()["hash"]
        if answer["step"] <= len(run["hashes"]):
            assert start["hash"] == run["hashes"][answer["step"] - 1]
        reached = max(reached, answer["step"])
        assert answer["first_step"] == 1
        assert answer["cursor"] <= counts["term"]
        # At the end of a training step the document is the one with which the next begins.
        if answer["cursor"] == counts["term"] and answer["step"] < len(run["hashes"]):
            assert client.post("/api/trace", answer["document"]).json()["hash"] == run["hashes"][answer["step"]]
    event(f"training steps reached: {reached}")
    reaches(0.2, "another training step is reached", reached > 1)


@pytest.mark.slow
@pytest.mark.parametrize("by", GRAINS)
def test_there_and_back_again_every_answer_is_the_same(client: Client, by: str) -> None:
    address = store(client, rich())
    count = client.get(f"{address}/steps?by={by}&limit=1").json()["count"]
    there = [client.get(address).json()]
    there += [step(client, address, by, 1) for _ in range(2 * count + 2)]
    assert [there[i]["step"] for i in (0, count, count + 1, 2 * count, 2 * count + 1)] == [1, 1, 2, 2, 3]
    back = [there[-1]] + [step(client, address, by, -1) for _ in range(2 * count + 2)]
    assert back[::-1] == there
    again = [there[0]] + [step(client, address, by, 1) for _ in range(2 * count + 2)]
    assert again == there


@pytest.mark.slow
@pytest.mark.parametrize("by", GRAINS)
def test_many_steps_at_once_lead_where_single_ones_do(client: Client, by: str) -> None:
    one, many = store(client, rich()), store(client, rich())
    count = client.get(f"{one}/steps?by={by}&limit=1").json()["count"]
    for _ in range(3 * count + 2):
        single = step(client, one, by, 1)
    at_once = step(client, many, by, 3 * count + 2)
    assert {**at_once, **NO_KEYS} == {**single, **NO_KEYS}
    assert at_once["step"] == 4
    back = step(client, many, by, -(2 * count + 1))
    assert (back["step"], back["clamped"]) == (2, False)
    for _ in range(2 * count + 1):
        single = step(client, one, by, -1)
    assert {**back, **NO_KEYS} == {**single, **NO_KEYS}


def test_the_passes_go_on_counting_training_steps(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    seen = [client.post(f"{address}/{action}").json()["step"] for action in ("forward", "backward", "update") * 2]
    assert seen == [1, 1, 1, 2, 2, 2]
    other = store(client, chapter)
    assert {**step(client, other, "pass", 8), **NO_KEYS} == {**client.get(address).json(), **NO_KEYS}
    start = step(client, address, "pass", -8)
    assert (start["step"], start["cursor"], start["clamped"]) == (1, 0, False)


def test_one_can_go_back_as_far_as_starts_are_kept_and_no_further(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    kept = limits.MAX_KEPT_STEPS
    start = client.get(address).json()
    there = step(client, address, "pass", 4 * kept + 1)
    assert (there["step"], there["first_step"]) == (kept + 1, 1)
    back = step(client, address, "pass", -(4 * kept + 1))
    assert back == start
    assert step(client, address, "pass", -1) == {**start, "clamped": True}
    beyond = step(client, address, "pass", 4 * (kept + 1) + 1)
    assert (beyond["step"], beyond["first_step"]) == (kept + 2, 2)
    back = step(client, address, "pass", -(4 * kept + 1))
    assert (back["step"], back["cursor"], back["clamped"]) == (2, 0, False)
    assert step(client, address, "term", -1) == {**back, "clamped": True}
    run = client.post("/api/advance", {"document": chapter, "steps": 1}).json()
    assert client.get(f"{address}/trace").json()["hash"] == run["hashes"][1]


def test_what_starts_take_up_is_bounded_and_one_is_kept_at_least(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = store(client, chapter)
    length = len(client.get(address).content)
    monkeypatch.setattr(limits, "MAX_KEPT_BYTES", 10 * length)
    some = step(client, address, "pass", 4 * 40 + 1)
    assert 41 - 10 <= some["first_step"] < 41 - 1
    monkeypatch.setattr(limits, "MAX_KEPT_BYTES", 1)
    one = step(client, address, "pass", 4)
    assert (one["step"], one["first_step"]) == (42, 41)
    assert step(client, address, "pass", -2)["step"] == 41


def test_starts_that_are_behind_are_forgotten(
    client: Client, chapter: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_KEPT_STEPS", 3)
    address, other = store(client, chapter), store(client, chapter)
    step(client, other, "pass", 5)

    def kept() -> list[int]:
        with sqlite3.connect(tmp_path / "networks.sqlite3") as connection:
            rows = connection.execute(
                "SELECT step FROM starts WHERE id = ? ORDER BY step", [hashed(address.rpartition("/")[2])]
            )
            return [number for (number,) in rows]

    step(client, address, "pass", 4 * 9 + 1)
    assert kept() == [7, 8, 9]
    step(client, address, "pass", 4)
    assert kept() == [8, 9, 10]
    step(client, address, "pass", -8)
    assert kept() == [8]
    step(client, address, "pass", 4)
    assert kept() == [8, 9]
    client.request("PATCH", address, json={"document": {"name": "other"}})
    assert kept() == []
    step(client, address, "pass", 5)
    client.request("DELETE", address)
    assert kept() == []
    assert step(client, other, "pass", -5)["step"] == 1


@pytest.mark.parametrize("by", GRAINS)
def test_a_count_beyond_all_bounds_is_refused_forward_and_clamped_back(
    client: Client, chapter: Document, by: str
) -> None:
    address = store(client, chapter)
    before = step(client, address, "node", 13)
    for count in (10**9, 10**30):
        response = client.post(f"{address}/step", {"by": by, "count": count})
        assert response.status_code == 422
        problem = response.json()
        assert (problem["where"], problem["limit"]) == ("/count", "MAX_ADVANCE_STEPS")
        assert problem["asked"] > problem["allowed"] == limits.MAX_ADVANCE_STEPS
        assert client.get(address).json() == before
    back = step(client, address, by, -(10**30))
    assert (back["step"], back["cursor"], back["clamped"]) == (1, 0, True)


def test_a_request_crosses_as_many_training_steps_as_the_limits_and_no_more(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = store(client, chapter)
    cost = 2 + 2 + 4 + 2  # inputs, outputs, weights, biases
    for limit, value in (("MAX_ADVANCE_STEPS", 7), ("MAX_ADVANCE_WORK", 7 * cost)):
        with monkeypatch.context() as patched:
            patched.setattr(limits, limit, value)
            response = client.post(f"{address}/step", {"by": "pass", "count": 4 * 8 + 1})
            assert (response.status_code, response.json()["limit"]) == (422, limit)
            assert step(client, address, "pass", 4 * 7 + 1)["step"] == 8
            assert step(client, address, "pass", -(4 * 7 + 1))["step"] == 1


def test_a_patch_begins_a_new_training_with_the_weights_that_are_there(client: Client) -> None:
    address = store(client, rich())
    before = step(client, address, "pass", 4 * 3)
    patched = client.request("PATCH", address, json={"document": {"optimizer": {"lr": 0.25}}}).json()
    assert (patched["step"], patched["first_step"], patched["cursor"]) == (1, 1, 0)
    assert patched["document"]["layers"] == before["document"]["layers"]
    assert patched["document"]["optimizer"]["state"] == before["document"]["optimizer"]["state"]
    assert step(client, address, "pass", -1) == {**patched, "clamped": True}


def test_versions_count_changes_and_a_stale_one_moves_nothing(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    stale = client.get(address).headers["ETag"]
    fresh = client.post(f"{address}/step", {"by": "pass", "count": 9})
    assert fresh.headers["ETag"] == '"2"'
    refused = client.post(f"{address}/step", {"by": "pass", "count": -9}, headers={"If-Match": stale})
    assert refused.status_code == 412
    assert client.get(address).json() == fresh.json()
    back = client.post(f"{address}/step", {"by": "pass", "count": -9}, headers={"If-Match": '"2"'})
    assert (back.status_code, back.json()["step"], back.headers["ETag"]) == (200, 1, '"3"')
    clamped = client.post(f"{address}/step", {"by": "pass", "count": -9})
    assert (clamped.json()["clamped"], clamped.headers["ETag"]) == (True, '"3"')


def test_an_update_that_cannot_be_stored_names_its_training_step_and_changes_nothing(
    client: Client, chapter: Document
) -> None:
    chapter["optimizer"]["lr"] = 1e100
    address = store(client, chapter)
    before = step(client, address, "node", 2)
    response = client.post(f"{address}/step", {"by": "pass", "count": 100})
    assert response.status_code == 409
    assert response.json()["detail"].startswith(
        "The update of training step 4 would produce numbers that are not finite"
    )
    assert client.get(address).json() == before
    assert step(client, address, "pass", 14)["step"] == 4


def test_a_number_on_the_way_that_is_not_finite_is_no_reason_to_stop(client: Client) -> None:
    document = {
        "input_shape": [1],
        "layers": [{"type": "Linear", "name": "f", "output_dim": 1, "w": [[1e200]], "b": [0.5]}, {"type": "Sigmoid"}],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.5, "momentum": 0.5},
        "x": [[1e200]],
        "y": [[0.0]],
    }
    assert client.post("/api/advance", {"document": document, "steps": 1}).json()["stopped"]["step"] == 1
    one, many = store(client, document), store(client, document)
    for _ in range(10):
        single = step(client, one, "pass", 1)
    assert {**step(client, many, "pass", 10), **NO_KEYS} == {**single, **NO_KEYS}
    assert single["step"] == 3


def test_a_mask_that_cannot_be_drawn_again_is_refused(client: Client) -> None:
    document = rich()
    document["layers"][1]["passes"] = limits.MAX_PASSES - 2
    address = store(client, document)
    for count in (4 * 3, 4 * 4):
        response = client.post(f"{address}/step", {"by": "pass", "count": count})
        assert (response.status_code, "PATCH its passes to 0" in response.json()["detail"]) == (409, True)
    assert step(client, address, "pass", 4 * 3 - 1)["step"] == 3


def test_networks_of_an_earlier_version_go_on(portal: BlockingPortal, tmp_path: Path, chapter: Document) -> None:
    client = Client(portal, tmp_path)
    address = store(client, chapter)
    step(client, address, "pass", 2)
    before = client.get(address).json()
    client.close()
    with sqlite3.connect(tmp_path / "networks.sqlite3") as connection:
        for table in ("starts", "answers", "uses", "alembic_version"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DROP INDEX networks_view")
        connection.execute("ALTER TABLE networks DROP COLUMN view")
        connection.execute("UPDATE networks SET id = ?", [address.rpartition("/")[2]])
        connection.execute("ALTER TABLE networks DROP COLUMN step")
        connection.execute("ALTER TABLE networks DROP COLUMN first")
        connection.execute("PRAGMA user_version = 0")  # it did not store the number of its layout
    client = Client(portal, tmp_path)
    assert client.get(address).json() == before
    assert step(client, address, "pass", 7)["step"] == 3
    assert step(client, address, "pass", -7) == before
    client.close()
