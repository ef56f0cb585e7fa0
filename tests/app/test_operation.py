"""What operators see: liveness, readiness, metrics, and a log; none of them names a stored network."""

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal

from app import limits
from app.logs import JsonLines, requests_log
from app.main import create_app
from app.metrics import BUCKETS, Metrics
from app.settings import Settings
from app.store.sqlite import FILE_NAME
from tests.app.conftest import Client, example
from tests.support.server import running

SAMPLE = re.compile(r'(\w+)(?:\{((?:\w+="[^"\\\n]*",?)*)\})? (-?[\d.]+(?:e[+-]\d+)?)')


def samples(text: str) -> dict[tuple[str, str], float]:
    """The samples of Prometheus' text format by name and labels. Each family is declared once, before its samples."""
    declared, found = dict[str, str](), dict[tuple[str, str], float]()
    assert text.endswith("\n")
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name not in declared
            declared[name] = kind
        elif not line.startswith("# HELP "):
            match = SAMPLE.fullmatch(line)
            assert match, line
            family = re.sub("_(bucket|sum|count)$", "", match[1]) if match[1] not in declared else match[1]
            assert family in declared
            assert (match[1], match[2] or "") not in found
            found[match[1], match[2] or ""] = float(match[3])
    return found


def counted(client: Client) -> dict[tuple[str, str], float]:
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    return samples(answer.text)


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[Any]:
    """A function that returns what the log has as JSON."""
    with caplog.at_level(logging.INFO, requests_log.name):
        yield lambda: [json.loads(JsonLines().format(record)) for record in caplog.records]


def test_requests_are_counted_by_the_template_of_their_address(client: Client) -> None:
    key = client.post("/api/networks", example("chapter")).json()["id"]
    for _ in range(3):
        client.get(f"/api/networks/{key}")
    client.request("HEAD", f"/api/networks/{key}")
    client.post(f"/api/networks/{key}/backward")
    client.get(f"/api/networks/{key}/{key}")
    client.request("BREW", f"/{key}")
    found = counted(client)
    assert {labels: value for (name, labels), value in found.items() if name == "tinyml_requests_total"} == {
        'method="POST",route="/api/networks",status="201"': 1,
        'method="GET",route="/api/networks/{id}",status="200"': 3,
        'method="HEAD",route="/api/networks/{id}",status="200"': 1,
        'method="POST",route="/api/networks/{id}/backward",status="409"': 1,
        'method="GET",route="unknown",status="404"': 1,
        'method="OTHER",route="unknown",status="404"': 1,
    }
    assert found["tinyml_refusals_total", 'kind="order"'] == 1
    assert found["tinyml_refusals_total", 'kind="no_such_address"'] == 2
    # The request for the metrics itself is not answered yet.
    assert found["tinyml_requests_in_flight", ""] == 1


def test_durations_are_counted_up_to_each_bound() -> None:
    metrics = Metrics()
    for seconds in (0.0005, 0.001, 0.0011, 7.0, 60.0):
        metrics.answered("GET", "/", 200, seconds)
    found = samples(metrics.text())
    buckets = [
        found["tinyml_request_duration_seconds_bucket", f'method="GET",route="/",le="{bound}"']
        for bound in [*BUCKETS, "+Inf"]
    ]
    assert buckets == [2, *[3] * 11, 4, 4, 5]
    assert found["tinyml_request_duration_seconds_count", 'method="GET",route="/"'] == 5
    assert found["tinyml_request_duration_seconds_sum", 'method="GET",route="/"'] == pytest.approx(67.0026)


def test_a_store_in_trouble_is_not_ready_and_counted_apart(portal: BlockingPortal, tmp_path: Path) -> None:
    client = Client(portal, tmp_path)  # with a new directory
    assert client.get("/readyz").text == "ready\n"
    assert not (client.data / FILE_NAME).exists()
    client.post("/api/networks", example("chapter"))
    assert client.get("/readyz").status_code == 200
    (client.data / FILE_NAME).unlink()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["key"]) == (503, "storage_gone")
    assert client.get("/livez").text == "alive\n"
    found = counted(client)
    assert found["tinyml_store_troubles_total", 'kind="storage_gone"'] == 1
    assert not any("storage" in labels for name, labels in found if name == "tinyml_refusals_total")
    client.close()


def test_a_server_that_stops_is_not_ready(portal: BlockingPortal, tmp_path: Path) -> None:
    app = create_app(Settings(tmp_path))
    app.state.stopping = True

    async def ready() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
            return await client.get("/readyz")

    answer = portal.call(ready)
    assert (answer.status_code, answer.json()["key"]) == (503, "busy")


