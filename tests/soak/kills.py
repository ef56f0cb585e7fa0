"""Kill the server under load, again and again: what it acknowledged is there, and nothing twice.

Clients create networks and step through them. After each kill -9 the server is started again with the same data, and
every network must be at the version last acknowledged, or at the next if an answer was under way; and it must be, bit
for bit, what that many steps make of its document.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings
from tests.soak.requests import document
from tests.support.server import running

STEP = {"by": "term", "count": 1}
PATIENCE = httpx.Timeout(60)


@dataclass
class Written:
    """A network as its client knows it: the newest acknowledged version, and whether an answer is missing."""

    address: str
    version: int = 1
    unheard: bool = False


@dataclass
class Killed:
    """What was seen in all rounds."""

    rounds: int = 0
    acknowledged: int = 0
    unheard: int = 0
    committed_unheard: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    ready: list[float] = field(default_factory=list)


class Reference:
    """The network after so many steps, from the app within this process, to which nothing happens."""

    def __init__(self, app: FastAPI) -> None:
        self._http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")
        self._states: list[dict[str, Any]] = []
        self._address = ""

    async def at(self, version: int) -> dict[str, Any]:
        """The network at a version, counted from 1."""
        if not self._states:
            created = await self._http.post("/api/networks", json=document())
            self._address = created.headers["Location"]
            self._states.append(_state(created.json()))
        while len(self._states) < version:
            answer = await self._http.post(f"{self._address}/step", json=STEP, headers={"If-Match": "*"})
            self._states.append(_state(answer.json()))
        return self._states[version - 1]


def kills(folder: Path, *, rounds: int, clients: int, writes: int, before: str = "") -> Killed:
    """Run the rounds, each with about so many acknowledged writes, on a server that first runs the statements
    `before`.
    """
    seen, everything = Killed(), list[Written]()
    app = create_app(Settings(folder / "reference"))
    try:
        reference = Reference(app)
        for _ in range(rounds):
            with running(folder / "killed", before) as server:
                everything += asyncio.run(_load(server.url, clients, writes, server.process.kill, seen))
                server.process.wait()
            start = time.monotonic()
            with running(folder / "killed", before) as again:
                seen.ready.append(time.monotonic() - start)
                asyncio.run(_compare(again.url, everything, reference, seen))
            seen.rounds += 1
    finally:
        app.state.store.close()
    return seen


async def _load(url: str, clients: int, writes: int, kill: Callable[[], None], seen: Killed) -> list[Written]:
    """Let the clients write until the server is killed; return what each knows of its networks."""
    enough, reached = seen.acknowledged + writes, asyncio.Event()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE, limits=limits) as http:
        writing = [asyncio.create_task(_write(http, seen, enough, reached)) for _ in range(clients)]
        finished = asyncio.gather(*writing)
        # A client that fails ends the round too.
        await asyncio.wait([finished, waiting := asyncio.create_task(reached.wait())], return_when="FIRST_COMPLETED")
        waiting.cancel()
        kill()
        return [written for one in await finished for written in one]


async def _write(http: httpx.AsyncClient, seen: Killed, enough: int, reached: asyncio.Event) -> list[Written]:
    """Create networks and take ten steps with each until the server is gone."""
    made: list[Written] = []
    while True:
        try:
            created = await http.post("/api/networks", json=document())
            assert created.status_code == 201, created.text
        except httpx.TransportError:
            return made
        network = Written(created.headers["Location"])
        made.append(network)
        seen.acknowledged += 1
        for _ in range(10):
            tag = {"If-Match": f'"{network.version}"'}
            try:
                answer = await http.post(f"{network.address}/step", json=STEP, headers=tag)
            except httpx.TransportError:
                network.unheard = True
                seen.unheard += 1
                return made
            assert answer.status_code == 200, answer.text
            network.version += 1
            seen.acknowledged += 1
            if seen.acknowledged >= enough:
                reached.set()


async def _compare(url: str, networks: list[Written], reference: Reference, seen: Killed) -> None:
    """Look at every network after the restart, and go on from what is there."""
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE) as http:
        for network in networks:
            answer = await http.get(network.address)
            there = int(answer.headers["ETag"].strip('"')) if answer.status_code == 200 else 0
            if there == network.version + 1 and network.unheard:
                seen.committed_unheard += 1
            elif there != network.version:
                seen.lost.append(f"version {network.version} was acknowledged, {there} is there")
            if there and _state(answer.json()) != await reference.at(there):
                seen.wrong.append(f"version {there} is not what {there - 1} steps make")
            network.version, network.unheard = there, False


def _state(answer: dict[str, Any]) -> dict[str, Any]:
    """The network without its addresses, which differ."""
    return {name: value for name, value in answer.items() if name not in ("id", "view")}
