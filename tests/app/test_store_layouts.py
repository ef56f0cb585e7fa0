"""The data folder of another version: updated, with a copy beside it, or left unchanged."""

import logging
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from app.store import NewerStoreError, SqliteStore, StoredNetwork, StoreError, layout
from app.store.keys import hashed, reading_key
from app.store.sqlite import FILE_NAME
from tests.app.conftest import Client

COPY = f"data-before-layout-{layout.LAYOUT}"
# The layout of the first versions, before there were training steps.
FIRST = "CREATE TABLE networks (id VARCHAR NOT NULL PRIMARY KEY, document BLOB NOT NULL, cursor INTEGER NOT NULL, version INTEGER NOT NULL)"  # noqa: E501


def first_version(folder: Path) -> Path:
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute(FIRST)
        connection.execute("INSERT INTO networks VALUES ('old', ?, 2, 3)", [b"a document"])
    return folder


def opened(folder: Path) -> StoredNetwork | None:
    """The network of a folder, which is closed afterwards."""
    store = SqliteStore(folder)
    try:
        return store.get("old")
    finally:
        store.close()


def rows(file: Path) -> list[Any]:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT * FROM networks").fetchall()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_older_folder_is_brought_up_to_date_once_and_its_copy_opens(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = first_version(tmp_path / "data")
    with caplog.at_level(logging.WARNING):
        network = opened(folder)
    assert network is not None
    assert (network.document, network.cursor, network.version, network.step, network.first) == (
        b"a document", 2, 3, 1, 1,
    )  # fmt: skip
    copy = tmp_path / COPY
    assert rows(copy / FILE_NAME) == [("old", b"a document", 2, 3)]
    assert str(copy) in caplog.text
    assert f"brought to layout {layout.LAYOUT}" in caplog.text
    caplog.clear()
    assert opened(folder) == network
    assert not caplog.text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", COPY]
    # The copy is a data folder like any other, and an earlier copy is not overwritten.
    shutil.copy(copy / FILE_NAME, tmp_path / "data" / FILE_NAME)
    assert opened(folder) == network
    assert rows(tmp_path / f"{COPY}-2" / FILE_NAME) == rows(copy / FILE_NAME)


def test_where_nothing_can_be_written_beside_the_folder_the_copy_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = first_version(tmp_path / "data")
    monkeypatch.setattr(Path, "is_mount", lambda path: path == folder)
    assert SqliteStore(folder).get("old") is not None
    assert rows(folder / COPY / FILE_NAME) == [("old", b"a document", 2, 3)]


def test_without_a_copy_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = first_version(tmp_path / "data")

    def no_room(_: Path) -> Path:
        raise OSError("no space left on device")

    monkeypatch.setattr(layout, "_back_up", no_room)
    with pytest.raises(StoreError, match="no space left"):
        SqliteStore(folder).get("old")
    assert rows(folder / FILE_NAME) == [("old", b"a document", 2, 3)]


@pytest.mark.parametrize("stamp", [0, 1])
def test_keys_of_the_second_layout_become_hashes(tmp_path: Path, stamp: int) -> None:
    """Early releases with that layout did not store its number."""
    folder, key = tmp_path / "data", "a-key-of-22-characters"
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute(FIRST.replace("version", "step INTEGER NOT NULL, first INTEGER NOT NULL, version"))
        connection.execute("CREATE TABLE starts (id VARCHAR, step INTEGER, document BLOB, PRIMARY KEY (id, step))")
        for name in (key, *map(str, range(100))):
            connection.execute("INSERT INTO networks VALUES (?, ?, 2, 5, 4, 3)", [name, b"a document"])
            connection.execute("INSERT INTO starts VALUES (?, 4, ?)", [name, b"the document before"])
        connection.execute(f"PRAGMA user_version = {stamp}")
    store = SqliteStore(folder)
    network = store.get(key)
    assert network is not None
    assert (network.document, network.cursor, network.version, network.step, network.first) == (
        b"a document", 2, 3, 5, 4,
    )  # fmt: skip
    assert store.document_at(network, 4) == b"the document before"
    assert store.get(reading_key(key)) == network
    assert store.change(key, lambda before: replace(before, cursor=3)) is not None
    assert store.get(hashed(key)) is None
    store.close()
    assert key.encode() not in (folder / FILE_NAME).read_bytes()
    assert key.encode() in (tmp_path / COPY / FILE_NAME).read_bytes()


def newer(folder: Path) -> None:
    store = SqliteStore(folder)
    store.create("some-key", b"a document")
    store.close()
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("ALTER TABLE networks ADD COLUMN colour")
        connection.execute(f"PRAGMA user_version = {layout.LAYOUT + 1}")


def test_the_folder_of_a_newer_version_is_refused_and_not_touched(portal: BlockingPortal, tmp_path: Path) -> None:
    newer(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(NewerStoreError, match=f"layout {layout.LAYOUT + 1} of a newer version"):
        SqliteStore(tmp_path).get("some-id")
    response = Client(portal, tmp_path).get("/api/networks/some-id")
    assert (response.status_code, response.json()["key"]) == (503, "storage_newer")
    assert "this one leaves them as they are; start that version" in response.json()["detail"]
    assert contents(tmp_path) == before


def test_so_is_one_whose_last_changes_are_in_its_log(tmp_path: Path) -> None:
    SqliteStore(tmp_path).create("some-key", b"a document")
    stopped = f"""
import os, sqlite3
connection = sqlite3.connect({str(tmp_path / FILE_NAME)!r})
connection.execute("PRAGMA user_version = {layout.LAYOUT + 1}")
connection.commit()
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", stopped], check=True)
    assert (tmp_path / f"{FILE_NAME}-wal").stat().st_size
    with pytest.raises(NewerStoreError):
        SqliteStore(tmp_path).get("some-id")


def test_a_damaged_folder_is_reported_and_not_changed(portal: BlockingPortal, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"SQLite format 3\0" + b"x" * 44 + bytes(4) + b"x" * 4000)
    before = contents(tmp_path)
    response = Client(portal, tmp_path).get("/api/networks/some-id")
    assert (response.status_code, response.json()["key"]) == (503, "storage_corrupt")
    assert "is left as it is" in response.json()["detail"]
    assert contents(tmp_path) == before