def test_only_metrics_need_an_option_to_be_read_from_elsewhere(portal: BlockingPortal, tmp_path: Path) -> None:
    closed, opened = Client(portal, tmp_path / "a"), Client(portal, tmp_path / "b", Settings(tmp_path, metrics=True))
    for headers in ({"X-Forwarded-For": "192.0.2.7"}, {"Via": "1.1 proxy"}, {"Host": "10.0.0.1:8000"}):
        assert [closed.get(path, headers=headers).status_code for path in ("/livez", "/readyz", "/metrics")] == [
            200, 200, 403,
        ]  # fmt: skip
        assert opened.get("/metrics", headers=headers).status_code == 200
    assert "--metrics" in closed.get("/metrics", headers={"Via": "1.1 proxy"}).json()["detail"]
    assert opened.get("/api/catalog", headers={"Host": "10.0.0.1:8000"}).status_code == 421
    closed.close()
    opened.close()


def test_no_key_of_a_network_is_in_the_log_or_the_metrics(client: Client, lines: Any) -> None:
    secrets, routes = set[str](), set[str]()
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        made = client.post("/api/networks", example("chapter")).json()
        for method in sorted(operations, key=lambda name: name == "delete"):
            for key in (made["view"], made["id"]):
                body = {"by": "node", "count": 1, "document": {"hash": key}, "ref": key}
                client.request(method.upper(), re.sub(r"\{\w+\}", key, path), json=body)
                secrets.add(key)
        client.request("PUT", re.sub(r"\{\w+\}", made["id"], path))
        client.get(f"{path}/{made['id']}?ref={made['id']}", headers={"Referer": f"http://127.0.0.1/#n={made['id']}"})
        routes.add(path)
    written, metrics = json.dumps(lines()), client.get("/metrics").text
    assert len(secrets) > 40
    assert [key for key in secrets if key in written or key in metrics] == []
    assert {line["route"] for line in lines()} == routes | {"unknown", "/openapi.json"}


def test_a_line_has_the_request_and_no_client_unless_that_is_asked_for(
    client: Client, portal: BlockingPortal, tmp_path: Path, lines: Any
) -> None:
    client.post("/api/trace", {}, headers={"X-Request-Id": "r-1"})
    (line,) = lines()
    assert line.pop("milliseconds") > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    assert line == {
        "level": "info",
        "logger": "tinyml-explorer.requests",
        "message": "request",
        "method": "POST",
        "route": "/api/trace",
        "status": 422,
        "request_id": "r-1",
        "problem": "missing",
    }
    asked = Client(portal, tmp_path, Settings(tmp_path, log_clients=True))
    asked.get("/livez")
    assert lines()[1]["client"] == "127.0.0.1"
    asked.close()


def test_an_error_has_its_traceback_on_the_same_line() -> None:
    try:
        raise RuntimeError("broken by the test")
    except RuntimeError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "it %s", ("broke",), sys.exc_info())
    line = JsonLines().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == "it broke"
    assert "RuntimeError: broken by the test" in json.loads(line)["traceback"]


@pytest.mark.parametrize(("variable", "value"), [("TINYML_LOG_FORMAT", "xml"), ("TINYML_METRICS", "yes")])
def test_a_setting_with_another_value_is_an_error(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValueError, match=f"{variable}: expected one of"):
        Settings.from_environment()


@pytest.mark.slow
def test_a_server_logs_json_and_counts_its_connections(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running(tmp_path, options=("--log-format", "json"), log=log) as server, httpx.Client() as client:
        client.get(f"{server.url}/api/catalog")
        found = samples(client.get(f"{server.url}/metrics").text)
        refused = httpx.get(f"{server.url}/?{'a' * limits.MAX_HEAD_BYTES}")
        assert refused.status_code == 431
        later = samples(client.get(f"{server.url}/metrics").text)
    assert found["tinyml_connections", ""] == 1
    assert found["tinyml_answers_in_flight_bytes", ""] == 0
    assert later["tinyml_refusals_total", 'kind="limit"'] == 1
    written = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [line["route"] for line in written] == ["/api/catalog", "/metrics", "/metrics"]


@pytest.mark.slow
def test_processes_that_compute_log_json_too() -> None:
    code = """
import logging
from multiprocessing import Pipe
from app.worker import compute
ours, theirs = Pipe()
ours.close()
compute(theirs)
logging.getLogger("tinyml-explorer").error("it broke")
"""
    environment = {**os.environ, "TINYML_LOG_FORMAT": "json"}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(run.stderr)["message"] == "it broke"


def test_nothing_but_its_own_address_computes_the_schema(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any) -> None:
        raise AssertionError

    # It takes half a second, in which the server answers nothing else.
    monkeypatch.setattr("app.main.describe", never)
    assert client.get("/").status_code in (200, 503)
    assert client.request("PATCH", "/api/trace").headers["allow"] == "POST"
    assert client.get("/none").status_code == 404
