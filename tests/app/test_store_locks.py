"""Only one server uses a data directory, and another program's lock delays requests only briefly."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier

import pytest
from anyio.from_thread import BlockingPortal

from app.main import start
from app.store import SqliteStore, locks, troubles
from app.store.sqlite import FILE_NAME
from tests.app.conftest import Client
from tests.app.test_store_troubles import refused, stored
from tests.support.networks import Document


def test_a_second_server_is_refused_until_the_first_has_stopped(
    portal: BlockingPortal, tmp_path: Path, chapter: Document
) -> None:
    client = Client(portal, tmp_path)
    key = stored(client, chapter)
    program = (
        f"from pathlib import Path; from app.store import SqliteStore; SqliteStore(Path({str(tmp_path)!r})).start()"
    )
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "TakenStoreError" in other.stderr
    second = Client(portal, tmp_path)
    assert refused(second, "GET", f"/api/networks/{key}") == (503, "storage_taken")
    with pytest.raises(troubles.TakenStoreError):
        start(SqliteStore(tmp_path))
    assert client.get(f"/api/networks/{key}").status_code == 200
    client.close()
    assert second.get(f"/api/networks/{key}").status_code == 200
    second.close()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """While another connection has the writer's lock."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_a_lock_of_another_program_refuses_changes_and_no_reads(
    portal: BlockingPortal, tmp_path: Path, chapter: Document
) -> None:
    client = Client(portal, tmp_path)
    key = stored(client, chapter)
    with locked(tmp_path / FILE_NAME):
        response = client.post("/api/networks", chapter)
        assert (response.status_code, response.json()["key"]) == (503, "storage_busy")
        assert response.headers["Retry-After"] == "1"
        assert client.get(f"/api/networks/{key}").status_code == 200
    assert refused(client, "POST", f"/api/networks/{key}/backward")[0] == 409
    assert client.post(f"/api/networks/{key}/forward").status_code == 200
    client.close()


def test_many_changes_wait_for_one_lock_together(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    store.create("some-key", b"a document")
    together = Barrier(20)
    tried: list[int] = []

    def begin(number: int) -> str:
        together.wait()
        try:
            store.create(f"key {number}", b"another")
        except troubles.BusyStoreError as error:
            if "waited" not in str(error):
                tried.append(number)
            return "busy"
        return "stored"

    with locked(tmp_path / FILE_NAME), ThreadPoolExecutor(20) as pool:
        assert [*pool.map(begin, range(20))] == ["busy"] * 20
    # One request waits; those that arrive meanwhile are refused with it. In turn they would wait 20 times as long.
    assert 1 <= len(tried) < 5
    assert locks.BUSY_TIMEOUT_MS < 1_500
    assert store.create("last", b"another").version == 1
    store.close()


def test_a_lock_at_the_start_is_no_reason_not_to_start(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = SqliteStore(tmp_path)
    network = store.create("some-key", b"a document")
    store.close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        start(store)
        assert troubles.BusyStoreError.detail in caplog.text
    assert store.get("some-key") == network
    store.close()
