"""A client that uses little of the processor, for rates at which httpx would measure itself: it takes four milliseconds
for a request. It reads answers that have a Content-Length, as those of the service do.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from tests.soak.latencies import Latencies

_HEAD = re.compile(rb"HTTP/1\.1 (\d+) .*?\r\ncontent-length: *(\d+)\r\n.*?\r\n\r\n", re.DOTALL | re.IGNORECASE)


class LeanClient:
    """Sends requests to one server, each on a connection that no other request uses meanwhile."""

    def __init__(self, url: str, seen: Latencies) -> None:
        self._host, self._port = urlsplit(url).hostname, urlsplit(url).port
        self._seen = seen
        self._idle: list[_Connection] = []

    async def get(self, path: str, headers: Mapping[str, str] = MappingProxyType({})) -> bytes:
        """Request what is at a path, and keep its status and how long it took; return the body of the answer."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in {"Host": "localhost", **headers}.items())
        return await self._request(f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode(), time.perf_counter())

    async def post(
        self, path: str, body: bytes, headers: Mapping[str, str] = MappingProxyType({}), due: float | None = None
    ) -> None:
        """Send a request, and keep its status, and the time to the answer from now or from `due`, by
        time.perf_counter.
        """
        given = {"Host": "localhost", "Content-Type": "application/json", **headers, "Content-Length": len(body)}
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        request = f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body
        await self._request(request, time.perf_counter() if due is None else due)

    async def _request(self, request: bytes, due: float) -> bytes:
        # The server closes connections that are not used for some seconds.
        self._idle = [connection for connection in self._idle if connection.open]
        try:
            connection = self._idle.pop() if self._idle else await self._connected()
        except OSError:
            self._seen.statuses[0] += 1
            return b""
        status, body = await connection.ask(request)
        self._seen.statuses[status] += 1
        if status:
            self._seen.seconds.append(time.perf_counter() - due)
            self._idle.append(connection)
        return body

    def close(self) -> None:
        """Close all connections."""
        for connection in self._idle:
            connection.close()

    async def _connected(self) -> _Connection:
        loop = asyncio.get_running_loop()
        return (await loop.create_connection(_Connection, self._host, self._port))[1]


class _Connection(asyncio.Protocol):
    """A connection with one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._received = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    @property
    def open(self) -> bool:
        """Whether a request can be sent."""
        return self._transport is not None and not self._transport.is_closing()

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; return the status of the answer, 0 if the connection broke, and its body."""
        assert self._transport is not None
        self._received, self._answer = b"", asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def data_received(self, data: bytes) -> None:
        self._received += data
        head = _HEAD.match(self._received)
        if head and self._answer and len(self._received) >= head.end() + int(head[2]):
            self._answer.set_result((int(head[1]), self._received[head.end() :]))

    def connection_lost(self, _: Exception | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_result((0, b""))

    def close(self) -> None:
        """Close it."""
        if self._transport is not None:
            self._transport.close()
