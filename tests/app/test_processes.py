"""Requests that other processes compute: the same answers, the same changes, and short ones beside long ones."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from app.work.process import LONG_NICENESS
from tests.app.conftest import Client, example
from tests.app.test_hang_ups import LONG, sent
from tests.app.test_limits import wide
from tests.soak.processes import family
from tests.support.connections import once
from tests.support.networks import Document
from tests.support.server import Server, running
from tests.support.traces import output_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    before = "import os; os.environ.update(TINYML_MAX_WAITING='2', TINYML_MAX_COMPUTING='1')"
    with running(tmp_path_factory.mktemp("data"), before) as started:
        yield started


def measured(server: Server, name: str) -> int:
    """One of the server's metrics."""
    found = re.search(rf"^{re.escape(name)} (\d+)$", httpx.get(f"{server.url}/metrics", timeout=60).text, re.MULTILINE)
    return int(found[1]) if found else 0


WORKING = "tinyml_requests_computed_elsewhere"
COMPUTED = 'tinyml_events_total{kind="computed"}'
STEPS = {"by": "node", "limit": 50}


def test_another_process_gives_the_same_answer(server: Server, client: Client, chapter: Document) -> None:
    big = wide(90, 80)
    for path, request in (
        ("/api/steps", {"document": chapter, **STEPS}),
        ("/api/trace", big),
        ("/api/trace?sample=1", big),
        ("/api/trace", {**big, "y": [[1.0]]}),
        ("/api/trace?edited=/y", {**chapter, "y": [[1.0]]}),
        ("/api/explain", {"document": big, "ref": "fc_1.w.grad[0,0]"}),
        ("/api/explain", {"document": big, "ref": "fc_2.w.grad[0,0]"}),
        ("/api/gradient-check", {"document": chapter}),
        ("/api/advance", {"document": chapter, "steps": 100}),
        ("/api/receipt", chapter),
    ):
        here, there = client.post(path, request), httpx.post(f"{server.url}{path}", json=request)
        assert (there.status_code, there.headers["content-type"]) == (here.status_code, here.headers["content-type"])
        assert there.json() == httpx.Response(200, content=here.content).json()
        assert there.headers["x-request-id"]
    # The nursery and that of trainings, a process for short requests, and one for long ones if another test used it.
    assert len(family(server.process.pid)) in (4, 5)


def test_another_process_writes_the_same_file(server: Server, client: Client, chapter: Document) -> None:
    for form in ("numpy", "pytorch", "jax"):
        path, request = f"/api/export/code/{form}", {"document": chapter}
        here, there = client.post(path, request), httpx.post(f"{server.url}{path}", json=request)
        assert (there.status_code, there.content) == (200, here.content)
        assert there.headers["content-disposition"] == here.headers["content-disposition"]


def test_a_hash_is_known_wherever_its_document_was_computed(server: Server, chapter: Document) -> None:
    uneven = {**chapter, "y": [[1.0]]}
    for document, path in ((chapter, "trace"), (wide(91, 80), "trace"), (uneven, "trace?edited=/y")):
        known = httpx.post(f"{server.url}/api/{path}", json=document).json()["hash"]
        for request in ({"ref": "loss"}, {"ref": "loss", "notation": "paths", "terms": 300}):
            body = {"document": {"hash": known}, **request}
            assert httpx.post(f"{server.url}/api/explain", json=body).status_code == 200
        assert httpx.post(f"{server.url}/api/steps", json={"document": {"hash": known}, **STEPS}).status_code == 200
        grown = httpx.post(f"{server.url}/api/trace?edited=/loss", json={"hash": known})
        assert grown.json()["hash"] == known
    unknown = httpx.post(f"{server.url}/api/explain", json={"document": {"hash": "0" * 64}, "ref": "loss"})
    assert (unknown.status_code, unknown.json()["key"]) == (409, "unknown_document")


def test_what_a_stored_network_leads_to_is_computed_by_another_process(
    server: Server, client: Client, chapter: Document
) -> None:
    stored = httpx.post(f"{server.url}/api/networks", json=chapter).headers["Location"]
    httpx.post(f"{server.url}{stored}/forward", headers={"If-Match": "*"})
    address = client.post("/api/networks", chapter).headers["Location"]
    client.post(f"{address}/forward")
    before = measured(server, COMPUTED)
    for path in (
        "/trace",
        "/trace?sample=1",
        "/steps?by=layer",
        "/explain?ref=loss&notation=paths",
        "/gradient-check",
        "/gradient-flow",
        "/equations",
    ):
        here, there = client.get(f"{address}{path}"), httpx.get(f"{server.url}{stored}{path}")
        assert there.status_code == here.status_code
        assert there.json() == httpx.Response(200, content=here.content).json()
    assert measured(server, COMPUTED) - before == 7
    assert httpx.get(f"{server.url}/api/networks/none/trace").json()["key"] == "no_such_network"


