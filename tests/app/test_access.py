"""Who may do what with a stored network: holders of its editing key, of its reading key, of none or of another one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal

from app.store.keys import KEY_BYTES, hashed, new_key, reading_key
from app.trainings import trainings
from app.trainings.crew import InThread
from tests.app.conftest import Client
from tests.support.engines import Engine
from tests.support.networks import Document

# The keys of a network, and the names of its trainings.
Network = dict[str, str]

# The body of each change. A new route has to be listed, or the test below fails.
CHANGES: dict[tuple[str, str], Any] = {
    ("PATCH", "/api/networks/{id}"): {"document": {"seed": 3}},
    ("POST", "/api/networks/{id}/forward"): None,
    ("POST", "/api/networks/{id}/backward"): None,
    ("POST", "/api/networks/{id}/update"): None,
    ("POST", "/api/networks/{id}/step"): {"by": "pass", "count": 1},
    ("POST", "/api/networks/{id}/trainings"): {"until": {"steps": 1}, "paused": True},
    ("PATCH", "/api/networks/{id}/trainings/{training}"): {"speed": 5},
    ("DELETE", "/api/networks/{id}/trainings/{training}"): None,
    ("DELETE", "/api/networks/{id}"): None,
}
QUERIES = {"/api/networks/{id}/explain": "?ref=loss"}


@pytest.fixture
def client(
    engine_client: Client, portal: BlockingPortal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Client]:
    """A client of a service with each database, which runs trainings in a thread."""
    monkeypatch.setattr(trainings, "forking", InThread)
    engine_client.state.trainings = made = trainings.Trainings(engine_client.state.store, tmp_path / "trainings")
    yield engine_client
    portal.call(made.close)


def routes(client: Client) -> list[tuple[str, str]]:
    """Every route of a stored network."""
    paths = client.get("/openapi.json").json()["paths"]
    return [(method.upper(), path) for path, of in paths.items() if "{id}" in path for method in of]


def ask(client: Client, method: str, path: str, key: str, network: Network) -> httpx.Response:
    """A request with this key to the route; reading ones are about the training that has ended."""
    body = CHANGES.get((method, path))
    training = network["ended" if method == "GET" else "paused"]
    url = path.format(id=key, training=training, step=1) + QUERIES.get(path, "")
    return client.request(method, url, **({} if body is None else {"json": body}))


@pytest.fixture
def network(client: Client, chapter: Document) -> Network:
    """The keys of a network, and its trainings: one that has ended, and one that is paused."""
    made = client.post("/api/networks", chapter).json()
    where = f"/api/networks/{made['id']}/trainings"
    ended, paused = (
        client.post(where, {"until": {"steps": 1}, "paused": paused}).json()["id"] for paused in (False, True)
    )
    client.get(f"{where}/{ended}/events")  # they end once its result is stored
    assert client.get(f"{where}/{ended}").json()["state"] == "done"
    return {"id": made["id"], "view": made["view"], "ended": ended, "paused": paused}


def test_every_route_that_changes_is_listed(client: Client) -> None:
    assert {route for route in routes(client) if route[0] != "GET"} == CHANGES.keys()
    assert len([route for route in routes(client) if route[0] == "GET"]) >= 6


def test_a_key_that_edits_reads_and_changes(client: Client, network: Network) -> None:
    reads = [route for route in routes(client) if route[0] == "GET"]
    assert {path: ask(client, method, path, network["id"], network).status_code for method, path in reads} == {
        path: 200 for _, path in reads
    }
    statuses = [ask(client, *route, network["id"], network).status_code for route in CHANGES]
    assert statuses == [200, 200, 200, 200, 200, 202, 200, 200, 204]
    assert client.get(f"/api/networks/{network['view']}").status_code == 404


def test_a_key_that_reads_changes_nothing_and_is_answered_as_an_unknown_one(client: Client, network: Network) -> None:
    unknown = new_key()
    looks = (f"/api/networks/{network['id']}", f"/api/networks/{network['id']}/trainings")
    before = [client.get(look).json() for look in looks]
    for method, path in routes(client):
        read, none = (ask(client, method, path, key, network) for key in (network["view"], unknown))
        assert none.status_code == 404
        if method == "GET":
            assert read.status_code == 200, path
            assert network["id"] not in read.text
            edited = ask(client, method, path, network["id"], network)
            assert read.text == edited.text.replace(f'"id":"{network["id"]}",', "")
        else:
            ours = {"x-request-id"}
            assert (read.status_code, read.content) == (none.status_code, none.content), path
            assert {key: value for key, value in read.headers.items() if key not in ours} == {
                key: value for key, value in none.headers.items() if key not in ours
            }
    assert [client.get(look).json() for look in looks] == before


def test_the_key_of_another_network_is_none_of_this_one(client: Client, network: Network, chapter: Document) -> None:
    other = client.post("/api/networks", chapter).json()
    assert len({network["id"], network["view"], other["id"], other["view"]}) == 4
    assert client.post(f"/api/networks/{other['id']}/forward").status_code == 200
    assert client.get(f"/api/networks/{network['id']}").json()["cursor"] == 0
    of_trainings = [route for route in routes(client) if "{training}" in route[1]]
    assert {ask(client, *route, other["id"], network).status_code for route in of_trainings} == {404}
    assert client.get(f"/api/networks/{other['id']}/trainings").json() == []
    assert client.request("DELETE", f"/api/networks/{other['id']}").status_code == 204
    assert client.get(f"/api/networks/{network['view']}").status_code == 200


def test_what_is_stored_opens_nothing(client: Client, network: Network, engine: Engine) -> None:
    client.post(f"/api/networks/{network['id']}/step", {"by": "pass", "count": 9})
    stored = engine.content()
    assert network["id"].encode() not in stored
    assert network["view"].encode() not in stored
    (row,) = engine.sql("SELECT id, view FROM networks")
    starts = engine.sql("SELECT DISTINCT id FROM starts")
    assert row == (hashed(network["id"]), hashed(network["view"]))
    assert starts == [row[:1]]
    for key in (*row, reading_key(network["view"])):
        assert client.get(f"/api/networks/{key}").status_code == 404


def test_keys_have_144_bits(client: Client, network: Network) -> None:
    assert KEY_BYTES * 8 == 144
    keys = {new_key() for _ in range(1_000)}
    assert len(keys | {*map(reading_key, keys)}) == 2_000
    assert {len(key) for key in (*keys, network["id"], network["view"])} == {24}
