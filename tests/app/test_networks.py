"""Stored networks: create, read, change, step and delete."""

import copy
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.app.conftest import Client, example
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tests.support.reaching import reaches
from tests.support.traces import entries, parameters_of


def store(client: Client, document: Document) -> str:
    response = client.post("/api/networks", document)
    assert response.status_code == 201
    return response.headers["Location"]


def test_the_address_of_a_stored_network_cannot_be_guessed(client: Client, chapter: Document) -> None:
    response = client.post("/api/networks", chapter)
    assert response.status_code == 201
    network = response.json()
    assert network.keys() == {"id", "view", "document", "phase", "cursor", "step", "first_step", "clamped", "warnings"}
    assert (network["phase"], network["cursor"]) == ("ready", 0)
    assert len(network["id"]) >= 24
    assert response.headers["Location"] == f"/api/networks/{network['id']}"
    again = client.get(response.headers["Location"])
    assert again.json() == network
    assert again.headers["ETag"] == response.headers["ETag"]
    assert client.post("/api/networks", chapter).json()["id"] != network["id"]
    assert client.get("/api/networks").status_code == 405


@pytest.mark.parametrize("slug", ["chapter", "two-layers", "xor", "batch-of-three"])
def test_forward_backward_and_update_are_the_trace(client: Client, slug: str) -> None:
    document = example(slug)
    address = store(client, document)
    phases = [client.post(f"{address}/{step}").json()["phase"] for step in ("forward", "backward", "update")]
    assert phases == ["forward", "backward", "update"]
    complete = client.post("/api/trace", document).json()
    assert client.get(f"{address}/trace").json() == complete
    new = client.get(address).json()["document"]
    for layer, traced in zip(new["layers"], complete["layers"], strict=True):
        for name, following in parameters_of(complete, traced, ".next").items():
            assert layer[name] == following


@pytest.mark.parametrize(
    ("done", "wrong", "first"),
    [
        ([], "backward", "forward"),
        ([], "update", "forward"),
        (["forward"], "forward", "backward"),
        (["forward"], "update", "backward"),
        (["forward", "backward"], "backward", "update"),
        (["forward", "backward"], "forward", "update"),
        (["forward", "backward", "update"], "update", "forward"),
        (["forward", "backward", "update"], "backward", "forward"),
    ],
)
def test_a_pass_out_of_order_is_refused_with_the_one_due(
    client: Client, chapter: Document, done: list[str], wrong: str, first: str
) -> None:
    address = store(client, chapter)
    for step in done:
        assert client.post(f"{address}/{step}").status_code == 200
    before = client.get(address).json()
    response = client.post(f"{address}/{wrong}")
    assert response.status_code == 409
    assert f"{first} comes first" in response.json()["detail"]
    assert client.get(address).json() == before


