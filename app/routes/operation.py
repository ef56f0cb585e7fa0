"""What operators and their programs ask: whether the service lives, whether it is ready, and what it has counted."""

import ipaddress
from typing import Any

from fastapi import APIRouter, Request, Response

from app.metrics import MEDIA_TYPE, Metrics
from app.origins import LOOPBACK, host_name
from app.problems import Problem
from app.routes.responses import DescribedRoute, problems
from app.routes.stored import Store

router = APIRouter(tags=["operation"], route_class=DescribedRoute)
TEXT: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}
# Headers that a proxy adds to requests of others.
FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


@router.get("/livez", response_class=Response, responses=TEXT)
async def livez() -> Response:
    """Answer that the process runs. If it does not answer, restart it."""
    return _text("alive\n")


@router.get("/readyz", response_class=Response, responses={**TEXT, **problems(503)})
def readyz(request: Request, store: Store) -> Response:
    """Answer whether requests can be sent here: the stored networks can be read, and the server is not stopping."""
    if getattr(request.app.state, "stopping", False):
        raise Problem(503, "The server is stopping; send requests to another one.", key="busy")
    store.check()
    return _text("ready\n")


@router.get("/metrics", response_class=Response, responses={**TEXT, **problems(403)})
async def metrics(request: Request) -> Response:
    """Return the counts of this server in Prometheus' text format. Without the option --metrics only programs on the
    same machine can read it.
    """
    state = request.app.state
    if not (state.settings.metrics or (_local(request) and not state.settings.guest)):
        raise Problem(403, "The metrics are not public here; start the service with --metrics.", key="request")
    counted: Metrics = state.metrics
    return _text(counted.text(), MEDIA_TYPE)


def _local(request: Request) -> bool:
    """Whether the request comes from this machine, and not through a proxy that runs there."""
    try:
        own = request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
    named = host_name(request.headers.get("host", "")) in LOOPBACK
    return own and named and not any(header in request.headers for header in FORWARDED)


def _text(content: str, media_type: str = "text/plain; charset=utf-8") -> Response:
    return Response(content, media_type=media_type, headers={"Cache-Control": "no-store"})
