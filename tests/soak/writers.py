"""Many writers in two processes change the same networks: no change is lost, and versions have no gap.

Each writer reads a network, and adds one to its cursor if it is still at the version that was read, as a client with
If-Match and an Idempotency-Key does: it sends the change again if the database did not answer in time, since that may
or may not have been stored. In the end the cursor of each network must be the number of changes that were acknowledged,
and these must have got each version once.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Any, TypeVar

from app import limits
from app.store import NetworkStore, Once, RepeatedError, StoredNetwork, StoreError, store_at
from tests.support.server import ROOT

NETWORKS = 3
PAUSE = 0.5  # seconds after which what the database did not answer is sent again
PATIENCE = 120.0  # seconds for which it is sent again

T = TypeVar("T")


class StaleError(Exception):
    """The network is not at the version that was read."""


@dataclass
class Written:
    """Acknowledged changes by network, as the versions that they made; refusals of stale ones; how often something was
    sent again; what is wrong.
    """

    versions: dict[str, list[int]] = field(default_factory=dict)
    stale: int = 0
    again: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many changes were acknowledged."""
        return sum(map(len, self.versions.values()))


def writers(
    data: Path, database: str | None, *, writers: int, operations: int, processes: int = 2, before: str = ""
) -> Written:
    """Let so many writers in all try so many changes in all; each process first runs the statements `before`."""
    store = store_at(data, database)
    seen = Written()
    try:
        lock = store.share()
        keys = [f"network-{number}" for number in range(NETWORKS)]
        for key in keys:
            store.create(key, b"{}")
            seen.versions[key] = []
        task = json.dumps([str(data), database, lock, keys, writers // processes, operations // processes])
        command = [sys.executable, "-c", f"{before}\nfrom tests.soak.writers import work; work()", task]
        kept = () if lock is None else (lock,)
        working = [
            subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, pass_fds=kept)
            for _ in range(processes)
        ]
        for process in working:
            said, _ = process.communicate()
            assert process.returncode == 0
            made = json.loads(said)
            seen.stale += made["stale"]
            seen.again += made["again"]
            for key in keys:
                seen.versions[key] += made["versions"][key]
        for key in keys:
            seen.wrong += _wrong(key, store.get(key), sorted(seen.versions[key]))
    finally:
        store.close()
    return seen


def _wrong(key: str, network: StoredNetwork | None, versions: list[int]) -> list[str]:
    if network is None:
        return [f"{key} is gone"]
    wrong = []
    if network.cursor != len(versions):
        wrong.append(f"{key}: {len(versions)} changes were acknowledged, {network.cursor} are there")
    if versions != [*range(2, network.version + 1)]:
        wrong.append(f"{key} is at version {network.version}, and the acknowledged ones have gaps or repeat")
    return wrong


def work() -> None:
    """One of the processes: reads its task from the command line, and writes what it did."""
    # Other writers make many changes before a writer sends its own again.
    limits.MAX_REPEATABLE = 1_000  # type: ignore[misc]
    data, database, lock, keys, count, operations = json.loads(sys.argv[1])
    store = store_at(Path(data), database)
    if lock is not None:
        store.adopt(lock)
    made: dict[str, Any] = {"versions": {key: [] for key in keys}, "stale": 0, "again": 0}
    adding = Lock()

    def write(writer: int) -> None:
        for number in range(operations // count):
            key = keys[(writer + number) % len(keys)]
            version, again = _add(store, key)
            with adding:
                made["again"] += again
                if version:
                    made["versions"][key].append(version)
                else:
                    made["stale"] += 1

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(write, range(count)))
    store.close()
    sys.stdout.write(json.dumps(made))


def _add(store: NetworkStore, key: str) -> tuple[int, int]:
    """Add one to the cursor; return the version that this made, 0 if another writer came first, and how often something
    was sent again.
    """
    once = Once(token_hex(16), "add")
    network, again = _answered(lambda: store.get(key))
    assert network is not None
    base = network.version

    def edit(found: StoredNetwork) -> StoredNetwork:
        if found.version != base:
            raise StaleError
        return replace(found, cursor=found.cursor + 1)

    try:
        changed, more = _answered(lambda: store.change(key, edit, once))
    except StaleError:
        # What was sent before may have been stored after this was sent again.
        earlier, more = _answered(lambda: store.earlier(once))
        changed = None if earlier is None else earlier.network
        return 0 if changed is None else changed.version, again + more
    assert changed is not None
    return changed.version, again + more


def _answered(ask: Callable[[], T]) -> tuple[T, int]:
    """What the store answers, and how often it was asked again because it did not answer in time."""
    until, again = time.monotonic() + PATIENCE, 0
    while True:
        try:
            return ask(), again
        except RepeatedError:
            pass
        except StoreError as error:
            if not error.passes or time.monotonic() > until:
                raise
        again += 1
        time.sleep(PAUSE)
