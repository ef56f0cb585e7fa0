"""The guest profile: tighter limits, and quotas that are counted by a random cookie and by network address."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from math import inf
from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal

from app import limits
from app.class_codes import Classes
from app.examples import examples
from app.guests import HOUR, MINUTE, GuestComputing, GuestSessions
from app.settings import Settings
from app.store import SqliteStore
from app.together import Recent
from app.work import Done, Processes
from app.worker import compute
from tests.app.conftest import Client, example
from tests.app.test_limits import wide
from tests.support.engines import Engine

CODE = "import json; from app import limits; print(json.dumps([row[:2] for row in limits.table()]))"
API = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")


@pytest.fixture
def guests(portal: BlockingPortal, tmp_path: Path) -> Iterator[Client]:
    made = Client(portal, tmp_path, Settings(tmp_path, guest=True, keep_days=30))
    yield made
    made.close()


@pytest.fixture
def engine_guests(portal: BlockingPortal, engine: Engine, tmp_path: Path) -> Iterator[Client]:
    """A client of a service for guests, which stores networks in each of both databases."""
    made = Client(portal, tmp_path, replace(engine.settings(), guest=True, keep_days=30))
    yield made
    made.close()


def cookie(answer: httpx.Response) -> str:
    """The cookie that an answer sets, to be sent again; the attributes are those that it must have."""
    match = re.fullmatch(
        r"(guest=[\w-]{24}); Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax", answer.headers["Set-Cookie"]
    )
    assert match
    return match[1]


def create(client: Client, **headers: str) -> httpx.Response:
    # httpx's own jar is emptied: each session sends its cookie itself.
    client.forget_cookies()
    return client.post("/api/networks", example("chapter"), headers=headers)


def test_limits_of_guests_are_tighter_and_documented() -> None:
    def table(**environment: str) -> dict[str, int]:
        run = [sys.executable, "-c", CODE]
        return dict(json.loads(subprocess.check_output(run, env={**os.environ, **environment})))

    local, guest = table(), table(TINYML_GUEST="1")
    assert local.keys() == guest.keys()
    tighter = {name: value for name, value in guest.items() if value != local[name]}
    assert all(value < local[name] for name, value in tighter.items())
    documented = re.findall(r"^\| ([\d,]+) \| `(MAX_\w+)` \|$", API, re.MULTILINE)
    assert {name: int(value.replace(",", "")) for value, name in documented} == tighter
    assert table(TINYML_GUEST="1", TINYML_MAX_BATCH="7")["MAX_BATCH"] == 7
    # What the page opens with is within them, also two layers of 784-128-10.
    assert tighter["MAX_PARAMETERS"] > 784 * 128 + 128 + 128 * 10 + 10
    longest = max(len(json.dumps(one["document"])) for one in examples().values())
    assert tighter["MAX_BODY_BYTES"] > 4 * longest


def test_a_guest_has_a_session_by_a_cookie_and_no_other_client_has(guests: Client, client: Client) -> None:
    first = cookie(guests.get("/"))
    assert "Set-Cookie" not in guests.get("/", headers={"Cookie": f"other=1; {first}"}).headers
    assert "Set-Cookie" not in guests.get("/api/catalog").headers
    guests.forget_cookies()
    assert cookie(guests.get("/", headers={"Cookie": "guest=forged"})) != first
    assert "Set-Cookie" not in client.get("/").headers
    assert "Set-Cookie" not in client.post("/api/networks", example("chapter")).headers


def test_a_cookie_is_secure_where_the_page_is(portal: BlockingPortal) -> None:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def header(scheme: str) -> str:
        sent = list[Any]()

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "client": None, "scheme": scheme}
        await GuestSessions(answer, Classes(SqliteStore(Path())), Recent(HOUR))(scope, None, send)  # type: ignore[arg-type]
        return dict(sent[0]["headers"])[b"set-cookie"].decode()

    assert portal.call(header, "https").endswith("; HttpOnly; SameSite=Lax; Secure")
    assert portal.call(header, "http").endswith("; HttpOnly; SameSite=Lax")


def test_a_session_stores_so_many_networks_and_another_is_not_affected(
    engine_guests: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_GUEST_NETWORKS", 2)
    first = create(engine_guests)
    own = cookie(first)
    assert create(engine_guests, Cookie=own).status_code == 201
    refused = create(engine_guests, Cookie=own)
    assert (refused.status_code, refused.json()["key"], refused.headers["Retry-After"]) == (429, "quota", "3600")
    assert [refused.json()[name] for name in ("limit", "asked", "allowed")] == ["MAX_GUEST_NETWORKS", 3, 2]
    assert create(engine_guests).status_code == 201
    # Deleting makes room; a refused one took none.
    assert engine_guests.request("DELETE", first.headers["Location"]).status_code == 204
    assert create(engine_guests, Cookie=own).status_code == 201
    assert create(engine_guests, Cookie=own).status_code == 429


def test_a_session_stores_so_many_bytes_also_by_changes_and_steps(
    engine_guests: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = create(engine_guests)
    address, stored = made.headers["Location"], len(json.dumps(made.json()["document"], separators=(",", ":")))
    monkeypatch.setattr(limits, "MAX_GUEST_BYTES", 2 * stored)
    longer = engine_guests.request(
        "PATCH", address, json={"document": {"x": [[0.1, 0.5]] * 200, "y": [[0.1, 0.9]] * 200}}
    )
    assert (longer.status_code, longer.json()["limit"]) == (429, "MAX_GUEST_BYTES")
    assert engine_guests.get(address).headers["ETag"] == '"1"'
    # Each training step keeps the document of its start.
    steps = [engine_guests.post(f"{address}/{name}") for _ in range(4) for name in ("forward", "backward", "update")]
    assert {answer.status_code for answer in steps} == {200, 409, 429}
    assert {answer.json()["limit"] for answer in steps if answer.status_code == 429} == {"MAX_GUEST_BYTES"}
    assert engine_guests.request("PATCH", address, json={"document": {"name": "x"}}).status_code == 200


def test_one_address_has_a_generous_total(guests: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    # A class of 300 at one address, where everyone creates their twenty networks.
    assert limits.MAX_ADDRESS_NETWORKS >= 300 * limits.MAX_GUEST_NETWORKS
    monkeypatch.setattr(limits, "MAX_ADDRESS_NETWORKS", 3)
    assert [create(guests).status_code for _ in range(5)] == [201, 201, 201, 429, 429]
    assert create(guests).json()["limit"] == "MAX_ADDRESS_NETWORKS"
    assert guests.get("/").status_code == 200


class Answering:
    """In the place of the other processes: answers at once."""

    busy = 0

    def __init__(self, *_: object) -> None:
        pass

    def knows(self, _: object) -> bool:
        return False

    async def run(self, *_: object) -> Done:
        return Done(200, [], b"{}", None, 0)


class Minutes:
    """Clients whose larger requests other processes compute, by a clock that is set."""

    def __init__(self, *clients: Client) -> None:
        self.now = 0.0
        for client in clients:
            client.state.place = Processes(compute, lambda: inf)
            if client.state.guest_computing:
                client.state.guest_computing = GuestComputing(client.state.classes, Recent(MINUTE, lambda: self.now))

    def larger(self, client: Client, **headers: str) -> httpx.Response:
        client.forget_cookies()
        return client.post("/api/explain", {"document": wide(90, 80), "ref": "loss"}, headers=headers)


@pytest.fixture
def minutes(guests: Client, client: Client, monkeypatch: pytest.MonkeyPatch) -> Minutes:
    monkeypatch.setattr("app.work.places.Pool", Answering)
    return Minutes(guests, client)


def test_a_session_has_so_many_larger_requests_a_minute(
    guests: Client, minutes: Minutes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_GUEST_COMPUTED", 3)
    own = cookie(guests.get("/"))
    assert [minutes.larger(guests, Cookie=own).status_code for _ in range(3)] == [200, 200, 200]
    refused = minutes.larger(guests, Cookie=own)
    assert (refused.status_code, refused.json()["key"], refused.headers["Retry-After"]) == (429, "quota_minute", "60")
    assert [refused.json()[name] for name in ("limit", "asked", "allowed")] == ["MAX_GUEST_COMPUTED", 4, 3]
    assert "send less" in refused.json()["detail"]
    # Quick requests, other sessions and programs without one are answered.
    assert guests.post("/api/explain", {"document": example("chapter"), "ref": "loss"}).json()["ref"] == "loss"
    guests.forget_cookies()
    assert minutes.larger(guests, Cookie=cookie(guests.get("/"))).status_code == 200
    assert [minutes.larger(guests).status_code for _ in range(4)] == [200] * 4
    minutes.now = 59.5
    assert minutes.larger(guests, Cookie=own).headers["Retry-After"] == "1"
    minutes.now = 60.0
    assert [minutes.larger(guests, Cookie=own).status_code for _ in range(4)] == [200, 200, 200, 429]


def test_one_address_has_a_generous_total_of_larger_requests(
    guests: Client, minutes: Minutes, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A class of 300 at one address, each with one a second, all the time.
    assert limits.MAX_ADDRESS_COMPUTED >= 300 * 60
    assert limits.MAX_GUEST_COMPUTED < limits.MAX_ADDRESS_COMPUTED / 50
    monkeypatch.setattr(limits, "MAX_ADDRESS_COMPUTED", 3)
    own = cookie(guests.get("/"))
    # Invented cookies do not help.
    sent = [{}, {"Cookie": own}, {"Cookie": f"guest={'x' * 24}"}, {"Cookie": f"guest={'y' * 24}"}, {"Cookie": own}, {}]
    assert [minutes.larger(guests, **one).status_code for one in sent] == [200, 200, 200, 429, 429, 429]
    assert minutes.larger(guests).json()["limit"] == "MAX_ADDRESS_COMPUTED"


def test_without_the_profile_nothing_is_counted(
    client: Client, minutes: Minutes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MAX_GUEST_COMPUTED", "MAX_ADDRESS_COMPUTED", "MAX_GUEST_NETWORKS", "MAX_ADDRESS_NETWORKS"):
        monkeypatch.setattr(limits, name, 1)
    own = f"guest={'x' * 24}"
    assert [minutes.larger(client, Cookie=own).status_code for _ in range(3)] == [200, 200, 200]
    assert [create(client, Cookie=own).status_code for _ in range(3)] == [201, 201, 201]


def test_the_store_has_a_hash_of_the_session_only(engine_guests: Client, engine: Engine) -> None:
    name = cookie(create(engine_guests)).removeprefix("guest=")
    engine_guests.close()
    stored = engine.content()
    assert name.encode() not in stored
    assert sha256(f"guest:{name}".encode()).hexdigest().encode() in stored


def test_metrics_of_a_public_service_are_read_with_the_option_only(guests: Client) -> None:
    assert guests.get("/metrics").status_code == 403


@pytest.mark.slow
def test_the_option_applies_the_profile() -> None:
    code = "from app import cli, limits; cli.listen = lambda *_: exit(print(limits.MAX_BATCH)); cli.main()"
    run = subprocess.run([sys.executable, "-c", code, "--guest"], capture_output=True, text=True)
    assert run.stdout == "1000\n"
