"""What pages of other sites may read, and which sites may frame the page."""

from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal

from app.settings import Settings
from tests.app.conftest import Client
from tests.support.networks import Document

ELSEWHERE = {"Origin": "https://book.example", "Sec-Fetch-Site": "cross-site"}


def preflight(client: Client, url: str, method: str) -> str | None:
    """The origin that may send this method with a JSON body, if any."""
    headers = {**ELSEWHERE, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": "content-type"}
    answer = client.unconditional("OPTIONS", url, headers=headers)
    allowed = answer.status_code == 200 and method in answer.headers.get("Access-Control-Allow-Methods", "")
    return answer.headers.get("Access-Control-Allow-Origin") if allowed else None


@pytest.mark.parametrize("url", ["/api/trace", "/api/explain", "/api/gradient-check", "/api/receipt", "/api/steps"])
def test_a_page_of_another_site_may_ask_about_a_document(client: Client, chapter: Document, url: str) -> None:
    assert preflight(client, url, "POST") == "*"
    answer = client.post("/api/trace", chapter, headers=ELSEWHERE)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert "Access-Control-Allow-Credentials" not in answer.headers
    refused = client.post(url, {"document": {}}, headers=ELSEWHERE)
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (422, "*")


def test_it_may_read_a_stored_network_and_change_none(client: Client, chapter: Document) -> None:
    network = client.post("/api/networks", chapter).json()
    for key in (network["id"], network["view"]):
        for url in (f"/api/networks/{key}", f"/api/networks/{key}/trace"):
            answer = client.get(url, headers=ELSEWHERE)
            assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
            assert preflight(client, url, "GET") == "*"
        for method, url in (
            ("POST", f"/api/networks/{key}/forward"),
            ("POST", f"/api/networks/{key}/step"),
            ("PATCH", f"/api/networks/{key}"),
            ("DELETE", f"/api/networks/{key}"),
            ("POST", "/api/networks"),
        ):
            assert preflight(client, url, method) is None, (method, url)
            answer = client.request(method, url, headers=ELSEWHERE)
            assert answer.status_code == 403
            assert "Access-Control-Allow-Origin" not in answer.headers
    assert client.get(f"/api/networks/{network['id']}").json() == network


def test_the_page_itself_is_read_by_no_other(client: Client) -> None:
    for url in ("/", "/openapi.json"):
        assert "Access-Control-Allow-Origin" not in client.get(url, headers=ELSEWHERE).headers


def policy(portal: BlockingPortal, settings: Settings) -> dict[str, str]:
    """The parts of the page's policy."""
    client = Client(portal, settings.data, settings)
    parts = client.get("/").headers["Content-Security-Policy"].split("; ")
    client.close()
    return {name: values for name, _, values in (part.partition(" ") for part in parts)}


def test_nothing_in_the_page_runs_but_its_own_scripts(portal: BlockingPortal, tmp_path: Path) -> None:
    assert policy(portal, Settings(tmp_path)) == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "default",
        "frame-ancestors": "'none'",
    }


def test_frames_are_allowed_by_name(portal: BlockingPortal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINYML_DATA", str(tmp_path))
    monkeypatch.setenv("TINYML_ALLOW_FRAMES", "https://lms.example, http://localhost:9000,")
    assert policy(portal, Settings.from_environment())["frame-ancestors"] == (
        "'self' http://localhost:9000 https://lms.example"
    )


@pytest.mark.parametrize(
    "text", ["*", "lms.example", "https://a.example; script-src *", "https://a.example/path", "'self'"]
)
def test_a_frame_that_is_no_origin_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("TINYML_ALLOW_FRAMES", text)
    with pytest.raises(ValueError, match="expected an origin to show the page in a frame"):
        Settings.from_environment()
