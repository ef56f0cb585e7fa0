"""Durable steps of stored networks at a fixed rate: their processor time, and how long each takes."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import httpx

from tests.soak.latencies import Latencies
from tests.soak.processes import use
from tests.soak.requests import document
from tests.support.server import Server

NETWORKS = 50
STEP = {"by": "term", "count": 1}


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
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
    async with httpx.AsyncClient(base_url=server.url, timeout=60, limits=limits) as http:
        created = [await http.post("/api/networks", json=document()) for _ in range(NETWORKS)]
        addresses = [answer.headers["Location"] for answer in created]
        before, start = use(server.process.pid).cpu, time.monotonic()
        asked = []
        for k in range(round(rate * seconds)):
            await asyncio.sleep(max(0, start + k / rate - time.monotonic()))
            address = f"{addresses[k % NETWORKS]}/step"
            asked.append(asyncio.create_task(seen.request(http, "POST", address, json=STEP, headers={"If-Match": "*"})))
        await asyncio.gather(*asked)
        spent, lasted = use(server.process.pid).cpu - before, time.monotonic() - start
    return Durable(spent / len(asked), seen.statuses[200] / lasted, seen)
