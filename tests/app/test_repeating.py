"""Requests with an Idempotency-Key: repeated, they have no second effect, and the same answer."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from anyio.from_thread import BlockingPortal

from app import limits
from app.routes.repeating import NAME
from app.store import Once, StoredNetwork, repeats
from tests.app.conftest import Client
from tests.app.test_versions import changes
from tests.support.engines import Engine, PostgresEngine, SqliteEngine
from tests.support.networks import Document


def key() -> dict[str, str]:
    """A header with a key that was not used before."""
    return {NAME: str(uuid4())}


def same(one: httpx.Response, other: httpx.Response) -> bool:
    """Whether two answers are the same, apart from the id of the request."""
    first, second = ({**answer.headers, "x-request-id": ""} for answer in (one, other))
    return (one.status_code, one.content, first) == (other.status_code, other.content, second)


@pytest.fixture
def client(engine_client: Client) -> Client:
    """A client of a service with each database."""
    return engine_client


def test_creating_again_makes_no_second_network(
    portal: BlockingPortal, engine: Engine, tmp_path: Path, chapter: Document
) -> None:
    client, header = Client(portal, tmp_path, engine.settings()), key()
    created = client.post("/api/networks", chapter, headers=header)
    assert created.status_code == 201
    address = created.headers["Location"]
    assert same(created, client.post("/api/networks", chapter, headers=header))
    # Also after the network has changed, and after a restart.
    changed = client.post(f"{address}/forward")
    client.close()
    again = Client(portal, tmp_path, engine.settings())
    assert same(created, again.post("/api/networks", chapter, headers=header))
    assert again.get(address).json() == changed.json()
    assert len(engine.sql("SELECT * FROM networks")) == 1
    assert again.post("/api/networks", chapter, headers=key()).json()["id"] != created.json()["id"]
    again.close()
    # What is stored does not open the network.
    stored = engine.content()
    assert created.json()["id"].encode() not in stored
    assert header[NAME].encode() not in stored


def test_every_change_again_has_the_same_answer_and_no_effect(client: Client, chapter: Document) -> None:
    address = client.post("/api/networks", chapter).headers["Location"]
    nothing = ("POST", f"{address}/step", b'{"by": "pass", "count": 0}')
    back = ("POST", f"{address}/step", b'{"by": "pass", "count": -9}')
    sent = []
    for method, url, body in [nothing, *changes(address)[:-1], back]:
        headers = key() | {"If-Match": client.get(address).headers["ETag"], "Content-Type": "application/json"}
        request: dict[str, Any] = {"method": method, "url": url, "content": body, "headers": headers}
        sent.append((request, client.request(**request)))
    assert [answer.status_code for _, answer in sent] == [200] * 7
    assert sent[-1][1].json()["clamped"]
    before = client.get(address)
    for request, answer in sent:
        assert same(answer, client.request(**request)), request["url"]
    assert same(before, client.get(address))
    assert before.headers["ETag"] == '"6"'


def test_the_key_of_another_request_is_refused(client: Client, chapter: Document) -> None:
    header = key()
    address = client.post("/api/networks", chapter, headers=header).headers["Location"]
    refused = client.post("/api/networks", {**chapter, "seed": 1}, headers=header)
    assert (refused.status_code, refused.json()["key"]) == (422, "key_reused")
    assert client.post(f"{address}/forward", headers=header).status_code == 200  # keys of a network are its own
    for method, url, body in changes(address)[1:-1]:
        headers = {"Content-Type": "application/json"} | header
        answer = client.request(method, url, content=body, headers=headers)
        assert (answer.status_code, answer.json()["key"]) == (422, "key_reused"), url
    other_version = client.post(f"{address}/forward", headers={"If-Match": '"1"'} | header)
    assert other_version.json()["key"] == "key_reused"
    assert client.get(address).headers["ETag"] == '"2"'
    other = client.post("/api/networks", chapter).headers["Location"]
    assert client.post(f"{other}/forward", headers=header).json()["cursor"] == 6


def test_a_refused_request_is_judged_again(client: Client, chapter: Document) -> None:
    address = client.post("/api/networks", chapter).headers["Location"]
    header = key()
    assert client.post(f"{address}/backward", headers=header).status_code == 409
    client.post(f"{address}/forward")
    assert client.post(f"{address}/backward", headers=header).status_code == 200


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (["a" * limits.MAX_IDEMPOTENCY_KEY], None),
        (["a" * (limits.MAX_IDEMPOTENCY_KEY + 1)], "limit"),
        (["a" * 16], None),
        (["a" * 15], "field"),
        ([f"{'a' * 15} b"], "field"),
        (["a" * 16, "b" * 16], "field"),
    ],
)
def test_a_key_is_hard_to_guess_and_has_a_greatest_length(
    client: Client, chapter: Document, lines: list[str], named: str | None
) -> None:
    answer = client.post("/api/networks", chapter, headers=[(NAME, line) for line in lines])
    assert (answer.status_code, answer.json().get("key")) == (422 if named else 201, named)


def test_a_request_can_be_repeated_for_a_day(
    client: Client, chapter: Document, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    header, began = key(), repeats.time()
    first = client.post("/api/networks", chapter, headers=header)
    monkeypatch.setattr(repeats, "time", lambda: began + limits.MAX_REPEAT_SECONDS - 1)
    assert same(first, client.post("/api/networks", chapter, headers=header))
    monkeypatch.setattr(repeats, "time", lambda: began + limits.MAX_REPEAT_SECONDS + 2)
    assert client.post("/api/networks", chapter, headers=header).json()["id"] != first.json()["id"]
    assert len(engine.sql("SELECT * FROM answers")) == 1


def test_the_latest_requests_of_a_network_can_be_repeated(
    client: Client, chapter: Document, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_REPEATABLE", 3)
    address = client.post("/api/networks", chapter).headers["Location"]

    def step(headers: dict[str, str]) -> int:
        return int(client.post(f"{address}/step", {"by": "term"}, headers=headers).json()["cursor"])

    sent = [key() for _ in range(5)]
    assert [step(headers) for headers in sent] == [1, 2, 3, 4, 5]
    assert [step(headers) for headers in sent[2:]] == [3, 4, 5]
    assert step(sent[0]) == 6
    assert len(engine.sql("SELECT * FROM answers")) == 3
    monkeypatch.setattr(limits, "MAX_KEPT_BYTES", 1)
    assert step(key()) == 7
    assert len(engine.sql("SELECT * FROM answers")) == 1


def test_of_a_deleted_network_nothing_is_left_that_could_be_answered(
    client: Client, chapter: Document, engine: Engine
) -> None:
    header = key()
    chapter["name"] = "a name to be forgotten"
    address = client.post("/api/networks", chapter, headers=header).headers["Location"]
    client.post(f"{address}/forward", headers=key())
    assert client.request("DELETE", address).status_code == 204
    answer = client.post("/api/networks", chapter, headers=header)
    assert (answer.status_code, answer.json()["key"]) == (404, "no_such_network")
    assert (len(engine.sql("SELECT * FROM answers")), engine.sql("SELECT * FROM networks")) == (1, [])
    client.close()
    assert b"to be forgotten" not in engine.content()


def ask_together(client: Client, ask: Callable[[], httpx.Response]) -> list[httpx.Response]:
    with ThreadPoolExecutor(8) as pool:
        return [asked.result() for asked in [pool.submit(ask) for _ in range(24)]]


def test_repetitions_at_the_same_time_have_one_effect(client: Client, chapter: Document, engine: Engine) -> None:
    header = key()
    answers = ask_together(client, lambda: client.post("/api/networks", chapter, headers=header))
    assert all(same(answers[0], answer) for answer in answers)
    assert len(engine.sql("SELECT * FROM networks")) == 1
    address, headers = answers[0].headers["Location"], key() | {"If-Match": '"1"'}
    answers = ask_together(client, lambda: client.post(f"{address}/forward", headers=headers))
    assert all(answer.status_code == 200 and same(answers[0], answer) for answer in answers)
    assert client.get(address).headers["ETag"] == '"2"'


@pytest.mark.parametrize("moves", [0, 1])
def test_the_same_request_in_between_is_the_one_that_counts(engine: Engine, moves: int) -> None:
    store, once, seen = engine.store(), Once("a name", "a request"), list[int]()
    store.create("some-key", b"0")

    def edit(network: StoredNetwork) -> StoredNetwork:
        seen.append(network.version)
        if len(seen) == 1:
            store.change("some-key", edit, once)
        return replace(network, cursor=network.cursor + moves, clamped=True)

    changed = store.change("some-key", edit, once)
    assert changed is not None
    assert (changed.version, changed.cursor, changed.clamped) == (1 + moves, moves, True)
    assert seen == [1, 1]
    store.close()


def test_without_what_is_stored_in_the_transaction_there_would_be_a_second_network(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeats, "keep", lambda *_: None)
    header = key()
    first, second = (client.post("/api/networks", chapter, headers=header) for _ in range(2))
    assert not same(first, second)


KILLED = """
import json, os, signal, sys
from pathlib import Path
from anyio.from_thread import start_blocking_portal
from app.routes import networks, stored
from app.settings import Settings
from tests.app.conftest import Client

