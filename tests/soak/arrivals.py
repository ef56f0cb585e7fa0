"""A class behind one address: learners arrive, work with the page, and twice all act when the teacher asks them to.

The same mix at a tenth of the rate says how long an answer takes on this machine when hardly anything else is asked.
"""

from __future__ import annotations

import asyncio
import json
import re
from random import Random
from typing import Any, NamedTuple

import httpx

from tests.soak.latencies import Latencies
from tests.soak.lean import LeanClient
from tests.soak.requests import document

FILES = re.compile(r'(?:src|href)="(\.?/?assets/[^"]+)"')


class Class(NamedTuple):
    """So many learners arrive within `arriving` seconds; each does something every four seconds, about. In a burst all
    do within `reacting` seconds: people who are asked to press a button differ by about a second. With a class code
    each enters that first, as a guest.
    """

    learners: int
    arriving: float
    lasting: float
    reacting: float = 1.0
    code: str = ""


def arrivals(url: str, group: Class, seed: int = 0) -> Latencies:
    """Let the class come and work; two bursts divide the time after the arrival into thirds."""
    return asyncio.run(_class(url, group, Random(seed)))


async def _class(url: str, group: Class, chosen: Random) -> Latencies:
    seen = Latencies()
    bursts = [asyncio.Event(), asyncio.Event()]
    client = LeanClient(url, seen)
    learners = [
        asyncio.create_task(_learner(client, group, bursts, Random(chosen.random()), url))
        for _ in range(group.learners)
    ]
    await asyncio.sleep(group.arriving)
    for burst in bursts:
        await asyncio.sleep(group.lasting / 3)
        burst.set()
    await asyncio.gather(*learners)
    client.close()
    return seen


async def _learner(client: LeanClient, group: Class, bursts: list[asyncio.Event], chosen: Random, url: str) -> None:
    """Open the page, then change a number again and again, each time at a moment of one's own or in a burst."""
    await asyncio.sleep(chosen.uniform(0, group.arriving))
    cookie = await _entered(url, group.code) if group.code else {}
    page = await client.get("/", cookie)
    for file in FILES.findall(page.decode()):
        await client.get("/" + file.lstrip("./"), cookie)
    await client.get("/api/examples", cookie)
    mine = document()
    end = asyncio.get_running_loop().time() + group.lasting
    waiting = [*bursts]
    while (left := end - asyncio.get_running_loop().time()) > 0:
        mine["layers"][0]["b"][0] = chosen.random()
        await _act(client, mine, chosen, cookie)
        pause = min(left, chosen.uniform(2, 6))
        if not waiting:
            await asyncio.sleep(pause)
            continue
        try:
            await asyncio.wait_for(waiting[0].wait(), pause)
        except TimeoutError:
            continue
        waiting.pop(0)
        await asyncio.sleep(chosen.uniform(0, group.reacting))


async def _entered(url: str, code: str) -> dict[str, str]:
    """The cookies of a new session that has entered a class code, as a header."""
    async with httpx.AsyncClient(base_url=url, timeout=60) as http:
        answer = await http.post("/api/class", json={"code": code})
        assert answer.status_code == 200, answer.text
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in http.cookies.items())}


async def _act(client: LeanClient, mine: dict[str, Any], chosen: Random, cookie: dict[str, str]) -> None:
    """What the page asks when a number is changed, and in one of eight cases what a check asks."""
    await client.post("/api/trace", json.dumps(mine).encode(), cookie)
    wishes = [{"ref": ref} for ref in ("loss", "fc_1.w.grad[0,0]", "fc_1.output[0,0]", "x.grad[0,0]")]
    await client.post("/api/explanations", json.dumps({"document": mine, "wishes": wishes}).encode(), cookie)
    if chosen.random() < 1 / 8:
        await client.post("/api/gradient-check", json.dumps({"document": mine}).encode(), cookie)
