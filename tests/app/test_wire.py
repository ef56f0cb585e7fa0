"""Hostile and slow clients over real connections: each is refused or cut off, without an effect on others."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from app import limits
from tests.app.conftest import example
from tests.support.connections import PATIENCE, connected, once, read, refusal, sent
from tests.support.server import Server, running

pytestmark = pytest.mark.slow

BODIES, ANSWERS, CONNECTIONS = 2_000_000, 3_200_000, 300
# Like the limits, but with less to send, and with more time than a test takes on the busiest machine.
PATIENT = f"""
from app import limits
limits.MAX_HEAD_SECONDS = limits.MAX_STALL_SECONDS = 600
limits.MAX_BODIES_IN_FLIGHT, limits.MAX_ANSWERS_IN_FLIGHT, limits.MAX_CONNECTIONS = {BODIES}, {ANSWERS}, {CONNECTIONS}
"""
# For connections that are cut off after a time: shorter times.
HURRIED = f"""{PATIENT}
from app.wire import protocol
limits.MAX_HEAD_SECONDS = limits.MAX_STALL_SECONDS = 1
protocol.LOOK_EVERY = 0.1
"""
# uvicorn's own protocol class: the tests below must fail with it.
STOCK = """
import uvicorn
bounded = uvicorn.Config
uvicorn.Config = lambda *given, **named: bounded(*given, **{**named, "http": "httptools"})
"""
GET = b"GET /api/catalog HTTP/1.1\r\nHost: 127.0.0.1\r\n"
POST = b"POST /api/trace HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
CHUNK = b"a" * 65_536


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("data"), PATIENT) as started:
        yield started


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("data"), HURRIED) as started:
        yield started


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("data"), STOCK) as started:
        yield started


def test_a_head_may_be_as_long_as_the_limit_and_no_longer(server: Server) -> None:
    counted = len("/api/catalog") + len("Host: 127.0.0.1\r\n") + len("Connection: close\r\n") + len("X: \r\n")

    def of(length: int) -> bytes:
        return GET + b"Connection: close\r\nX: " + b"a" * (length - counted) + b"\r\n\r\n"

    assert sent(server, of(limits.MAX_HEAD_BYTES)).startswith(b"HTTP/1.1 200 OK")
    status, problem = refusal(sent(server, of(limits.MAX_HEAD_BYTES + 1)))
    assert (status, problem["limit"]) == (431, "MAX_HEAD_BYTES")
    assert (problem["asked"], problem["allowed"]) == (limits.MAX_HEAD_BYTES + 1, limits.MAX_HEAD_BYTES)


def test_there_may_be_as_many_headers_as_the_limit_and_no_more(server: Server) -> None:
    def of(count: int) -> bytes:
        return GET + b"Connection: close\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(count - 2)) + b"\r\n"

    assert sent(server, of(limits.MAX_HEADERS)).startswith(b"HTTP/1.1 200 OK")
    status, problem = refusal(sent(server, of(limits.MAX_HEADERS + 1)))
    assert (status, problem["limit"], problem["asked"]) == (431, "MAX_HEADERS", limits.MAX_HEADERS + 1)


ENDLESS = {
    "address": b"GET /",
    "name of a header": GET,
    "header": GET + b"X: ",
    "many headers": GET,
    "trailer": POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\nX: ",
    "length of a chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n1;",
}


@pytest.mark.parametrize("what", ENDLESS)
def test_what_has_no_end_is_cut_off_at_once_and_is_not_kept(server: Server, what: str) -> None:
    before = server.memory()
    endless = [b"X: a\r\n" * 10_000 if what == "many headers" else CHUNK] * 800
    status, problem = refusal(sent(server, ENDLESS[what], endless))
    assert status in {400, 431}
    assert problem["key"] in {"limit", "request"}
    assert server.memory() - before < 8_000_000


def test_the_test_of_endless_headers_finds_fault_with_a_server_without_limits(stock: Server) -> None:
    before = stock.memory()
    assert b"HTTP/1.1 4" not in sent(stock, ENDLESS["header"], [CHUNK] * 400, b"\r\nConnection: close\r\n\r\n")
    assert stock.memory() - before > 8_000_000


@pytest.mark.parametrize(
    "what", [b"BREW coffee\r\n\r\n", b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\nno colon\r\n\r\n"]
)
def test_what_is_not_http_is_answered_with_a_problem(server: Server, what: bytes) -> None:
    status, problem = refusal(sent(server, what))
    assert (status, problem["key"]) == (400, "request")


SLOW: dict[str, tuple[bytes, int | None]] = {
    "says nothing": (b"", None),
    "only ends lines": (b"\r\n" * 3, None),
    "a head without an end": (GET + b"X: a", 408),
    "a body that stops": (POST + b"Content-Length: 60000\r\n\r\n" + b" " * 30_000, 408),
    "chunks that stop": (POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", 408),
    "a second head without an end": (GET + b"\r\n" + GET, 408),
}


@pytest.mark.parametrize("what", SLOW)
def test_a_client_that_stops_is_cut_off(hurried: Server, what: str) -> None:
    content, status = SLOW[what]
    answer = sent(hurried, content)
    assert (refusal(answer[answer.rindex(b"HTTP/1.1 ") :])[0] if answer else None) == status


def test_the_test_of_slow_clients_finds_fault_with_a_server_without_limits(stock: Server) -> None:
    with connected(stock) as client:
        client.settimeout(4)
        client.sendall(SLOW["a body that stops"][0])
        with pytest.raises(TimeoutError):
            client.recv(1)


@pytest.mark.parametrize("drop", [GET + b"X: ", POST + b"Content-Length: 9000\r\n\r\n"], ids=["head", "body"])
def test_a_client_that_sends_a_byte_now_and_then_is_cut_off(hurried: Server, drop: bytes) -> None:
    with connected(hurried) as client:
        client.sendall(drop)
        client.setblocking(False)
        until = time.monotonic() + PATIENCE
        answer = b""
        while not answer and time.monotonic() < until:
            try:
                client.sendall(b" ")
                answer = client.recv(65_536)
            except BlockingIOError:
                time.sleep(0.1)
        assert refusal(answer)[0] == 408


def padded(length: int) -> bytes:
    """A document of this many bytes, padded with spaces at the end."""
    return json.dumps(example("chapter")).encode().ljust(length)


def test_a_client_that_is_slow_and_sends_enough_is_answered(hurried: Server) -> None:
    part = 2 * limits.MIN_STALL_BYTES
    body = padded(10 * part)
    with connected(hurried) as client:
        client.sendall(POST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body))
        for place in range(0, len(body), part):
            time.sleep(0.25)
            client.sendall(body[place : place + part])
        assert read(client).startswith(b"HTTP/1.1 200 OK")


def large() -> bytes:
    """A document whose trace is nearly as large as all answers in flight may be together; its request is small."""
    layers = [{"type": "Linear", "output_dim": 200}, {"type": "Linear", "output_dim": 180}]
    document = example("chapter") | {"layers": layers, "loss": {"type": "softmax_cross_entropy"}, "y": [0]}
    body = json.dumps(document).encode()
    return POST + b"Content-Length: %d\r\n\r\n" % len(body) + body


def never_reading(server: Server) -> socket.socket:
    """A client that requested a large answer and does not read it."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    address = urlsplit(server.url)
    client.connect((address.hostname, address.port))
    client.settimeout(PATIENCE)
    client.sendall(large())
    return client


