"""A class behind one address: learners arrive, work with the page, and twice all act within a moment.

The same mix at a tenth of the rate says how long an answer takes on this machine when hardly anything else is asked.
"""

from __future__ import annotations

import asyncio
import re
from random import Random
from typing import Any, NamedTuple

import httpx

from tests.soak.latencies import Latencies
from tests.soak.requests import document

FILES = re.compile(r'(?:src|href)="(\.?/?assets/[^"]+)"')
PATIENCE = httpx.Timeout(60)


class Class(NamedTuple):
    """So many learners arrive within `arriving` seconds; each does something every four seconds, about."""

    learners: int
    arriving: float
    lasting: float


def arrivals(url: str, group: Class, seed: int = 0) -> Latencies:
    """Let the class come and work; two bursts divide the time after the arrival into thirds."""
    return asyncio.run(_class(url, group, Random(seed)))


async def _class(url: str, group: Class, chosen: Random) -> Latencies:
    seen = Latencies()
    bursts = [asyncio.Event(), asyncio.Event()]
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE, limits=limits) as http:
        learners = [
            asyncio.create_task(_learner(http, group, bursts, Random(chosen.random()), seen))
            for _ in range(group.learners)
        ]
        await asyncio.sleep(group.arriving)
        for burst in bursts:
            await asyncio.sleep(group.lasting / 3)
            burst.set()
        await asyncio.gather(*learners)
    return seen


async def _learner(
    http: httpx.AsyncClient, group: Class, bursts: list[asyncio.Event], chosen: Random, seen: Latencies
) -> None:
    """Open the page, then change a number again and again, each time at a moment of one's own or in a burst."""
    await asyncio.sleep(chosen.uniform(0, group.arriving))
    page = await seen.request(http, "GET", "/")
    for file in FILES.findall(page.text) if page is not None else []:
        await seen.request(http, "GET", "/" + file.lstrip("./"))
    await seen.request(http, "GET", "/api/examples")
    mine = document()
    end = asyncio.get_running_loop().time() + group.lasting
    waiting = [*bursts]
    while (left := end - asyncio.get_running_loop().time()) > 0:
        mine["layers"][0]["b"][0] = chosen.random()
        await _act(http, mine, chosen, seen)
        pause = min(left, chosen.uniform(2, 6))
        if not waiting:
            await asyncio.sleep(pause)
            continue
        try:
            await asyncio.wait_for(waiting[0].wait(), pause)
        except TimeoutError:
            continue
        waiting.pop(0)


async def _act(http: httpx.AsyncClient, mine: dict[str, Any], chosen: Random, seen: Latencies) -> None:
    """What the page asks when a number is changed, and in one of eight cases what a check asks."""
    await seen.request(http, "POST", "/api/trace", json=mine)
    wishes = [{"ref": ref} for ref in ("loss", "fc_1.w.grad[0,0]", "fc_1.output[0,0]", "x.grad[0,0]")]
    await seen.request(http, "POST", "/api/explanations", json={"document": mine, "wishes": wishes})
    if chosen.random() < 1 / 8:
        await seen.request(http, "POST", "/api/gradient-check", json={"document": mine})
