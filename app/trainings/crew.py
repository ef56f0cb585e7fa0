"""Runs trainings in processes of this machine, many of them in each."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import count
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, Protocol

from app.trainings.jobs import Checkpoint, Ended, Order, Paused, Report, Watching
from app.trainings.trainer import train
from app.work.process import LONG_NICENESS, SUPPORTED, Nursery

# How often a process may be killed before the next checkpoint of a training that it runs, until that has failed.
MOST_KILLED = 3


class Forking(Protocol):
    """Starts what runs trainings."""

    def fork(self, niceness: int) -> tuple[int, Connection]:
        """Start one: its number, and the pipe to it."""

    def close(self) -> None:
        """End all of them."""


class InThread:
    """Runs trainings in a thread, for systems other than Linux."""

    def fork(self, niceness: int) -> tuple[int, Connection]:
        """Start a thread."""
        ours, theirs = Pipe()
        threading.Thread(target=train, args=[theirs], daemon=True).start()
        return 0, ours

    def close(self) -> None:
        """The threads end with their pipes."""


def forking() -> Forking:
    """What starts trainers here, made before the server has clients."""
    return Nursery(train) if SUPPORTED else InThread()


class Crew:
    """`most` processes, each started when it is first needed, and again after it was killed: its trainings go on from
    their last checkpoints then, and `resumed` is called with each and the steps that are taken again.

    All methods are called on one event loop.
    """

    def __init__(self, nursery: Forking, most: int) -> None:
        self.report: Callable[[Report], None] = lambda _: None
        self.resumed: Callable[[str, int], None] = lambda _, __: None
        self._nursery = nursery
        self._trainers: list[_Trainer | None] = [None] * most
        self._orders: dict[str, Order] = {}
        self._watching: dict[str, Watching] = {}
        self._places: dict[str, int] = {}
        self._killed: dict[str, int] = {}
        self._questions: dict[int, asyncio.Future[bytes]] = {}
        self._numbers = count()

    def submit(self, order: Order) -> None:
        """Begin a training in the process that has the fewest."""
        used = list(self._places.values())
        place = min(range(len(self._trainers)), key=used.count)
        self._orders[order.name], self._places[order.name] = order, place
        self._ask(order.name, "submit", order)

    def watch(self, name: str, watching: Watching) -> None:
        """Set what the frames of a training have."""
        self._watching[name] = watching
        self._ask(name, "watch", name, watching)

    def adjust(self, name: str, *, paused: bool, speed: float | None, steps: int | None) -> None:
        """Pause a training, or let it go on, for so many steps."""
        if name in self._orders:
            self._orders[name] = replace(self._orders[name], paused=paused, speed=speed, pause_at=None)
            self._ask(name, "adjust", name, paused, speed, steps)

    def cancel(self, name: str) -> None:
        """End a training, at the end of the present turn."""
        self._ask(name, "cancel", name)

    def forget(self, name: str) -> None:
        """Free what is kept of a training that has ended."""
        self._ask(name, "forget", name)
        for kept in (self._orders, self._watching, self._places, self._killed):
            kept.pop(name, None)

    def close(self) -> None:
        """End all processes."""
        for trainer in self._trainers:
            if trainer is not None:
                trainer.close()
        self._nursery.close()

    @property
    def numbers(self) -> list[int]:
        """The processes that run."""
        return [trainer.number for trainer in self._trainers if trainer is not None]

    async def at(self, name: str, step: int, watching: Watching | None) -> bytes:
        """The document after so many steps, with what is to be seen then. Raises LookupError if it is not known."""
        return await self._answer(name, "at", step, watching)

    async def points(self, name: str) -> bytes:
        """The rows of the data as points of the plane, as JSON. Raises LookupError if the training is not known."""
        return await self._answer(name, "points")

    async def _answer(self, name: str, call: str, *arguments: object) -> bytes:
        number = next(self._numbers)
        if name not in self._places:
            raise LookupError
        question = self._questions[number] = asyncio.get_running_loop().create_future()
        self._ask(name, call, number, name, *arguments)
        try:
            document: bytes = await question
            return document
        finally:
            del self._questions[number]

    def _ask(self, name: str, call: str, *arguments: object) -> None:
        place = self._places.get(name)
        if place is not None:
            trainer = self._trainers[place]
            if trainer is None:
                trainer = self._trainers[place] = _Trainer(self._nursery, self._heard, partial(self._lost, place))
            trainer.ask(call, *arguments)

    def _heard(self, said: Any) -> None:
        if isinstance(said, list):
            for report in said:
                self._reported(report)
            return
        number, found = said
        question = self._questions.get(number)
        if question is not None and not question.done():
            if isinstance(found, BaseException):
                question.set_exception(found)
            else:
                question.set_result(found)

    def _reported(self, message: Report) -> None:
        name, order = message.name, self._orders.get(message.name)
        if order is None:
            return  # it has ended
        if isinstance(message, Checkpoint):
            self._orders[name] = replace(
                order, document=message.document, taken=message.taken, progress=message.progress
            )
            self._killed.pop(name, None)
        elif isinstance(message, Paused):
            self._orders[name] = replace(order, paused=True, pause_at=None)
        elif isinstance(message, Ended):
            del self._orders[name]
        self.report(message)

    def _lost(self, place: int, trainer: "_Trainer") -> None:
        """Go on after a process was killed."""
        if self._trainers[place] is not trainer:
            return
        self._trainers[place] = None
        for question in self._questions.values():
            if not question.done():
                question.set_exception(LookupError())
        for name, order in list(self._orders.items()):
            if self._places[name] != place:
                continue
            self._killed[name] = self._killed.get(name, 0) + 1
            if self._killed[name] > MOST_KILLED:
                del self._orders[name]
                self.report(Ended(name, "failed", b"", order.document, order.taken))
                continue
            self._ask(name, "submit", order)
            self._ask(name, "watch", name, self._watching.get(name, Watching()))
            self.resumed(name, order.taken)


class _Trainer:
    """A process, a thread that sends to it, and one that waits for what it says."""

    def __init__(self, nursery: Forking, heard: Callable[[Any], None], lost: Callable[["_Trainer"], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._nursery, self._heard, self._lost = nursery, heard, lost
        self._lane = ThreadPoolExecutor(1, thread_name_prefix="trainings")
        self._pipe: Connection | None = None
        self.number = 0
        self._lane.submit(self._start)

    def ask(self, *message: object) -> None:
        """Send a call with its arguments."""
        self._lane.submit(self._send, message)

    def close(self) -> None:
        """End the process."""
        if self.number:
            with suppress(ProcessLookupError):
                os.kill(self.number, signal.SIGKILL)
        self._lane.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> None:
        try:
            self.number, self._pipe = self._nursery.fork(LONG_NICENESS)
        except OSError:
            self._loop.call_soon_threadsafe(self._lost, self)
        else:
            threading.Thread(target=self._listen, args=[self._pipe], daemon=True).start()

    def _send(self, message: object) -> None:
        if self._pipe is not None:
            with suppress(OSError):  # the listening thread finds that it has ended
                self._pipe.send(message)

    def _listen(self, pipe: Connection) -> None:
        with suppress(EOFError, OSError):
            while True:
                message = pipe.recv()
                self._loop.call_soon_threadsafe(self._heard, message)
        self._lane.shutdown(wait=False, cancel_futures=True)
        with suppress(RuntimeError):  # the server has stopped
            self._loop.call_soon_threadsafe(self._lost, self)
