"""A client of the service: real HTTP semantics through httpx, without a socket."""

import copy
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from app.examples import examples
from app.known import KnownDocuments
from app.main import create_app
from app.settings import Settings
from app.store import NetworkStore, SqliteStore
from app.store.sqlite import FILE_NAME
from tests.support.engines import Engine, PostgresEngine, SqliteEngine
from tests.support.networks import Document
from tests.support.server import Server, running
from tests.support.traces import filled
from tests.support.trainings import PATIENCE

# Before every request httpx tries to import this module, which is searched on all paths if it is not installed.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]

TRACE = re.compile(r"/api/(networks/[^/]+/)?trace")


class Client:
    """httpx's asynchronous client, called from synchronous tests. An exception in the app fails the test."""

    def __init__(self, portal: BlockingPortal, data: Path, settings: Settings | None = None) -> None:
        self.portal, self.data = portal, data
        app = create_app(settings or Settings(data))
        setattr(app, "openapi", partial(_schema, app.openapi))  # noqa: B010 - as FastAPI documents it
        self.known: KnownDocuments = app.state.known
        self.state = app.state
        self._store: NetworkStore = app.state.store
        self._http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")

    def request(self, method: str, url: str, **arguments: Any) -> httpx.Response:
        """One request. A change of a stored network applies to any version, unless its headers name one."""
        if method != "GET" and url.startswith("/api/networks/"):
            headers = httpx.Headers(arguments.get("headers"))
            headers.setdefault("If-Match", "*")
            arguments["headers"] = headers
        return self.unconditional(method, url, **arguments)

    def unconditional(self, method: str, url: str, **arguments: Any) -> httpx.Response:
        """One request with only these headers. Omitted fields of a trace are filled in, the document too; `content`
        is the body as received.
        """
        response = self.portal.call(lambda: self._http.request(method, url, **arguments))
        if response.status_code == 200 and method != "OPTIONS" and TRACE.fullmatch(response.url.path):
            read, sent = response.json, response.request.content if "json" in arguments else b"null"
            whole = cache(lambda: filled(read(), json.loads(sent)))
            setattr(response, "json", whole)  # noqa: B010 - a method, for this answer alone
        return response

    def get(self, url: str, **arguments: Any) -> httpx.Response:
        """GET."""
        return self.request("GET", url, **arguments)

    def post(self, url: str, json: Any = None, **arguments: Any) -> httpx.Response:
        """POST, with a JSON body where one is given."""
        return self.request("POST", url, **(arguments if json is None else {"json": json, **arguments}))

    def forget_cookies(self) -> None:
        """Send no cookie that was set before."""
        self._http.cookies.clear()

    def close(self) -> None:
        """Close the client and the store, as a stopping server does."""
        self.portal.call(self._http.aclose)
        self._store.close()


_schemas = list[dict[str, Any]]()


def _schema(compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The OpenAPI schema, which takes a second and is the same for every service."""
    if not _schemas:
        _schemas.append(compute())
    return _schemas[0]


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    with start_blocking_portal() as started:
        yield started


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store without networks. Copying it takes a hundredth of the time of making its tables."""
    folder = tmp_path_factory.mktemp("empty")
    store = SqliteStore(folder)
    store.share()
    store.close()
    return folder / FILE_NAME


@pytest.fixture
def client(portal: BlockingPortal, tmp_path: Path, empty_file: Path) -> Iterator[Client]:
    """A client of a service with a data directory that has been used. The tests of stores begin with new ones."""
    shutil.copyfile(empty_file, tmp_path / FILE_NAME)
    made = Client(portal, tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real server, which the tests of a module share."""
    with running(tmp_path_factory.mktemp("data")) as started:
        yield started


@pytest.fixture
def http(server: Server) -> Iterator[httpx.Client]:
    """A client of the real server."""
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as opened:
        yield opened


@pytest.fixture(params=[SqliteEngine, PostgresEngine], ids=["SQLite", "PostgreSQL"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A place for stored networks, in each of both databases."""
    made: Engine = request.param(tmp_path)
    yield made
    made.close()


@pytest.fixture
def engine_client(portal: BlockingPortal, engine: Engine, tmp_path: Path) -> Iterator[Client]:
    """A client of a service with this engine."""
    made = Client(portal, tmp_path, engine.settings())
    yield made
    made.close()


@pytest.fixture
def chapter() -> Document:
    """The chapter's example, a fresh copy."""
    return example("chapter")


def example(slug: str) -> Document:
    """A fresh copy of an example's document."""
    return copy.deepcopy(examples()[slug]["document"])
