"""Heavy requests: clients that send small requests hardly wait, and a client that hangs up ends its work."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from tests.soak.latencies import Latencies
from tests.soak.lean import LeanClient
from tests.soak.processes import quiet
from tests.soak.requests import document
from tests.support.server import Server

PATIENCE = httpx.Timeout(120)


def deep(layers: int = 31) -> dict[str, Any]:
    """A narrow network with so many layers that its paths cannot all be written."""
    chain = [{"type": "Linear", "output_dim": 12}, {"type": "Tanh"}]
    return document() | {
        "input_shape": [12],
        "layers": [*chain * layers, {"type": "Linear", "output_dim": 2}],
        "x": [[0.1] * 12] * 4,
        "y": [[0.5, 0.5]] * 4,
    }


def explanations() -> dict[str, Any]:
    """A request of 2.9 kB with two seconds of work and an answer of 10 MB."""
    wishes = [{"ref": f"x.grad[{i},0]", "notation": "paths", "terms": 300} for i in range(4)]
    wishes += [{"ref": f"x.grad[{i},0]", "notation": "chain", "terms": 5000} for i in range(4)]
    return {"document": deep(), "wishes": wishes}


class Beside(NamedTuple):
    """Small traces without and with heavy requests beside them, and the heavy ones."""

    alone: Latencies
    beside: Latencies
    heavy: Latencies


def traced() -> dict[str, Any]:
    """A document whose trace takes about 50 ms."""
    return document() | {
        "input_shape": [784],
        "layers": [{"type": "Linear", "output_dim": 128}, {"type": "ReLu"}, {"type": "Linear", "output_dim": 10}],
        "x": [[0.1] * 784] * 10,
        "y": [[0.5] * 10] * 10,
        "optimizer": {"type": "sgd", "lr": 0.01},
    }


def training() -> dict[str, Any]:
    """A request of about 5 seconds."""
    return {"document": deep() | {"optimizer": {"type": "sgd", "lr": 1e-9}}, "steps": 2_500}


class Abandoned(NamedTuple):
    """Requests for the page while heavy requests begin and hang up, and the seconds until the server is idle again."""

    page: Latencies
    idle: float | None


def small_beside_heavy(server: Server, *, clients: int, seconds: float) -> Beside:
    """Request small traces for so long, first alone, then while these clients request heavy explanations."""
    return _beside(server, document(), ("/api/explanations", explanations()), clients, seconds)


def short_beside_long(server: Server, *, clients: int, seconds: float) -> Beside:
    """Request traces that another process computes, first alone, then while these clients request long trainings."""
    return _beside(server, traced(), ("/api/advance", training()), clients, seconds)


def _beside(
    server: Server, small: dict[str, Any], heavy_request: tuple[str, dict[str, Any]], clients: int, seconds: float
) -> Beside:
    url, body = heavy_request

    async def measured() -> Beside:
        async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE) as http:
            heavy, alone, beside = Latencies(), Latencies(), Latencies()
            await _asked(http, alone, "POST", "/api/trace", seconds, json=small)
            asking = [asyncio.create_task(_asked(http, heavy, "POST", url, seconds, json=body)) for _ in range(clients)]
            await asyncio.sleep(0.5)
            await _asked(http, beside, "POST", "/api/trace", seconds, json=small)
            await asyncio.gather(*asking)
            return Beside(alone, beside, heavy)

    return asyncio.run(measured())


def abandoned(server: Server, *, clients: int) -> Abandoned:
    """Let the clients request heavy explanations and hang up a second later, while another opens the page.

    All of them are lean: httpx takes milliseconds of the client's processor for each of the heavy requests, all of them
    at once, and the first page would wait for these before it is sent.
    """
    body = json.dumps(explanations()).encode()
    head = f"POST /api/explanations HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
    request = f"{head}Content-Type: application/json\r\n\r\n".encode() + body

    async def measured() -> Latencies:
        page, hang_up = Latencies(), asyncio.Event()
        other = LeanClient(server.url, page)
        asking = [asyncio.create_task(_hang_up_later(server.url, request, hang_up)) for _ in range(clients)]
        await _opened(other, 1.0)
        hang_up.set()
        await _opened(other, 0.2)
        await asyncio.gather(*asking)
        other.close()
        return page

    return Abandoned(asyncio.run(measured()), quiet(server.process.pid, within=30))


async def _hang_up_later(url: str, request: bytes, hang_up: asyncio.Event) -> None:
    """Send a request, and close its connection without reading the answer."""
    where = urlsplit(url)
    _, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.write(request)
    await hang_up.wait()
    writer.transport.abort()


async def _opened(client: LeanClient, seconds: float) -> None:
    """Open the page again and again for so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await client.get("/")
        await asyncio.sleep(0.01)


async def _asked(http: httpx.AsyncClient, seen: Latencies, method: str, url: str, seconds: float, **rest: Any) -> None:
    """Ask one after the other, with a pause between two."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await seen.request(http, method, url, **rest)
        await asyncio.sleep(0.01)