@pytest.fixture
def visitor(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=60) as opened:
        yield opened


def with_adam(inputs: int, outputs: int) -> Document:
    """A network whose document has three numbers for each parameter after its first update."""
    document = wide(inputs, outputs) | {"optimizer": {"type": "adam", "lr": 0.1}}
    document["x"] = [[0.1234567890123456 * (1 + i) for i in range(inputs)]]
    return document


@pytest.mark.parametrize(
    ("document", "elsewhere"),
    [
        (wide(90, 80), 10),  # all but the one that is refused
        (with_adam(60, 70), 6),  # small enough until it has optimizer state
        (example("chapter"), 0),
    ],
    ids=["large", "growing", "small"],
)
def test_changes_of_a_stored_network_have_the_same_effect_wherever_they_are_computed(
    server: Server, visitor: httpx.Client, client: Client, document: Document, elsewhere: int
) -> None:
    before = measured(server, COMPUTED)
    there = visitor
    address = there.post("/api/networks", json=document).headers["Location"]
    own = client.post("/api/networks", document).headers["Location"]
    key = {"Idempotency-Key": "0123456789abcdef"}
    version = 1

    def same(method: str, path: str = "", json: Any = None, **headers: str) -> None:
        nonlocal version
        change = {"If-Match": f'"{version}"', **headers}
        ours = client.request(method, own + path, json=json, headers=change)
        theirs = there.request(method, address + path, json=json, headers=change)
        assert theirs.status_code == ours.status_code == 200
        answers = [{**one.json(), "id": None, "view": None} for one in (ours, theirs)]
        assert answers[0] == answers[1]
        assert theirs.headers["etag"] == ours.headers["etag"]
        version = int(ours.headers["etag"].strip('"'))

    for name in ("forward", "backward", "update", "forward"):
        same("POST", f"/{name}")
    assert version == 5
    same("POST", "/step", {"by": "pass", "count": -1})
    same("POST", "/step", {"by": "pass", "count": 9}, **key)
    # A repetition has the same answer; another change of that version is refused.
    repeated = {"If-Match": '"6"', **key}
    again = there.post(f"{address}/step", json={"by": "pass", "count": 9}, headers=repeated)
    assert again.headers["etag"] == f'"{version}"'
    stale = there.post(f"{address}/forward", headers={"If-Match": '"6"'})
    assert (stale.status_code, stale.json()["key"], stale.headers["etag"]) == (412, "network_changed", f'"{version}"')
    same("PATCH", "", {"document": {"name": "changed", "loss": {"type": "mean_squared_error"}}})
    same("GET")
    assert measured(server, COMPUTED) - before == elsewhere