def gone(client: socket.socket) -> bool:
    """Whether the server has closed the connection: then sending fails without anything read."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            client.sendall(b"\r\n")
        except OSError:
            return True
        time.sleep(0.1)
    return False


def test_a_client_that_does_not_read_its_answer_is_cut_off(hurried: Server) -> None:
    with never_reading(hurried) as client:
        assert gone(client)


def test_a_large_answer_waits_for_its_reader_and_others_are_refused_meanwhile(server: Server) -> None:
    with never_reading(server) as client:
        # The first byte was received, so the whole answer is written and waits.
        assert client.recv(1) == b"H"
        with connected(server) as other:
            other.sendall(large().replace(b"Host:", b"Connection: close\r\nHost:"))
            head, _, body = read(other).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 1" in head.lower()
        problem = json.loads(body)
        assert (problem["key"], problem["limit"], problem["allowed"]) == ("busy", "MAX_ANSWERS_IN_FLIGHT", ANSWERS)
        # Small answers are still sent.
        assert httpx.post(f"{server.url}/api/trace", json=example("chapter")).status_code == 200
    answer = httpx.post(f"{server.url}/api/trace", json=json.loads(large().partition(b"\r\n\r\n")[2]), timeout=60)
    assert answer.status_code == 200
    assert len(answer.content) > ANSWERS / 2


def stalled(server: Server, length: int) -> socket.socket:
    """A client that has sent a request except the last byte, a space, and stops."""
    client = connected(server)
    body = padded(length)
    client.sendall(POST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body[:-1])
    return client


def test_bodies_on_the_way_have_a_budget_and_one_alone_may_be_larger(server: Server) -> None:
    # In this order: the server reads in turns, so the small one was received when the large one exceeds the budget.
    with stalled(server, 200_000) as first, stalled(server, BODIES - 100_000) as second:
        status, problem = refusal(read(second))
        assert (status, problem["key"], problem["limit"]) == (503, "busy", "MAX_BODIES_IN_FLIGHT")
        # A very small one is accepted, and the first one is answered as if there had been no other.
        assert httpx.post(f"{server.url}/api/trace", json=example("chapter")).status_code == 200
        first.sendall(b" ")
        assert read(first).startswith(b"HTTP/1.1 200 OK")
    request = POST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % (2 * BODIES) + padded(2 * BODIES)
    assert sent(server, request).startswith(b"HTTP/1.1 200 OK")


def test_there_may_be_as_many_connections_as_the_limit_and_no_more(server: Server) -> None:
    once(lambda: httpx.get(f"{server.url}/api/examples").status_code == 200)
    with ExitStack() as opened:
        clients = [opened.enter_context(connected(server)) for _ in range(CONNECTIONS - 1)]
        assert httpx.get(f"{server.url}/api/examples").status_code == 200
        clients.append(opened.enter_context(connected(server)))
        status, problem = refusal(sent(server))
        assert (status, problem["key"], problem["limit"]) == (503, "busy", "MAX_CONNECTIONS")
    once(lambda: httpx.get(f"{server.url}/api/examples").status_code == 200)


def test_a_refusal_does_not_spoil_the_answer_before_it(server: Server) -> None:
    body = json.dumps(example("digits-cnn")).encode()
    request = POST + b"Content-Length: %d\r\n\r\n" % len(body) + body
    answer = sent(server, request + GET + b"X: " + b"a" * 40_000 + b"\r\n\r\n")
    head, _, rest = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK")
    assert json.loads(rest)["layers"]


def test_among_slow_clients_of_every_kind_others_are_answered_and_memory_stays(tmp_path: Path) -> None:
    with running(tmp_path, HURRIED) as server, ExitStack() as opened:
        assert httpx.post(f"{server.url}/api/trace", json=example("chapter")).status_code == 200
        before = server.memory()
        clients = [opened.enter_context(connected(server)) for _ in range(181)]
        for place, client in enumerate(clients):
            client.sendall([*SLOW.values()][place % len(SLOW)][0])
        for _ in range(40):
            with suppress(ConnectionError):  # refused while it sends
                clients.append(opened.enter_context(stalled(server, 600_000)))
        unread = [opened.enter_context(never_reading(server)) for _ in range(5)]
        for _ in range(20):
            assert httpx.post(f"{server.url}/api/trace", json=example("chapter"), timeout=30).status_code == 200
        assert server.memory() - before < 100_000_000
        # All of them end, with or without an answer.
        for client in clients:
            read(client)
        assert all(gone(client) for client in unread)
