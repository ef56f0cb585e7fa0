"""Which process computes which job, and which jobs wait."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from functools import partial

from app import limits
from app.problems import LimitProblem, Problem, stopped
from app.work.job import Done, Job
from app.work.process import EndedError, Nursery, Process, Reply, Target

# Documents of which it is noted which process knows them; more than all processes know.
NOTED = 4 * limits.MAX_KNOWN_DOCUMENTS


@dataclass(eq=False, slots=True)
class Ticket:
    """A job that waits or is computed."""

    job: Job
    reply: Reply
    done: "asyncio.Future[Done]"


class Pool:
    """Up to `most` processes, started as they are needed. Jobs that come while all are busy wait, first come first
    served, but a job about a document waits for the process that knows it.

    All methods are called on one event loop.
    """

    def __init__(self, target: Target, most: int) -> None:
        self._nursery, self._most = Nursery(target), most
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

    async def run(self, job: Job, reply: Reply) -> Done:
        """Compute a job, and reply to what the process asks meanwhile. Raises a 503 Problem if too many wait already, and if the service is being stopped; if the
        caller is cancelled, the process is killed.
        """
        if self._stopping:
            raise stopped()
        if len(self._waiting) >= limits.MAX_WAITING:
            raise LimitProblem("MAX_WAITING", len(self._waiting) + 1, (), status=503, key="busy")
        ticket = Ticket(job, reply, asyncio.get_running_loop().create_future())
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

    def _add(self) -> Process:
        self._processes.append(made := Process(self._nursery))
        return made

    def _assign(self) -> None:
        """Give waiting jobs to idle processes."""
        for ticket in list(self._waiting):
            process = self._idle(ticket.job)
            if process is not None:
                self._waiting.remove(ticket)
                self._running[process] = ticket
                process.ask(ticket.job, ticket.reply).add_done_callback(partial(self._finish, process))

    def _idle(self, job: Job) -> Process | None:
        """The process for a job, if it is idle now."""
        knowing = None if job.about is None else self._knows.get(job.about)
        if knowing is not None:
            return None if knowing in self._running else knowing
        for process in self._processes:
            if process not in self._running:
                return process
        return self._add() if len(self._processes) < self._most else None

    def _finish(self, process: Process, asked: "asyncio.Future[Done]") -> None:
        ticket = self._running.pop(process)
        error = asked.exception()
        if error is None:
            done = asked.result()
            # A job that was cancelled as it ended has left a process that was killed.
            for about in () if ticket.done.cancelled() else (ticket.job.about, done.hash):
                if about is not None:
                    self._knows[about] = process
                    self._knows.move_to_end(about)
            while len(self._knows) > NOTED:
                self._knows.popitem(last=False)
            if not ticket.done.done():
                ticket.done.set_result(done)
        else:
            self._forget(process)
            _fail(ticket, _ended() if isinstance(error, EndedError) else error)
        if not self._stopping:
            self._assign()

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
