"""The trainings of a server: what is known of each, and where its results are stored."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool

from app import limits
from app.keeping import day_of_today
from app.problems import LimitProblem, Problem
from app.store import NetworkStore, Owner, QuotaError, StoredNetwork, StoreError
from app.store.keys import new_key, reading_key
from app.trainings.crew import Crew, forking
from app.trainings.events import EventLog
from app.trainings.jobs import ENDED, Checkpoint, Frame, Order, Paused, Report, State, Watching

_log = logging.getLogger("tinyml-explorer")

# Seconds that a request to end a training waits for its last numbers, and after which those of the last checkpoint do.
CANCEL_WITHIN = 0.15


@dataclass(slots=True, eq=False)
class Live:
    """A training that runs, or has run lately. `key` edits its network, `version` is the one that the training left
    there, and `first` the training step that the network was at when it began. With a `branch`, the key of another
    network, the results are there. After a process was killed, `resumed_from` is the step of the checkpoint from which
    the training went on.
    """

    name: str
    key: str
    view: str
    owner: str
    until: dict[str, Any]
    first: int
    version: int
    speed: float | None
    state: State = "running"
    taken: int = 0
    resumed_from: int | None = None
    gone: bool = False
    branch: str | None = None
    fields: bytes = b"{}"
    log: EventLog = field(default_factory=EventLog)
    readers: dict[object, Watching] = field(default_factory=dict)
    over_at: float | None = None
    pending: tuple[bytes, int] | None = None
    storing: bool = False

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.state in ENDED

    def say(self) -> None:
        """Tell those who read its events how it is now."""
        self.log.say("state", self.answer(self.key), self.answer(self.view))

    async def over_within(self, seconds: float) -> None:
        """Wait for its end, for so many seconds at most."""
        until = monotonic() + seconds
        while not self.over and (left := until - monotonic()) > 0:
            await self.log.changed(left)

    def answer(self, key: str) -> dict[str, Any]:
        """It as the API has it for the holder of a key. One that only reads does not learn the key that edits the
        branch.
        """
        known = {name: value for name, value in orjson.loads(self.fields).items() if name not in _ONLY_FRAMES}
        branch = None
        if self.branch is not None:
            editing = {"id": self.branch} if key == self.key else {}
            branch = {**editing, "view": reading_key(self.branch)}
        return {
            "id": self.name,
            "state": self.state,
            "until": self.until,
            "speed": self.speed,
            "resumed_from": self.resumed_from,
            "branch": branch,
            "network_deleted": self.gone,
            **known,
            "step": self.taken,
        }


# Of these an answer has no copy: they may be large.
_ONLY_FRAMES = frozenset({"parameters", "histograms"})


class Trainings:
    """All trainings of this server. All methods are called on its event loop."""

    def __init__(self, store: NetworkStore) -> None:
        self._store = store
        self._crew = Crew(forking(), limits.MAX_COMPUTING)
        self._crew.report, self._crew.resumed = self._heard, self._resumed
        self._live: dict[str, Live] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def running(self) -> int:
        """How many have not ended."""
        return sum(not live.over for live in self._live.values())

    def begin(self, key: str, network: StoredNetwork, order: Order, until: dict[str, Any], owner: str) -> Live:
        """Begin a training of a stored network. Raises a LimitProblem if too many run."""
        if self.running >= limits.MAX_TRAININGS:
            raise LimitProblem("MAX_TRAININGS", self.running + 1, (), status=503, key="busy")
        own = sum(live.owner == owner and not live.over for live in self._live.values())
        if owner and own >= limits.MAX_GUEST_TRAININGS:
            raise LimitProblem("MAX_GUEST_TRAININGS", own + 1, (), status=429, key="quota")
        live = Live(order.name, key, reading_key(key), owner, until, network.step, network.version, order.speed)
        live.state = "paused" if order.paused else "running"
        self._live[live.name] = live
        self._forget_old()
        self._crew.submit(order)
        live.say()
        return live

    def of(self, key: str) -> list[Live]:
        """The trainings of the network that this key edits or reads."""
        return [live for live in self._live.values() if key in (live.key, live.view)]

    def find(self, key: str, name: str, *, to_edit: bool = False) -> Live:
        """A training of the network that this key reads or edits. Raises a 404 Problem if there is none."""
        live = self._live.get(name)
        if live is None or key not in ((live.key,) if to_edit else (live.key, live.view)):
            raise Problem(
                404,
                "No training has this address: it has ended some time ago, or the server was started again since. The "
                "network has the numbers of its last checkpoint, at most two seconds before that.",
                key="no_such_training",
            )
        return live

    def adjust(self, live: Live, paused: bool | None, speed: float | None, steps: int | None) -> None:
        """Pause a training or let it go on, for so many steps and at most at some speed. Raises a 409 Problem if it has
        ended.
        """
        if live.over:
            raise Problem(409, f"The training has ended: {live.state}. POST another one.", key="order")
        live.speed = speed
        if paused is not None:
            live.state = "paused" if paused else "running"
        self._crew.adjust(live.name, paused=live.state == "paused", speed=speed, steps=steps)
        if live.state == "running":  # a pause is said after its last step
            live.say()

    async def cancel(self, live: Live) -> None:
        """End a training, with the numbers that it has now, or soon has."""
        if live.over:
            return
        self._crew.cancel(live.name)
        await live.over_within(CANCEL_WITHIN)
        if not live.over:  # a step takes longer than that
            self._end(live, "cancelled")

    async def at(self, live: Live, step: int, watching: Watching | None) -> bytes:
        """The document after so many steps, with what is to be seen then. Raises a Problem if it is not known."""
        try:
            return await self._crew.at(live.name, step, watching)
        except LookupError as error:
            first, last = error.args or (0, 0)
            detail = (
                f"Training step {step} is not known: those from {first} to {last} are. Earlier ones were lost when the "
                "training went on from a checkpoint."
                if error.args
                else "The steps of this training are no longer known."
            )
            raise Problem(409, detail, ("step",), key="no_such_step", values={"first": first, "last": last}) from error

    async def points(self, live: Live) -> bytes:
        """The rows of its data as points of the plane, as JSON."""
        try:
            return await self._crew.points(live.name)
        except LookupError:
            return b"null"

    @contextmanager
    def reading(self, live: Live, watching: Watching) -> Iterator[None]:
        """Within this context frames have what a reader wants."""
        reader = object()
        live.readers[reader] = watching
        self._watch(live)
        try:
            yield
        finally:
            del live.readers[reader]
            self._watch(live)

    def close(self) -> None:
        """End all trainings. Their networks have their last checkpoints."""
        self._crew.close()

    def _watch(self, live: Live) -> None:
        self._crew.watch(live.name, Watching.of_all(live.readers.values()))

    def _heard(self, report: Report) -> None:
        live = self._live.get(report.name)
        if live is None or live.over:
            return
        if isinstance(report, Frame):
            live.fields, live.taken = report.fields, report.taken
            live.log.frame(report)
        elif isinstance(report, Paused):
            live.state = "paused"
            live.say()
        elif isinstance(report, Checkpoint):
            self._store_later(live, report.document, report.taken)
        else:
            if report.fields:
                live.fields, live.taken = report.fields, report.taken
            if report.document:
                self._store_later(live, report.document, report.taken)
            self._end(live, report.state)

    def _end(self, live: Live, state: State) -> None:
        live.state, live.over_at = state, monotonic()
        if not live.storing:
            live.say()

    def _resumed(self, name: str, taken: int) -> None:
        if live := self._live.get(name):
            live.resumed_from = live.taken = taken
            live.say()

    def _store_later(self, live: Live, document: bytes, taken: int) -> None:
        """Store the newest document; while one is being stored, only the newest of the others waits."""
        live.pending = document, taken
        if not live.storing:
            live.storing = True
            task = asyncio.get_running_loop().create_task(self._store_pending(live))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _store_pending(self, live: Live) -> None:
        try:
            while live.pending is not None and not live.gone:
                (document, taken), live.pending = live.pending, None
                try:
                    await run_in_threadpool(self._keep, live, document, taken)
                except (StoreError, QuotaError) as error:  # such as a full disk: the next checkpoint is another attempt
                    _log.warning("A checkpoint of a training is not stored: %s", error)
        finally:
            live.storing = False
        if live.gone and not live.over:
            self._crew.cancel(live.name)
            live.state, live.over_at = "cancelled", monotonic()
        if live.over:
            live.say()

    def _keep(self, live: Live, document: bytes, taken: int) -> None:
        """Store a document as the network, if that is as the training left it, or else as a branch of it."""
        at = live.first + taken

        def edit(network: StoredNetwork) -> StoredNetwork:
            if network.version != live.version:
                raise _ChangedError
            return replace(network, document=document, cursor=0, step=at, first=at)

        for _ in range(2):
            try:
                changed = self._store.change(live.branch or live.key, edit)
            except _ChangedError:
                owner = Owner(live.owner, day_of_today()) if live.owner else None
                branch = new_key()
                live.version = self._store.create(branch, document, owner=owner).version
                live.branch = branch
                continue
            if changed is None:
                live.gone = True
            else:
                live.version = changed.version
            return

    def _forget_old(self) -> None:
        """Of the trainings that have ended, only the latest can still be seen."""
        ended = sorted((live for live in self._live.values() if live.over), key=lambda live: live.over_at or 0)
        for live in ended[: -limits.MAX_TRAININGS_KEPT] if len(ended) > limits.MAX_TRAININGS_KEPT else []:
            self._crew.forget(live.name)
            del self._live[live.name]


class _ChangedError(Exception):
    """The network is not as the training left it."""
