"""Everything at once for a long time: the memory stays, and no request is refused for want of room."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import httpx

from tests.soak.latencies import Latencies
from tests.soak.processes import use
from tests.soak.requests import document, with_body
from tests.support.server import Server

EXAMPLES = ("chapter", "two-layers", "xor", "softmax-classifier", "convolution")
PATIENCE = httpx.Timeout(60)


@dataclass
class Mixed:
    """The answers, and the memory of the server's processes by time: (seconds, bytes)."""

    latencies: Latencies = field(default_factory=Latencies)
    memory: list[tuple[float, int]] = field(default_factory=list)

    def slope(self) -> float:
        """Bytes a minute by which the memory grows, by least squares, after the first quarter of the time."""
        begin = self.memory[-1][0] / 4
        kept = [(at, size) for at, size in self.memory if at >= begin]
        mean_at = sum(at for at, _ in kept) / len(kept)
        mean_size = sum(size for _, size in kept) / len(kept)
        spread = sum((at - mean_at) ** 2 for at, _ in kept)
        return 60 * sum((at - mean_at) * (size - mean_size) for at, size in kept) / spread if spread else 0.0

    def growth(self) -> int:
        """Bytes between the first quarter's end and the end."""
        return self.memory[-1][1] - self.memory[len(self.memory) // 4][1]


def mixed(server: Server, *, clients: int, seconds: float, requests: float = math.inf, seed: int = 0) -> Mixed:
    """Let the clients ask whatever there is, one request after the other each, for so long, or until there were so
    many answers.
    """
    return asyncio.run(_mixed(server, clients, seconds, requests, Random(seed)))


async def _mixed(server: Server, clients: int, seconds: float, requests: float, chosen: Random) -> Mixed:
    seen = Mixed()
    start = time.monotonic()

    def over() -> bool:
        return time.monotonic() >= start + seconds or len(seen.latencies.seconds) >= requests

    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE, limits=limits) as http:
        asking = [asyncio.create_task(_ask(http, Random(chosen.random()), over, seen)) for _ in range(clients)]
        while not over():
            seen.memory.append((time.monotonic() - start, use(server.process.pid).memory))
            await asyncio.sleep(min(5, seconds / 400))
        await asyncio.gather(*asking)
    return seen


async def _ask(http: httpx.AsyncClient, chosen: Random, over: Callable[[], bool], seen: Mixed) -> None:
    """Ask at random: valid and refused requests, files of the page, a stored network from its birth to its end."""
    while not over():
        sent = document(chosen.choice(EXAMPLES))
        sent["seed"] = chosen.randrange(1000)
        kind = chosen.random()
        if kind < 0.6:
            method, url, body = chosen.choice(with_body(sent)[:-1])
            await seen.latencies.request(http, method, url, json=body)
        elif kind < 0.7:
            await seen.latencies.request(http, "POST", "/api/trace", json={**sent, "layers": []})
        elif kind < 0.8:
            await seen.latencies.request(http, "GET", chosen.choice(["/", "/api/examples", "/api/catalog", "/none"]))
        else:
            await _life(http, chosen, sent, seen.latencies)


async def _life(http: httpx.AsyncClient, chosen: Random, sent: dict[str, object], seen: Latencies) -> None:
    """Create a network, change it and read it a few times, and delete it."""
    created = await seen.request(http, "POST", "/api/networks", json=sent)
    if created is None or created.status_code != 201:
        return
    address, any_version = created.headers["Location"], {"If-Match": "*"}
    for _ in range(chosen.randrange(5)):
        await seen.request(http, "POST", f"{address}/{chosen.choice(['forward', 'backward'])}", headers=any_version)
        await seen.request(http, "GET", f"{address}/trace")
    await seen.request(http, "DELETE", address, headers=any_version)