def test_changes_computed_at_the_same_time_are_all_made(server: Server) -> None:
    with httpx.Client(base_url=server.url, timeout=60) as http:
        address = http.post("/api/networks", json=wide(90, 80)).headers["Location"]
        threads = [
            Thread(
                target=http.post,
                args=[f"{address}/step"],
                kwargs={"json": {"by": "pass"}, "headers": {"If-Match": "*"}},
            )
            for _ in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert http.get(address).headers["etag"] == '"4"'


def test_a_large_body_is_read_by_another_process(server: Server) -> None:
    document = wide(3000, 2, 5)
    document["x"] = [[0.1234567890123456] * 3000] * 5
    answer = httpx.post(f"{server.url}/api/trace", json=document)
    assert answer.status_code == 200
    assert len(output_of(answer.json())) == 5
    broken = httpx.post(
        f"{server.url}/api/trace", content=b"[" + b"1," * 200_000, headers={"content-type": "application/json"}
    )
    assert (broken.status_code, broken.json()["key"]) == (400, "not_json")
    before = measured(server, COMPUTED)
    created = httpx.post(f"{server.url}/api/networks", json=document)
    assert created.status_code == 201
    patch = {"document": {"x": [[0.9876543210987654] * 3000] * 5}}
    address = f"{server.url}{created.headers['Location']}"
    changed = httpx.patch(address, json=patch, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert httpx.patch(address, json=patch, headers={"If-Match": '"1"'}).status_code == 412
    assert httpx.patch(address, json=patch).status_code == 428
    assert measured(server, COMPUTED) - before == 4


def test_requests_beyond_those_that_may_wait_are_refused(server: Server) -> None:
    with ExitStack() as clients:
        for begun in range(1, 4):  # one is computed, two wait
            clients.enter_context(sent(server, "/api/advance", LONG))
            once(lambda begun=begun: measured(server, WORKING) == begun)
        refused = httpx.post(f"{server.url}/api/advance", json=LONG, timeout=60)
        assert measured(server, WORKING) == 3
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert {name: refused.json()[name] for name in ("key", "limit", "asked", "allowed")} == {
        "key": "busy",
        "limit": "MAX_WAITING",
        "asked": 3,
        "allowed": 2,
    }
    once(lambda: measured(server, WORKING) == 0)
    assert httpx.post(f"{server.url}/api/steps", json={"document": example("chapter"), **STEPS}).status_code == 200


def short_beside_long(server: Server) -> None:
    """Two long requests are there, of which one waits: a short one is answered meanwhile."""
    with ExitStack() as clients:
        for _ in range(2):
            clients.enter_context(sent(server, "/api/advance", LONG))
        once(lambda: measured(server, WORKING) == 2)
        body = {"document": example("chapter"), **STEPS}
        assert httpx.post(f"{server.url}/api/steps", json=body, timeout=5).status_code == 200
        assert measured(server, WORKING) == 2


def test_a_short_request_does_not_wait_for_long_ones(server: Server) -> None:
    short_beside_long(server)


def test_the_test_of_short_requests_notices_a_server_that_takes_all_for_short(tmp_path: Path) -> None:
    before = "import os; os.environ.update(TINYML_MAX_COMPUTING='1', TINYML_MAX_SHORT_MILLISECONDS='60000')"
    with running(tmp_path, before) as broken, pytest.raises(httpx.ReadTimeout):
        short_beside_long(broken)


BROKEN = """
import os
from app.routes import steps
os.environ.update(TINYML_MAX_COMPUTING='1')
def broken(*_):
    raise ZeroDivisionError("it broke")
steps.steps_answer = broken
"""


def for_long_requests(server: Server) -> list[int]:
    """The processes that compute long requests. Their numbers and how many others there are say nothing of that."""
    # The server itself may have a lower priority already; 19 is the lowest.
    lowest = min(19, os.getpriority(os.PRIO_PROCESS, server.process.pid) + LONG_NICENESS)
    return [one for one in family(server.process.pid) if os.getpriority(os.PRIO_PROCESS, one) == lowest]


def test_the_log_has_what_goes_wrong_in_a_process_with_the_id_of_the_request(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running(tmp_path, BROKEN, log=log) as server, httpx.Client(base_url=server.url, timeout=60) as http:
        failed = http.post("/api/steps", json={"document": example("chapter"), **STEPS})
        assert (failed.status_code, failed.json()["key"]) == (500, "internal")
        with sent(server, "/api/advance", LONG):
            once(lambda: measured(server, WORKING) == 1 and len(for_long_requests(server)) == 1)
            (long,) = for_long_requests(server)
            os.kill(long, signal.SIGKILL)
            once(lambda: "has ended" in log.read_text("utf-8"))
        ended = re.findall(r"request (\w+): the process that computed it has ended", log.read_text("utf-8"))
        assert len(ended) == 1
    assert f"request {failed.headers['x-request-id']}: " in (written := log.read_text("utf-8"))
    assert "ZeroDivisionError: it broke" in written


def test_answers_of_words_are_compressed_for_clients_that_read_that(server: Server, chapter: Document) -> None:
    steps = {"document": chapter, "by": "term", "limit": 200}
    trace = wide(90, 80)
    for path, body, sent_as in (("steps", steps, "gzip"), ("trace", trace, None)):
        plain, packed = (
            httpx.post(f"{server.url}/api/{path}", json=body, headers={"Accept-Encoding": coding})
            for coding in ("identity", "br, gzip")
        )
        assert "content-encoding" not in plain.headers
        assert packed.headers.get("content-encoding") == sent_as
        assert packed.json() == plain.json()
        if sent_as:
            assert int(packed.headers["content-length"]) < len(plain.content) / 5
            assert "Accept-Encoding" in packed.headers["vary"]
