"""Which host names the service answers to, and which pages may change stored networks.

A page of another site can make a browser send requests here, also under a name that resolves to this machine (DNS
rebinding). So a request must name an allowed host, and one that changes the store must come from the service's page or
from a program other than a browser.
"""

from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from app.problems import Problem

# The names of this machine.
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
READING = frozenset({"GET", "HEAD", "OPTIONS"})
STORED = "/api/networks"
CLASS = "/api/class"
# The addresses of what belongs to someone: only the service's own page changes it, and no cache keeps it.
OWNED = (STORED, CLASS)
# Programs that watch the service ask by whatever address they reach it; a foreign page may not read the answers.
WATCHED = frozenset({"/livez", "/readyz", "/metrics"})


class AllowedHosts:
    """Rejects a request whose Host header is missing, occurs twice, or names no allowed host, except for `WATCHED`."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app = app
        self.hosts = LOOPBACK | {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        named = scope["type"] != "http" or host_name(_only(scope, b"host")) in self.hosts
        if not named and scope["path"] not in WATCHED:
            await MISDIRECTED.response()(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class OwnPagesChange:
    """Rejects changes of stored networks that a browser sends for a page of another origin.

    Browsers add `Origin` to every request that is not GET or HEAD, and most add `Sec-Fetch-Site`; programs add neither.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        changes = scope["type"] == "http" and scope["method"] not in READING and scope["path"].startswith(OWNED)
        if changes and not _own(scope):
            await FOREIGN.response()(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _own(scope: Scope) -> bool:
    """Whether no header indicates a page of another origin."""
    sites, origins = _all(scope, b"sec-fetch-site"), _all(scope, b"origin")
    return all(site in ("same-origin", "none") for site in sites) and all(
        urlsplit(origin).netloc.lower() == _only(scope, b"host").lower() for origin in origins
    )


def host_name(host: str) -> str:
    """Return the name in a Host header, in lower case and without the port; "" if it has none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _all(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


def _only(scope: Scope, name: bytes) -> str:
    values = _all(scope, name)
    return values[0] if len(values) == 1 else ""


MISDIRECTED = Problem(
    421,
    "The service does not answer to the host name of this request; start it with --allow-host NAME, or set "
    "TINYML_ALLOW_HOSTS to the names, separated by commas.",
    key="request",
)
FOREIGN = Problem(
    403,
    "A page of another site cannot change stored networks; open the page of this service, or send the request from a "
    "program.",
    key="request",
)
