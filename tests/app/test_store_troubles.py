"""Each error of the store has its own answer and loses no data; the start fails if nothing can be served."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from app.kinds import KINDS
from app.main import start
from app.store import SqliteStore, StoreError, troubles
from app.store.sqlite import FILE_NAME
from tests.app.conftest import Client
from tests.support.networks import Document

NOBODY = 65_534
COMMAND = "from app.cli import main; main()"


def kinds(of: type[StoreError] = StoreError) -> list[type[StoreError]]:
    """Every kind of store error."""
    return [of, *(kind for child in of.__subclasses__() for kind in kinds(child))]


def test_every_trouble_has_a_key_of_its_own() -> None:
    keys = [kind.key for kind in kinds()]
    assert len(set(keys)) == len(keys) >= 9
    assert {*keys} <= {*KINDS}
    assert all(kind.detail.endswith((".", ")")) and kind.status in {503, 507} for kind in kinds())


def refused(client: Client, method: str, url: str, body: Document | None = None) -> tuple[int, str]:
    """The status and the key of a refusal."""
    response = client.request(method, url, **({"json": body} if body else {}))
    assert response.headers["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["key"]


def stored(client: Client, document: Document) -> str:
    """The id of a new network."""
    response = client.post("/api/networks", document)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


# A read-only directory.


@contextmanager
def without_rights() -> Iterator[None]:
    """Run as a user without write access to the files of others."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_path() -> Iterator[Path]:
    """A directory that other users can enter; pytest's is private to its owner."""
    path = Path(mkdtemp(prefix="tinyml-store-"))
    path.chmod(0o755)
    yield path
    for folder in (path, *path.rglob("*")):
        folder.chmod(0o755)
    shutil.rmtree(path)


@pytest.mark.parametrize("stopped", ["in good order", "at once"])
def test_a_directory_that_cannot_be_written_is_read(
    portal: BlockingPortal, open_path: Path, chapter: Document, stopped: str
) -> None:
    folder = open_path / "data"
    client = Client(portal, folder)
    key = stored(client, chapter)
    if stopped == "at once":  # the log still exists
        copy = open_path / "copy"
        shutil.copytree(folder, copy)
        client.close()
        folder = copy
    client.close()
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    with without_rights():
        store = SqliteStore(folder)
        start(store)  # the store starts nevertheless
        network = store.get(key)
        assert network is not None
        assert store.document_at(network, 1) is None
        for change in (
            lambda: store.create("another", b"a document"),
            lambda: store.change(key, lambda before: replace(before, cursor=1)),
            lambda: store.delete(key, lambda _: None),
        ):
            with pytest.raises(troubles.ReadOnlyStoreError):
                change()
        assert store.get(key) == network
        store.close()


# A file that does not belong to this store.


def noise(file: Path) -> None:
    file.write_bytes(b"not a database at all" * 100)


def shortened(file: Path) -> None:
    os.truncate(file, file.stat().st_size - 4_096)


def overwritten(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(100)
        opened.write(os.urandom(file.stat().st_size - 100))


def of_another_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE bookmarks (address TEXT)")


def of_another_with_networks(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE networks (ssid TEXT)")


@pytest.mark.parametrize(
    ("harm", "key"),
    [
        (noise, "storage_corrupt"),
        (shortened, "storage_corrupt"),
        (overwritten, "storage_corrupt"),
        (of_another_program, "storage_foreign"),
        (of_another_with_networks, "storage_foreign"),
    ],
)
def test_a_file_that_is_not_this_store_s_is_left_as_it_is_and_stops_the_start(
    portal: BlockingPortal, tmp_path: Path, chapter: Document, harm: Callable[[Path], None], key: str
) -> None:
    client = Client(portal, tmp_path)
    stored(client, chapter)
    client.close()
    harm(tmp_path / FILE_NAME)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    again = Client(portal, tmp_path)
    for method, url, body in (
        ("GET", "/api/networks/some-id", None),
        ("POST", "/api/networks", chapter),
        ("DELETE", "/api/networks/some-id", None),
    ):
        assert refused(again, method, url, body) == (503, key)
    assert again.post("/api/trace", chapter).status_code == 200
    with pytest.raises(StoreError):
        start(SqliteStore(tmp_path))
    again.close()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_command_says_in_a_line_why_it_does_not_start(tmp_path: Path) -> None:
    noise(tmp_path / FILE_NAME)
    command = [sys.executable, "-c", COMMAND, "--port", "0", "--data", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [f"tinyml-explorer: {troubles.CorruptStoreError.detail}"]
    assert ended.stdout == ""


# A directory that disappears.


def removed(folder: Path) -> None:
    shutil.rmtree(folder)


def moved_away(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


def file_removed(folder: Path) -> None:
    (folder / FILE_NAME).unlink()


def replaced(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    shutil.copytree(folder.with_name("elsewhere"), folder)


@pytest.mark.parametrize("lose", [removed, moved_away, file_removed, replaced])
def test_nothing_is_acknowledged_once_the_directory_is_gone(
    portal: BlockingPortal, tmp_path: Path, chapter: Document, lose: Callable[[Path], None]
) -> None:
    folder = tmp_path / "data"
    client = Client(portal, folder)
    key = stored(client, chapter)
    lose(folder)
    assert refused(client, "POST", "/api/networks", chapter) == (503, "storage_gone")
    assert refused(client, "GET", f"/api/networks/{key}") == (503, "storage_gone")
    assert refused(client, "DELETE", f"/api/networks/{key}") == (503, "storage_gone")
    if lose is moved_away:
        folder.with_name("elsewhere").rename(folder)
        assert client.get(f"/api/networks/{key}").status_code == 200
        stored(client, chapter)
    client.close()


def test_a_directory_that_goes_away_within_a_change_is_no_success(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "data")
    store.create("some-key", b"a document")

    def lost(_: Any) -> None:
        shutil.rmtree(tmp_path / "data")

    with pytest.raises(troubles.GoneStoreError):
        store.delete("some-key", lost)
    store.close()
