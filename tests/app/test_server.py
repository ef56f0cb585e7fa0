"""The service as a real process: behaviour that a test client cannot show."""

import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import pytest

from app import limits
from tests.app.conftest import example
from tests.support.server import Server, running
from tests.support.trainings import PATIENCE

pytestmark = pytest.mark.slow

ANY = {"If-Match": "*"}
# A busy machine is no failure.
post, get = partial(httpx.post, timeout=PATIENCE), partial(httpx.get, timeout=PATIENCE)


def test_a_trace_travels_over_the_wire(server: Server) -> None:
    answer = post(f"{server.url}/api/trace", json=example("chapter")).json()
    assert answer["loss"]["value"] == pytest.approx(0.18365, abs=1e-12)


def test_stored_networks_survive_a_restart(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        address = post(f"{first.url}/api/networks", json=example("xor")).headers["Location"]
        post(f"{first.url}{address}/forward", headers=ANY)
        before = get(f"{first.url}{address}")
        trace = get(f"{first.url}{address}/trace").json()
    with running(tmp_path) as second:
        after = get(f"{second.url}{address}")
        assert after.json() == before.json()
        assert after.headers["ETag"] == before.headers["ETag"]
        assert get(f"{second.url}{address}/trace").json() == trace
        assert post(f"{second.url}{address}/backward", headers=ANY).json()["phase"] == "backward"


def test_changes_at_the_same_time_are_all_kept(server: Server) -> None:
    address = post(f"{server.url}/api/networks", json=example("batch-of-three")).headers["Location"]
    with ThreadPoolExecutor(8) as pool:
        step = {"by": "term", "count": 1}
        answers = list(pool.map(lambda _: post(f"{server.url}{address}/step", json=step, headers=ANY), range(40)))
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.json()["cursor"] for answer in answers) == list(range(1, 41))
    assert get(f"{server.url}{address}").headers["ETag"] == '"41"'


@pytest.mark.parametrize("declared", [True, False], ids=["with Content-Length", "chunked"])
def test_a_body_of_300_megabytes_is_refused_without_being_kept(server: Server, declared: bool) -> None:
    megabyte, count = b" " * 1_000_000, 300
    before = server.memory()
    length = {"Content-Length": str(count * len(megabyte))} if declared else {}
    headers = {"Content-Type": "application/json"} | length
    try:
        response = post(
            f"{server.url}/api/trace", content=(megabyte for _ in range(count)), headers=headers, timeout=30
        )
    except (httpx.WriteError, httpx.RemoteProtocolError):
        # The server may close the connection while the client still sends; then the client cannot read the answer.
        response = None
    if response is not None:
        assert response.status_code == 413
        assert response.json()["limit"] == "MAX_BODY_BYTES"
    assert server.memory() - before < 2 * limits.MAX_BODY_BYTES
    assert get(f"{server.url}/api/examples").status_code == 200


def test_others_are_answered_while_two_million_numbers_are_traced(tmp_path: Path) -> None:
    rows = [[0.123456789012345] * 100] * (limits.MAX_ACTIVATIONS // 200)
    large = {
        "input_shape": [100],
        "layers": [{"type": "Tanh"}],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": rows,
        "y": rows,
    }
    with running(tmp_path) as server, ThreadPoolExecutor(1) as pool:
        before = server.memory()
        under_way = pool.submit(httpx.post, f"{server.url}/api/trace", json=large, timeout=300)
        answered = 0
        while not under_way.done():
            assert post(f"{server.url}/api/trace", json=example("chapter"), timeout=60).status_code == 200
            answered += 1
        answer = under_way.result()
        assert answer.status_code == 200
        # At most one, during the reading of the request, if the server made all others wait.
        assert answered > 5
        # The answer has the numbers once, in the document, and those of one sample besides.
        assert len(answer.content) < 1.1 * len(answer.request.content)
        assert server.memory() - before < 15 * limits.MAX_BODY_BYTES


def test_the_server_stops_in_good_order(tmp_path: Path) -> None:
    with running(tmp_path) as started:
        post(f"{started.url}/api/networks", json=example("chapter"))
    # uvicorn ends with the signal that stopped it, after everything is closed; SQLite then merges its log.
    assert started.process.returncode in (0, -signal.SIGTERM)
    names = ["networks.lock", "networks.reserve", "networks.sqlite3"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
