"""Clients that send slowly or not to the end, or never read: each is disconnected, others hardly notice, and the memory
of the server stays.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from tests.soak.latencies import Latencies
from tests.soak.processes import use
from tests.soak.requests import document
from tests.support.server import Server

# Bytes of a body that is announced, and what comes of it.
ANNOUNCED, SENT = 12 * 1024 * 1024, 11 * 1024 * 1024
CHUNK = 64 * 1024
PAUSE = 0.05  # seconds between two rounds in which each client sends what it can
PATIENCE = 60.0


class Slow(NamedTuple):
    """Small traces without and with slow clients beside them, the bytes by which the server grew at most, and the
    seconds until it had disconnected all of these clients; None if it never did.
    """

    quiet: Latencies
    beside: Latencies
    grown: int
    cut_off: float | None


def slow(server: Server, *, clients: int, seconds: float) -> Slow:
    """Request small traces for so long, first alone, then beside as many clients of each of four kinds."""
    return asyncio.run(_slow(server, clients, seconds))


async def _slow(server: Server, clients: int, seconds: float) -> Slow:
    quiet, beside = Latencies(), Latencies()
    async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE) as http:
        for _ in range(3):  # from here on all processes run, and have their usual memory
            await asyncio.gather(*[http.post("/api/trace", json=_unread()) for _ in range(4)])
        await _ask(http, quiet, seconds)
        before = use(server.process.pid).memory
        with ExitStack() as opened:
            others = [opened.enter_context(_connected(server)) for _ in range(clients)]
            start, most = time.monotonic(), before
            sending = asyncio.create_task(_send(others))
            asking = asyncio.create_task(_ask(http, beside, seconds))
            cut_off = None
            while time.monotonic() < start + PATIENCE and not (cut_off and asking.done()):
                await asyncio.sleep(0.5)
                most = max(most, use(server.process.pid).memory)
                found = re.search(r"^tinyml_connections (\d+)$", (await http.get("/metrics")).text, re.MULTILINE)
                if cut_off is None and found and int(found[1]) <= 2:  # those of this client
                    cut_off = time.monotonic() - start
            sending.cancel()
            await asyncio.gather(asking, sending, return_exceptions=True)
    return Slow(quiet, beside, most - before, cut_off)


async def _ask(http: httpx.AsyncClient, seen: Latencies, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await seen.request(http, "POST", "/api/trace", json=document())
        await asyncio.sleep(0.01)


def _unread() -> dict[str, object]:
    """A document of 2 kB whose trace has 9 MB."""
    widths = (300, 300, 100)
    return document() | {
        "input_shape": [2],
        "layers": [{"type": "Linear", "output_dim": width} for width in widths],
        "y": [[0.5] * widths[-1]],
    }


def _connected(server: Server) -> socket.socket:
    """A connection that takes in hardly anything."""
    address = urlsplit(server.url)
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect((address.hostname, address.port))
    client.setblocking(False)
    return client


async def _send(clients: list[socket.socket]) -> None:
    """Let each client send what its kind sends, as fast as that does."""
    kinds = (_body_without_end, _never_reading, _head_without_end, _head_byte_by_byte)
    sending = [(client, kinds[k % len(kinds)]()) for k, client in enumerate(clients)]
    while True:
        for pair in list(sending):
            client, parts = pair
            try:
                _send_some(client, parts)
            except (StopIteration, ConnectionError):
                sending.remove(pair)
        await asyncio.sleep(PAUSE)


def _send_some(client: socket.socket, parts: Iterator[bytes]) -> None:
    part = next(parts)
    with suppress(BlockingIOError):
        client.send(part)


def _body_without_end() -> Iterator[bytes]:
    yield f"POST /api/trace HTTP/1.1\r\nHost: localhost\r\nContent-Length: {ANNOUNCED}\r\n\r\n".encode()
    blanks = b" " * CHUNK
    for _ in range(SENT // CHUNK):
        yield blanks


def _never_reading() -> Iterator[bytes]:
    body = json.dumps(_unread()).encode()
    head = "POST /api/trace HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    yield f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _head_without_end() -> Iterator[bytes]:
    yield b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "
    while True:
        yield b"a" * 256


def _head_byte_by_byte() -> Iterator[bytes]:
    for byte in b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"a" * 10_000:
        yield bytes([byte])
        for _ in range(9):
            yield b""
