"""An id for each request, which connects an answer with its line in the log."""

import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAME = "X-Request-Id"
# The id that a proxy or a program in front of the service gives is kept if it cannot break a line of the log.
_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestIds:
    """Gives every request an id, and every answer the header `X-Request-Id`, except for the files of the page.

    The id is that of the request if it has at most 64 letters, digits, dots, hyphens and underscores, and otherwise 16
    random hexadecimal digits. The log reads it from `request.state.request_id`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).getlist(NAME)
        request_id = given[0] if len(given) == 1 and _GIVEN.fullmatch(given[0]) else new_id()
        scope.setdefault("state", {})["request_id"] = request_id

        answers = scope["path"].startswith("/api/")

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start" and (answers or message["status"] >= 400):
                MutableHeaders(scope=message)[NAME] = request_id
            await send(message)

        await self.app(scope, receive, send_with_id)


def new_id() -> str:
    """Return a unique id."""
    return secrets.token_hex(8)