folder, database, due, document, *keys = json.loads(sys.argv[1])
answer, calls = stored.network_answer, []

def killed(*arguments):
    calls.append(arguments)
    if len(calls) == due:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer(*arguments)

networks.network_answer = stored.network_answer = killed
with start_blocking_portal() as portal:
    client = Client(portal, Path(folder), Settings(Path(folder), database=database))
    created = client.post("/api/networks", document, headers=keys[0])
    client.post(created.headers["Location"] + "/forward", headers=keys[1])
"""


@pytest.mark.slow
@pytest.mark.parametrize(("due", "place"), [(1, SqliteEngine), (2, PostgresEngine)])
def test_killed_between_the_commit_and_the_answer_nothing_is_done_twice(
    portal: BlockingPortal, tmp_path: Path, chapter: Document, due: int, place: type[SqliteEngine | PostgresEngine]
) -> None:
    engine = place(tmp_path)
    keys = [key(), key() | {"If-Match": '"1"'}]
    arguments = json.dumps([str(tmp_path), engine.settings().database, due, chapter, *keys])
    ended = subprocess.run([sys.executable, "-c", KILLED, arguments], cwd=Path(__file__).parents[2])
    assert ended.returncode == -signal.SIGKILL
    client = Client(portal, tmp_path, engine.settings())
    created = client.post("/api/networks", chapter, headers=keys[0])
    address = created.headers["Location"]
    assert (created.status_code, created.json()["cursor"], len(engine.sql("SELECT * FROM networks"))) == (201, 0, 1)
    assert client.get(address).headers["ETag"] == f'"{due}"'
    assert client.post(f"{address}/forward", headers=keys[1]).json()["phase"] == "forward"
    assert client.get(address).headers["ETag"] == '"2"'
    client.close()
