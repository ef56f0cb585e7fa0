"""Which host names are served, and which pages may change stored networks."""

import argparse
from pathlib import Path

import httpx
import pytest
from anyio.from_thread import BlockingPortal

from app import options
from app.main import create_app
from app.settings import Settings
from tests.app.conftest import Client, example

ALLOWED = ["127.0.0.1", "127.0.0.1:8000", "localhost", "LOCALHOST:9", "[::1]", "[::1]:8000"]
REFUSED = [
    *(
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8000",
        "localhost.",
        "127.0.0.2",
        "::1",
        "",
        " ",
        "[",
        "[::1",
    ),
    *("localhost@evil.example", "evil.example/localhost", "evil.example#localhost", "\xe9vil.example"),
]


def get(client: Client, *hosts: str) -> httpx.Response:
    return client.get("/api/examples", headers=[("Host", host.encode("latin-1")) for host in hosts])


@pytest.mark.parametrize("host", ALLOWED)
def test_the_machine_itself_is_answered(client: Client, host: str) -> None:
    assert get(client, host).status_code == 200


@pytest.mark.parametrize("host", REFUSED)
def test_another_name_is_refused_with_the_option_that_allows_it(client: Client, host: str) -> None:
    answer = get(client, host)
    assert answer.status_code == 421
    problem = answer.json()
    assert "--allow-host" in problem["detail"]
    assert "evil" not in answer.text
    assert "Content-Security-Policy" in answer.headers
    # The page is no exception.
    assert client.get("/", headers={"Host": host.encode("latin-1")}).status_code == 421


def test_two_names_are_none(client: Client) -> None:
    assert get(client, "127.0.0.1", "127.0.0.1").status_code == 421
    assert get(client, "127.0.0.1", "evil.example").status_code == 421


def test_a_name_can_be_allowed(portal: BlockingPortal, tmp_path: Path) -> None:
    app = create_app(Settings(tmp_path, frozenset({"Explorer.Example"})))

    async def status(host: str) -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"http://{host}") as client:
            return (await client.get("/api/examples")).status_code

    assert [portal.call(status, host) for host in ("explorer.example", "explorer.example:80", "localhost")] == [200] * 3
    assert portal.call(status, "other.example") == 421


def test_the_environment_names_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINYML_ALLOW_HOSTS", "a.example, b.example,")
    assert Settings.from_environment().hosts == {"a.example", "b.example"}
    monkeypatch.delenv("TINYML_ALLOW_HOSTS")
    assert Settings.from_environment() == Settings()


@pytest.mark.parametrize("text", ["http://a.example", "a.example:80", "a.example/b", "", "*:", "a b@c"])
def test_the_option_takes_a_name_alone(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="host name alone"):
        options.name(text)
    assert options.name("Teacher-Laptop") == "Teacher-Laptop"


FOREIGN: list[dict[str, str]] = [
    {"Origin": "http://evil.example"},
    {"Origin": "http://127.0.0.1:9"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "cross-site"},
]
OWN: list[dict[str, str]] = [
    {},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "https://127.0.0.1"},  # behind a proxy that terminates TLS
    {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
]


def changes(client: Client, headers: dict[str, str]) -> list[int]:
    """The answers to every kind of change of a stored network."""
    address = client.post("/api/networks", example("chapter")).headers["Location"]
    answers = [client.post("/api/networks", example("chapter"), headers=headers)]
    answers += [client.post(f"{address}/{what}", headers=headers) for what in ("forward", "backward", "update")]
    answers.append(client.post(f"{address}/step", {"by": "term", "count": 1}, headers=headers))
    answers.append(client.request("PATCH", address, json={"document": {"optimizer": {"lr": 0.25}}}, headers=headers))
    answers.append(client.request("DELETE", address, headers=headers))
    return [answer.status_code for answer in answers]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_page_of_another_origin_changes_nothing(client: Client, headers: dict[str, str]) -> None:
    assert changes(client, headers) == [403] * 7
    # Requests that change nothing are open to every page.
    assert client.post("/api/trace", example("chapter"), headers=headers).status_code == 200


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_our_own_page_and_programs_change_what_they_like(client: Client, headers: dict[str, str]) -> None:
    assert changes(client, headers) == [201, 200, 200, 200, 200, 200, 204]
