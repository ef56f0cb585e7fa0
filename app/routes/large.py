"""Routes whose bodies may be large: reading and validating such a body would delay all other requests."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from typing import Any, Final

from fastapi import Request, Response
from pydantic_core import from_json
from starlette.concurrency import run_in_threadpool

from app.routes.responses import DescribedRoute
from app.store import NetworkStore, StoredNetwork
from app.training import document_key
from app.work import Elsewhere, Here, Processes
from app.work.cost import read_cost

# Bytes of a body up to which reading and validating it takes a few milliseconds.
SMALL: Final = 256 * 1024
# How many are processed at once: each takes about ten times its body in memory; others wait for their turn.
AT_ONCE: Final = 2
# Bytes at both ends of a large body by which it is recognized.
SAMPLE: Final = 64 * 1024
_lanes = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="large-body")

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class LargeBodyRoute(DescribedRoute):
    """A route that does not read a large body on the event loop: another process answers such a request, or, where
    there is none, a thread with a separate event loop. Another process also computes what a stored network leads to.
    """

    # Whether its requests may wait for the store.
    stores = True

    @property
    def of_stored(self) -> bool:
        """Whether the answer is computed from a stored network, which does not change."""
        return self.methods is not None and "GET" in self.methods and self.path_format.startswith("/api/networks/{id}/")

    def get_route_handler(self) -> Handler:
        """FastAPI's handler, called at once for small bodies and in a thread for large ones."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            body = await request.body()
            home = asyncio.get_running_loop()
            read = _Read(request, body, home, self.content)
            place = request.app.state.place
            if isinstance(place, Processes):
                try:
                    if self.of_stored and (network := await run_in_threadpool(_stored, request)) is not None:
                        raise Elsewhere(document_key(network.document), network=network)
                    if len(body) > SMALL:
                        raise Elsewhere(sample_key(body)).costing(read_cost(len(body)))
                    if not self.stores:
                        await place.turns.next()
                    return await handler(read)
                except Elsewhere as elsewhere:
                    return await place.answer(request, body, elsewhere)
            if len(body) <= SMALL or isinstance(place, Here):
                return await handler(read)
            return await home.run_in_executor(_lanes, lambda: asyncio.run(handler(read)))

        return handle

    def content(self, request: Request, body: bytes) -> Any:
        """The JSON value of a body."""
        return read_json(body)


def _stored(request: Request) -> StoredNetwork | None:
    store: NetworkStore = request.app.state.store
    return store.get(request.path_params["id"])


def sample_key(body: bytes) -> bytes:
    """A key of a large body that is found quickly: if two have the same, only the choice of the process is worse."""
    return blake2b(body[:SAMPLE] + body[-SAMPLE:] + str(len(body)).encode()).digest()


def read_json(body: bytes) -> Any:
    """Parse JSON five times as fast as Python's parser; invalid JSON is left to that parser, for its error."""
    try:
        return from_json(body)
    except ValueError:
        return json.loads(body)


class _Read(Request):
    """A request whose body was read already, so that another event loop than that of its connection can process it."""

    def __init__(
        self, request: Request, body: bytes, home: asyncio.AbstractEventLoop, content: Callable[[Request, bytes], Any]
    ) -> None:
        super().__init__(request.scope)
        self._body = body
        self._request = request
        self._home = home
        self._content = content

    async def json(self) -> Any:
        """The body as JSON."""
        return self._content(self, self._body)

    async def is_disconnected(self) -> bool:
        """Whether the client has disconnected, which only the event loop of its connection knows."""
        if asyncio.get_running_loop() is self._home:
            return await self._request.is_disconnected()
        disconnected = asyncio.run_coroutine_threadsafe(self._request.is_disconnected(), self._home)
        return await asyncio.wrap_future(disconnected)
