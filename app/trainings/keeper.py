"""Stores what trainings have reached."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from starlette.concurrency import run_in_threadpool

from app.keeping import day_of_today
from app.store import NetworkStore, Owner, QuotaError, StoredNetwork, StoreError
from app.store.keys import derived_key, hashed, new_seed
from app.trainings.jobs import Checkpoint, Order
from app.trainings.live import Live
from app.trainings.records import Records, end_of, progress_of
from tinyml.training import Progress

_log = logging.getLogger("tinyml-explorer")


class Keeper:
    """Stores checkpoints as networks, and records of trainings. `done` is called when a training has nothing more to be
    stored. The methods for the event loop return at once.
    """

    def __init__(self, store: NetworkStore, records: Records, done: Callable[[Live], None]) -> None:
        self._store, self._records, self._done = store, records, done
        self._tasks: set[asyncio.Task[None]] = set()

    def store(self, live: Live, checkpoint: Checkpoint) -> None:
        """Store the newest checkpoint; while one is being stored, only the newest of the others waits."""
        live.pending = checkpoint
        if not live.storing:
            live.storing = True
            self._begin(live)

    def remember(self, live: Live) -> None:
        """Renew the record of a training that has changed otherwise."""
        if not live.storing:  # after which it is renewed
            live.storing = True
            self._begin(live)

    def record(self, live: Live, *, lasting: bool = True) -> None:
        """Write the record of a training, in a thread. A full disk ends no training."""
        try:
            self._records.write(live.name, live.record, lasting=lasting)
        except OSError as error:
            _log.warning("A record of a training is not written: %s", error)

    def forget(self, name: str) -> None:
        """Delete a record, in a thread."""
        self._records.forget(name)

    def recalled(self, name: str, key: str) -> tuple[Live, Order | None] | None:
        """What another server has left of a training, in a thread: how it is, and what goes on with it unless it has
        ended. None if the key does not edit its network, or nothing is left.
        """
        record = self._records.read(name)
        if record is None or record.get("network") != hashed(key):
            return None
        live = Live.of_record(name, key, record)
        if live.over:
            return live, None
        live.over_at = None
        network = self._store.get(live.stored)
        found = [one for one in record["moments"] if network is not None and one[0] == network.version]
        if network is None or not found:
            live.gone, live.lost = network is None, None
            live.state = "cancelled" if live.gone else "failed"
            return live, None
        version, taken, written = found[-1]
        progress, paused = progress_of(written), live.state == "paused"
        live.version, live.taken, live.resumed_from, live.moments = version, taken, taken, [(version, taken, progress)]
        live.lost = 0 if paused and not record["stepping"] else None
        return live, Order(name, network.document, end_of(live.until), live.speed, paused, None, taken, progress)

    def left(self, key: str) -> list[str]:
        """The names of the trainings of a network of which something is left, in a thread."""
        return [name for name, _ in self._records.of(hashed(key))]

    def tidy(self) -> None:
        """Delete the oldest records if there are too many, in a thread."""
        self._records.forget_oldest()

    def _begin(self, live: Live) -> None:
        task = asyncio.get_running_loop().create_task(self._store_pending(live))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _store_pending(self, live: Live) -> None:
        stored = False
        try:
            while (checkpoint := live.pending) is not None and not live.gone:
                live.pending = None
                try:
                    await run_in_threadpool(self._keep, live, checkpoint)
                    stored = True
                except (StoreError, QuotaError) as error:  # such as a full disk: the next checkpoint is another attempt
                    _log.warning("A checkpoint of a training is not stored: %s", error)
            # After a checkpoint the record of before it is as good, unless the training is not running any more.
            await run_in_threadpool(self._renew, live, not stored or live.state != "running")
        finally:
            live.storing = False
        if live.pending is not None and not live.gone:
            self.store(live, live.pending)
        else:
            self._done(live)

    def _renew(self, live: Live, lasting: bool) -> None:
        if live.gone:
            self.forget(live.name)
        else:
            self.record(live, lasting=lasting)

    def _keep(self, live: Live, checkpoint: Checkpoint) -> None:
        """Store a checkpoint as the network, if that is as the training left it, or else as a branch of it. The record
        comes first: if the server ends in between, its version tells whether the network is that of the checkpoint.
        """
        at = live.first + checkpoint.taken

        def moment(version: int) -> tuple[int, int, Progress | None]:
            return version, checkpoint.taken, checkpoint.progress

        def edit(network: StoredNetwork) -> StoredNetwork:
            if network.version != live.version:
                raise _ChangedError
            return replace(network, document=checkpoint.document, cursor=0, step=at, first=at)

        for _ in range(2):
            live.moments = [*(one for one in live.moments if one[0] == live.version), moment(live.version + 1)]
            self.record(live)
            try:
                changed = self._store.change(live.stored, edit)
            except _ChangedError:
                self._branch(live, checkpoint)
                live.moments = [moment(live.version)]
                continue
            if changed is None:
                live.gone = True
            else:
                live.version = changed.version
            return

    def _branch(self, live: Live, checkpoint: Checkpoint) -> None:
        """Go on in a new network."""
        owner, seed = Owner(live.owner, day_of_today()) if live.owner else None, new_seed()
        made = self._store.create(derived_key(seed, live.key), checkpoint.document, owner=owner)
        live.version, live.seed, live.branched = made.version, seed, True  # only now answers may name it


class _ChangedError(Exception):
    """The network is not as the training left it."""
