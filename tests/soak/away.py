"""PostgreSQL that does not answer: stored networks are refused soon, everything else is answered, and all goes on by
itself afterwards, with what was acknowledged.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.soak.latencies import Latencies
from tests.soak.requests import document
from tests.support.engines import PostgresEngine, PostgresServer, frozen, the_server
from tests.support.server import running

STEP = {"by": "term", "count": 1}
PATIENCE = httpx.Timeout(30)
SETTLED = 2.0  # seconds within which what begins or ends is not judged: requests are on their way
RECOVERED = 15.0  # seconds within which the service must answer again
PAUSE = 0.05


@dataclass
class Away:
    """Requests about stored networks and others while the database is away; the seconds until a change is answered
    again; and what is not as acknowledged.
    """

    stored: Latencies = field(default_factory=Latencies)
    stateless: Latencies = field(default_factory=Latencies)
    keys: set[str] = field(default_factory=set)
    recovered: float | None = None
    wrong: list[str] = field(default_factory=list)


def away(folder: Path, *, how: str, seconds: float, clients: int = 8, before: str = "") -> Away:
    """Let clients step through stored networks while the database is `frozen` or `stopped` for so long."""
    folder.mkdir(exist_ok=True)
    seen, url = Away(), PostgresEngine(folder).url
    with running(folder, before, log=folder / "log", options=["--database", url]) as service:
        asyncio.run(_away(service.url, the_server(), how, seconds, clients, seen))
    return seen


async def _away(url: str, database: PostgresServer, how: str, seconds: float, clients: int, seen: Away) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE) as http:
        addresses = [await _created(http) for _ in range(clients)]
        reached = dict.fromkeys(addresses, 1)  # the newest acknowledged version
        end = asyncio.Event()
        working = [asyncio.create_task(_work(http, address, reached, end, seen)) for address in addresses]
        working.append(asyncio.create_task(_calculate(http, end, seen)))
        await asyncio.sleep(1)
        back = await asyncio.to_thread(_taken, database, how)
        begun = time.monotonic()
        await asyncio.sleep(SETTLED)
        # From here on all requests have come while the database was away.
        for latencies in (seen.stored, seen.stateless):
            latencies.statuses.clear()
            latencies.seconds.clear()
        await asyncio.sleep(max(0, begun + seconds - time.monotonic()))
        judged = seen.stored, seen.stateless
        seen.stored, seen.stateless = Latencies(), Latencies()
        await asyncio.to_thread(back)
        start = time.monotonic()
        while time.monotonic() < start + RECOVERED and seen.recovered is None:
            if seen.stored.statuses[200] >= clients:
                seen.recovered = time.monotonic() - start
            await asyncio.sleep(PAUSE)
        end.set()
        await asyncio.gather(*working)
        seen.stored, seen.stateless = judged
        for address, version in reached.items():
            answer = await http.get(address)
            # The newest step may have been stored without an answer, more cannot.
            there = int(answer.headers.get("ETag", '"0"').strip('"'))
            if there not in (version, version + 1):
                seen.wrong.append(f"version {version} was acknowledged, {there} is there")


def _taken(database: PostgresServer, how: str) -> Callable[[], object]:
    """Take the database away; return what brings it back."""
    if how == "stopped":
        database.stop(fast=True)
        return database.start
    assert database.process is not None
    halted = frozen(database.process.pid)
    halted.__enter__()
    return lambda: halted.__exit__(None, None, None)


async def _created(http: httpx.AsyncClient) -> str:
    answer = await http.post("/api/networks", json=document())
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]


async def _work(http: httpx.AsyncClient, address: str, reached: dict[str, int], end: asyncio.Event, seen: Away) -> None:
    """Step through a network; after a refusal read what is there, since the step may have been stored."""
    known = True
    while not end.is_set():
        if not known:
            answer = await seen.stored.request(http, "GET", address)
            if answer is not None and answer.status_code == 200:
                there = int(answer.headers["ETag"].strip('"'))
                if there not in (reached[address], reached[address] + 1):
                    seen.wrong.append(f"version {reached[address]} was acknowledged, {there} is there")
                reached[address], known = there, True
        else:
            match = {"If-Match": f'"{reached[address]}"'}
            answer = await seen.stored.request(http, "POST", f"{address}/step", json=STEP, headers=match)
            known = answer is not None and answer.status_code == 200
            if known:
                reached[address] += 1
        if answer is not None and answer.status_code >= 500:
            seen.keys.add(answer.json()["key"])
        await asyncio.sleep(PAUSE)


async def _calculate(http: httpx.AsyncClient, end: asyncio.Event, seen: Away) -> None:
    """What needs no store: the page's files, and a trace of another document each time."""
    sent: dict[str, Any] = document()
    while not end.is_set():
        sent["layers"][0]["b"][0] += 1e-3
        await seen.stateless.request(http, "POST", "/api/trace", json=sent)
        await seen.stateless.request(http, "GET", "/api/catalog")
        await asyncio.sleep(PAUSE)
