"""A full disk: no acknowledged change is lost, and deleting works and frees space."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal

from app import limits
from app.store import Once, SqliteStore, StoredNetwork
from app.store.troubles import FullStoreError
from tests.app.conftest import Client
from tests.app.test_store_troubles import refused, stored
from tests.support.networks import Document


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("needs the right to mount: sudo python -m pytest tests/app/test_store_full.py")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(disk: Path) -> None:
    """Fill a disk to the last byte."""
    with (disk / "other").open("ab", buffering=0) as other:
        for size in (65_536, 4_096, 1):
            try:
                while other.write(bytes(size)):
                    pass
            except OSError:
                pass


def until_full(client: Client, document: Document) -> list[str]:
    """Store networks until the disk is full, and return their ids."""
    added = []
    while (answer := client.post("/api/networks", document)).status_code == 201:
        added.append(answer.json()["id"])
    assert (answer.status_code, answer.json()["key"]) == (507, "storage_full")
    return added


def test_a_full_disk_keeps_what_was_acknowledged_and_deleting_makes_room(
    portal: BlockingPortal, small_disk: Path, chapter: Document
) -> None:
    client = Client(portal, small_disk / "data")
    kept = [stored(client, chapter)]
    fill(small_disk)
    kept += until_full(client, chapter)
    assert refused(client, "POST", f"/api/networks/{kept[0]}/forward") == (507, "storage_full")
    assert [client.get(f"/api/networks/{key}").status_code for key in kept] == [200] * len(kept)
    assert client.request("DELETE", f"/api/networks/{kept[0]}").status_code == 204
    assert client.get(f"/api/networks/{kept[0]}").status_code == 404
    kept.pop(0)
    # Deleting frees space for new networks, any number of times, also after a restart.
    for _ in range(5):
        added = until_full(client, chapter)
        assert added
        kept += added
        for _ in range(2):
            assert client.request("DELETE", f"/api/networks/{kept.pop(0)}").status_code == 204
    assert [client.get(f"/api/networks/{key}").status_code for key in kept] == [200] * len(kept)
    client.close()
    again = Client(portal, small_disk / "data")
    assert [again.get(f"/api/networks/{key}").status_code for key in kept] == [200] * len(kept)
    again.close()


def test_a_deletion_that_finds_room_in_the_log_frees_space_too(small_disk: Path) -> None:
    """A network that was too large may have left room for deletions alone: the next one must fit nevertheless."""
    store = SqliteStore(small_disk / "data")
    for number in range(3):
        store.create(f"{number}", os.urandom(300))
    fill(small_disk)
    with pytest.raises(FullStoreError):
        store.create("large", os.urandom(1_000_000))
    left = 16 * 4_096  # more than a small deletion requires
    os.truncate(small_disk / "other", (small_disk / "other").stat().st_size - left)
    for number in range(3):
        assert store.delete(f"{number}", lambda _: None)
        assert shutil.disk_usage(small_disk).free > 4 * left
        assert store.create(f"next {number}", os.urandom(2 * left)).id
        store.delete(f"next {number}", lambda _: None)
    store.close()


@pytest.mark.parametrize("size", [300, 1_200, 10_000])
def test_the_reserve_is_enough_to_delete_a_network_with_all_that_it_keeps(small_disk: Path, size: int) -> None:
    steps = min(limits.MAX_KEPT_STEPS, 1_000_000 // size)
    store = SqliteStore(small_disk / "data")
    large = store.create("large", os.urandom(size))
    starts = tuple(os.urandom(size) for _ in range(steps))
    store.change("large", lambda network: replace(network, step=steps + 1, passed=starts))
    # What requests with a key did lies between that of other networks.
    for number in range(limits.MAX_REPEATABLE):
        move: Callable[[StoredNetwork], StoredNetwork] = partial(replace, cursor=number + 1)
        store.change("large", move, Once(f"{number} {os.urandom(30).hex()}", "a request"))
        for other in range(10):
            store.create(f"{number} {other}", os.urandom(300), Once(os.urandom(32).hex(), "a request", b"a seed"))
    store.close()  # this removes the log and its space
    fill(small_disk)
    store = SqliteStore(small_disk / "data")
    assert store.document_at(large, 1) == starts[0]
    assert store.delete("large", lambda _: None)
    assert store.get("large") is None
    assert store.create("next", os.urandom(size)).id
    store.close()
