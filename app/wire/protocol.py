"""The HTTP protocol of connections: how much one may send, how slowly, and how much memory all may use together.

uvicorn reads requests without a limit on their size or duration. `Wire` creates its protocol with limits, all of them
in `app.limits`. A client that exceeds one gets a problem document and is disconnected.
"""

import asyncio
from math import inf
from typing import Any

import httptools
from starlette.types import Message, Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from app import limits
from app.metrics import Metrics
from app.problems import LimitProblem, Problem, stopped
from app.request_ids import NAME
from app.security_headers import DATA_HEADERS
from app.wire.answers import late, length, on_the_wire
from app.wire.pace import Pace

# Seconds between two checks of all connections: a timer for each request would cost more than reading it.
LOOK_EVERY = 1.0
# The bytes of each connection that do not count against the common budgets: most requests and answers are smaller.
SMALL = 64 * 1024
# A rejected client's bytes are read for a while, so that it can read the reason: closing with unread bytes resets the
# connection.
LINGER_SECONDS = 2.0
LINGER_BYTES = 1024 * 1024


class Wire:
    """The connections of one server. uvicorn calls it, as `http`, to create the protocol of a new connection."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self.connections: set[BoundedProtocol] = set()
        self.bodies = 0  # received bytes of request bodies that are not answered yet
        metrics.now("connections", "open connections", lambda: len(self.connections))
        metrics.now("bodies_in_flight_bytes", "bytes of request bodies that are not answered", lambda: self.bodies)
        metrics.now("answers_in_flight_bytes", "bytes of answers that clients have not read", self.waiting)
        self._timer: asyncio.TimerHandle | None = None

    def __call__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> "BoundedProtocol":
        return BoundedProtocol(self, config, server_state, app_state, _loop)

    def add(self, connection: "BoundedProtocol") -> None:
        """Count a connection, and check it from now on."""
        self.connections.add(connection)
        if self._timer is None:
            self._timer = connection.loop.call_later(LOOK_EVERY, self._look, connection.loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        for connection in list(self.connections):
            connection.look(loop.time())
        self._timer = loop.call_later(LOOK_EVERY, self._look, loop) if self.connections else None

    def waiting(self) -> int:
        """Bytes of answers that were written and not yet read by the clients."""
        return sum(connection.transport.get_write_buffer_size() for connection in self.connections)

    def room(self) -> float:
        """How many bytes an answer may have now."""
        waiting = self.waiting()
        return max(limits.MAX_ANSWERS_IN_FLIGHT - waiting, SMALL) if waiting else inf


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol with limits.

    uvicorn's parser calls the `on_` methods while it reads; after a rejection the rest of the same bytes is ignored.
    """

    def __init__(
        self,
        wire: Wire,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.wire = wire
        self.service = self.app
        self.app = self._within_budget
        self.refused = self.closing = False
        self.awaited: str | None = "head"  # what the client must send now
        self.since = self.loop.time()  # since when it can send that
        self.begun = False  # whether it has begun
        self.silent = 0  # bytes since the parser last found something in them
        self.head_bytes = 0
        self.header_count = 0
        self.body_bytes = 0  # of the request that is answered now
        self.read_bytes = 0  # of all bodies
        self.written_bytes = 0
        self.reading, self.writing = Pace(), Pace()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.wire.add(self)
        count = self.wire.metrics.together.now("connections")
        if count > limits.MAX_CONNECTIONS:
            self.refuse(LimitProblem("MAX_CONNECTIONS", count, (), status=503, key="busy"))

    def connection_lost(self, exc: Exception | None) -> None:
        self.wire.connections.discard(self)
        self._forget_body()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self.silent += len(data)
        if self.refused:
            if self.silent > LINGER_BYTES:
                self.transport.abort()
            return
        self._unset_keepalive_if_required()
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # no other protocol is supported, and RFC 9110 lets a server ignore the request
        except httptools.HttpParserError:
            self.refuse(Problem(400, "The request is not valid HTTP; send HTTP/1.1.", key="request"))
        # A header, trailer or address without an end: the parser buffers it and calls nothing.
        if self.awaited and self.silent > limits.MAX_HEAD_BYTES and not self.refused:
            self._too_long(self.silent)

    def on_message_begin(self) -> None:
        if self.refused:
            return
        super().on_message_begin()
        self.head_bytes = self.header_count = self.silent = 0
        self.awaited, self.begun = "head", True

    def on_url(self, url: bytes) -> None:
        if not self.refused:
            super().on_url(url)
            self._count_head(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.refused:
            return
        super().on_header(name, value)
        self.header_count += 1
        self._count_head(len(name) + len(value) + len(": \r\n"))
        if self.header_count > limits.MAX_HEADERS:
            self.refuse(LimitProblem("MAX_HEADERS", self.header_count, (), status=431))

    def on_headers_complete(self) -> None:
        if self.refused:
            return
        self.awaited, self.silent = "body", 0
        self.reading.stop()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self.refused:
            return
        self.silent = 0
        self.read_bytes += len(body)
        if not self.cycle.response_complete:
            self.body_bytes += len(body)
            self.wire.bodies += len(body)
            alone = self.wire.bodies == self.body_bytes
            if self.wire.bodies > limits.MAX_BODIES_IN_FLIGHT and self.body_bytes > SMALL and not alone:
                self.refuse(LimitProblem("MAX_BODIES_IN_FLIGHT", self.wire.bodies, (), status=503, key="busy"))
                return
        super().on_body(body)

    def on_message_complete(self) -> None:
        if self.refused:
            return
        self.awaited, self.begun, self.silent = None, False, 0
        super().on_message_complete()
        if self.cycle.response_complete:
            self._await_request()

    def on_response_complete(self) -> None:
        self._forget_body()
        super().on_response_complete()
        if self.awaited is None:
            self._await_request()

    def _await_request(self) -> None:
        self.awaited, self.since = "head", self.loop.time()

    def _forget_body(self) -> None:
        self.wire.bodies -= self.body_bytes
        self.body_bytes = 0

    def _count_head(self, length: int) -> None:
        self.silent = 0
        self.head_bytes += length
        if self.head_bytes > limits.MAX_HEAD_BYTES:
            self._too_long(self.head_bytes)

    def _too_long(self, length: int) -> None:
        self.refuse(LimitProblem("MAX_HEAD_BYTES", length, (), status=431))

    def look(self, now: float) -> None:
        """Reject a client that takes too long to send, and disconnect one that does not read."""
        if self.refused:
            if self.closing and now - self.since > LINGER_SECONDS:
                self.transport.abort()
                return
        elif self.awaited == "head" and now - self.since > limits.MAX_HEAD_SECONDS:
            if self.begun:
                self.refuse(late("the head of the request did not come in time"))
            else:
                self.transport.close()
        elif self.awaited == "body":
            if self.flow.read_paused:
                self.reading.stop()
            elif self.reading.stalls(now, self.read_bytes):
                self.refuse(late("the body of the request came too slowly"))
        unread = self.transport.get_write_buffer_size()
        if not unread:
            self.writing.stop()
        elif self.writing.stalls(now, self.written_bytes - unread):
            self.transport.abort()

    def refuse(self, problem: Problem) -> None:
        """Answer with a problem, unless another answer has begun, and read no more requests."""
        self.refused, self.silent = True, 0
        self.wire.metrics.refused(problem.key)
        under_way = bool(self.cycle) and not self.cycle.response_complete
        if self.pipeline:
            self.transport.abort()  # earlier answers would have to be finished first
        elif under_way and (self.cycle.response_started or self.awaited == "head"):
            self.flow.pause_reading()
            self.cycle.keep_alive = False  # closes the connection after that answer
        else:
            if under_way:
                self.cycle.disconnected = True
                self.cycle.message_event.set()
            self._forget_body()  # it will not be read, so others can use its share
            self.transport.write(on_the_wire(problem))
            self.transport.write_eof()
            self.flow.resume_reading()
            self.closing, self.since = True, self.loop.time()

    async def _within_budget(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the service, but replace a large answer by a problem while others are still unread, and answer a request
        that is cancelled because the server is being stopped.
        """
        start: Message | None = None
        begun = replaced = False

        async def bounded(message: Message) -> None:
            nonlocal start, begun, replaced
            if message["type"] == "http.response.start":
                start = message
                return
            if replaced:
                return
            if start is not None:
                size = length(start, message)
                if size > SMALL and size > self.wire.room():
                    begun = replaced = True
                    self.wire.metrics.refused("busy")
                    asked = self.wire.waiting() + size
                    problem = LimitProblem("MAX_ANSWERS_IN_FLIGHT", asked, (), status=503, key="busy")
                    response = problem.response()
                    response.headers.update({**DATA_HEADERS, "Retry-After": "1", NAME: scope["state"]["request_id"]})
                    await response(scope, receive, send)
                    return
                begun = True
                await send(start)
                start = None
            self.written_bytes += len(message.get("body", b""))
            await send(message)

        try:
            await self.service(scope, receive, bounded)
        except asyncio.CancelledError:
            if begun:
                raise
            response = stopped().response()
            response.headers.update({**DATA_HEADERS, NAME: scope["state"]["request_id"]})
            await response(scope, receive, send)
