"""The places where the work of a request can be done."""

import asyncio
from collections.abc import Callable
from functools import partial
from math import ceil
from typing import Protocol, TypeVar

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from app import limits
from app.guests import GuestComputing
from app.problems import LimitProblem
from app.work import stored
from app.work.cost import Cost
from app.work.job import Done, Elsewhere, Job
from app.work.pool import Pool
from app.work.process import SUPPORTED, Target

Result = TypeVar("Result")


class Place(Protocol):
    """Decides where the work of a request is done."""

    # Whether requests can be computed by other processes.
    many: bool

    @property
    def busy(self) -> int:
        """How many requests wait for other processes or are computed by them."""

    def knows(self, about: str | bytes) -> bool:
        """Whether another process knows this document."""

    async def stop(self, within: float) -> None:
        """Begin no more work, and end what is not done after some seconds."""

    def close(self) -> None:
        """End all work."""

    def admit(self, cost: Cost, elsewhere: Elsewhere) -> None:
        """Raise a LimitProblem for work that costs too much, and `elsewhere` if it must not be done here."""

    async def do(self, cost: Cost, work: Callable[[], Result], elsewhere: Elsewhere) -> Result:
        """Do some work of this cost, unless it is not admitted."""


class Here:
    """All work is done at once, unless it costs more than `most`: in a process that does nothing else. A longer answer
    than that would have no room beside those that other clients have not read.
    """

    many = False
    busy = 0

    def __init__(self, most: Cost | None = None) -> None:
        self._most = most

    def knows(self, about: str | bytes) -> bool:
        """There is no other process."""
        return False

    async def stop(self, within: float) -> None:
        """Nothing can be ended."""

    def close(self) -> None:
        """There is nothing to end."""

    def admit(self, cost: Cost, elsewhere: Elsewhere) -> None:
        """Raise a LimitProblem, or `elsewhere` for work that costs more than it may here."""
        cost.check()
        if self._most is None:
            return
        if cost.answer > self._most.answer:
            asked = limits.MAX_ANSWERS_IN_FLIGHT - self._most.answer + cost.answer
            raise LimitProblem("MAX_ANSWERS_IN_FLIGHT", ceil(asked), (), status=503, key="busy")
        if cost.exceeds(self._most):
            raise elsewhere.costing(cost)

    async def do(self, cost: Cost, work: Callable[[], Result], elsewhere: Elsewhere) -> Result:
        """Do some work, unless it costs too much."""
        self.admit(cost, elsewhere)
        return work()


class Threads:
    """Quick work is done at once, other work in a thread, which goes on if the client disconnects. For systems other
    than Linux, and for programs that call the service without a server.
    """

    many = False
    busy = 0

    def knows(self, about: str | bytes) -> bool:
        """There is no other process."""
        return False

    async def stop(self, within: float) -> None:
        """Nothing can be ended."""

    def close(self) -> None:
        """There is nothing to end."""

    def admit(self, cost: Cost, elsewhere: Elsewhere) -> None:
        """Raise a LimitProblem for work that costs too much."""
        cost.check()

    async def do(self, cost: Cost, work: Callable[[], Result], elsewhere: Elsewhere) -> Result:
        """Do some work, unless it costs too much."""
        self.admit(cost, elsewhere)
        return work() if cost.quick else await run_in_threadpool(work)


class Turns:
    """Of many requests that arrive at once, one is read in each round of the event loop, so that others come in
    between.
    """

    def __init__(self) -> None:
        self._queue = asyncio.Lock()
        self._taken = False

    async def next(self) -> None:
        """Return in a round in which no other has returned."""
        async with self._queue:
            if self._taken:
                await asyncio.sleep(0)
            self._taken = True
            asyncio.get_running_loop().call_soon(self._end)

    def _end(self) -> None:
        self._taken = False


class Processes:
    """Quick work is done at once, and requests with other work are computed by other processes, which are killed if the
    client disconnects. This is how the server works.
    """

    many = True

    def __init__(self, target: Target, room: Callable[[], float]) -> None:
        self.pool = Pool(target, limits.MAX_COMPUTING, limits.MAX_COMPUTING_LONG, room)
        self.turns = Turns()

    @property
    def busy(self) -> int:
        """How many requests wait or are computed."""
        return self.pool.busy

    def knows(self, about: str | bytes) -> bool:
        """Whether a process knows this document."""
        return self.pool.knows(about)

    async def stop(self, within: float) -> None:
        """Answer what waits with a 503 Problem, and what is not done after some seconds."""
        await self.pool.stop(within)

    def close(self) -> None:
        """End all processes."""
        self.pool.close()

    def admit(self, cost: Cost, elsewhere: Elsewhere) -> None:
        """Raise a LimitProblem, or `elsewhere` for work that is not quick."""
        cost.check()
        if not cost.quick:
            raise elsewhere.costing(cost)

    async def do(self, cost: Cost, work: Callable[[], Result], elsewhere: Elsewhere) -> Result:
        """Do some work if it is quick."""
        self.admit(cost, elsewhere)
        return work()

    async def answer(self, request: Request, body: bytes, elsewhere: Elsewhere) -> Response:
        """The answer of another process. Raises a Problem for a guest who has had too much computed lately."""
        scope = request.scope
        guests: GuestComputing | None = request.app.state.guest_computing
        if guests is not None:
            await guests.count(scope)
        job = Job(
            scope["method"],
            scope["path"],
            scope["query_string"],
            [(name, value) for name, value in scope["headers"] if name in _KEPT],
            body,
            getattr(request.state, "request_id", "-"),
            elsewhere.about,
            elsewhere.document,
            elsewhere.network,
            getattr(request.state, "guest", ""),
        )
        work = asyncio.ensure_future(
            self.pool.run(job, elsewhere.cost, partial(stored.answer, request.app.state.store))
        )
        gone = asyncio.ensure_future(_disconnected(request))
        count = request.app.state.metrics.happened
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                count("abandoned")
                return Response(status_code=503)  # which no client reads
            response = _response(work.result())
            count("computed")
            return response
        finally:
            gone.cancel()
            work.cancel()


def server_place(target: Target, room: Callable[[], float]) -> Place:
    """The best place that this system allows, for a server that has no clients yet. `room` says how many bytes an
    answer may have now.
    """
    return Processes(target, room) if SUPPORTED else Threads()


# The headers that the routes read.
_KEPT = frozenset({b"accept-encoding", b"content-type", b"if-match", b"idempotency-key"})


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _response(done: Done) -> Response:
    response = Response(done.body, done.status)
    response.raw_headers = list(done.headers)
    return response
