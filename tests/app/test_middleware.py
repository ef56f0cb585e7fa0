"""What happens to every request and every answer."""

import pytest

from tests.app.conftest import Client


@pytest.mark.parametrize("url", ["/api/examples", "/api/catalog", "/", "/api/nothing"])
def test_every_answer_tells_the_browser_what_the_page_may_do(client: Client, url: str) -> None:
    headers = client.get(url).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("url", ["/api/examples", "/api/examples/chapter", "/api/catalog", "/openapi.json", "/"])
def test_head_is_get_without_the_body(client: Client, url: str) -> None:
    head, whole = client.request("HEAD", url), client.get(url)
    assert head.status_code == whole.status_code
    assert head.headers == whole.headers
    assert head.content == b""
