"""Connections of hostile and slow clients: raw bytes, without an HTTP library."""

import socket
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from urllib.parse import urlsplit

from tests.support.server import Server

# Seconds after which a test fails because the connection was not closed.
PATIENCE = 12.0


def connected(server: Server) -> socket.socket:
    address = urlsplit(server.url)
    return socket.create_connection((address.hostname or "", address.port or 0), timeout=PATIENCE)


def sent(server: Server, *parts: bytes | Iterable[bytes]) -> bytes:
    """The bytes received until the server closes or resets the connection."""
    with connected(server) as client:
        with suppress(OSError):  # The server may have stopped reading; what it sent before can still be read.
            for part in parts:
                for one in [part] if isinstance(part, bytes) else part:
                    client.sendall(one)
        return read(client)


def read(client: socket.socket) -> bytes:
    answer = b""
    with suppress(ConnectionError):
        while part := client.recv(65_536):
            answer += part
    return answer


def once(holds: Callable[[], bool]) -> None:
    """Wait until a condition holds; the server notices the end of a connection a moment later."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.1)
