"""Several processes that answer requests on one socket, supervised by the process that started them.

A worker that ends is replaced. What all of them have counted, and those that have ended, is added up here. All of them
hold the lock of the data directory together with the supervisor, so that no other server can use it as long as one of
them runs.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import DupFd
from typing import Any, Final

from app.together import Tally

# Seconds that workers get to stop: more than they need for what they compute.
STOP_WITHIN: Final = 13.0
# After the supervisor was killed, its workers stop within a second.
ORPHANED_WITHIN: Final = 0.8

_log = logging.getLogger("tinyml-explorer")

Serve = Callable[[socket.socket, int | None, Callable[[], None], Connection], None]


@dataclass(slots=True)
class Worker:
    """A process, the pipe for its readiness and its counts, and what it notices the end of its supervisor by."""

    process: BaseProcess
    pipe: Connection
    lifeline: Connection
    tally: Tally = field(default_factory=Tally)

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """Send a signal, unless the process has ended."""
        if self.process.is_alive() and self.process.pid is not None:
            os.kill(self.process.pid, sign)

    def close(self) -> None:
        """Release what belongs to the process, which has ended."""
        for end in (self.pipe, self.lifeline):
            end.close()
        self.process.close()


class Supervisor:
    """Runs `count` processes of `serve`, a function that can be imported, until a signal stops it.

    `serve` gets the socket, a descriptor of the lock, what to call when requests are answered, and the pipe for counts.
    """

    def __init__(self, count: int, serve: Serve, listener: socket.socket, lock: int | None) -> None:
        self._count, self._serve, self._listener, self._lock = count, serve, listener, lock
        self._workers: list[Worker] = []
        self._ended = Tally()  # what workers that have ended had counted
        self._context = get_context("spawn")  # a copy of this process would have its threads' locks and connections
        self._signals, self._wake = self._context.Pipe(duplex=False)

    def run(self, on_ready: Callable[[], None]) -> bool:
        """Serve until a signal comes; `on_ready` is called when all workers answer. Returns whether they started."""
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: self._wake.send_bytes(b"stop"))
        try:
            self._workers = [self._start() for _ in range(self._count)]
            started = self._all_ready()
            if started:
                on_ready()
                self._replace_until_stopped()
            return started
        finally:
            self._stop()

    def _start(self) -> Worker:
        pipe, theirs = self._context.Pipe()
        noticed, lifeline = self._context.Pipe(duplex=False)
        lock = None if self._lock is None else DupFd(self._lock)
        process = self._context.Process(target=work, args=(self._serve, self._listener, lock, theirs, noticed))
        process.start()
        theirs.close()
        noticed.close()
        return Worker(process, pipe, lifeline)

    def _all_ready(self) -> bool:
        """Wait for all workers. Returns whether they answer; not if one has ended, or a signal came."""
        for worker in self._workers:
            came = connection.wait([worker.pipe, worker.process.sentinel, self._signals])
            if self._signals in came or worker.pipe not in came or not _received(worker.pipe):
                return self._signals in came
        return True

    def _replace_until_stopped(self) -> None:
        while True:
            sentinels = [worker.process.sentinel for worker in self._workers]
            came = connection.wait([self._signals, *sentinels, *(worker.pipe for worker in self._workers)])
            if self._signals in came:
                return
            for place, worker in enumerate(self._workers):
                if worker.process.exitcode is not None:
                    _log.warning("A worker ended with %d and is replaced.", worker.process.exitcode)
                    self._ended.lasts.update(worker.tally.lasts)
                    worker.close()
                    self._workers[place] = self._start()
                elif worker.pipe in came:
                    self._hear(worker)

    def _hear(self, worker: Worker) -> None:
        """Take what a worker has counted, and tell it what the others have."""
        report = _received(worker.pipe)
        if isinstance(report, Tally):
            worker.tally = report
            others = (other.tally for other in self._workers if other is not worker)
            with suppress(OSError):  # it has just ended
                worker.pipe.send(Tally.of([self._ended, *others]))

    def _stop(self) -> None:
        for worker in self._workers:
            worker.stop()
        until = time.monotonic() + STOP_WITHIN
        for worker in self._workers:
            worker.process.join(max(0.0, until - time.monotonic()))
            worker.stop(signal.SIGKILL)
            worker.process.join()
            worker.close()
        self._workers = []


def work(serve: Serve, listener: socket.socket, lock: Any, pipe: Connection, lifeline: Connection) -> None:
    """Be a worker."""
    threading.Thread(target=_end_with, args=[lifeline], daemon=True).start()
    serve(listener, None if lock is None else lock.detach(), lambda: pipe.send(True), pipe)


def _end_with(supervisor: Connection) -> None:
    """End this process when the other end of the connection is closed, in good order if that is quick."""
    connection.wait([supervisor])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(ORPHANED_WITHIN)
    os._exit(1)


def _received(pipe: Connection) -> Any:
    """What a worker sends: first that it is ready, then what it has counted; None if it has ended."""
    try:
        return pipe.recv()
    except (EOFError, OSError):
        return None
