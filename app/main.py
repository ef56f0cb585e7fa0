"""The web service."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import chain
from math import inf

from fastapi import FastAPI
from starlette.middleware.errors import ServerErrorMiddleware

from app import VERSION
from app.addresses import addresses_of
from app.class_codes import Classes
from app.guests import HOUR, MINUTE, GuestComputing, GuestSessions, handle_quotas
from app.keeping import Keeping
from app.known import KnownDocuments
from app.logs import configure
from app.metrics import Metrics
from app.middleware import BodyLimit, HeadAsGet
from app.observing import Observed
from app.open_reading import OpenReading
from app.openapi import describe, serve_schema
from app.origins import AllowedHosts, OwnPagesChange
from app.page_files import page_directory
from app.problems import handle_problems, unforeseen
from app.request_ids import RequestIds
from app.routes import (
    advance,
    catalog,
    class_codes,
    equations,
    examples,
    explain,
    exports,
    gradient_check,
    gradient_flow,
    networks,
    operation,
    receipts,
    rows,
    steps,
    trace,
    trainings,
)
from app.routes.static_files import serve_page
from app.schemas.base import building
from app.security_headers import SecurityHeaders
from app.settings import Settings
from app.store import NetworkStore, StoreError, store_at
from app.together import Together
from app.trainings.trainings import Trainings
from app.work import Threads, server_place
from app.work.cost import QUICK_NUMBERS
from app.worker import SHARES, compute

_log = logging.getLogger("tinyml-explorer")
# They are tried one after another: those that are requested most come first.
ROUTES = (
    trace,
    networks,
    advance,
    explain,
    gradient_check,
    gradient_flow,
    equations,
    steps,
    rows,
    receipts,
    exports,
    examples,
    catalog,
    trainings,
    class_codes,
    operation,
)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service with its routes, its store and the page. Nothing is written until networks are requested."""
    settings = settings or Settings.from_environment()
    configure(settings.log_format)
    store, known = store_at(settings.data, settings.database), KnownDocuments()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        start(store)
        app.state.place = place = server_place(compute, app.state.room)
        app.state.metrics.now("requests_computed_elsewhere", "requests that wait or are computed", lambda: place.busy)
        if not app.state.several:
            app.state.trainings = Trainings(store, settings.data / "trainings")
        if place.many:
            known.share, known.most = SHARES, QUICK_NUMBERS
        if page is not None:
            page.read()  # 10 ms, for which the first visitor would wait
        # What is there now stays: the garbage collector need not look through it, which stops everything for 0.1 s.
        gc.freeze()
        rest = asyncio.create_task(build_rest())
        looking = asyncio.create_task(app.state.keeping.run()) if app.state.keeping else None
        yield
        rest.cancel()
        if looking:
            looking.cancel()
        app.state.place.close()
        if not app.state.several:
            app.state.trainings.close()
        store.close()

    # FastAPI's documentation pages load files from other servers; the page has its own at /docs.
    app = FastAPI(
        title="Backprop Explorer",
        description="One training step of a neural network: every number, where it came from, and its formula.",
        version=VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.store = store
    app.state.known = known
    app.state.place = Threads()
    app.state.room = lambda: inf  # for an answer beside those that are not read; a server has less
    app.state.several = False  # whether other processes answer requests too
    app.state.classes = classes = Classes(store) if settings.guest else None
    together = Together()
    app.state.metrics = Metrics(together)
    app.state.guest_computing = GuestComputing(classes, together.recent("computed", MINUTE)) if classes else None
    app.state.keeping = Keeping(store, settings.keep_days, app.state.metrics) if settings.keep_days else None
    app.state.settings = settings
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]  # FastAPI's documented way to extend the schema
    handle_problems(app)
    handle_quotas(app)
    app.add_middleware(HeadAsGet)
    app.add_middleware(BodyLimit)
    if classes is not None:
        app.add_middleware(GuestSessions, classes=classes, created=together.recent("created", HOUR))
    app.add_middleware(OpenReading)
    app.add_middleware(OwnPagesChange)
    app.add_middleware(AllowedHosts, hosts=settings.hosts)
    # FastAPI handles unexpected errors outside of all middleware, where the answer would get no headers.
    app.add_middleware(ServerErrorMiddleware, handler=unforeseen)
    app.add_middleware(SecurityHeaders, frames=settings.frames)
    app.add_middleware(Observed, metrics=app.state.metrics, clients=settings.log_clients)
    app.add_middleware(RequestIds)
    serve_schema(app)
    for module in ROUTES:
        # Not `include_router`, with which the first request would wait until FastAPI has built every route again.
        app.router.routes += module.router.routes
    page = serve_page(app, page_directory())
    app.state.addresses = addresses_of(app.routes)
    return app


async def build_rest() -> None:
    """Build, between requests, what the first ones would wait for, within about a second and a half."""
    for _ in chain(building(), catalog.preparing()):
        await asyncio.sleep(0.01)  # for requests that came meanwhile


def start(store: NetworkStore) -> None:
    """Open the store. Raises StoreError if the service cannot start with it. A temporary fault, such as a full disk,
    is logged, and everything else is served.
    """
    try:
        store.start()
    except StoreError as error:
        if error.stops:
            raise
        _log.warning("%s (%s)", error.detail, error)


app = create_app()
