"""A server process: the service with its store open, answering until it is stopped."""

import asyncio
import contextlib
import gc
import socket
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import FrameType

import uvicorn
from fastapi import FastAPI
from uvicorn.config import LOGGING_CONFIG

from app.store import StoreError
from app.wire import Wire

STOP_WITHIN = 10  # seconds that what is computed gets to finish when the server is stopped
GRACE = 1  # second more in which the others are answered that it was stopped


class AnnouncingServer(uvicorn.Server):
    """A server that reports when it answers, and ends its processes when it is stopped."""

    def __init__(
        self, config: uvicorn.Config, service: FastAPI, on_ready: Callable[[], None], supervisor: Connection | None
    ) -> None:
        super().__init__(config)
        self.service = service
        self.on_ready = on_ready
        self.supervisor = supervisor

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, and from now on answer GET /readyz that the server is stopping."""
        self.service.state.stopping = True
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.on_ready()
            if self.supervisor is not None:
                self.service.state.metrics.together.exchange(self.supervisor)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await asyncio.gather(self.service.state.place.stop(STOP_WITHIN), super().shutdown(sockets))


def serve(
    listener: socket.socket, lock: int | None, on_ready: Callable[[], None], supervisor: Connection | None = None
) -> None:
    """Serve until stopped. A worker gets the lock of the data directory, and a pipe to the supervisor."""
    app = service(lock)
    app.state.several = supervisor is not None
    wire = Wire(app.state.metrics)
    app.state.room = wire.room
    config = uvicorn.Config(
        app,
        http=wire,  # type: ignore[arg-type]  # anything that makes a protocol will do
        ws="none",
        log_level="warning",
        access_log=False,  # it would have the addresses of networks
        log_config=None if app.state.settings.log_format == "json" else LOGGING_CONFIG,
        server_header=False,
        timeout_graceful_shutdown=STOP_WITHIN + GRACE,
    )
    server = AnnouncingServer(config, app, on_ready, supervisor)
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn has shut down by then
        server.run(sockets=[listener])
    app.state.place.close()  # a second Ctrl-C waits for nothing
    if not server.started:
        sys.exit("tinyml-explorer: the server did not start; the reason is above.")


def service(lock: int | None = None) -> FastAPI:
    """Return the service with its store open, or print in one line why it cannot start."""
    try:
        # Imported here because it opens the store, which a supervisor has shared before.
        from app.main import app, start

        if lock is not None:
            app.state.store.adopt(lock)
        start(app.state.store)
    except (ValueError, StoreError) as error:
        sys.exit(f"tinyml-explorer: {error.detail if isinstance(error, StoreError) else error}")
    finally:
        gc.freeze()
        gc.enable()
    return app
