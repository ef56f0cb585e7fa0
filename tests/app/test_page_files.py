"""The files of the page over real HTTP: compressed by the build only, requested once, and refused in words."""

import gzip
import http.client
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest

from app.security_headers import PAGE_POLICY
from tests.support.server import Server, running

SCRIPT, INDEX, ICON = b"let a = 1;\n" * 200, b"<!doctype html><title>Page</title>\n" * 9, b"<svg/>"
# Compressed worse than a server would do it, so that compressing at a request would send other bytes.
COMPRESSED = {"br": brotli.compress(SCRIPT, quality=1), "gzip": gzip.compress(SCRIPT, 1, mtime=7)}
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}
ASSET = "/assets/index-abc.js"

pytestmark = pytest.mark.slow


class Answer:
    """An answer as it is on the wire: its body is not decoded."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.body = response.status, response.read()
        self.headers = response.headers

    def without(self, *names: str) -> list[tuple[str, str]]:
        """The headers, except for these."""
        return [(name, value) for name, value in self.headers.items() if name.lower() not in (*names, "date")]


def ask(server: Server, url: str, headers: Mapping[str, str] = {}, method: str = "GET") -> Answer:
    """One request with only these headers."""
    parts = urlsplit(server.url)
    with closing(http.client.HTTPConnection(parts.hostname or "", parts.port)) as connection:
        connection.putrequest(method, url, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        return Answer(connection.getresponse())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small page as a build leaves it."""
    folder = tmp_path_factory.mktemp("checkout") / "static" / "dist"
    (folder / "assets").mkdir(parents=True)
    files = {
        "index.html": INDEX,
        "index.html.br": brotli.compress(INDEX),
        "index.html.gz": gzip.compress(INDEX),
        ASSET[1:]: SCRIPT,
        f"{ASSET[1:]}.br": COMPRESSED["br"],
        f"{ASSET[1:]}.gz": COMPRESSED["gzip"],
        "assets/icon-abc.svg": ICON,
        "notes.txt": b"notes",
        ".made-from": b"hidden",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    package = built.parents[1] / "app"
    elsewhere = f"from pathlib import Path; from app import page_files; page_files.PACKAGE = Path({str(package)!r})"
    with running(tmp_path_factory.mktemp("data"), elsewhere) as started:
        yield started


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_the_bytes_that_the_build_compressed_are_sent_as_they_are(server: Server, coding: str) -> None:
    answer = ask(server, ASSET, {"Accept-Encoding": coding})
    assert (answer.status, answer.body) == (200, COMPRESSED[coding])
    assert answer.headers["Content-Encoding"] == coding
    assert answer.headers["Content-Length"] == str(len(COMPRESSED[coding]))
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_the_address_of_a_frame_has_the_page_and_its_policy(server: Server) -> None:
    framed, page = ask(server, "/embed/any-key?view=check"), ask(server, "/")
    assert (framed.status, framed.body) == (page.status, page.body) == (200, framed.body)
    assert framed.headers["Content-Security-Policy"] == page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in framed.headers["Content-Security-Policy"]
    assert ask(server, "/embed/any/key").status == 404


def test_what_is_not_asked_for_compressed_is_not(server: Server) -> None:
    for headers in ({}, {"Accept-Encoding": "gzip;q=0, br;q=0"}, {"Accept-Encoding": "zstd"}):
        answer = ask(server, ASSET, headers)
        assert (answer.body, answer.headers["Content-Encoding"]) == (SCRIPT, None)
    assert ask(server, ASSET, {"Accept-Encoding": "br;q=0.1, gzip;q=0.2"}).headers["Content-Encoding"] == "gzip"


def test_caches_are_told_what_an_answer_depends_on(server: Server) -> None:
    for headers in ({}, BROWSER):
        assert ask(server, ASSET, headers).headers["Vary"] == "Accept-Encoding"
    # It has one form only.
    assert ask(server, "/assets/icon-abc.svg", BROWSER).headers["Vary"] is None


def test_a_name_with_a_hash_lasts_and_the_page_is_asked_for_again(server: Server) -> None:
    assert ask(server, ASSET).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert ask(server, "/").headers["Cache-Control"] == "no-cache"
    assert ask(server, "/notes.txt").headers["Cache-Control"] == "no-cache"


def test_each_form_has_a_strong_tag_and_is_sent_once(server: Server) -> None:
    tags = {coding: ask(server, ASSET, {"Accept-Encoding": coding}).headers["ETag"] for coding in ("br", "gzip", "")}
    assert len(set(tags.values())) == 3
    for coding, tag in tags.items():
        assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
        for url, headers in ((ASSET, {"If-None-Match": f'"other", {tag}'}), (ASSET, {"If-None-Match": "*"})):
            again = ask(server, url, {"Accept-Encoding": coding, **headers})
            assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    crossed = ask(server, ASSET, {"Accept-Encoding": "gzip", "If-None-Match": tags["br"]})
    assert (crossed.status, crossed.body) == (200, COMPRESSED["gzip"])


@pytest.mark.parametrize("url", ["/", ASSET])
def test_a_304_has_the_headers_of_the_200(server: Server, url: str) -> None:
    """A browser replaces the headers of what it keeps by those of the 304: the page must keep its policy."""
    whole = ask(server, url, BROWSER)
    again = ask(server, url, {**BROWSER, "If-None-Match": whole.headers["ETag"]})
    assert again.status == 304
    assert again.without() == whole.without("content-encoding", "content-length")


@pytest.mark.parametrize("url", ["/", ASSET, "/assets/icon-abc.svg"])
@pytest.mark.parametrize("headers", [{}, BROWSER], ids=["plain", "browser"])
def test_head_is_get_without_the_body(server: Server, url: str, headers: dict[str, str]) -> None:
    whole, head = ask(server, url, headers), ask(server, url, headers, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.without() == whole.without()


@pytest.mark.parametrize("url", ["/", ASSET, "/notes.txt", "/openapi.json"])
@pytest.mark.parametrize("method", ["DELETE", "POST", "PUT"])
def test_a_refused_method_is_answered_with_the_allowed_ones(server: Server, url: str, method: str) -> None:
    answer = ask(server, url, method=method)
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert json.loads(answer.body)["key"] == "no_such_address"


def test_what_is_no_file_of_the_page_is_a_problem(server: Server) -> None:
    for url in (
        "/assets/other.js",
        f"{ASSET}.br",
        "/index.html",
        "/.made-from",
        "/assets/..%2f.made-from",
        "/assets/%2e%2e/notes.txt",
        "/assets//etc/passwd",
        "/assets/",
    ):
        answer = ask(server, url, BROWSER)
        assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json"), url


def test_every_answer_has_the_security_headers(server: Server) -> None:
    tag = ask(server, "/").headers["ETag"]
    for answer in (
        ask(server, "/"),
        ask(server, "/", {"If-None-Match": tag}),
        ask(server, ASSET, BROWSER),
        ask(server, "/assets/other.js"),
        ask(server, "/", method="DELETE"),
    ):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        page = answer.headers["Content-Type"].startswith("text/html")
        policy = PAGE_POLICY.format(frames="'none'") if page else "default-src 'self'"
        assert answer.headers["Content-Security-Policy"] == policy


def test_a_page_that_is_built_meanwhile_is_not_served_in_part(server: Server, built: Path) -> None:
    ask(server, "/")
    (built / "index.html").write_bytes(b"another")
    try:
        assert ask(server, "/").body == INDEX
    finally:
        (built / "index.html").write_bytes(INDEX)
