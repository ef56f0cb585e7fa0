"""Connections of hostile and slow clients: raw bytes, without an HTTP library."""

import json
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from app.security_headers import DATA_HEADERS
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


def refusal(answer: bytes) -> tuple[int, dict[str, Any]]:
    """The status of an answer and its problem document, complete with all headers."""
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    assert headers["content-type"] == "application/problem+json"
    assert headers["connection"] == "close"
    for name, value in DATA_HEADERS.items():
        assert headers[name.lower()] == value.lower()
    problem = json.loads(body)
    assert int(headers["content-length"]) == len(body)
    assert problem["status"] == int(status.split()[1])
    return problem["status"], problem
