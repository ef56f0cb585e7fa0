"""The command `tinyml-explorer`: serves the page and the API on this machine, or checks receipts."""

import argparse
import asyncio
import contextlib
import errno
import importlib
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI
from uvicorn.config import LOGGING_CONFIG

from app import VERSION, limits
from app.logs import FORMATS
from app.origins import host_name
from app.settings import Settings, origin
from app.store import StoreError, store_at
from app.supervisor import Supervisor
from app.verify_command import verify_files
from app.wire import Wire

# Addresses that mean all addresses of this machine, each with a specific one.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not bound
EXAMPLES = """examples:
  tinyml-explorer --open
  tinyml-explorer --host 0.0.0.0 --allow-host teacher-laptop
  tinyml-explorer --guest --allow-host explorer.example.org --data networks --log-format json
"""
VERIFY_EXAMPLES = """examples:
  tinyml-explorer verify receipt.json
  tinyml-explorer verify first.json second.json
"""
MAX_WORKERS = 64
STOP_WITHIN = 10  # seconds that what is computed gets to finish when the server is stopped
GRACE = 1  # second more in which the others are answered that it was stopped


class AnnouncingServer(uvicorn.Server):
    """A server that reports when it answers, and ends its processes when it is stopped."""

    def __init__(self, config: uvicorn.Config, service: FastAPI, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.service = service
        self.on_ready = on_ready

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, and from now on answer GET /readyz that the server is stopping."""
        self.service.state.stopping = True
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.on_ready()

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


def serve(listener: socket.socket, lock: int | None, on_ready: Callable[[], None]) -> None:
    """Serve until stopped. A worker gets the lock of the data directory."""
    app = service(lock)
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
    server = AnnouncingServer(config, app, on_ready)
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn has shut down by then
        server.run(sockets=[listener])
    app.state.place.close()  # a second Ctrl-C waits for nothing
    if not server.started:
        sys.exit("tinyml-explorer: the server did not start; the reason is above.")


def shared(workers: int) -> int | None:
    """Open the store for worker processes, and give each its part of the memory for known documents."""
    try:
        settings = Settings.from_environment()
        known = limits.MAX_KNOWN_BYTES // workers
        os.environ["TINYML_MAX_KNOWN_BYTES"] = str(max(known, 1))
        return store_at(settings.data, settings.database).share()
    except StoreError as error:
        if error.stops:
            sys.exit(f"tinyml-explorer: {error.detail}")
        return None
    except ValueError as error:
        sys.exit(f"tinyml-explorer: {error}")


def service(lock: int | None = None) -> FastAPI:
    """Return the service with its store open, or print in one line why it cannot start."""
    try:
        # Imported here because it takes a second, which the other commands do not need.
        from app.main import app, start

        if lock is not None:
            app.state.store.adopt(lock)
        start(app.state.store)
    except (ValueError, StoreError) as error:
        sys.exit(f"tinyml-explorer: {error.detail if isinstance(error, StoreError) else error}")
    return app


def parser() -> argparse.ArgumentParser:
    """The argument parser of the command."""
    parser = argparse.ArgumentParser(
        prog="tinyml-explorer",
        description="Explore backpropagation in your browser: every number, and where it came from.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", default=8000, type=port, help="port to listen on (default: %(default)s; 0: any free)")
    parser.add_argument("--open", action="store_true", help="open the page in the browser when the server is ready")
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="folder that keeps the networks (default: $TINYML_DATA)"
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        help="PostgreSQL database that keeps the networks instead, postgresql+psycopg://user:password@host/name "
        "(default: $TINYML_DATABASE, where other users of the machine do not see the password)",
    )
    parser.add_argument(
        "--workers",
        default=1,
        type=workers,
        metavar="N",
        help="processes that answer requests, about one for each core (default: %(default)s)",
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        type=name,
        metavar="NAME",
        help="answer to this host name too, such as that of this machine in its network; can be given several times "
        "(default: $TINYML_ALLOW_HOSTS, separated by commas)",
    )
    parser.add_argument(
        "--allow-frame",
        action="append",
        default=[],
        type=frame,
        metavar="ORIGIN",
        help="let pages of this origin, such as https://lms.example, show the page in a frame; can be given several "
        "times (default: $TINYML_ALLOW_FRAMES, separated by commas)",
    )
    parser.add_argument(
        "--guest",
        action="store_true",
        help="for a public address: tighter limits, and quotas for each visitor (default: $TINYML_GUEST)",
    )
    parser.add_argument(
        "--keep-days",
        type=int,
        metavar="N",
        help="delete networks that were not used for N days; 0 deletes none (default: $TINYML_KEEP_DAYS, or 30 with "
        "--guest and otherwise 0)",
    )
    parser.add_argument(
        "--metrics", action="store_true", help="let other machines read GET /metrics too (default: $TINYML_METRICS)"
    )
    parser.add_argument(
        "--log-format",
        choices=FORMATS,
        help="text: what goes wrong; json: one line for each request too (default: $TINYML_LOG_FORMAT, or text)",
    )
    parser.add_argument(
        "--log-clients",
        action="store_true",
        help="log the network address of the client with each request (default: $TINYML_LOG_CLIENTS)",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="verify FILE …", title="instead of serving")
    verify = commands.add_parser(
        "verify",
        help="check receipts",
        description="Check receipts line by line, and that each follows from the one before, in the order given.",
        epilog=VERIFY_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verify.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="what POST /api/receipt or POST /api/receipts answered; - reads standard input",
    )
    return parser


def name(text: str) -> str:
    """Read a host name, without a scheme and without a port."""
    if not text or host_name(text) != text.lower():
        raise argparse.ArgumentTypeError("expected a host name alone, such as explorer.example.org")
    return text


def frame(text: str) -> str:
    """Read an origin."""
    try:
        return origin(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def workers(text: str) -> int:
    """Read a number of processes."""
    number = int(text)
    if not 1 <= number <= MAX_WORKERS:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to {MAX_WORKERS}, got {number}")
    if number > 1 and sys.platform == "win32":
        raise argparse.ArgumentTypeError("several processes cannot share a data folder on Windows; expected 1")
    return number


def port(text: str) -> int:
    """Read a port number."""
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 65535, got {number}")
    return number


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
