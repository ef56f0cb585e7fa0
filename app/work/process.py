"""A process that computes one job after another: how the server starts it and talks to it.

The server forks once, before it has clients: that fork, the nursery, keeps the imported modules, has no connections and
no threads, and forks all other processes. So a process is ready within milliseconds, shares its memory with the others,
and can be killed and replaced.
"""

import asyncio
import ctypes
import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import NoReturn

from app.schemas.base import building
from app.work.job import Done, Job
from app.work.stored import Question

Target = Callable[[Connection], None]
# Answers what a process asks while it computes.
Reply = Callable[[Question], object]

# Where all this is possible; Linux alone ends a process when the one that forked it has ended.
SUPPORTED = sys.platform == "linux"
# Below the server, so that small requests do not wait for a processor; those with long work are below the others, which
# then take about as long as if there were none.
NICENESS = 5
LONG_NICENESS = 15
# If the machine has no more memory, it is these processes that Linux ends.
MEMORY_SCORE = Path("/proc/self/oom_score_adj")
PR_SET_PDEATHSIG = 1  # of <sys/prctl.h>


class EndedError(Exception):
    """The process ended before it had an answer."""


class Nursery:
    """The fork of the server that forks the processes that compute. It ends when the server does, however that ends."""

    def __init__(self, target: Target) -> None:
        self._control, theirs = socket.socketpair()
        self._turn = Lock()
        if os.fork() == 0:
            _nurse(theirs, target)
        theirs.close()

    def fork(self, niceness: int) -> tuple[int, Connection]:
        """Start a process: its number, and the pipe to it. Raises an OSError if the nursery has ended."""
        ours, theirs = Pipe()
        with self._turn:
            socket.send_fds(self._control, [bytes([niceness])], [theirs.fileno()])
            number = self._control.recv(8)
        theirs.close()
        if not number:
            raise BrokenPipeError
        return int.from_bytes(number, "big"), ours

    def close(self) -> None:
        """End the nursery, and with it the processes."""
        self._control.close()


class Process:
    """A process of the server, started when it is first needed and again after it has ended.

    A thread waits for its answers. `ask` and `kill` are called on the server's event loop. Those of `long` jobs have a
    lower priority.
    """

    def __init__(self, nursery: Nursery, *, long: bool = False) -> None:
        self._nursery, self.long = nursery, long
        self._lane = ThreadPoolExecutor(1, thread_name_prefix="work")
        self._number: int | None = None
        self._pipe: Connection | None = None
        # Whether the job is to be ended, and the process that was killed for it: it may still live for a moment.
        self._ending = False
        self._killed: int | None = None

    def ask(self, job: Job, reply: Reply) -> "asyncio.Future[Done]":
        """Begin to compute a job. The future has an EndedError if the process ends before."""
        self._ending = False
        return asyncio.get_running_loop().run_in_executor(self._lane, self._ask, job, reply)

    def kill(self) -> None:
        """End the process, whatever it computes."""
        self._ending = True
        if (number := self._number) is not None:
            self._killed = number
            _kill(number)

    def close(self) -> None:
        """End the process, and start no other."""
        self.kill()
        self._lane.shutdown(wait=False, cancel_futures=True)

    def _ask(self, job: Job, reply: Reply) -> Done:
        try:
            pipe = self._started()
            pipe.send(job)
            while isinstance(said := pipe.recv(), Question):
                if self._ending:  # what it asks may be to write something
                    raise EOFError
                pipe.send(reply(said))
            done: Done = said
        except (EOFError, OSError) as error:
            self._end()
            raise EndedError from error
        except BaseException:
            self._end()  # it waits for a reply
            raise
        if self._ending:
            self._end()
        return done

    def _started(self) -> Connection:
        # It says nothing by itself, so what it says now is its end.
        if self._pipe is not None and (self._killed == self._number or self._pipe.poll()):
            self._end()
        if self._pipe is None:
            self._number, self._pipe = self._nursery.fork(LONG_NICENESS if self.long else NICENESS)
        if self._ending:  # while it was started
            raise EOFError
        return self._pipe

    def _end(self) -> None:
        number, pipe = self._number, self._pipe
        self._number = self._pipe = self._killed = None
        if number is not None:
            _kill(number)
        if pipe is not None:
            pipe.close()


def _kill(number: int) -> None:
    with suppress(ProcessLookupError):  # it has ended already
        os.kill(number, signal.SIGKILL)


def _nurse(control: socket.socket, target: Target) -> NoReturn:
    """What the nursery does, from its first line to its end. It never returns to the code of the server."""
    try:
        signal.set_wakeup_fd(-1)
        # Ctrl-C and service managers signal all processes of the server; the server decides when its processes end.
        for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
            signal.signal(ignored, signal.SIG_IGN)
        # The server's sockets and files would stay open after it has closed them. Nothing here uses or closes them.
        gc.freeze()
        os.closerange(3, control.fileno())
        os.closerange(control.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
        rest = building()
        while True:
            # Before it is needed, so that the processes share it; but none waits for it.
            while not select.select([control], [], [], 0)[0] and next(rest, rest) is None:
                pass
            message, pipes, _, _ = socket.recv_fds(control, 1, 1)
            if not message:
                break
            number = os.fork()
            if number == 0:
                control.close()
                _compute(Connection(pipes[0]), target, message[0])
            os.close(pipes[0])
            control.sendall(number.to_bytes(8, "big"))
    finally:
        os._exit(0)


def _compute(pipe: Connection, target: Target, niceness: int) -> NoReturn:
    """What a process does, from its first line to its end."""
    try:
        nursery = os.getppid()
        # Killed as soon as the nursery has ended, even if it computes.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.nice(niceness)
        MEMORY_SCORE.write_text("500", "ascii")
        if os.getppid() == nursery:
            target(pipe)
    finally:
        os._exit(0)
