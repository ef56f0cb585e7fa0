"""Sessions of guests: random cookies, by which what each guest stores and has computed is counted.

A cookie says nothing about a person and is not stored: the store has a hash of it beside the networks that were created
with it. Behind one network address there may be a whole school, so of an address only a generous total is counted.
"""

import re
import secrets
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import Annotated, Any, Final, cast

from fastapi import Depends, FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import limits
from app.class_codes import NAME as CLASS_COOKIE
from app.class_codes import Classes
from app.kinds import Kind
from app.origins import CLASS, STORED
from app.problems import LimitProblem, Problem
from app.store import QuotaError
from app.together import Recent

NAME: Final = "guest"
DAYS: Final = 30
HOUR: Final = 3600.0
MINUTE: Final = 60.0
_COOKIE: Final = re.compile(r"[A-Za-z0-9_-]{24}")


class GuestComputing:
    """Counts the requests of guests that other processes compute: by session, and of everyone at a network address,
    since a program can send a new cookie with each request, or none. Those of a class are not counted.
    """

    def __init__(self, classes: Classes, recent: Recent) -> None:
        self._classes, self._recent = classes, recent

    async def count(self, scope: Scope) -> None:
        """Count a request. Raises a Problem if it is one too many."""
        given = _cookie(Headers(scope=scope).getlist("cookie"))
        if await _in_class(scope, self._classes, given):
            return
        names = {"MAX_ADDRESS_COMPUTED": f"address {_address(scope)}"}
        if given is not None:
            names["MAX_GUEST_COMPUTED"] = _hashed(given)
        for limit, name in names.items():
            asked = self._recent.of(name) + 1
            if asked > getattr(limits, limit):
                raise quota(limit, asked, self._recent.left, key="quota_minute")
        self._recent.add(*names.values())


class GuestSessions:
    """Gives each visitor of the page, and each program that creates a network or enters a class, a session."""

    def __init__(self, app: ASGIApp, classes: Classes, created: Recent) -> None:
        self.app, self._classes, self._created = app, classes, created

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        creates = scope["type"] == "http" and scope["method"] == "POST" and scope["path"] == STORED
        if not creates and not (scope["type"] == "http" and scope["path"] in ("/", CLASS)):
            await self.app(scope, receive, send)
            return
        given = _cookie(Headers(scope=scope).getlist("cookie"))
        session = given or secrets.token_urlsafe(18)
        scope.setdefault("state", {})["guest"] = _hashed(session)

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and given is None:
                secure = "; Secure" if scope["scheme"] == "https" else ""
                cookie = f"{NAME}={session}; Path=/; Max-Age={DAYS * 86_400}; HttpOnly; SameSite=Lax{secure}"
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            if message["type"] == "http.response.start" and creates and message["status"] == 201:
                self._created.add(_address(scope))
            await send(message)

        creates = creates and not await _in_class(scope, self._classes, given)
        if creates:
            asked = self._created.of(_address(scope)) + 1
            if asked > limits.MAX_ADDRESS_NETWORKS:
                await quota("MAX_ADDRESS_NETWORKS", asked, self._created.left).response()(scope, receive, with_cookie)
                return
        await self.app(scope, receive, with_cookie)


async def guest_session(request: Request) -> str:
    """The hash of the session that creates a network, or "" where nothing is counted."""
    return str(getattr(request.state, "guest", ""))


def session_of(request: Request) -> str:
    """The hash of the session that a request comes from, or "" where nothing is counted."""
    given = _cookie(request.headers.getlist("cookie")) if limits.GUEST else None
    return "" if given is None else _hashed(given)


Guest = Annotated[str, Depends(guest_session)]


def quota(limit: str, asked: int, seconds: float = HOUR, *, key: Kind = "quota") -> Problem:
    """The problem of a guest who has stored too much, or has had too much computed, for some more seconds."""
    problem = LimitProblem(limit, asked, (), status=429, key=key)
    problem.headers = {"Retry-After": str(int(seconds))}
    return problem


def handle_quotas(app: FastAPI) -> None:
    """Answer a QuotaError of the store as a problem."""

    async def answer(_: Request, error: QuotaError) -> Response:
        return quota(error.limit, error.asked).response()

    app.add_exception_handler(QuotaError, cast(Any, answer))


async def _in_class(scope: Scope, classes: Classes, session: str | None) -> bool:
    """Whether a request is that of a session which has entered a class code. The secret may have to be read."""
    cookies = Headers(scope=scope).getlist("cookie")
    if session is None or not any(f"{CLASS_COOKIE}=" in one for one in cookies):
        return False
    return await run_in_threadpool(classes.of, cookies, _hashed(session)) is not None


def _cookie(lines: list[str]) -> str | None:
    try:
        found = SimpleCookie("; ".join(lines)).get(NAME)
    except CookieError:
        return None
    return found.value if found is not None and _COOKIE.fullmatch(found.value) else None


def _hashed(session: str) -> str:
    return sha256(f"guest:{session}".encode()).hexdigest()


def _address(scope: Scope) -> str:
    return str(scope["client"][0]) if scope["client"] else ""
