"""The command `tinyml-explorer`: serves the page and the API on this machine, checks receipts, or makes class codes."""

import asyncio
import contextlib
import errno
import gc
import importlib
import os
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from types import FrameType

import uvicorn
from fastapi import FastAPI
from uvicorn.config import LOGGING_CONFIG

from app import limits
from app.options import parser
from app.settings import Settings
from app.store import StoreError, store_at
from app.store.folder import CODES_NAME
from app.supervisor import Supervisor
from app.verify_command import verify_files
from app.wire import Wire

# Addresses that mean all addresses of this machine, each with a specific one.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not bound
STOP_WITHIN = 10  # seconds that what is computed gets to finish when the server is stopped
# The limits of which each worker gets an equal part: of memory, of processes that compute, of waiting requests.
DIVIDED = ("MAX_KNOWN_BYTES", "MAX_COMPUTING", "MAX_COMPUTING_LONG", "MAX_WAITING")
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


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until stopped, or run the subcommand."""
    options = parser().parse_args(arguments)
    if options.command == "verify":
        sys.exit(verify_files(options.files))
    if options.data:
        os.environ["TINYML_DATA"] = str(options.data.resolve())
    if options.database:
        os.environ["TINYML_DATABASE"] = options.database
    if options.command == "class-code":
        sys.exit(class_code(options.learners, options.hours, options.address))
    # The requested address is one of its names, unless it means all addresses.
    named = [*options.allow_host, *([] if options.host in EVERYWHERE else [options.host])]
    os.environ["TINYML_ALLOW_HOSTS"] = ",".join([*named, os.environ.get("TINYML_ALLOW_HOSTS", "")])
    os.environ["TINYML_ALLOW_FRAMES"] = ",".join([*options.allow_frame, os.environ.get("TINYML_ALLOW_FRAMES", "")])
    for variable, value in (
        ("TINYML_GUEST", "1" if options.guest else None),
        ("TINYML_KEEP_DAYS", None if options.keep_days is None else str(options.keep_days)),
        ("TINYML_METRICS", "1" if options.metrics else None),
        ("TINYML_LOG_FORMAT", options.log_format),
        ("TINYML_LOG_CLIENTS", "1" if options.log_clients else None),
    ):
        if value:
            os.environ[variable] = value
    if options.guest:
        importlib.reload(limits)  # which were read before the option was
    try:
        listener = listen(options.host, options.port)
    except OSError as error:
        sys.exit(f"tinyml-explorer: cannot listen on {options.host} port {options.port}: {reason(error)}")
    url = url_of(listener, options.host)

    def announce() -> None:
        print(f"Backprop Explorer: {url}  (Ctrl-C stops it)", flush=True)
        if options.open:
            # Not awaited: a browser that runs in the terminal returns only when it is closed.
            threading.Thread(target=webbrowser.open, args=[url], daemon=True).start()

    if options.workers == 1:
        serve(listener, None, announce)
    elif not Supervisor(options.workers, serve, listener, shared(options.workers)).run(announce):
        sys.exit("tinyml-explorer: the workers did not start; the reason is above.")


def serve(
    listener: socket.socket, lock: int | None, on_ready: Callable[[], None], supervisor: Connection | None = None
) -> None:
    """Serve until stopped. A worker gets the lock of the data directory, and a pipe to the supervisor."""
    app = service(lock)
    app.state.several = supervisor is not None
    config = uvicorn.Config(
        app,
        http=Wire(app.state.metrics),  # type: ignore[arg-type]  # anything that makes a protocol will do
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


def class_code(learners: int, hours: int, address: str) -> str | None:
    """Print a class code for the service with this store. Returns the reason if that is not possible."""
    # Imported here because the other commands do not need it.
    from app.class_codes import made

    try:
        settings = Settings.from_environment()
        store = store_at(settings.data, settings.database)
        secret = store.secret(make=True)
        store.close()
    except (ValueError, StoreError) as error:
        return f"tinyml-explorer: {error.detail if isinstance(error, StoreError) else error}"
    if secret is None:
        return f"tinyml-explorer: {settings.data / CODES_NAME} is damaged; delete it and restart the server."
    code = made(secret, learners, hours, time.time())
    print(f"code:   {code.shown}")
    print(f"link:   {address}/?class={code.shown}")
    print(f"until:  {code.ends}, for {learners:,} learners")
    return None


def shared(workers: int) -> int | None:
    """Open the store for worker processes, and give each its part of what the limits allow to all of them."""
    try:
        settings = Settings.from_environment()
        for name in DIVIDED:
            os.environ[f"TINYML_{name}"] = str(max(getattr(limits, name) // workers, 1))
        return store_at(settings.data, settings.database).share()
    except StoreError as error:
        if error.stops:
            sys.exit(f"tinyml-explorer: {error.detail}")
        return None
    except ValueError as error:
        sys.exit(f"tinyml-explorer: {error}")


def service(lock: int | None = None) -> FastAPI:
    """Return the service with its store open, or print in one line why it cannot start."""
    gc.disable()  # all that is imported stays: looking for what does not is an eighth of the time of the start
    try:
        # Imported here because it takes a second, which the other commands do not need.
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


def listen(host: str, port: int) -> socket.socket:
    """Open the socket before the server starts, so that a port in use is one clear line and not a log."""
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server(address[:2], family=family, backlog=2048)


def reason(error: OSError) -> str:
    """Return the message for a socket that could not be opened, with the remedy."""
    if error.errno == errno.EADDRINUSE:
        return "something else does; stop that, or choose another with --port (0 takes any free one)"
    if error.errno == errno.EACCES:
        return "not allowed; choose a port from 1024 on with --port"
    return f"{error.strerror}; try another --host"


def url_of(listener: socket.socket, host: str) -> str:
    """Return an address that a browser on this machine can open, also where the server listens on all of them."""
    reachable = EVERYWHERE.get(host, host)
    return f"http://{f'[{reachable}]' if ':' in reachable else reachable}:{listener.getsockname()[1]}"
