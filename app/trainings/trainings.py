"""The trainings of a server: begun, watched, ended, and those that another server has left."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from starlette.concurrency import run_in_threadpool

from app import limits
from app.problems import LimitProblem, Problem
from app.store import NetworkStore, StoredNetwork
from app.store.keys import reading_key
from app.trainings.crew import Crew, forking
from app.trainings.jobs import Checkpoint, Frame, Order, Paused, Report, State, Watching
from app.trainings.keeper import Keeper
from app.trainings.live import Live
from app.trainings.records import Records
from tinyml.training import Progress

# Seconds that a request to end a training waits for its last numbers, and after which those of the last checkpoint do.
CANCEL_WITHIN = 0.15


class Trainings:
    """All trainings of this server. All methods are called on its event loop."""

    def __init__(self, store: NetworkStore, folder: Path) -> None:
        self._keeper = Keeper(store, Records(folder), self._stored)
        self._crew = Crew(forking(), limits.MAX_COMPUTING)
        self._crew.report, self._crew.resumed = self._heard, self._resumed
        self._live: dict[str, Live] = {}
        self._recalling = asyncio.Lock()

    @property
    def running(self) -> int:
        """How many have not ended."""
        return sum(not live.over for live in self._live.values())

    async def begin(self, key: str, network: StoredNetwork, order: Order, until: dict[str, Any], owner: str) -> Live:
        """Begin a training of a stored network. Raises a LimitProblem if too many run."""
        if self.running >= limits.MAX_TRAININGS:
            raise LimitProblem("MAX_TRAININGS", self.running + 1, (), status=503, key="busy")
        own = sum(live.owner == owner and not live.over for live in self._live.values())
        if owner and own >= limits.MAX_GUEST_TRAININGS:
            raise LimitProblem("MAX_GUEST_TRAININGS", own + 1, (), status=429, key="quota")
        live = Live(order.name, key, reading_key(key), owner, until, network.step, network.version, order.speed)
        live.state, live.stepping = "paused" if order.paused else "running", order.pause_at is not None
        live.moments = [(network.version, 0, None)]
        self._live[live.name] = live
        self._forget_old()
        self._crew.submit(order)
        live.say()
        await run_in_threadpool(self._keeper.record, live)
        await run_in_threadpool(self._keeper.tidy)
        return live

    async def of(self, key: str) -> list[Live]:
        """The trainings of the network that this key edits or reads."""
        for name in await run_in_threadpool(self._keeper.left, key):
            await self._recall(key, name)
        return [live for live in self._live.values() if key in (live.key, live.view)]

    async def find(self, key: str, name: str, *, to_edit: bool = False) -> Live:
        """A training of the network that this key reads or edits; one that another server has left goes on if the key
        edits. Raises a 404 Problem if there is none.
        """
        live = self._live.get(name) or await self._recall(key, name)
        if live is None or key not in ((live.key,) if to_edit else (live.key, live.view)):
            raise Problem(
                404,
                "No training has this address: it has ended some time ago, or it waits, since the server was started "
                "again, for one who may edit the network. The network has the numbers of its last checkpoint.",
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
        live.stepping = live.state == "running" and steps is not None
        self._crew.adjust(live.name, paused=live.state == "paused", speed=speed, steps=steps)
        if live.state == "running":  # a pause is said after its last step
            live.say()
        self._keeper.remember(live)

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
            live.state, live.stepping = "paused", False
            live.say()
            self._keeper.remember(live)
        elif isinstance(report, Checkpoint):
            self._keeper.store(live, report)
        else:
            if report.fields:
                live.fields, live.taken = report.fields, report.taken
            if report.document:
                self._keeper.store(live, Checkpoint(live.name, report.document, report.taken, Progress()))
            self._end(live, report.state)

    def _end(self, live: Live, state: State) -> None:
        live.state, live.over_at = state, monotonic()
        self._keeper.remember(live)

    def _stored(self, live: Live) -> None:
        """What is to be done when all of a training is stored."""
        if live.gone and not live.over:
            self._crew.cancel(live.name)
            live.state, live.over_at = "cancelled", monotonic()
        if live.over:
            live.say()

    async def _recall(self, key: str, name: str) -> Live | None:
        async with self._recalling:  # one request lets it go on, and the others find it
            if name in self._live:
                return self._live[name]
            found = await run_in_threadpool(self._keeper.recalled, name, key)
            if found is None:
                return None
            live, order = found
            self._live[name] = live
            live.say()
            if order is None:
                live.over_at = live.over_at or monotonic()
            else:
                self._crew.submit(order)
            return live

    def _resumed(self, name: str, taken: int) -> None:
        if live := self._live.get(name):
            live.lost = max(0, live.taken - taken)
            live.resumed_from = live.taken = taken
            live.say()

    def _forget_old(self) -> None:
        """Of the trainings that have ended, only the latest can still be seen."""
        ended = sorted((live for live in self._live.values() if live.over), key=lambda live: live.over_at or 0)
        for live in ended[: -limits.MAX_TRAININGS_KEPT] if len(ended) > limits.MAX_TRAININGS_KEPT else []:
            self._crew.forget(live.name)
            self._keeper.forget(live.name)
            del self._live[live.name]
