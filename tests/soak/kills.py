"""Kill the server under load, again and again: what it acknowledged is there, and nothing twice.

Clients create networks and step through them, each request with a key. After each kill -9 the server is started again
with the same data. Every network must be at the version last acknowledged, or at the next if an answer was missing, and
must be, bit for bit, what that many steps make of its document. Then creations and last steps are repeated with their
keys, acknowledged or not: each must have the answer of before, and in the end there must be one network for each
creation.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings
from app.store.sqlite import FILE_NAME
from tests.soak.requests import document
from tests.support.server import running

STEP = {"by": "term", "count": 1}
STEPS = 10  # of each network
PATIENCE = httpx.Timeout(60)


def new_key() -> str:
    """A key for one request."""
    return str(uuid.uuid4())


@dataclass
class Written:
    """A network as its client knows it: the key of the request that created it, its address, once that was answered,
    the newest acknowledged version, and the key of the newest step, which may not have been answered.
    """

    created: str = field(default_factory=new_key)
    address: str = ""
    version: int = 1
    step: str = ""
    unheard: bool = False


@dataclass
class Killed:
    """What was seen in all rounds."""

    rounds: int = 0
    acknowledged: int = 0
    unheard: int = 0
    committed_unheard: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    ready: list[float] = field(default_factory=list)

    def line(self) -> str:
        """What was seen until now."""
        found = f"{len(self.lost)} lost, {len(self.doubled)} doubled, {len(self.wrong)} wrong"
        return f"{self.rounds} kills, {self.acknowledged} acknowledged, {found}, ready after {self.ready[-1]:.1f} s"


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


def kills(
    folder: Path,
    *,
    rounds: int,
    clients: int,
    writes: int,
    before: str = "",
    say: Callable[[str], None] = lambda _: None,
) -> Killed:
    """Run the rounds, each with about so many acknowledged writes, on a server that first runs the statements `before`,
    and say after each what was seen: a long run that is ended from outside has shown something too.
    """
    seen, everything = Killed(), list[Written]()
    app = create_app(Settings(folder / "reference"))
    try:
        reference = Reference(app)
        for _ in range(rounds):
            with running(folder / "killed", before) as server:
                newest = asyncio.run(_load(server.url, clients, writes, server.process.kill, seen))
                server.process.wait()
            everything += newest
            start = time.monotonic()
            with running(folder / "killed", before) as again:
                seen.ready.append(time.monotonic() - start)
                asyncio.run(_compare(again.url, newest, reference, seen))
            seen.rounds += 1
            say(seen.line())
        if rounds > 1:
            with running(folder / "killed", before) as last:
                asyncio.run(_compare(last.url, everything, reference, seen))
        if (there := _count(folder / "killed" / FILE_NAME)) != len(everything):
            seen.doubled.append(f"{len(everything)} networks were created, {there} are there")
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
    """Create networks and step through them until the server is gone."""
    made: list[Written] = []
    try:
        while True:
            made.append(network := Written())
            answer = await _create(http, network)
            network.address = answer.headers["Location"]
            for _ in range(STEPS):
                seen.acknowledged += 1
                if seen.acknowledged >= enough:
                    reached.set()
                network.step, network.unheard = new_key(), True
                answer = await _step(http, network)
                assert answer.status_code == 200, answer.text
                network.version, network.unheard = network.version + 1, False
            seen.acknowledged += 1
    except httpx.TransportError:
        seen.unheard += 1
        return made


async def _create(http: httpx.AsyncClient, network: Written) -> httpx.Response:
    answer = await http.post("/api/networks", json=document(), headers={"Idempotency-Key": network.created})
    assert answer.status_code == 201, answer.text
    return answer


async def _step(http: httpx.AsyncClient, network: Written, before: int = 0) -> httpx.Response:
    """The newest step, which is meant for the version before it, by default the newest acknowledged."""
    headers = {"If-Match": f'"{before or network.version}"', "Idempotency-Key": network.step}
    return await http.post(f"{network.address}/step", json=STEP, headers=headers)


async def _compare(url: str, networks: list[Written], reference: Reference, seen: Killed) -> None:
    """Look at every network after the restart, repeat its first and its last request, and look again."""
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE) as http:
        for network in networks:
            address = (await _create(http, network)).headers["Location"]
            if network.address not in ("", address):
                seen.doubled.append("a creation that is repeated has another address")
            network.address = network.address or address
            there = await _there(http, network, reference, seen)
            if there == network.version + 1 and network.unheard:
                seen.committed_unheard += 1
            elif there != network.version:
                seen.lost.append(f"version {network.version} was acknowledged, {there} is there")
            if network.step and there:
                # An unheard step is meant for the newest acknowledged version, another for the one before.
                repeated = await _step(http, network, network.version - (not network.unheard))
                expected = network.version + network.unheard
                if repeated.status_code != 200 or await _there(http, network, reference, seen) != expected:
                    seen.doubled.append(f"the step to version {expected}, repeated: {repeated.status_code}")
                network.version, network.unheard = expected, False


async def _there(http: httpx.AsyncClient, network: Written, reference: Reference, seen: Killed) -> int:
    """The version of a network, 0 if there is none; it must be what so many steps make."""
    answer = await http.get(network.address)
    if answer.status_code != 200:
        return 0
    version = int(answer.headers["ETag"].strip('"'))
    if _state(answer.json()) != await reference.at(version):
        seen.wrong.append(f"version {version} is not what {version - 1} steps make")
    return version


def _count(file: Path) -> int:
    """The networks in the file, after its server has stopped."""
    connection = sqlite3.connect(file)
    try:
        counted: int = connection.execute("SELECT count(*) FROM networks").fetchone()[0]
    finally:
        connection.close()
    return counted


def _state(answer: dict[str, Any]) -> dict[str, Any]:
    """The network without its addresses, which differ."""
    return {name: value for name, value in answer.items() if name not in ("id", "view")}
