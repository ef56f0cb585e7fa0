"""Class codes: who has entered one has no quotas until it ends."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import inf

import httpx
import pytest
from anyio.from_thread import BlockingPortal

from app import limits
from app.class_codes import ClassCode, made, read
from app.work import Processes
from app.worker import compute
from tests.app.conftest import Client, example
from tests.app.test_guests import Answering, cookie
from tests.app.test_limits import wide
from tests.support.engines import Engine

NOW = 1_800_000_000.0
HOUR = 3600


class School:
    """A public service with a clock that is set, and the codes that its command makes."""

    def __init__(self, portal: BlockingPortal, engine: Engine) -> None:
        self.client = Client(portal, engine.folder, replace(engine.settings(), guest=True))
        self.engine, self.now = engine, NOW
        self.client.state.classes.clock = lambda: self.now

    def code(self, learners: int = 2, hours: int = 3) -> ClassCode:
        secret = self.engine.store().secret(make=True)
        assert secret is not None
        return made(secret, learners, hours, self.now)

    def session(self) -> str:
        self.client.forget_cookies()
        return cookie(self.client.get("/"))

    def enter(self, typed: str, session: str) -> httpx.Response:
        self.client.forget_cookies()
        return self.client.post("/api/class", {"code": typed}, headers={"Cookie": session})

    def member(self, code: ClassCode) -> str:
        """The cookies of a new session that has entered a code."""
        session = self.session()
        answer = self.enter(code.text, session)
        assert answer.status_code == 200
        return f"{session}; {answer.headers['Set-Cookie'].partition(';')[0]}"

    def until(self, cookies: str) -> str | None:
        self.client.forget_cookies()
        found: str | None = self.client.get("/api/class", headers={"Cookie": cookies.encode("latin-1")}).json()["until"]
        return found

    def create(self, cookies: str) -> httpx.Response:
        self.client.forget_cookies()
        return self.client.post("/api/networks", example("chapter"), headers={"Cookie": cookies})


@pytest.fixture
def school(portal: BlockingPortal, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[School]:
    made = School(portal, engine)
    monkeypatch.setattr("app.store.class_sessions.time", lambda: made.now)
    yield made
    made.client.close()


def test_a_session_of_a_class_has_no_quotas_until_the_code_ends(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MAX_GUEST_NETWORKS", "MAX_ADDRESS_NETWORKS", "MAX_GUEST_COMPUTED", "MAX_ADDRESS_COMPUTED"):
        monkeypatch.setattr(limits, name, 1)
    monkeypatch.setattr(limits, "MAX_GUEST_BYTES", 1_000)
    monkeypatch.setattr("app.work.places.Pool", Answering)
    school.client.state.place = Processes(compute, lambda: inf)
    code = school.code()
    cookies = school.member(code)

    def larger() -> int:
        school.client.forget_cookies()
        request = {"document": wide(90, 80), "ref": "loss"}
        return school.client.post("/api/explain", request, headers={"Cookie": cookies}).status_code

    def grown(address: str, name: str) -> httpx.Response:
        samples = {"x": [[0.1, 0.5]] * 200, "y": [[0.1, 0.9]] * 200, "name": name}
        return school.client.request("PATCH", address, json={"document": samples}, headers={"Cookie": cookies})

    school.now = code.until - 1
    assert school.until(cookies) == code.ends
    networks = [school.create(cookies) for _ in range(3)]
    assert [one.status_code for one in networks] == [201, 201, 201]
    assert [larger() for _ in range(3)] == [200, 200, 200]
    assert grown(networks[0].headers["Location"], "a").status_code == 200
    # The sizes of the profile stay, and so does what was stored: it is the session's own.
    school.now = code.until
    assert school.until(cookies) is None
    assert [larger() for _ in range(2)] == [200, 429]
    refused = grown(networks[0].headers["Location"], "a longer name")
    assert (refused.status_code, refused.json()["limit"]) == (429, "MAX_GUEST_BYTES")
    assert all(school.client.get(network.headers["Location"]).is_success for network in networks)
    monkeypatch.setattr(limits, "MAX_ADDRESS_NETWORKS", 100)
    assert school.create(cookies).json()["limit"] == "MAX_GUEST_NETWORKS"


def test_the_cookie_is_kept_from_scripts_and_other_sites_until_the_code_ends(school: School) -> None:
    code = school.code(hours=3)
    answer = school.enter(code.shown, school.session())
    assert answer.json() == {"quotas": True, "until": code.ends}
    attributes = answer.headers["Set-Cookie"].split("; ")[1:]
    assert sorted(attributes) == sorted(["HttpOnly", f"Max-Age={code.until - int(NOW)}", "Path=/", "SameSite=lax"])
    assert 3 * HOUR <= code.until - NOW < 3 * HOUR + 60
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_code_is_for_so_many_sessions_and_the_next_one_goes_on_as_a_guest(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_GUEST_NETWORKS", 1)
    code, other = school.code(learners=2), school.code(learners=1)
    first, _ = school.member(code), school.member(code)
    late = school.session()
    refused = school.enter(code.text, late)
    assert (refused.status_code, refused.json()["key"], refused.json()["values"]) == (
        422, "class_full", {"learners": 2},
    )  # fmt: skip
    assert "Set-Cookie" not in refused.headers
    assert [school.create(late).status_code for _ in range(2)] == [201, 429]
    # Who has entered can do so again, and another code of the same minute is another class.
    assert school.enter(code.text, first.partition(";")[0]).status_code == 200
    assert school.enter(other.text, late).status_code == 200


def test_a_code_holds_for_its_last_second_and_not_after(school: School) -> None:
    code, session = school.code(hours=1), school.session()
    school.now = code.until
    refused = school.enter(code.text, session)
    assert (refused.status_code, refused.json()["key"], refused.json()["values"]) == (
        422, "class_ended", {"time": code.ends},
    )  # fmt: skip
    assert code.ends in refused.json()["detail"]
    school.now -= 1
    assert school.enter(code.text, session).status_code == 200


def changed(text: str, place: int) -> str:
    return text[:place] + ("a" if text[place] != "a" else "b") + text[place + 1 :]


WRONG: dict[str, Callable[[str], str]] = {
    "more learners": lambda text: changed(text, 1),
    "a later end": lambda text: changed(text, 4),
    "another number": lambda text: changed(text, 11),
    "another signature": lambda text: changed(text, 31),
    "a part": lambda text: text[:-1],
    "one letter too many": lambda text: f"{text}a",
    "none": lambda _: "",
    "another alphabet": lambda text: text[:-1] + "ä",
    "digits that no code has": lambda text: text[:-1] + "1",
    "a long text": lambda text: text * 10_000,
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_forged_or_misspelt_code_is_refused(wrong: str) -> None:
    secret = b"s" * 32
    code = made(secret, 300, 3, NOW)
    assert read(secret, code.text) == code
    assert read(secret, WRONG[wrong](code.text)) is None


def test_every_letter_of_a_code_counts() -> None:
    secret = b"s" * 32
    text = made(secret, 300, 3, NOW).text
    assert [place for place in range(len(text)) if read(secret, changed(text, place))] == []


def test_a_code_of_another_service_and_a_forged_one_are_refused_in_words(school: School) -> None:
    session = school.session()
    foreign = made(b"t" * 32, 300, 3, NOW)
    for typed in (foreign.text, "no code"):  # before the first code of this service is made, and after it
        assert school.enter(typed, session).json()["key"] == "class_code"
    school.code()
    refused = school.enter(foreign.text, session)
    assert (refused.status_code, refused.json()["key"]) == (422, "class_code")
    assert "ask the teacher" in refused.json()["detail"]
    assert foreign.text not in refused.text


@pytest.mark.parametrize(
    "form",
    [str.upper, lambda text: f" {text[:7]} {text[7:]}-", lambda text: "-".join(text)],
    ids=["capitals", "blanks", "hyphens"],
)
def test_a_code_can_be_typed_in_any_form(form: Callable[[str], str]) -> None:
    secret = b"s" * 32
    code = made(secret, 300, 3, NOW)
    assert read(secret, form(code.text)) == code
    assert read(secret, form(code.shown)) == code


def test_a_cookie_without_a_place_in_the_class_is_none(school: School) -> None:
    code = school.code()
    cookies = school.member(code)
    session, _, entered = cookies.partition("; ")
    text, _, proof = entered.removeprefix("class=").partition(".")
    for wrong in (
        f"{school.session()}; {entered}",
        f"{session}; class={text}",
        f"{session}; class={text}.",
        f"{session}; class={text}.{changed(proof, 0)}",
        f"{session}; class={changed(text, 3)}.{proof}",
        f"{session}; class={text}.é",
        entered,
    ):
        assert school.until(wrong) is None, wrong
    assert school.until(cookies) == code.ends


def test_the_store_has_hashes_of_codes_and_sessions_only(school: School) -> None:
    code = school.code()
    session = school.member(code).partition(";")[0].removeprefix("guest=")
    school.client.close()
    stored = school.engine.content()
    assert code.name.encode() in stored
    assert code.text.encode() not in stored
    assert session.encode() not in stored


def test_a_page_of_another_origin_cannot_enter_a_class(school: School) -> None:
    headers = {"Origin": "https://evil.example", "Cookie": school.session()}
    assert school.client.post("/api/class", {"code": school.code().text}, headers=headers).status_code == 403


def test_without_the_profile_no_code_is_needed(client: Client) -> None:
    expected = {"quotas": False, "until": None}
    assert client.get("/api/class").json() == expected
    assert client.post("/api/class", {"code": "any"}).json() == expected
