"""Sessions of guests: random cookies, by which what each guest stores is counted.

A cookie says nothing about a person and is not stored: the store has a hash of it beside the networks that were created
with it. Behind one network address there may be a whole school, so of an address only a generous total is counted.
"""

import re
import secrets
from collections import Counter
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from time import monotonic
from typing import Annotated, Any, Final, cast

from fastapi import Depends, FastAPI, Request, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import limits
from app.origins import STORED
from app.problems import LimitProblem, Problem
from app.store import QuotaError

NAME: Final = "guest"
DAYS: Final = 30
HOUR: Final = 3600.0
_COOKIE: Final = re.compile(r"[A-Za-z0-9_-]{24}")


class GuestSessions:
    """Gives each visitor of the page, and each program that creates a network, a session."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._created, self._since = Counter[str](), monotonic()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        creates = scope["type"] == "http" and scope["method"] == "POST" and scope["path"] == STORED
        if not creates and not (scope["type"] == "http" and scope["path"] == "/"):
            await self.app(scope, receive, send)
            return
        given = _cookie(Headers(scope=scope).getlist("cookie"))
        session = given or secrets.token_urlsafe(18)
        scope.setdefault("state", {})["guest"] = sha256(f"guest:{session}".encode()).hexdigest()

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and given is None:
                secure = "; Secure" if scope["scheme"] == "https" else ""
                cookie = f"{NAME}={session}; Path=/; Max-Age={DAYS * 86_400}; HttpOnly; SameSite=Lax{secure}"
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            if message["type"] == "http.response.start" and creates and message["status"] == 201:
                self._created[_address(scope)] += 1
            await send(message)

        if creates:
            asked = self._count(_address(scope)) + 1
            if asked > limits.MAX_ADDRESS_NETWORKS:
                await quota("MAX_ADDRESS_NETWORKS", asked).response()(scope, receive, with_cookie)
                return
        await self.app(scope, receive, with_cookie)

    def _count(self, address: str) -> int:
        """How many networks this address created in the present hour."""
        if monotonic() - self._since > HOUR:
            self._created.clear()
            self._since = monotonic()
        return self._created.get(address, 0)


def guest_session(request: Request) -> str:
    """The hash of the session that creates a network, or "" where nothing is counted."""
    return str(getattr(request.state, "guest", ""))


Guest = Annotated[str, Depends(guest_session)]


def quota(limit: str, asked: int) -> Problem:
    """The problem of a guest who has stored too much."""
    problem = LimitProblem(limit, asked, (), status=429, key="quota")
    problem.headers = {"Retry-After": str(int(HOUR))}
    return problem


def handle_quotas(app: FastAPI) -> None:
    """Answer a QuotaError of the store as a problem."""

    async def answer(_: Request, error: QuotaError) -> Response:
        return quota(error.limit, error.asked).response()

    app.add_exception_handler(QuotaError, cast(Any, answer))


def _cookie(lines: list[str]) -> str | None:
    try:
        found = SimpleCookie("; ".join(lines)).get(NAME)
    except CookieError:
        return None
    return found.value if found is not None and _COOKIE.fullmatch(found.value) else None


def _address(scope: Scope) -> str:
    return str(scope["client"][0]) if scope["client"] else ""
