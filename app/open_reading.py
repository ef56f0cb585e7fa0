"""Which answers pages of other sites may read (CORS): those about a document, and stored networks by their keys."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from app.origins import OWNED


class OpenReading:
    """Lets a page of any origin read answers of the API, except those to changes of stored networks.

    Requests have no cookies, and reading a stored network requires a key that is not listed anywhere: a page can read
    nothing here that a program could not read.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._open = CORSMiddleware(
            app,
            allow_origins=["*"],
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type", "X-Request-Id"],
            expose_headers=["ETag", "Retry-After", "X-Request-Id"],
            max_age=86_400,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_open = scope["type"] == "http" and scope["path"].startswith("/api/") and not _changes(scope)
        await (self._open if is_open else self.app)(scope, receive, send)


def _changes(scope: Scope) -> bool:
    """Whether a request changes a stored network, or enters a class, or requests permission to."""
    asked = dict(scope["headers"]).get(b"access-control-request-method", b"").decode("latin-1")
    method = asked if scope["method"] == "OPTIONS" and asked else scope["method"]
    return scope["path"].startswith(OWNED) and method not in {"GET", "HEAD"}
