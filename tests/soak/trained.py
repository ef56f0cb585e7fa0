"""Many trainings at once, each followed by a reader: no frame is late, and small requests hardly wait."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx

from tests.app.conftest import example
from tests.soak.latencies import Latencies
from tests.soak.processes import family
from tests.soak.requests import document
from tests.support.server import Server

PATIENCE = httpx.Timeout(60)
# Until all trainings run and all readers read.
SETTLING = 3.0


@dataclass
class Trained:
    """For each reader when its frames came; small traces without trainings and beside them; the most memory that all
    processes of the server had; steps taken, and in how many seconds.
    """

    frames: list[list[float]] = field(default_factory=list)
    quiet: Latencies = field(default_factory=Latencies)
    beside: Latencies = field(default_factory=Latencies)
    memory: int = 0
    steps: int = 0
    seconds: float = 0.0
    rate: float = 5.0

    @property
    def delivered(self) -> float:
        """The share of the frames that came, of those that should have."""
        expected = self.rate * self.seconds * len(self.frames)
        return sum(map(len, self.frames)) / expected

    def gap(self, share: float) -> float:
        """Within how many seconds the next frame came, for this share of all frames."""
        gaps = sorted(after - before for times in self.frames for before, after in pairwise(times))
        return gaps[min(len(gaps) - 1, int(share * len(gaps)))]


def trained(server: Server, *, trainings: int, seconds: float, rate: float = 5.0) -> Trained:
    """Run so many trainings of the playground's size, follow each, and send small traces meanwhile."""
    return asyncio.run(_trained(server, trainings, seconds, rate))


async def _trained(server: Server, trainings: int, seconds: float, rate: float) -> Trained:
    seen = Trained(rate=rate)
    limits = httpx.Limits(max_connections=trainings + 8)
    async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE, limits=limits) as client:
        await _small(client, seen.quiet, min(seconds, 5.0))
        networks = [
            (await client.post("/api/networks", json=example("xor") | {"seed": seed})).json()["id"]
            for seed in range(trainings)
        ]
        begun = [
            await client.post(f"/api/networks/{network}/trainings", json={"until": {"steps": 100_000_000}})
            for network in networks
        ]
        places = [answer.headers["Location"] for answer in begun]
        start = time.monotonic() + SETTLING
        readers = [asyncio.create_task(_frames(server, place, rate, start, seconds)) for place in places]
        await asyncio.sleep(SETTLING)
        before = await _steps(client, places)
        await _small(client, seen.beside, seconds, lambda: _note_memory(server, seen))
        seen.steps = await _steps(client, places) - before
        seen.frames = await asyncio.gather(*readers)
        seen.seconds = seconds
        for place in places:
            await client.delete(place)
    return seen


async def _frames(server: Server, place: str, rate: float, start: float, seconds: float) -> list[float]:
    """When frames came between `start` and so many seconds later. It reads without an HTTP library: a hundred readers
    with one take more of the processors than the server does.
    """
    times: list[float] = []
    reader, writer = await asyncio.open_connection("127.0.0.1", int(server.url.rpartition(":")[2]), limit=2**20)
    writer.write(f"GET {place}/events?rate={rate} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    begun, rest = b"\nevent: frame\n", b""
    while time.monotonic() < start + seconds and (read := await reader.read(2**16)):
        rest += read
        if (now := time.monotonic()) >= start:
            times += [now] * rest.count(begun)
        rest = rest[-len(begun) + 1 :]  # no whole one, so that none counts twice
    writer.close()
    return [at for at in times if at < start + seconds]


async def _small(client: httpx.AsyncClient, into: Latencies, seconds: float, also: Any = lambda: None) -> None:
    small = document("chapter")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await into.request(client, "POST", "/api/trace", json=small)
        also()
        await asyncio.sleep(0.05)


async def _steps(client: httpx.AsyncClient, places: list[str]) -> int:
    answers = [(await client.get(place)).json() for place in places]
    return sum(answer["step"] for answer in answers)


def _note_memory(server: Server, seen: Trained) -> None:
    """The proportional memory of all processes: what several share counts once."""
    total = 0
    for number in family(server.process.pid):
        try:
            text = Path(f"/proc/{number}/smaps_rollup").read_text("ascii")
        except OSError:
            continue
        total += 1024 * sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    seen.memory = max(seen.memory, total)
