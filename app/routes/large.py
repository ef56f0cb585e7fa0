"""Routes whose bodies may be large: reading and checking one of these would keep everyone else waiting."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json

# Bytes of a body up to which reading and checking it takes a few milliseconds.
SMALL: Final = 256 * 1024
# Each takes some ten times its body in memory while it is under way; others wait for their turn.
AT_ONCE: Final = 2
_lanes = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="large-body")

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class LargeBodyRoute(APIRoute):
    """A route that deals with a large body from beginning to end in a thread, which has an event loop for it."""

    def get_route_handler(self) -> Handler:
        """FastAPI's handler for small bodies, and the same one elsewhere for large ones."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            body = await request.body()
            if len(body) <= SMALL:
                return await handler(request)
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(_lanes, lambda: asyncio.run(handler(_Apart(request, body, loop))))

        return handle


class _Apart(Request):
    """A request that is dealt with in another event loop than its connection, with its body at hand."""

    def __init__(self, request: Request, body: bytes, home: asyncio.AbstractEventLoop) -> None:
        super().__init__(request.scope)
        self._body = body
        self._request = request
        self._home = home

    async def json(self) -> Any:
        """The body as JSON, read five times as fast as Python's own reader does; what is none is left to that one."""
        try:
            return from_json(self._body)
        except ValueError:
            return json.loads(self._body)

    async def is_disconnected(self) -> bool:
        """Whether the client has gone, which only the loop of its connection knows."""
        asked = asyncio.run_coroutine_threadsafe(self._request.is_disconnected(), self._home)
        return await asyncio.wrap_future(asked)
