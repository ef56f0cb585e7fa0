"""Several processes that answer requests on one socket, supervised by the process that started them.

A worker that ends is replaced. All of them hold the lock of the data directory together with the supervisor, so that
no other server can use it as long as one of them runs.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import DupFd
from typing import Any, Final

# Seconds that workers get to stop: more than they need for what they compute.
STOP_WITHIN: Final = 13.0
# After the supervisor was killed, its workers stop within a second.
ORPHANED_WITHIN: Final = 0.8

_log = logging.getLogger("tinyml-explorer")

Serve = Callable[[socket.socket, int | None, Callable[[], None]], None]


@dataclass(slots=True)
class Worker:
    """A process, what it reports its readiness with, and what it notices the end of its supervisor by."""

    process: BaseProcess
    ready: Connection
    lifeline: Connection

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """Send a signal, unless the process has ended."""
        if self.process.is_alive() and self.process.pid is not None:
            os.kill(self.process.pid, sign)

    def close(self) -> None:
        """Release what belongs to the process, which has ended."""
        for end in (self.ready, self.lifeline):
            end.close()
        self.process.close()


class Supervisor:
    """Runs `count` processes of `serve`, a function that can be imported, until a signal stops it.

    `serve` gets the socket, a descriptor of the lock, and what to call when requests are answered.
    """

    def __init__(self, count: int, serve: Serve, listener: socket.socket, lock: int | None) -> None:
        self._count, self._serve, self._listener, self._lock = count, serve, listener, lock
        self._workers: list[Worker] = []
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
        ready, report = self._context.Pipe(duplex=False)
        noticed, lifeline = self._context.Pipe(duplex=False)
        lock = None if self._lock is None else DupFd(self._lock)
        process = self._context.Process(target=work, args=(self._serve, self._listener, lock, report, noticed))
        process.start()
        report.close()
        noticed.close()
        return Worker(process, ready, lifeline)

    def _all_ready(self) -> bool:
        """Wait for all workers. Returns whether they answer; not if one has ended, or a signal came."""
        for worker in self._workers:
            came = connection.wait([worker.ready, worker.process.sentinel, self._signals])
            if self._signals in came or worker.ready not in came or not _received(worker.ready):
                return self._signals in came
        return True

    def _replace_until_stopped(self) -> None:
        while True:
            came = connection.wait([self._signals, *(worker.process.sentinel for worker in self._workers)])
            if self._signals in came:
                return
            for place, worker in enumerate(self._workers):
                if worker.process.exitcode is not None:
                    _log.warning("A worker ended with %d and is replaced.", worker.process.exitcode)
                    worker.close()
                    self._workers[place] = self._start()

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


def work(serve: Serve, listener: socket.socket, lock: Any, report: Connection, lifeline: Connection) -> None:
    """Be a worker."""
    threading.Thread(target=_end_with, args=[lifeline], daemon=True).start()
    serve(listener, None if lock is None else lock.detach(), lambda: report.send(True))


def _end_with(supervisor: Connection) -> None:
    """End this process when the other end of the connection is closed, in good order if that is quick."""
    connection.wait([supervisor])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(ORPHANED_WITHIN)
    os._exit(1)


def _received(ready: Connection) -> bool:
    """Whether a worker reported that it is ready; if it ended first, the connection is at its end."""
    try:
        return bool(ready.recv())
    except EOFError:
        return False
