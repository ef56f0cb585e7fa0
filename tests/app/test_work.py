"""What a request may cost, and which process answers it."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

import httpx
import pytest

from app import limits
from app.work import Done, Job
from app.work.cost import Cost, explained_cost, trace_cost
from app.work.process import Process
from app.work.stored import Question
from tests.app.conftest import Client, example
from tests.app.test_hang_ups import LONG, sent
from tests.app.test_limits import wide
from tests.soak.processes import family
from tests.support.connections import once
from tests.support.networks import Document
from tests.support.server import Server, running
from tests.support.traces import output_of


@pytest.mark.parametrize("name", ["MAX_WORK_MILLISECONDS", "MAX_ANSWER_BYTES"])
def test_an_estimate_holds_at_the_limit_and_one_beyond(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    request = {"document": chapter, "steps": 100}
    monkeypatch.setattr(limits, name, 1)
    asked = client.post("/api/advance", request).json()["asked"]
    monkeypatch.setattr(limits, name, asked)
    assert client.post("/api/advance", request).status_code == 200
    monkeypatch.setattr(limits, name, asked - 1)
    problem = client.post("/api/advance", request)
    assert problem.status_code == 422
    assert {key: problem.json()[key] for key in ("limit", "asked", "allowed")} == {
        "limit": name,
        "asked": asked,
        "allowed": asked - 1,
    }


def test_what_costs_too_much_is_not_computed(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(limits, "MAX_WORK_MILLISECONDS", 1)
    monkeypatch.setattr("app.routes.explain.explain", never)
    wishes = [{"ref": "loss", "notation": "paths", "terms": 5000}]
    assert client.post("/api/explanations", {"document": chapter, "wishes": wishes}).json()["limit"] == (
        "MAX_WORK_MILLISECONDS"
    )


def test_a_process_that_is_killed_just_after_its_answer_computes_no_other_job(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    killed: set[int] = set()
    job, answer = Job("GET", "/", b"", (), b"", "id"), Done(200, (), b"", None, 0)

    def serve(number: int, pipe: Connection) -> None:
        """A process that, once it is killed, still accepts a job, and ends without an answer."""
        with pipe, suppress(EOFError):
            while pipe.recv() and number not in killed:
                pipe.send(answer)

    def never(_: Question) -> None:
        raise AssertionError

    class Forks:
        count = 0

        def fork(self) -> tuple[int, Connection]:
            self.count += 1
            ours, theirs = Pipe()
            Thread(target=serve, args=(self.count, theirs), daemon=True).start()
            return self.count, ours

    async def answers() -> None:
        process = Process(forks)  # type: ignore[arg-type]  # a nursery whose processes are threads
        assert await process.ask(job, never) == answer
        process.kill()  # the client hung up while the answer was on its way
        assert await process.ask(job, never) == answer
        process.close()

    forks = Forks()
    monkeypatch.setattr("app.work.process._kill", killed.add)
    asyncio.run(answers())
    assert forks.count == 2


@pytest.mark.parametrize("encoding", ["json", "base64"])
@pytest.mark.parametrize(
    ("inputs", "outputs", "samples", "optimizer"),
    [(90, 80, 1, "sgd"), (90, 80, 1, "adam"), (3, 2, 1500, "sgd"), (40, 10, 3000, "sgd")],
)
def test_no_trace_is_longer_than_its_estimate(
    client: Client, encoding: str, inputs: int, outputs: int, samples: int, optimizer: str
) -> None:
    document = wide(inputs, outputs, samples) | {"optimizer": {"type": optimizer, "lr": 0.1}}
    document["x"] = [[-0.1234567890123456 * (1 + i + j) for i in range(inputs)] for j in range(samples)]
    answer = client.post(f"/api/trace?products=1&encoding={encoding}", document)
    known = client.known.find(answer.json()["hash"])
    assert known is not None
    estimate = trace_cost(known.experiment, encoding == "base64", products=True).answer
    assert estimate / 4 < len(answer.content) < estimate + 10_000


def test_no_explanation_is_longer_than_its_estimate(client: Client) -> None:
    document = wide(700, 1)
    for notation, sums, paths in (("scalar", [700], []), ("chain", [700], []), ("paths", [700], [700])):
        request = {"document": document, "ref": "fc_1.output[0,0]", "notation": notation, "terms": 700}
        answer = client.post("/api/explain", request)
        assert len(answer.content) < explained_cost(0, 1, sums, paths).answer


def test_only_what_takes_up_to_two_milliseconds_is_quick() -> None:
    assert Cost(2.0).quick
    assert not Cost(2.001).quick


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    before = "import os; os.environ.update(TINYML_MAX_WAITING='2', TINYML_MAX_COMPUTING='1')"
    with running(tmp_path_factory.mktemp("data"), before) as started:
        yield started


def measured(server: Server, name: str) -> int:
    """One of the server's metrics."""
    found = re.search(rf"^{re.escape(name)} (\d+)$", httpx.get(f"{server.url}/metrics", timeout=60).text, re.MULTILINE)
    return int(found[1]) if found else 0


