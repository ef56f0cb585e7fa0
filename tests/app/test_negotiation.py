"""Accept-Encoding and If-None-Match are read as RFC 9110 has them."""

import pytest
from starlette.datastructures import Headers

from app.negotiation import coding, known


def asked(name: str, *lines: str) -> Headers:
    """The headers of a request with these lines of one header."""
    return Headers(raw=[(name.encode(), line.encode()) for line in lines])


@pytest.mark.parametrize(
    ("lines", "chosen"),
    [
        ((), "identity"),
        (("",), "identity"),
        (("gzip, deflate, br, zstd",), "br"),
        (("gzip",), "gzip"),
        (("GZIP",), "gzip"),
        (("x-gzip",), "gzip"),
        (("gzip", "br"), "br"),
        (("deflate, zstd",), "identity"),
        (("br;q=0.5, gzip;q=0.8",), "gzip"),
        (("br; q=0.8 , gzip ; Q=0.8",), "br"),
        (("gzip;q=0",), "identity"),
        (("br;q=0.000, gzip;q=0.001",), "gzip"),
        (("*",), "br"),
        (("*, br;q=0",), "gzip"),
        (("*;q=0.5, identity",), "identity"),
        (("gzip;q=0.5, identity;q=0.6",), "identity"),
        (("gzip;q=0.5",), "gzip"),
        (("identity;q=0, gzip",), "gzip"),
        (("identity;q=0",), "identity"),
        (("*;q=0",), "identity"),
        (("br;q=1.5, gzip;q=yes",), "identity"),
        ((",, ;q=1, gzip",), "gzip"),
        (("brotli, gzipped",), "identity"),
    ],
)
def test_the_heaviest_coding_wins_and_the_smallest_of_equals(lines: tuple[str, ...], chosen: str) -> None:
    assert coding(asked("accept-encoding", *lines), ["br", "gzip"]) == chosen


def test_only_what_is_offered_is_chosen() -> None:
    assert coding(asked("accept-encoding", "br, gzip;q=0.1"), ["gzip"]) == "gzip"
    assert coding(asked("accept-encoding", "br, gzip"), []) == "identity"


@pytest.mark.parametrize(
    ("lines", "is_known"),
    [
        ((), False),
        (('"a"',), True),
        (('W/"a"',), True),
        (('"b", "a"',), True),
        (('"b"', '"a"'), True),
        (("*",), True),
        (('"b"',), False),
        (("a",), False),
        (('"a-br"',), False),
        (('*, "b"',), False),
    ],
)
def test_a_tag_is_found_in_any_line_and_compared_weakly(lines: tuple[str, ...], is_known: bool) -> None:
    assert known(asked("if-none-match", *lines), '"a"') == is_known
