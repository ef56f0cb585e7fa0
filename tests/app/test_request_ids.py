"""The id of each request, in its answer."""

import re
from pathlib import Path

import httpx
import pytest
from anyio.from_thread import BlockingPortal

from app.main import create_app
from app.settings import Settings
from tests.app.conftest import Client, example

MADE = re.compile("[0-9a-f]{16}")


def test_every_answer_has_an_id_that_no_other_has(client: Client) -> None:
    answers = [
        client.get("/api/catalog"),
        client.post("/api/trace", example("chapter")),
        client.post("/api/trace", {}),
        client.get("/api/nothing"),
        client.get("/api/networks/unknown"),
        client.get("/", headers={"Host": "evil.example"}),
        client.post("/api/networks", example("chapter"), headers={"Origin": "http://evil.example"}),
    ]
    assert {answer.status_code for answer in answers} == {200, 403, 404, 421, 422}
    ids = [answer.headers["X-Request-Id"] for answer in answers]
    assert all(MADE.fullmatch(one) for one in ids)
    assert len(set(ids)) == len(ids)
    # The page's files have none.
    assert "X-Request-Id" not in client.get("/").headers


@pytest.mark.parametrize("given", ["a", "proxy-17.A_b", "x" * 64])
def test_an_id_that_is_given_is_kept(client: Client, given: str) -> None:
    assert client.get("/api/catalog", headers={"X-Request-Id": given}).headers["X-Request-Id"] == given


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "a\tb", "<b>", "\xe9", "a;b", "../a"])
def test_one_that_could_break_a_line_of_the_log_is_replaced(client: Client, given: str) -> None:
    answer = client.get("/api/catalog", headers={"X-Request-Id": given.encode("latin-1")})
    assert MADE.fullmatch(answer.headers["X-Request-Id"])


def test_two_ids_are_none(client: Client) -> None:
    headers = httpx.Headers([("X-Request-Id", "a"), ("X-Request-Id", "b")])
    assert MADE.fullmatch(client.get("/api/catalog", headers=headers).headers["X-Request-Id"])


def test_the_answer_to_an_unforeseen_error_has_the_id_of_its_line_in_the_log(
    portal: BlockingPortal, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError("broken by the test")

    monkeypatch.setattr("app.routes.trace.trace_answer", broken)
    app = create_app(Settings(tmp_path))

    async def answer_of_trace() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.post("/api/trace", json=example("chapter"))

    answer = portal.call(answer_of_trace)
    assert (answer.status_code, answer.json()["key"]) == (500, "internal")
    assert "broken by the test" not in answer.text
    assert [answer.headers["X-Request-Id"] in line for line in caplog.messages] == [True]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