def test_training_goes_on_from_the_updated_weights(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    losses = []
    for _ in range(3):
        for step in ("forward", "backward", "update"):
            assert client.post(f"{address}/{step}").status_code == 200
        losses.append(client.get(f"{address}/trace").json()["loss"]["value"])
    np.testing.assert_allclose(losses[:2], [0.18365, 0.025141685], rtol=0, atol=1e-12)
    assert losses[2] < losses[1]


def test_a_network_without_weights_has_nothing_to_update(client: Client, chapter: Document) -> None:
    address = store(client, {**chapter, "layers": [{"type": "Tanh"}]})
    assert client.post(f"{address}/forward").json()["phase"] == "forward"
    done = client.post(f"{address}/backward").json()
    assert client.post(f"{address}/step", {"by": "pass", "count": 1}).json()["step"] == done["step"] + 1
    assert client.post(f"{address}/step", {"by": "pass", "count": -1}).json() == done
    assert "nothing to update. POST …/forward starts a step" in client.post(f"{address}/update").json()["detail"]
    assert client.post(f"{address}/forward").json()["phase"] == "forward"
    assert client.post(f"{address}/backward").json()["phase"] == "backward"


def test_the_passes_bring_their_numbers_one_after_another(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    seen = [known(client.get(f"{address}/trace").json())]
    for step in ("forward", "backward", "update"):
        client.post(f"{address}/{step}")
        seen.append(known(client.get(f"{address}/trace").json()))
    given = {"x", "y", "fc_1.w", "fc_1.b", "fc_1.one"}
    gradients = {"fc_1.output.grad", "fc_1.w.grad", "fc_1.b.grad", "fc_1.one.grad", "x.grad"}
    assert seen[0] == given
    assert [after - before for before, after in pairwise(seen)] == [
        {"fc_1.output"},
        {"loss", *gradients},
        {"fc_1.w.next", "fc_1.b.next"},
    ]


def known(trace: dict[str, Any]) -> set[str]:
    parts = {"loss": trace["loss"]["value"], **trace["tensors"]}
    return {name for name, value in parts.items() if value is not None}


def test_stepping_back_is_clamped_at_the_start_and_back_across_the_update_restores_the_weights(
    client: Client, chapter: Document
) -> None:
    address = store(client, chapter)
    start = client.get(address).json()
    end = client.post(f"{address}/step", {"by": "pass", "count": 4}).json()
    assert end["phase"] == "update"
    assert end["document"]["layers"][0]["w"] != start["document"]["layers"][0]["w"]
    back = client.post(f"{address}/step", {"by": "pass", "count": -1}).json()
    assert back["phase"] == "backward"
    assert back["document"] == start["document"]
    assert client.post(f"{address}/step", {"by": "node", "count": -9}).json() == start
    assert client.post(f"{address}/step", {"by": "node", "count": -(10**30)}).json() == {**start, "clamped": True}


@pytest.mark.parametrize(("by", "steps"), [("pass", 4), ("layer", 5), ("node", 11), ("term", 26)])
def test_every_grain_walks_the_whole_training_step(client: Client, chapter: Document, by: str, steps: int) -> None:
    address = store(client, chapter)
    cursors = [0, *(client.post(f"{address}/step", {"by": by}).json()["cursor"] for _ in range(steps))]
    assert sorted(set(cursors)) == cursors
    assert cursors[-1] == 26
    assert client.post(f"{address}/step", {"by": by}).json()["cursor"] == cursors[1]


def test_a_half_done_layer_shows_what_is_done_of_it(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    client.post(f"{address}/step", {"by": "node", "count": 1})
    trace = client.get(f"{address}/trace?graph=1").json()
    assert trace["tensors"]["fc_1.output"] == [[0.49, None]]
    values = {node["id"]: node["value"] for node in trace["nodes"]}
    assert values == {"x_0": 1, "x_1": 0.1, "x_2": 0.5, "ŷ_1": 0.49, "ŷ_2": None}
    products = {edge["id"]: edge["product"] for edge in trace["edges"]}
    assert products["fc_1.w[0,0]"] is not None
    assert products["fc_1.w[0,1]"] is None


def test_a_pass_finishes_the_phase_at_the_cursor(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    client.post(f"{address}/step", {"by": "term", "count": 2})
    assert client.post(f"{address}/forward").json()["cursor"] == 6
    client.post(f"{address}/step", {"by": "term", "count": 1})
    assert client.get(address).json()["phase"] == "loss"
    assert client.post(f"{address}/backward").json()["phase"] == "backward"


def test_a_patch_merges_into_the_document_and_returns_to_the_start(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    client.post(f"{address}/forward")
    patched = client.request("PATCH", address, json={"document": {"optimizer": {"lr": 0.25}, "name": None}}).json()
    assert patched["document"]["optimizer"] == {"type": "sgd", "lr": 0.25}
    assert patched["document"]["name"] == "Untitled"
    assert patched["document"]["layers"] == client.post("/api/trace", chapter).json()["document"]["layers"]
    assert (patched["phase"], patched["cursor"]) == ("ready", 0)
    assert client.get(address).json() == patched


def test_a_patch_after_an_update_keeps_the_new_weights(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    new = client.post(f"{address}/step", {"by": "pass", "count": 4}).json()["document"]["layers"]
    assert client.request("PATCH", address, json={"document": {"seed": 5}}).json()["document"]["layers"] == new


@pytest.mark.parametrize(
    ("patch", "where", "message"),
    [
        ({"document": {"optimizer": {"lr": -1}}}, "/document/optimizer/lr", "must be at least 0"),
        ({"document": {"x": [[1, 2, 3]]}}, "/document/x/0", "expected 2, got a list of 3"),
        ({"document": {"layers": None}}, "/document/layers", "missing"),
        ({"document": {"layers": [{"type": "Nothing"}]}}, "/document/layers/0/type", "expected one of"),
        ({"name": "x"}, "/name", "the fields are document"),
        ({"document": {"loss": "text"}}, "/document/loss", "expected an object"),
    ],
)
def test_a_patch_that_does_not_fit_changes_nothing(
    client: Client, chapter: Document, patch: Any, where: str, message: str
) -> None:
    address = store(client, chapter)
    before = client.get(address)
    response = client.request("PATCH", address, json=patch)
    assert response.status_code == 422
    assert response.json()["where"] == where
    assert message in response.json()["detail"]
    assert client.get(address).json() == before.json()


def test_a_deleted_network_is_gone(client: Client, chapter: Document) -> None:
    address = store(client, chapter)
    assert client.request("DELETE", address).status_code == 204
    for method, url in (
        ("GET", address),
        ("DELETE", address),
        ("POST", f"{address}/forward"),
        ("GET", f"{address}/trace"),
    ):
        response = client.request(method, url)
        assert response.status_code == 404
        assert "POST /api/networks creates one" in response.json()["detail"]


def test_an_update_that_would_lose_the_weights_is_refused(client: Client, chapter: Document) -> None:
    chapter["layers"][0]["w"] = [[1e300, 0], [0, 0]]
    chapter["optimizer"]["lr"] = 1e300
    address = store(client, chapter)
    client.post(f"{address}/forward")
    before = client.post(f"{address}/backward").json()
    for url, body in ((f"{address}/update", None), (f"{address}/step", {"by": "pass", "count": 1})):
        response = client.post(url, body)
        assert response.status_code == 409
        assert "lower the learning rate" in response.json()["detail"]
    assert client.get(address).json() == before


@given(
    document=documents(),
    moves=st.lists(
        st.tuples(st.sampled_from(["pass", "layer", "node", "term"]), st.integers(-9, 9)), min_size=1, max_size=6
    ),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_wherever_one_steps_the_trace_is_the_complete_one_with_gaps(
    client: Client, document: Document, moves: list[tuple[str, int]]
) -> None:
    address, within = store(client, copy.deepcopy(document)), False
    for by, count in moves:
        client.post(f"{address}/step", {"by": by, "count": count})
        partial = client.get(f"{address}/trace?graph=1").json()
        complete = client.post("/api/trace?graph=1", partial["document"]).json()
        within |= 0 < partial["cursor"] < complete["cursor"]
        assert partial.pop("cursor") <= complete["cursor"]
        assert partial.pop("step") == client.get(address).json()["step"]
        partial.pop("phase")
        # Zeros by rounding are listed once all numbers of their tensor are known.
        assert partial.pop("rounding") == [
            ref
            for ref in complete["rounding"]
            if None not in (value for _, value in entries(partial["tensors"][ref.partition("[")[0]]))
        ]
        assert_gappy(partial, {name: complete[name] for name in partial})
    reaches(0.3, "a place within the training step", within)


def assert_gappy(partial: Any, complete: Any) -> None:
    if partial is None:
        return
    if isinstance(partial, dict):
        assert partial.keys() == complete.keys()
        for name, value in partial.items():
            assert_gappy(value, complete[name])
    elif isinstance(partial, list):
        assert len(partial) == len(complete)
        for value, other in zip(partial, complete, strict=True):
            assert_gappy(value, other)
    else:
        assert partial == complete


def test_ids_have_nothing_in_common(client: Client, chapter: Document) -> None:
    ids = [client.post("/api/networks", chapter).json()["id"] for _ in range(20)]
    for place in range(20):
        assert len({key[place] for key in ids}) > 5


def test_the_trace_of_a_stored_network_shows_the_requested_sample(client: Client) -> None:
    address = store(client, example("batch-of-three"))
    nodes = client.get(f"{address}/trace?sample=1&graph=1").json()["nodes"]
    assert {node["ref"] for node in nodes if node["role"] == "input"} == {"x[1,0]", "x[1,1]", "x[1,2]"}
    assert client.get(f"{address}/trace?sample=3").status_code == 422
