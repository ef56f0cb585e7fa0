"""The service as it is in a process that computes one request after another."""

import asyncio
import logging
from functools import cache
from multiprocessing.connection import Connection
from typing import Any, cast

from fastapi import FastAPI, Request, Response
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.types import Message, Receive, Scope

from app import limits
from app.guests import handle_quotas
from app.known import KnownDocuments
from app.logs import configure
from app.problems import handle_problems, unforeseen
from app.routes import (
    advance,
    equations,
    explain,
    exports,
    gradient_check,
    gradient_flow,
    networks,
    receipts,
    rows,
    steps,
    trace,
)
from app.settings import Settings
from app.work import Done, Elsewhere, Here, Job
from app.work.compressed import compressed
from app.work.stored import Ask, AskingStore, Question

_log = logging.getLogger("tinyml-explorer")
# The server and its processes have equal shares of the memory for known documents.
SHARES = limits.MAX_COMPUTING + limits.MAX_COMPUTING_LONG + 1
# The routes that another process can answer.
COMPUTED = (trace, advance, explain, gradient_check, gradient_flow, equations, steps, rows, receipts, exports, networks)


def compute(pipe: Connection) -> None:
    """Answer the jobs that come through a pipe, until its other end is closed."""
    service = _service()
    configure(service.state.settings.log_format)
    loop = asyncio.new_event_loop()

    def ask(question: Question) -> Any:
        pipe.send(question)
        return pipe.recv()

    while True:
        try:
            job: Job = pipe.recv()
        except EOFError:
            loop.close()
            return
        try:
            pipe.send(loop.run_until_complete(answered(service, job, ask)))
        except Exception as error:
            # This ends the process, and the server answers that.
            _log.error("request %s: outside of any route: %s: %s", job.request_id, type(error).__name__, error)
            raise


@cache
def _service() -> FastAPI:
    service = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    service.state.known = KnownDocuments(SHARES)
    service.state.settings = Settings.from_environment()
    handle_problems(service)
    handle_quotas(service)
    service.add_exception_handler(Elsewhere, cast(Any, _beyond))
    service.add_middleware(ServerErrorMiddleware, handler=unforeseen)
    for module in COMPUTED:
        service.router.routes += module.router.routes  # as in app.main
    return service


async def answered(service: FastAPI, job: Job, ask: Ask) -> Done:
    """The answer of the service to a job, for which it may ask the server."""
    if job.document is not None and job.about is not None and service.state.known.find(job.about) is None:
        service.state.known.add(job.document).trace()  # gives it its hash
    service.state.store, service.state.place = AskingStore(ask, job.network), Here(job.most)
    state: dict[str, Any] = {"request_id": job.request_id, "guest": job.guest}
    scope: Scope = {
        "type": "http",
        "http_version": "1.1",
        "method": job.method,
        "scheme": "http",
        "path": job.path,
        "query_string": job.query,
        "headers": list(job.headers),
        "state": state,
    }
    parts: list[Message] = []

    async def send(message: Message) -> None:
        parts.append(message)

    try:
        await service(scope, _receiver(job.body), send)
    except Exception:
        # Starlette raises an error again after it is answered and written to the log.
        if not parts:
            raise
    known, held = state.get("known"), service.state.known.held
    beyond = state.get("beyond")
    if isinstance(beyond, Elsewhere):
        # Only another process needs the document, which may be large.
        long = job.most is not None and beyond.cost.milliseconds > job.most.milliseconds
        document = (beyond.document if long else None) or job.document
        return Done(503, (), b"", getattr(known, "hash", None), held, beyond.cost, document)
    start, *bodies = parts
    body = b"".join(part.get("body", b"") for part in bodies)
    headers, body = compressed(job.path, job.headers, start["headers"], body)
    return Done(start["status"], headers, body, getattr(known, "hash", None), held)


async def _beyond(request: Request, error: Elsewhere) -> Response:
    """The job costs more than it may in this process."""
    request.state.beyond = error
    return Response(status_code=503)  # which is not sent


def _receiver(body: bytes) -> Receive:
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if messages:
            return messages.pop()
        # The process is killed if the client disconnects.
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    return receive
