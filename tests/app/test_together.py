"""The workers of a server count together: metrics, quotas of network addresses, connections, computing processes."""

import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from app.guests import HOUR
from app.metrics import Metrics
from app.together import Recent, Tally
from tests.app.conftest import example
from tests.app.test_limits import wide
from tests.app.test_operation import samples
from tests.app.test_supervisor import workers
from tests.support.server import Server, running


def test_counts_of_several_processes_are_added_up() -> None:
    first, second = Metrics(), Metrics()
    for metrics, seconds in ((first, 0.002), (second, 7.0), (second, 0.002)):
        metrics.answered("GET", "/", 200, seconds)
        metrics.happened("computed")
        metrics.refused("limit")
        metrics.in_flight += 1
    second.together.own.since = 1.0
    second.together.own.now = Counter({("gauge", "requests_in_flight"): second.in_flight})
    first.together.others = second.together.own
    found = samples(first.text())
    assert found["tinyml_requests_total", 'method="GET",route="/",status="200"'] == 3
    assert found["tinyml_request_duration_seconds_bucket", 'method="GET",route="/",le="0.0025"'] == 2
    assert found["tinyml_request_duration_seconds_sum", 'method="GET",route="/"'] == 7.004
    assert found["tinyml_events_total", 'kind="computed"'] == found["tinyml_refusals_total", 'kind="limit"'] == 3
    assert found["tinyml_requests_in_flight", ""] == 3
    assert found["tinyml_start_time_seconds", ""] == 1


def test_recent_counts_begin_again_in_all_processes_at_the_same_time() -> None:
    now = 119.0
    here, there = Recent(60, lambda: now), Recent(60, lambda: now)
    here.add("a", "b")
    there.add("a")
    here.others = there.counted
    assert [here.of(name) for name in "abc"] == [2, 1, 0]
    assert here.left == 1
    now = 120.0
    assert [here.of(name) for name in "abc"] == [0, 0, 0]
    assert here.left == 60
    assert Tally.of([]).lasts == {}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    ceilings = {"TINYML_MAX_ADDRESS_NETWORKS": "4", "TINYML_MAX_CONNECTIONS": "8", "TINYML_MAX_COMPUTING": "2"}
    before = f"import os; os.environ.update({ceilings})"
    options = ("--workers", "2", "--guest", "--metrics")
    with running(tmp_path_factory.mktemp("together"), before, options=options) as started:
        yield started


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds six times in a row: each request may be answered by either worker."""
    until = time.monotonic() + 120
    while not all(holds() for _ in range(6)):
        assert time.monotonic() < until
        time.sleep(0.2)


def get(server: Server, path: str) -> httpx.Response:
    return httpx.get(f"{server.url}{path}", timeout=120)


def counted(server: Server, name: str, labels: str) -> float | None:
    return samples(get(server, "/metrics").text).get((name, labels))


@pytest.mark.slow
def test_each_worker_answers_the_metrics_of_all_and_of_those_that_have_ended(server: Server) -> None:
    page = 'method="GET",route="/livez",status="200"'
    for _ in range(20):
        get(server, "/livez")
    eventually(lambda: counted(server, "tinyml_requests_total", page) == 20)
    before = workers(server)
    os.kill(before[0], signal.SIGKILL)
    while before[0] in (now := workers(server)) or len(now) < 2:
        time.sleep(0.05)
    get(server, "/livez")
    eventually(lambda: counted(server, "tinyml_requests_total", page) == 21)


@pytest.mark.slow
def test_workers_start_no_more_computing_processes_together_than_the_limit(server: Server) -> None:
    body = {"document": wide(90, 80), "ref": "loss"}

    def computed(_: int) -> int:
        return httpx.post(f"{server.url}/api/explain", json=body, timeout=120).status_code

    # Each worker forks one process as it starts, from which it forks those that compute.
    while len(nurseries := [nursery for worker in workers(server) for nursery in children(worker)]) < 2:
        time.sleep(0.05)
    with ThreadPoolExecutor(6) as pool:
        assert {*pool.map(computed, range(24))} == {200}
    assert len(nurseries) == 2
    assert 1 <= sum(len(children(nursery)) for nursery in nurseries) <= 2


@pytest.mark.slow
def test_a_network_address_has_one_ceiling_for_all_workers(server: Server) -> None:
    if (left := Recent(HOUR).left) < 30:
        time.sleep(left)  # or the counts begin again meanwhile
    created = 'method="POST",route="/api/networks",status="201"'
    assert [create(server) for _ in range(4)] == [201] * 4
    # Each request goes to any worker, and all must have heard of the four: so many answers are not of one of them.
    eventually(lambda: all(counted(server, "tinyml_requests_total", created) == 4 for _ in range(16)))
    assert [create(server) for _ in range(6)] == [429] * 6


@pytest.mark.slow
def test_connections_have_one_ceiling_for_all_workers(server: Server) -> None:
    parts = urlsplit(server.url)
    with ExitStack() as opened:
        for _ in range(8):
            opened.enter_context(socket.create_connection((parts.hostname, parts.port)))
        # They are distributed, so that no worker has as many.
        eventually(lambda: get(server, "/livez").status_code == 503)
    eventually(lambda: get(server, "/livez").status_code == 200)


def create(server: Server) -> int:
    return httpx.post(f"{server.url}/api/networks", json=example("chapter"), timeout=120).status_code


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
