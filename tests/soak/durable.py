"""Durable steps of stored networks at a fixed rate: their processor time, and how long each takes."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import httpx

from tests.soak.latencies import Latencies
from tests.soak.lean import LeanClient
from tests.soak.processes import use
from tests.soak.requests import document
from tests.support.server import Server

NETWORKS = 50
STEP = b'{"by": "term", "count": 1}'


@dataclass
class Durable:
    """Seconds of processor time of the server for one step, steps answered a second, and the times of the answers."""

    cpu: float
    rate: float
    latencies: Latencies


def durable(server: Server, *, rate: float, seconds: float) -> Durable:
    """Request steps at the rate, each at its time whether or not the earlier ones have been answered."""
    return asyncio.run(_durable(server, rate, seconds))


async def _durable(server: Server, rate: float, seconds: float) -> Durable:
    seen = Latencies()
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as http:
        created = [await http.post("/api/networks", json=document()) for _ in range(NETWORKS)]
    addresses = [f"{answer.headers['Location']}/step" for answer in created]
    client = LeanClient(server.url, seen)
    before, start = use(server.process.pid).cpu, time.perf_counter()
    asked = []
    for k in range(round(rate * seconds)):
        due = start + k / rate
        await asyncio.sleep(max(0, due - time.perf_counter()))
        asked.append(asyncio.create_task(client.post(addresses[k % NETWORKS], STEP, {"If-Match": "*"}, due)))
    await asyncio.gather(*asked)
    spent, lasted = use(server.process.pid).cpu - before, time.perf_counter() - start
    client.close()
    return Durable(spent / len(asked), seen.statuses[200] / lasted, seen)
