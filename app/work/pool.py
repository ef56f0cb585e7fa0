"""Which process computes which job, and which jobs wait."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from math import inf

from app import limits
from app.problems import LimitProblem, Problem, stopped
from app.work.cost import Cost
from app.work.job import Done, Job
from app.work.process import EndedError, Nursery, Process, Reply, Target

_log = logging.getLogger("tinyml-explorer")
# Bytes of memory that a job is assumed to need as long as its estimate is not known.
SMALL_BYTES = 128 * 1024 * 1024
# Documents of which it is noted which process knows them; more than all processes know.
NOTED = 4 * limits.MAX_KNOWN_DOCUMENTS


@dataclass(eq=False, slots=True)
class Ticket:
    """A job that waits or is computed."""

    job: Job
    cost: Cost
    reply: Reply
    done: "asyncio.Future[Done]"

    @property
    def long(self) -> bool:
        """Whether others must not wait for it."""
        return self.cost.milliseconds > limits.MAX_SHORT_MILLISECONDS

    @property
    def most(self) -> Cost:
        """What it may cost without asking again, with any answer."""
        milliseconds = inf if self.long else limits.MAX_SHORT_MILLISECONDS
        return Cost(milliseconds, inf, max(self.cost.memory, SMALL_BYTES))


class Pool:
    """Up to `most` processes, started as they are needed, and up to `long` more for jobs that take long. Jobs that come
    while all are busy wait, first come first served, but a job about a document waits for the process that knows it.

    What a job costs may only be seen when its document has been read. So a process begins none that turns out to be
    long, or to need more memory than was assumed: it waits again then. If its answer would be longer than `room`, it is
    refused before it is computed.

    All methods are called on one event loop.
    """

    def __init__(self, target: Target, most: int, long: int, room: Callable[[], float] = lambda: inf) -> None:
        self._nursery, self._most, self._room = Nursery(target), {False: most, True: long}, room
        self._processes: list[Process] = []
        self._running: dict[Process, Ticket] = {}
        self._waiting: list[Ticket] = []
        self._knows: OrderedDict[str | bytes, Process] = OrderedDict()
        self._stopping = False

    @property
    def busy(self) -> int:
        """How many jobs wait or are computed."""
        return len(self._waiting) + len(self._running)

    def knows(self, about: str | bytes) -> bool:
        """Whether a process has computed something about this document, and has not ended since."""
        return about in self._knows

    async def run(self, job: Job, cost: Cost, reply: Reply) -> Done:
        """Compute a job of this cost, as far as that is known, and reply to what the process asks meanwhile. Raises a
        503 Problem if too many wait already, and if the service is being stopped; if the caller is cancelled, the
        process is killed.
        """
        if self._stopping:
            raise stopped()
        ticket = Ticket(job, cost, reply, asyncio.get_running_loop().create_future())
        if (full := self._full(ticket)) is not None:
            raise full
        self._waiting.append(ticket)
        self._assign()
        try:
            return await ticket.done
        finally:
            if not ticket.done.done() or ticket.done.cancelled():
                self._drop(ticket)

    async def stop(self, within: float) -> None:
        """Begin nothing more, and end what is not done after some seconds."""
        self._stopping = True
        for ticket in self._waiting:
            _fail(ticket, stopped())
        self._waiting.clear()
        left = [ticket.done for ticket in self._running.values()]
        if left:
            await asyncio.wait(left, timeout=within)
        for ticket in self._running.values():
            _fail(ticket, stopped())
        self.close()

    def close(self) -> None:
        """End all processes."""
        self._stopping = True
        for process in self._processes:
            process.close()
        self._nursery.close()

    def _full(self, ticket: Ticket) -> Problem | None:
        """The problem of a job if as many wait for the same processes as may."""
        waiting = sum(other.long == ticket.long for other in self._waiting)
        if waiting < limits.MAX_WAITING:
            return None
        return LimitProblem("MAX_WAITING", waiting + 1, (), status=503, key="busy")

    def _add(self, *, long: bool) -> Process:
        self._processes.append(made := Process(self._nursery, long=long))
        return made

    def _assign(self) -> None:
        """Give waiting jobs to idle processes."""
        for ticket in list(self._waiting):
            process = self._idle(ticket)
            if process is not None:
                self._waiting.remove(ticket)
                self._running[process] = ticket
                job = replace(ticket.job, most=ticket.most._replace(answer=self._room()))
                process.ask(job, ticket.reply).add_done_callback(partial(self._finish, process))

    def _idle(self, ticket: Ticket) -> Process | None:
        """The process for a job, if it is idle now, and there is enough memory for the job."""
        used = sum(running.most.memory for running in self._running.values())
        if used and used + ticket.most.memory > limits.MAX_WORKING_BYTES:
            return None
        about = ticket.job.about
        knowing = None if about is None or ticket.long else self._knows.get(about)
        if knowing is not None:
            return None if knowing in self._running else knowing
        alike = [process for process in self._processes if process.long == ticket.long]
        for process in alike:
            if process not in self._running:
                return process
        return self._add(long=ticket.long) if len(alike) < self._most[ticket.long] else None

    def _finish(self, process: Process, asked: "asyncio.Future[Done]") -> None:
        ticket = self._running.pop(process)
        error = asked.exception()
        if error is None:
            done = asked.result()
            # A job that was cancelled as it ended has left a process that was killed. Jobs about a document do not wait
            # for one that may be busy for long.
            if not ticket.done.cancelled() and not process.long:
                self._note(process, ticket.job.about, done.hash)
            if not ticket.done.done():
                if done.beyond is None:
                    ticket.done.set_result(done)
                elif self._stopping:
                    _fail(ticket, stopped())
                else:
                    ticket.cost, ticket.job = done.beyond, replace(ticket.job, document=done.document)
                    if (full := self._full(ticket)) is not None:
                        _fail(ticket, full)
                    else:
                        self._waiting.append(ticket)
        else:
            self._forget(process)
            if isinstance(error, EndedError) and not ticket.done.done():
                _log.error("request %s: the process that computed it has ended", ticket.job.request_id)
            _fail(ticket, _ended() if isinstance(error, EndedError) else error)
        if not self._stopping:
            self._assign()

    def _note(self, process: Process, *known: str | bytes | None) -> None:
        """Note that a process knows the document of a job."""
        for about in known:
            if about is not None:
                self._knows[about] = process
                self._knows.move_to_end(about)
        while len(self._knows) > NOTED:
            self._knows.popitem(last=False)

    def _drop(self, ticket: Ticket) -> None:
        """End a job that no client waits for."""
        if ticket in self._waiting:
            self._waiting.remove(ticket)
        for process, running in self._running.items():
            if running is ticket:
                self._forget(process)
                process.kill()

    def _forget(self, process: Process) -> None:
        for about in [about for about, by in self._knows.items() if by is process]:
            del self._knows[about]


def _fail(ticket: Ticket, error: BaseException) -> None:
    if not ticket.done.done():
        ticket.done.set_exception(error)


def _ended() -> Problem:
    detail = (
        "The process that computed the answer has ended, for instance because the machine has no more memory; send the "
        "request again, or request less."
    )
    return Problem(503, detail, key="busy", headers={"Retry-After": "1"})
