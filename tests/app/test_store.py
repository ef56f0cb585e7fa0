"""The store's errors."""

from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal

from app.store import StoredNetwork, StoreError
from tests.app.conftest import Client
from tests.support.engines import Engine
from tests.support.networks import Document


def ask_everything(client: Client, chapter: Document, caplog: pytest.LogCaptureFixture) -> None:
    for method, url, body in (
        ("POST", "/api/networks", chapter),
        ("GET", "/api/networks/some-id", None),
        ("POST", "/api/networks/some-id/forward", None),
        ("DELETE", "/api/networks/some-id", None),
    ):
        response = client.request(method, url, **({"json": body} if body else {}))
        assert response.status_code == 503, (method, url)
        assert response.headers["Content-Type"] == "application/problem+json"
        assert "data directory" in response.json()["detail"]
        assert [response.headers["X-Request-Id"] in line for line in caplog.messages] == [True]
        assert "some-id" not in caplog.text
        caplog.clear()
    assert client.post("/api/trace", chapter).status_code == 200


def test_a_data_directory_that_is_a_file_is_reported_and_the_rest_works(
    portal: BlockingPortal, tmp_path: Path, chapter: Document, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "file"
    file.write_text("not a directory")
    ask_everything(Client(portal, file), chapter, caplog)


def test_a_file_that_is_not_a_database_is_reported_and_the_rest_works(
    portal: BlockingPortal, tmp_path: Path, chapter: Document, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "networks.sqlite3").write_bytes(b"not a database at all" * 100)
    ask_everything(Client(portal, tmp_path), chapter, caplog)


def test_a_stored_document_that_is_no_longer_valid_is_reported(engine_client: Client, engine: Engine) -> None:
    store = engine.store()
    store.create("some-key", b'{"format": "tinyml-network/0"}')
    store.close()
    response = engine_client.get("/api/networks/some-key")
    assert response.status_code == 409
    assert "comes from another version of this service" in response.json()["detail"]
    assert "It is kept unchanged" in response.json()["detail"]


def test_an_edit_is_repeated_after_a_concurrent_change(engine: Engine) -> None:
    store = engine.store()
    key = "some-key"
    store.create(key, b"0")
    seen: list[int] = []

    def slow(network: StoredNetwork) -> StoredNetwork:
        seen.append(network.cursor)
        if len(seen) == 1:
            store.change(key, lambda other: StoredNetwork(other.id, other.document, 10, other.version))
        return StoredNetwork(network.id, network.document, network.cursor + 1, network.version)

    changed = store.change(key, slow)
    assert seen == [0, 10]
    assert changed is not None
    assert (changed.cursor, changed.version) == (11, 3)


def test_an_edit_gives_up_after_repeated_conflicts(engine: Engine) -> None:
    store = engine.store()
    key = "some-key"
    store.create(key, b"0")

    def overtaken(network: StoredNetwork) -> StoredNetwork:
        store.change(key, lambda other: StoredNetwork(other.id, other.document, other.cursor + 1, other.version))
        return StoredNetwork(network.id, b"1", network.cursor, network.version)

    with pytest.raises(StoreError, match="other changes came first"):
        store.change(key, overtaken)


def test_an_edit_that_raises_changes_nothing(engine: Engine) -> None:
    store = engine.store()
    network = store.create("some-key", b"0")

    def refuse(_: StoredNetwork) -> StoredNetwork:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        store.change("some-key", refuse)
    assert store.get("some-key") == network
