"""Headers that tell a browser what the page may do, who may show it in a frame, and which answers no cache may keep."""

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.origins import OWNED

HEADERS: Final = {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}
# An answer of the API is data: opened as a page, it may load nothing at all.
DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
DATA_HEADERS: Final[Mapping[str, str]] = HEADERS | {"Content-Security-Policy": DATA_POLICY}
# A script, style or font is subject to its page's policy; a worker has a separate one, which allows it to import the
# page's modules.
FILE_POLICY: Final = "default-src 'self'"
# The page loads nothing from other servers, and nothing in a document or link may run: no text becomes markup or a
# script (Trusted Types), except the address of the worker that reads tables, which build/table/reader.ts allows.
PAGE_POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types default; frame-ancestors {frames}"
)


class SecurityHeaders:
    """Adds the headers to every answer. `frames` are the origins whose pages may show this one in a frame.

    Answers about stored networks are not cached: the address of a network allows changing it.
    """

    def __init__(self, app: ASGIApp, frames: frozenset[str] = frozenset()) -> None:
        self.app = app
        self._page_policy = PAGE_POLICY.format(frames=" ".join(["'self'", *sorted(frames)]) if frames else "'none'")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers["Content-Security-Policy"] = self._policy(scope["path"], headers.get("content-type", ""))
                if scope["path"].startswith(OWNED):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)

    def _policy(self, path: str, kind: str) -> str:
        if path.startswith("/api/"):
            return DATA_POLICY
        return self._page_policy if kind.startswith("text/html") else FILE_POLICY
