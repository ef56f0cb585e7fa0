"""The answers to connections that exceeded a limit."""

from collections.abc import MutableMapping
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from app import limits
from app.problems import Problem
from app.request_ids import NAME, new_id
from app.security_headers import DATA_HEADERS


def late(what: str) -> Problem:
    """Return the problem of a client that took too long."""
    return Problem(
        408,
        f"{what[0].upper()}{what[1:]}: within {limits.MAX_HEAD_SECONDS} seconds for a head, and of a body at least "
        f"{limits.MIN_STALL_BYTES:,} bytes in every {limits.MAX_STALL_SECONDS} seconds; send it again.",
        key="request",
    )


def length(start: MutableMapping[str, Any], first: MutableMapping[str, Any]) -> int:
    """Return the number of bytes of an answer, from its head or from its first part."""
    declared = dict(start.get("headers", ())).get(b"content-length")
    return int(declared) if declared is not None else len(first.get("body", b""))


def on_the_wire(problem: Problem) -> bytes:
    """Return a problem as an HTTP answer after which the connection ends."""
    response = problem.response()
    response.headers.update(DATA_HEADERS)
    response.headers[NAME] = new_id()
    response.headers["Connection"] = "close"
    if problem.status == 503:
        response.headers["Retry-After"] = "1"
    lines = [name + b": " + value + b"\r\n" for name, value in response.raw_headers]
    return b"".join([STATUS_LINE[problem.status], *lines, b"\r\n", bytes(response.body)])
