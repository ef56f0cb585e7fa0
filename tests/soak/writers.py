"""Many writers in two processes change the same networks: no change is lost, and versions have no gap.

Each writer reads a network, and adds one to its cursor if it is still at the version that was read, as a client with
If-Match does. In the end the cursor of each network must be the number of changes that were acknowledged, and these
must have got each version once.
"""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Any

from app.store import NetworkStore, StoredNetwork, store_at
from tests.support.server import ROOT

NETWORKS = 3


class StaleError(Exception):
    """The network is not at the version that was read."""


@dataclass
class Written:
    """Acknowledged changes by network, as the versions that they made; refusals of stale ones; what is wrong."""

    versions: dict[str, list[int]] = field(default_factory=dict)
    stale: int = 0
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
    data, database, lock, keys, count, operations = json.loads(sys.argv[1])
    store = store_at(Path(data), database)
    if lock is not None:
        store.adopt(lock)
    made: dict[str, Any] = {"versions": {key: [] for key in keys}, "stale": 0}
    adding = Lock()

    def write(writer: int) -> None:
        for number in range(operations // count):
            key = keys[(writer + number) % len(keys)]
            version = _add(store, key)
            with adding:
                if version:
                    made["versions"][key].append(version)
                else:
                    made["stale"] += 1

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(write, range(count)))
    store.close()
    sys.stdout.write(json.dumps(made))


def _add(store: NetworkStore, key: str) -> int:
    """Add one to the cursor; return the version that this made, 0 if another writer came first."""
    network = store.get(key)
    assert network is not None

    def edit(found: StoredNetwork) -> StoredNetwork:
        if found.version != network.version:
            raise StaleError
        return replace(found, cursor=found.cursor + 1)

    try:
        changed = store.change(key, edit)
    except StaleError:
        return 0
    assert changed is not None
    return changed.version
