"""The thread that writes to a SQLite file. Changes that come while it writes are written together, next."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Lock
from time import monotonic
from typing import Any, Final, Generic, TypeVar, cast

from sqlalchemy import Connection

# More than clients wait for at a time, and few enough that the first of them does not wait long for the last.
MOST_TOGETHER: Final = 64

T = TypeVar("T")


class Waiting(Generic[T]):
    """A change that waits to be written, and what is `told` that it is. `came` is when it came, by the monotonic clock;
    `loop` is the event loop that waits for it, if no thread does.
    """

    def __init__(self, change: Callable[[Connection], T], told: "Event | asyncio.Future[None]") -> None:
        self.change = change
        self.came = monotonic()
        self.made: T | None = None
        self.error: BaseException | None = None
        self.loop = None if isinstance(told, Event) else told.get_loop()
        self._told = told

    def tell(self) -> None:
        """Say that it is done; in the event loop, if one waits."""
        if isinstance(self._told, Event):
            self._told.set()
        elif not self._told.done():  # the request may have been cancelled
            self._told.set_result(None)

    def result(self) -> T:
        """What the change returned; raises its error."""
        if self.error is not None:
            raise self.error
        return cast(T, self.made)


class Writer:
    """Calls `write` with the changes that wait, in one thread. It gives each its result or its error."""

    def __init__(self, write: Callable[[Sequence[Waiting[Any]]], None]) -> None:
        self._write = write
        self._lock = Lock()
        self._turn = Lock()  # held while changes are written, and while what they are written with is closed
        self._waiting = deque[Waiting[Any]]()
        self._busy = False
        self._thread: ThreadPoolExecutor | None = None

    def now(self, change: Callable[[Connection], T]) -> T:
        """Write a change, and wait in this thread until it is stored."""
        waiting = Waiting(change, told := Event())
        self._add(waiting)
        told.wait()
        return waiting.result()

    async def soon(self, change: Callable[[Connection], T]) -> T:
        """Write a change, and wait in this coroutine until it is stored."""
        waiting = Waiting(change, told := asyncio.get_running_loop().create_future())
        self._add(waiting)
        await told
        return waiting.result()

    def close(self, close: Callable[[], None]) -> None:
        """Write what waits, end the thread, and `close` what it wrote with. A change that comes meanwhile begins
        another thread, which writes after that.
        """
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.shutdown()
        with self._turn:
            close()

    def _add(self, waiting: Waiting[Any]) -> None:
        with self._lock:
            self._waiting.append(waiting)
            if self._busy:
                return
            self._busy = True
            if self._thread is None:
                self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
            self._thread.submit(self._run)

    def _run(self) -> None:
        while group := self._next():
            try:
                with self._turn:
                    self._write(group)
            except BaseException as error:  # noqa: BLE001 - raised again where the changes are waited for
                for one in group:
                    one.error = one.error or error
            _tell(group)

    def _next(self) -> list[Waiting[Any]]:
        with self._lock:
            group = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_TOGETHER))]
            self._busy = bool(group)
            return group


def _tell(group: Sequence[Waiting[Any]]) -> None:
    """Tell each that it is done, all those of an event loop at once: to wake one costs as much as a statement."""
    of_loops: dict[asyncio.AbstractEventLoop, list[Waiting[Any]]] = {}
    for one in group:
        if one.loop is None:
            one.tell()
        else:
            of_loops.setdefault(one.loop, []).append(one)
    for loop, of_it in of_loops.items():
        with suppress(RuntimeError):  # a loop that was closed meanwhile
            loop.call_soon_threadsafe(_tell_all, of_it)


def _tell_all(group: Sequence[Waiting[Any]]) -> None:
    for one in group:
        one.tell()
