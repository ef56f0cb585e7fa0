"""A client that uses little of the processor, for rates at which httpx would measure itself: it takes four milliseconds
for a request.
"""

from __future__ import annotations

import asyncio
import re
import time
from urllib.parse import urlsplit

from tests.soak.latencies import Latencies

_HEAD = re.compile(rb"HTTP/1\.1 (\d+) .*?\r\ncontent-length: *(\d+)\r\n.*?\r\n\r\n", re.DOTALL | re.IGNORECASE)


class LeanClient:
    """Sends requests to one server, each on a connection that no other request uses meanwhile."""

    def __init__(self, url: str, seen: Latencies) -> None:
        self._host, self._port = urlsplit(url).hostname, urlsplit(url).port
        self._seen = seen
        self._idle: list[_Connection] = []

    async def post(self, path: str, body: bytes, headers: dict[str, str], due: float) -> None:
        """Send a request, and keep its status, and the time from `due`, by time.perf_counter, to the answer."""
        connection = self._idle.pop() if self._idle else await self._connected()
        given = {"Host": "localhost", "Content-Type": "application/json", **headers, "Content-Length": len(body)}
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        status = await connection.ask(f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body)
        self._seen.statuses[status] += 1
        if status:
            self._seen.seconds.append(time.perf_counter() - due)
            self._idle.append(connection)

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
        self._status: asyncio.Future[int] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    async def ask(self, request: bytes) -> int:
        """Send a request; return the status of the answer, 0 if the connection broke."""
        assert self._transport is not None
        if self._transport.is_closing():
            return 0
        self._received, self._status = b"", asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._status

    def data_received(self, data: bytes) -> None:
        self._received += data
        head = _HEAD.match(self._received)
        if head and self._status and len(self._received) >= head.end() + int(head[2]):
            self._status.set_result(int(head[1]))

    def connection_lost(self, _: Exception | None) -> None:
        if self._status and not self._status.done():
            self._status.set_result(0)

    def close(self) -> None:
        """Close it."""
        if self._transport is not None:
            self._transport.close()