COMPUTED = 'tinyml_events_total{kind="computed"}'
STEPS = {"by": "node", "limit": 50}


@pytest.mark.slow
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
    assert len(family(server.process.pid)) == 3


@pytest.mark.slow
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


@pytest.mark.slow
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


def with_adam(inputs: int, outputs: int) -> Document:
    """A network whose document has three numbers for each parameter after its first update."""
    document = wide(inputs, outputs) | {"optimizer": {"type": "adam", "lr": 0.1}}
    document["x"] = [[0.1234567890123456 * (1 + i) for i in range(inputs)]]
    return document


@pytest.mark.slow
@pytest.mark.parametrize(
    ("document", "elsewhere"),
    [
        (wide(90, 80), 11),  # all of them
        (with_adam(60, 70), 7),  # small enough until it has optimizer state
        (example("chapter"), 0),
    ],
    ids=["large", "growing", "small"],
)
def test_changes_of_a_stored_network_have_the_same_effect_wherever_they_are_computed(
    server: Server, client: Client, document: Document, elsewhere: int
) -> None:
    before = measured(server, COMPUTED)
    there = httpx.Client(base_url=server.url, timeout=60)
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


@pytest.mark.slow
def test_changes_computed_at_the_same_time_are_all_made(server: Server) -> None:
    with httpx.Client(base_url=server.url, timeout=60) as http:
        address = http.post("/api/networks", json=wide(90, 80)).headers["Location"]
        threads = [
            Thread(target=http.post, args=[f"{address}/step"], kwargs={"json": {"by": "pass"}, "headers": {"If-Match": "*"}})
            for _ in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert http.get(address).headers["etag"] == '"4"'


@pytest.mark.slow
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
    patch = {"document": {"x": document["x"][::-1]}}
    address = f"{server.url}{created.headers['Location']}"
    changed = httpx.patch(address, json=patch, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert httpx.patch(address, json=patch, headers={"If-Match": '"1"'}).status_code == 412
    assert httpx.patch(address, json=patch).status_code == 428
    assert measured(server, COMPUTED) - before == 4


@pytest.mark.slow
def test_requests_beyond_those_that_may_wait_are_refused(server: Server) -> None:
    with ExitStack() as clients:
        for _ in range(3):  # one is computed, two wait
            clients.enter_context(sent(server, "/api/advance", LONG))
        once(lambda: measured(server, "tinyml_requests_computed_elsewhere") == 3)
        refused = httpx.post(f"{server.url}/api/steps", json={"document": example("chapter"), **STEPS}, timeout=60)
        assert measured(server, "tinyml_requests_computed_elsewhere") == 3
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
    assert {name: refused.json()[name] for name in ("key", "limit", "asked", "allowed")} == {
        "key": "busy",
        "limit": "MAX_WAITING",
        "asked": 3,
        "allowed": 2,
    }
    once(lambda: measured(server, "tinyml_requests_computed_elsewhere") == 0)
    assert httpx.post(f"{server.url}/api/steps", json={"document": example("chapter"), **STEPS}).status_code == 200
