"""The format of all errors: RFC 9457 problem details, with the object, what was expected, what was received and what
to try.

An error never echoes the input: not its values, and of its keys only those that look like names.
"""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from app import limits
from app.addresses import Address
from app.kinds import Kind
from app.store import OtherRequestError, StoreError
from app.validation_messages import named, validation_messages

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger("tinyml-explorer")


class Problem(Exception):
    """Raised anywhere in the service to end the request with this answer."""

    def __init__(
        self,
        status: int,
        detail: str,
        where: Sequence[str | int] | None = None,
        *,
        key: Kind = "request",
        values: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(detail)
        self.headers = headers
        self.key = key
        self.values = values or {}
        self.status = status
        self.detail = detail
        self.where = where
        self.members = members

    def within(self, *outer: str | int) -> "Problem":
        """The same problem, for a part of a larger body."""
        where = None if self.where is None else (*outer, *self.where)
        return Problem(
            self.status, self.detail, where, key=self.key, values=self.values, headers=self.headers, **self.members
        )

    def content(self) -> dict[str, Any]:
        """The problem details."""
        content: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "key": self.key,
            "values": self.values,
        }
        if self.where is not None:
            content["where"] = pointer(self.where)
            content["errors"] = [{"where": content["where"], "detail": self.detail}]
        return content | self.members

    def response(self) -> Response:
        """The HTTP answer."""
        return ProblemResponse(orjson.dumps(self.content()), self.status, self.headers, self.key)


class ProblemResponse(Response):
    """An answer that leaves its kind in the request's state, where `observing` counts it."""

    media_type = MEDIA_TYPE

    def __init__(self, content: bytes, status: int, headers: Mapping[str, str] | None, kind: Kind) -> None:
        super().__init__(content, status, headers)
        self.kind = kind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["problem"] = self.kind
        await super().__call__(scope, receive, send)


class LimitProblem(Problem):
    """A request exceeds a limit."""

    def __init__(
        self, limit: str, asked: int, where: Sequence[str | int], status: int = 422, key: Kind = "limit"
    ) -> None:
        allowed, asked = getattr(limits, limit), limits.capped(asked)
        headers = {"Retry-After": "1"} if status == 503 else None
        super().__init__(
            status,
            limits.exceeded(limit, asked),
            where,
            key=key,
            headers=headers,
            limit=limit,
            asked=asked,
            allowed=allowed,
        )


def stopped() -> Problem:
    """The problem of a request that is not answered because the service is being stopped."""
    detail = "The service is being stopped and computes nothing more; send the request again in a few seconds."
    return Problem(503, detail, key="busy", headers={"Retry-After": "5"})


def check_limit(limit: str, asked: int, where: Sequence[str | int]) -> None:
    """Raise a LimitProblem if a request exceeds the limit of that name."""
    if asked > getattr(limits, limit):
        raise LimitProblem(limit, asked, where)


def pointer(where: Sequence[str | int]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join(f"/{part}" for part in named(where))


def handle_problems(app: FastAPI) -> None:
    """Return every expected error as a problem; `unforeseen` answers all others."""
    handlers: dict[type[Exception], Any] = {
        Problem: _problem,
        RequestValidationError: _invalid,
        HTTPException: _http,
        OtherRequestError: _reused,
        StoreError: _storage,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _problem(_: Request, error: Problem) -> Response:
    return error.response()


async def _invalid(_: Request, error: RequestValidationError) -> Response:
    return invalid(error.errors()).response()


def invalid(errors: Sequence[Any]) -> Problem:
    """Pydantic's errors as one problem: the first in full, and all of them under `errors`."""
    found = validation_messages(errors)
    first = found[0]
    listed = [{"where": pointer(one.where), "detail": one.detail} for one in found]
    return Problem(
        first.status, first.detail, first.where, key=first.key, values=first.values, errors=listed, **first.members
    )


async def _http(request: Request, error: HTTPException) -> Response:
    details = {
        400: "The body is not valid JSON, or is nested too deeply; send one JSON document.",
        404: "Unknown address; GET /openapi.json lists the addresses.",
        405: "This address does not support that method; GET /openapi.json lists its methods.",
    }
    keys: dict[int, Kind] = {400: "not_json", 404: "no_such_address", 405: "no_such_address"}
    detail = details.get(error.status_code, str(error.detail))
    response = Problem(error.status_code, detail, key=keys.get(error.status_code, "request")).response()
    if error.status_code == 405:
        response.headers["Allow"] = ", ".join(_methods(request))
    return response


def _methods(request: Request) -> list[str]:
    """The methods of an address. Starlette names only those of the first route with the address."""
    addresses: list[Address] = request.app.state.addresses
    methods = {one for of in addresses if of.pattern.match(request.url.path) for one in of.methods}
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


async def _reused(_: Request, _error: OtherRequestError) -> Response:
    return Problem(
        422,
        "Another request was sent with this Idempotency-Key; send this one with a new key.",
        key="key_reused",
    ).response()


async def _storage(request: Request, error: StoreError) -> Response:
    _note(request, "stored networks", error)
    key: Kind = error.key  # type: ignore[assignment]  # the store knows nothing of answers; a test holds its keys to these
    headers = {"Retry-After": "1"} if error.passes else None
    return Problem(error.status, error.detail, key=key, headers=headers).response()


async def unforeseen(request: Request, error: Exception) -> Response:
    """Answer an unexpected error, and write it to the log."""
    _note(request, "an error that no part of the service expects", error)
    return Problem(
        500,
        "Something went wrong in the service, not in your request; please report what you did.",
        key="internal",
    ).response()


def _note(request: Request, what: str, error: Exception) -> None:
    """Write one line to the log, with the id of the answer; never the address, since it gives access to a network."""
    request_id = getattr(request.state, "request_id", "-")
    # The lines after the first may contain the statement.
    reason = str(error).partition("\n")[0]
    _log.error("request %s: %s: %s: %s", request_id, what, type(error).__name__, reason)
