"""The command `tinyml-explorer`: serves the page and the API on this machine, checks receipts, or makes class codes."""

import errno
import gc
import importlib
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence

# Addresses that mean all addresses of this machine, each with a specific one.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not bound
# The limits of which each worker gets an equal part: of memory, of processes that compute, of waiting requests.
DIVIDED = ("MAX_KNOWN_BYTES", "MAX_COMPUTING", "MAX_COMPUTING_LONG", "MAX_WAITING")


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until stopped, or run the subcommand."""
    # All that is imported stays: looking for what does not is an eighth of the time of the start. It is on again when
    # the service is there. Each function imports what it needs, so that this comes before.
    gc.disable()
    try:
        command(arguments)
    finally:
        gc.enable()


def command(arguments: Sequence[str] | None) -> None:
    """Do what the arguments say."""
    from app.options import parser

    options = parser().parse_args(arguments)
    if options.command == "verify":
        from app.verify_command import verify_files

        sys.exit(verify_files(options.files))
    if options.command == "export":
        from app.export_command import export_file

        sys.exit(export_file(options))
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
        importlib.reload(importlib.import_module("app.limits"))  # which were read before the option was
    try:
        listener = listen(options.host, options.port)
    except OSError as error:
        sys.exit(f"tinyml-explorer: cannot listen on {options.host} port {options.port}: {reason(error)}")
    url = url_of(listener, options.host)

    def announce() -> None:
        print(f"Backprop Explorer: {url}  (Ctrl-C stops it)", flush=True)
        if options.open:
            import webbrowser

            # Not awaited: a browser that runs in the terminal returns only when it is closed.
            threading.Thread(target=webbrowser.open, args=[url], daemon=True).start()

    run(listener, options.workers, announce)


def run(listener: socket.socket, workers: int, on_ready: Callable[[], None]) -> None:
    """Serve with so many processes until stopped."""
    from app.serving import serve

    if workers == 1:
        serve(listener, None, on_ready)
        return
    from app.supervisor import Supervisor

    if not Supervisor(workers, serve, listener, shared(workers)).run(on_ready):
        sys.exit("tinyml-explorer: the workers did not start; the reason is above.")


def class_code(learners: int, hours: int, address: str) -> str | None:
    """Print a class code for the service with this store. Returns the reason if that is not possible."""
    from app.class_codes import made
    from app.settings import Settings
    from app.store import StoreError, store_at
    from app.store.folder import CODES_NAME

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
    from app import limits
    from app.settings import Settings
    from app.store import StoreError, store_at

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
