"""Work ends with its client and with its server. Each check is tried on a server that is broken on purpose too."""

import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.soak.heavy import deep, explanations
from tests.soak.processes import family, runs, use
from tests.support.connections import connected, read
from tests.support.server import Server, running

pytestmark = pytest.mark.slow

# Seconds without work after which a process is idle; processor time is counted in hundredths.
QUIET = 0.3
PATIENCE = 30.0
# Nothing is killed when its client hangs up, or when the server is.
BROKEN = """
from app.work import pool, process
pool.Pool._drop = lambda *_: None
process.PR_SET_PDEATHSIG = 3  # PR_GET_DUMPABLE, which does nothing
"""
# The server stops as uvicorn does by itself.
BROKEN_STOP = """
import asyncio
from app import serving
from app.wire.protocol import BoundedProtocol
from app.work import Processes
serving.STOP_WITHIN, serving.GRACE = 0, 1
async def nothing(*_): pass
Processes.stop = nothing
async def plain(self, scope, receive, send):
    try:
        await self.service(scope, receive, send)
    except asyncio.CancelledError:
        raise RuntimeError from None
BoundedProtocol._within_budget = plain
"""


# More than ten seconds; a run that diverges would end early.
LONG = {"document": deep() | {"optimizer": {"type": "sgd", "lr": 1e-9}}, "steps": 6_000}


def sent(server: Server, path: str, body: dict[str, Any]) -> socket.socket:
    """A connection on which a request has been sent; a change applies to any version."""
    content = json.dumps(body).encode()
    client = connected(server)
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nIf-Match: *\r\nContent-Type: application/json\r\n"
    head += "Content-Length: "
    client.sendall(f"{head}{len(content)}\r\n\r\n".encode() + content)
    return client


def soon(holds: Callable[[], bool], patience: float = PATIENCE) -> None:
    until = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def quiet(number: int) -> bool:
    before = use(number).cpu
    time.sleep(QUIET)
    return use(number).cpu - before < 0.05 and not runs(number)


def still_running(numbers: set[int]) -> set[int]:
    """Those of some processes that have not ended."""

    def runs(number: int) -> bool:
        stat = Path(f"/proc/{number}/stat")
        with suppress(OSError):
            return stat.read_text("ascii", "replace").rpartition(") ")[2][0] != "Z"
        return False

    return set(filter(runs, numbers))


def computes(number: int) -> Callable[[], bool]:
    before = use(number).cpu
    return lambda: use(number).cpu > before + 0.2


def abandoned_work_ends(server: Server, path: str, body: dict[str, Any], patience: float = PATIENCE) -> None:
    """48 heavy requests hang up: the page is answered meanwhile, and nothing is computed for them any more."""
    with ExitStack() as clients:
        begun = computes(server.process.pid)
        for _ in range(48):
            clients.enter_context(sent(server, path, body))
        soon(begun)
        assert httpx.get(server.url, timeout=60).status_code in (200, 503)  # 503 if the page is not built
    before = use(server.process.pid).cpu
    soon(lambda: quiet(server.process.pid), patience)
    # About what one of them takes, and they are 48.
    assert use(server.process.pid).cpu - before < 2.5
    answer = httpx.post(f"{server.url}/api/gradient-check", json={"document": deep(2)}, timeout=60)
    assert answer.status_code == 200


def computed(server: Server) -> int:
    """How many requests wait for other processes or are computed by them."""
    text = httpx.get(f"{server.url}/metrics", timeout=60).text
    return int(text.partition("\ntinyml_requests_computed_elsewhere ")[2].partition("\n")[0])


def abandoned_change_changes_nothing(server: Server, patience: float = PATIENCE) -> None:
    """A change of a stored network hangs up while it is computed: the network stays as it was."""
    with httpx.Client(base_url=server.url, timeout=60) as http:
        address = http.post("/api/networks", json=LONG["document"]).headers["Location"]
        with sent(server, f"{address}/step", {"by": "pass", "count": 4 * 2_000}):
            soon(lambda: computed(server) > 0)
            soon(computes(server.process.pid))
        # Work that goes on has made the change when it is no longer counted here.
        soon(lambda: computed(server) == 0, patience)
        assert http.get(address).headers["etag"] == '"1"'


def nothing_outlives(server: Server, patience: float = PATIENCE) -> None:
    """The server is killed while it computes: all its processes end."""
    begun = computes(server.process.pid)
    with sent(server, "/api/advance", LONG):
        soon(begun)
        started = set(family(server.process.pid)[1:])
        assert len(started) >= 2
        server.process.kill()
        soon(lambda: not still_running(started), patience)


def stopping_is_told(server: Server) -> None:
    """The server is stopped while it computes: the request in progress and those that wait hear that, and end."""
    begun = computes(server.process.pid)
    clients = [sent(server, "/api/advance", LONG) for _ in range(4)]
    answers = list[bytes]()
    readers = [threading.Thread(target=lambda client=one: answers.append(read(client))) for one in clients]
    for one in readers:
        one.start()
    soon(begun)
    server.process.send_signal(signal.SIGTERM)
    for client, reader in zip(clients, readers, strict=True):
        client.settimeout(30)
        reader.join()
        client.close()
    assert [answer[:12] for answer in answers] == [b"HTTP/1.1 503"] * 4
    assert all(b"Retry-After: 5" in answer or b"retry-after: 5" in answer for answer in answers)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("data")) as started:
        yield started


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("data"), BROKEN) as started:
        yield started


def test_a_change_of_a_stored_network_that_hangs_up_changes_nothing(server: Server) -> None:
    abandoned_change_changes_nothing(server)


def test_the_test_of_abandoned_changes_notices_one_that_is_made(broken: Server) -> None:
    # Before the broken server has other work that goes on, for which the change would wait.
    with pytest.raises((AssertionError, httpx.ReadTimeout)):
        abandoned_change_changes_nothing(broken)


def test_48_heavy_requests_that_hang_up_stop_nobody(server: Server) -> None:
    abandoned_work_ends(server, "/api/explanations", explanations())


def test_the_test_of_hang_ups_notices_work_that_goes_on(broken: Server) -> None:
    # A later request waits for what was abandoned, if it is not seen before.
    with pytest.raises((AssertionError, httpx.ReadTimeout)):
        abandoned_work_ends(broken, "/api/advance", LONG, 1)


def test_no_process_outlives_a_killed_server(server: Server) -> None:
    nothing_outlives(server)


def test_the_test_of_killed_servers_notices_a_process_that_goes_on(broken: Server) -> None:
    started = set(family(broken.process.pid)[1:])
    with pytest.raises(AssertionError):
        nothing_outlives(broken, 1)
    for number in still_running(started):
        os.kill(number, signal.SIGKILL)


@pytest.mark.parametrize("before", ["from app import serving; serving.STOP_WITHIN = 1", BROKEN_STOP])
def test_a_server_that_is_stopped_answers_503(tmp_path: Path, before: str) -> None:
    with running(tmp_path, before) as started:
        if before == BROKEN_STOP:
            with pytest.raises(AssertionError):
                stopping_is_told(started)
        else:
            stopping_is_told(started)
