"""A network that this process used a moment ago is changed without reading it, and never from an old version."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from app.store import NetworkStore, Once, SqliteStore, StoredNetwork, recent
from app.store.keys import reading_key
from app.store.recent import Recent
from tests.app.conftest import Client
from tests.support.engines import Engine
from tests.support.networks import Document


def move(network: StoredNetwork) -> StoredNetwork:
    return replace(network, cursor=network.cursor + 1)


@pytest.fixture
def stores(engine: Engine) -> tuple[NetworkStore, NetworkStore]:
    """Those of two processes."""
    first, second = engine.store(), engine.store()
    lock = first.share()
    if lock is not None:
        second.adopt(lock)
    first.create("some-key", b"a document")
    return first, second


def test_it_is_refused_where_the_stored_network_may_be_another_one(
    portal: BlockingPortal, stores: tuple[NetworkStore, NetworkStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = stores

    def at_once(store: NetworkStore, key: str, edit: Any = move, once: Once | None = None) -> StoredNetwork | None:
        changing: Callable[..., Awaitable[StoredNetwork | None]] = store.change_at_once
        return portal.call(changing, key, edit, once)  # type: ignore[arg-type]

    changed = at_once(first, "some-key")
    assert changed is not None
    assert (changed.cursor, changed.version) == (1, 2)
    assert second.get("some-key") == changed
    # Not one that only reads, or is unknown; not if nothing changes, or the edit raises.
    assert at_once(first, reading_key("some-key")) is None
    assert at_once(first, "another-key") is None
    assert at_once(first, "some-key", lambda network: network) is None
    assert at_once(first, "some-key", lambda network: 1 / 0) is None
    # Another process came first; the next change reads the network.
    assert at_once(second, "some-key") is not None
    assert at_once(first, "some-key") is None
    assert at_once(first, "some-key") is None
    assert first.change("some-key", move) == StoredNetwork(changed.id, b"a document", 3, 4)
    assert at_once(first, "some-key") is not None
    # The same request again.
    once = Once("a name", "a request")
    done = at_once(first, "some-key", once=once)
    assert done is not None
    assert done.cursor == 5
    assert at_once(first, "some-key", once=once) is None
    assert first.change("some-key", move, once) == done == first.get("some-key")
    # Used long ago, or deleted.
    monkeypatch.setattr(recent, "KEPT_SECONDS", -1)
    assert at_once(first, "some-key") is None
    monkeypatch.undo()
    assert first.get("some-key") == done
    assert second.delete("some-key", lambda _: None)
    assert at_once(first, "some-key") is None
    assert first.change("some-key", move) is None


def test_each_of_many_changes_at_the_same_time_begins_with_the_one_before(
    portal: BlockingPortal, tmp_path: Path
) -> None:
    store = SqliteStore(tmp_path)
    store.create("some-key", b"a document")

    async def all_of_them() -> list[StoredNetwork | None]:
        return await asyncio.gather(*[store.change_at_once("some-key", move) for _ in range(20)])

    assert [one.cursor for one in portal.call(all_of_them) if one] == [*range(1, 21)]
    store.close()


def test_changes_that_begin_with_one_that_is_not_stored_are_not_stored_either(
    portal: BlockingPortal, tmp_path: Path
) -> None:
    store = SqliteStore(tmp_path)
    store.create("some-key", b"a document")
    once = Once("a name", "a request")
    assert store.change("some-key", move, once) is not None

    async def both() -> list[StoredNetwork | None]:
        again = store.change_at_once("some-key", move, once)
        return await asyncio.gather(again, store.change_at_once("some-key", move))

    assert portal.call(both) == [None, None]
    assert store.change("some-key", move) == store.get("some-key")
    store.close()


def test_only_so_many_bytes_are_remembered_and_no_earlier_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "MOST_BYTES", 10)
    monkeypatch.setattr(recent, "LARGE", 6)
    remembered = Recent()
    for name in ("a", "b", "c"):
        remembered.read(StoredNetwork(name, b"four", 0, 1))
        assert remembered.find("a") is not None or name == "c"
    assert [remembered.find(name) is not None for name in ("a", "b", "c")] == [True, False, True]
    remembered.read(StoredNetwork("d", b"too long", 0, 1))
    remembered.written(StoredNetwork("b", b"four", 0, 2))
    assert remembered.find("d") is remembered.find("b") is None
    remembered.written(StoredNetwork("a", b"4", 0, 3, clamped=True))
    remembered.written(StoredNetwork("a", b"4", 0, 2))
    assert remembered.find("a") == StoredNetwork("a", b"4", 0, 3)


def test_a_step_in_the_same_training_step_reads_nothing_and_one_across_does(
    engine_client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = engine_client.post("/api/networks", chapter).headers["Location"]
    assert engine_client.post(f"{address}/step", {"by": "term", "count": 1}).json()["cursor"] == 1
    reading, count = engine_client.state.store._reading, 0

    def counted() -> Any:
        nonlocal count
        count += 1
        return reading()

    monkeypatch.setattr(engine_client.state.store, "_reading", counted)
    assert engine_client.post(f"{address}/step", {"by": "term", "count": 1}).json()["cursor"] == 2
    assert engine_client.post(f"{address}/forward").json()["phase"] == "forward"
    assert count == 0
    crossed = engine_client.post(f"{address}/step", {"by": "pass", "count": 4}).json()
    assert (crossed["step"], count > 0) == (2, True)
    assert engine_client.post(f"{address}/forward", headers={"If-Match": '"3"'}).status_code == 412
    assert engine_client.post(f"{address}/update").json()["key"] == "order"
