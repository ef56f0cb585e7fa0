"""What the middleware does with every request and every answer."""

import httpx
import pytest

from app import negotiation
from tests.app.conftest import Client


@pytest.mark.parametrize("url", ["/api/examples", "/api/catalog", "/", "/api/nothing"])
def test_every_answer_has_the_security_headers(client: Client, url: str) -> None:
    headers = client.get(url).headers
    own = "'none'" if url.startswith("/api/") else "'self'"
    assert f"default-src {own}" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("url", ["/api/examples", "/api/examples/chapter", "/api/catalog", "/openapi.json", "/"])
def test_head_is_get_without_the_body(client: Client, url: str) -> None:
    head, whole = client.request("HEAD", url), client.get(url)
    assert head.status_code == whole.status_code
    assert without_id(head) == without_id(whole)
    assert head.content == b""


def without_id(answer: httpx.Response) -> dict[str, str]:
    """The headers without the request's id, which is unique."""
    return {name: value for name, value in answer.headers.items() if name != "x-request-id"}


@pytest.mark.parametrize(("url", "packed"), [("/api/catalog", True), ("/api/examples", True), ("/openapi.json", False)])
def test_what_every_page_asks_first_is_compressed_for_those_who_accept_it(
    client: Client, url: str, packed: bool
) -> None:
    plain = client.get(url, headers={"Accept-Encoding": "identity"})
    compressed = client.get(url, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert compressed.headers.get("Content-Encoding") == ("gzip" if packed else None)
    assert compressed.json() == plain.json()
    if packed:
        assert int(compressed.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2
        assert "Accept-Encoding" in compressed.headers["Vary"]


@pytest.mark.parametrize("url", ["/api/catalog", "/api/examples"])
def test_what_every_page_asks_first_is_made_once_and_not_sent_again(
    client: Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = [(language, packing) for language in ("en", "zh") for packing in ("gzip", "identity")]
    asked = [(f"{url}?language={language}", {"Accept-Encoding": packing}) for language, packing in forms]
    tags = [client.get(address, headers=headers).headers["ETag"] for address, headers in asked]
    assert len({*tags}) == len(tags)

    def made_again(*_: object, **__: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(negotiation.gzip, "compress", made_again)
    monkeypatch.setattr(negotiation, "sha256", made_again)
    for tag, (address, headers) in zip(tags, asked, strict=True):
        again = client.get(address, headers={**headers, "If-None-Match": tag})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Cache-Control"] == "no-cache"
        assert client.get(address, headers={**headers, "If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("url", ["/api/catalog", "/api/nothing", "/api/networks/unknown"])
def test_an_answer_of_the_api_may_load_nothing_as_a_page(client: Client, url: str) -> None:
    policy = client.get(url).headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; frame-ancestors 'none'"
    assert "default-src 'self'" in client.get("/").headers["Content-Security-Policy"]
