"""The long form of the proofs: `python3 dev.py soak`. It prints a row for each and ends with 1 if a claim fails."""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx

from tests.soak.arrivals import Class, arrivals
from tests.soak.away import away
from tests.soak.durable import durable
from tests.soak.heavy import abandoned, short_beside_long, small_beside_heavy
from tests.soak.kills import kills
from tests.soak.mixed import mixed
from tests.soak.mutated import mutated
from tests.soak.slow import slow
from tests.soak.trained import trained
from tests.soak.writers import writers
from tests.support.engines import PostgresEngine, SqliteEngine
from tests.support.server import ROOT, running

# One row: what was measured, the figure, and whether the claim about it holds.
Row = tuple[str, str, bool]


def killed(folder: Path, share: float) -> Iterator[Row]:
    """kill -9 under 64 clients: nothing lost, nothing twice, ready within 3 seconds"""
    seen = kills(folder, rounds=max(1, round(100 * share)), clients=64, writes=300, say=so_far)
    what = f"{seen.rounds} kills, {seen.acknowledged} acknowledged writes, {seen.unheard} without an answer"
    yield f"{what}: lost", f"{len(seen.lost)}", not seen.lost
    yield f"{what}: doubled", f"{len(seen.doubled)}", not seen.doubled
    yield f"{what}: not what the steps make", f"{len(seen.wrong)}", not seen.wrong
    yield "the longest start after a kill", f"{max(seen.ready):.1f} s", max(seen.ready) <= 3


def in_class(folder: Path, share: float) -> Iterator[Row]:
    """a class of 300 behind one address: no 429 or 5xx, p99 at most 3 times that of a tenth of the rate"""
    with running(folder) as server:
        yield from class_at(server.url, max(10, round(300 * share)))


def in_class_together(folder: Path, share: float) -> Iterator[Row]:
    """the same class at a server of a process for each processor, which docs/scaling.md advises for a class"""
    with running(folder, options=["--workers", f"{os.cpu_count()}"]) as server:
        yield from class_at(server.url, max(10, round(300 * share)))


def guests(folder: Path, share: float) -> Iterator[Row]:
    """the same class of guests with a class code: no 429 or 5xx, p99 at most 3 times that of a tenth of the rate"""
    options = ["class-code", "--learners", "330", "--hours", "1", "--data", str(folder)]
    command = [sys.executable, "-c", "from app.cli import main; main()", *options]
    with running(folder, options=["--guest"]) as server:
        made = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
        yield from class_at(server.url, max(10, round(300 * share)), made.split()[1])


def class_at(url: str, size: int, code: str = "") -> Iterator[Row]:
    """The rows of a class of this size, after a tenth of it."""
    few = arrivals(url, Class(learners=size // 10, arriving=20, lasting=30, code=code))
    all_ = arrivals(url, Class(learners=size, arriving=20, lasting=30, code=code))
    yield f"{size} learners, {sum(all_.statuses.values())} requests: refused", f"{all_.refused()}", not all_.refused()
    times = f"{1000 * few.percentile(0.99):.0f} and {1000 * all_.percentile(0.99):.0f} ms"
    yield f"p99 of a tenth and of all, {times}: ratio", *ratio(all_.percentile(0.99), few.percentile(0.99), 3)


def for_long(folder: Path, share: float) -> Iterator[Row]:
    """30 minutes of mixed requests from 24 clients: memory grows by at most 1 MB a minute, no 503"""
    with running(folder) as server:
        seen = mixed(server, clients=24, seconds=1800 * share)
    count = f"{sum(seen.latencies.statuses.values())} requests in {30 * share:.1f} minutes"
    yield f"{count}: refused", f"{seen.latencies.refused()}", not seen.latencies.refused()
    yield f"{count}: memory a minute", f"{seen.slope() / 1e6:+.2f} MB", seen.slope() <= 1e6


def hostile(folder: Path, share: float) -> Iterator[Row]:
    """100,000 mutated requests: no answer is a failure of the service, each is strict JSON"""

    async def through(url: str) -> Iterator[Row]:
        async with httpx.AsyncClient(base_url=url, timeout=60) as http:

            async def send(method: str, path: str, content: bytes) -> httpx.Response:
                return await http.request(method, path, content=content, headers={"Content-Type": "application/json"})

            count = round(100_000 * share)
            examples = ("chapter", "softmax-classifier", "convolution", "sequence", "xor")
            seen = await mutated(send, count=count, examples=examples, seed=round(time.time()))
        for failed in seen.failed[:20]:
            print(failed, file=sys.stderr)
        return iter([(f"{count} mutations {dict(seen.statuses)}: failures", f"{len(seen.failed)}", not seen.failed)])

    with running(folder) as server:
        yield from asyncio.run(through(server.url))


def stepped(folder: Path, share: float) -> Iterator[Row]:
    """durable steps of stored networks: at most 1.5 ms of processor time each, 500 a second with p99 at most 50 ms"""
    with running(folder) as server:
        seen = durable(server, rate=500, seconds=max(2, 20 * share))
    yield "processor time of a durable step", f"{1000 * seen.cpu:.2f} ms", seen.cpu <= 1.5e-3
    yield "durable steps a second", f"{seen.rate:.0f}", seen.rate >= 490
    p99 = seen.latencies.percentile(0.99)
    yield "p99 of a durable step", f"{1000 * p99:.0f} ms", p99 <= 0.050


def beside_heavy(folder: Path, share: float) -> Iterator[Row]:
    """heavy requests of 8 clients: the p99 of a small trace at most 2 times that of a quiet server"""
    with running(folder) as server:
        seen = small_beside_heavy(server, clients=8, seconds=max(5, 30 * share))
    alone, beside = seen.alone.percentile(0.99), seen.beside.percentile(0.99)
    failed = seen.beside.refused()
    yield f"{sum(seen.beside.statuses.values())} small traces: refused", f"{failed}", not failed
    times = f"{1000 * alone:.1f} and {1000 * beside:.1f} ms"
    yield (
        f"p99 alone and beside {sum(seen.heavy.statuses.values())} heavy ones, {times}: ratio",
        *ratio(beside, alone, 2),
    )


def beside_long(folder: Path, share: float) -> Iterator[Row]:
    """trainings of 5 s of 8 clients: the p99 of a trace of 50 ms at most 3 times that of a quiet server"""
    with running(folder) as server:
        seen = short_beside_long(server, clients=8, seconds=max(10, 30 * share))
    alone, beside = seen.alone.percentile(0.99), seen.beside.percentile(0.99)
    failed = seen.beside.refused()
    yield f"{sum(seen.beside.statuses.values())} traces: refused", f"{failed}", not failed
    times = f"{1000 * alone:.0f} and {1000 * beside:.0f} ms"
    count = sum(seen.heavy.statuses.values())
    yield f"p99 alone and beside {count} long ones, {times}: ratio", *ratio(beside, alone, 3)


def hung_up(folder: Path, share: float) -> Iterator[Row]:
    """48 heavy requests that hang up: the server is idle within 2 seconds, the page answers within 100 ms meanwhile"""
    with running(folder) as server:
        seen = abandoned(server, clients=max(8, round(48 * share)))
    yield "seconds until idle", f"{seen.idle}", seen.idle is not None and seen.idle <= 2
    yield "p99 of the page", f"{1000 * seen.page.percentile(0.99):.0f} ms", seen.page.percentile(0.99) <= 0.1


def slowly(folder: Path, share: float) -> Iterator[Row]:
    """261 slow and never-reading clients: disconnected within 30 s, at most 50 MB more, others' p99 at most 2 times"""
    with running(folder) as server:
        seen = slow(server, clients=max(20, round(261 * share)), seconds=max(10, 30 * share))
    quiet, beside = seen.quiet.percentile(0.99), seen.beside.percentile(0.99)
    yield "seconds until all are disconnected", f"{seen.cut_off}", seen.cut_off is not None and seen.cut_off <= 30
    yield "more memory at most", f"{seen.grown / 1e6:+.0f} MB", seen.grown <= 50e6
    yield f"p99 alone and beside, {1000 * quiet:.1f} and {1000 * beside:.1f} ms: ratio", *ratio(beside, quiet, 2)


def in_training(folder: Path, share: float) -> Iterator[Row]:
    """100 trainings at 5 frames a second: 99.5 % of the frames, p99 of their distance 300 ms, 300 MB"""
    with running(folder) as server:
        seen = trained(server, trainings=max(10, round(100 * share)), seconds=max(5, 30 * share))
    rate = seen.steps / seen.seconds
    what = f"{len(seen.frames)} trainings, {rate:,.0f} steps a second together"
    yield f"{what}: frames delivered", f"{100 * seen.delivered:.2f} %", seen.delivered >= 0.995
    yield "p99 of the time between two frames", f"{1000 * seen.gap(0.99):.0f} ms", seen.gap(0.99) <= 0.3
    yield "memory of all processes", f"{seen.memory / 1e6:.0f} MB", seen.memory <= 300e6
    quiet, beside = seen.quiet.percentile(0.99), seen.beside.percentile(0.99)
    times = f"{1000 * quiet:.1f} and {1000 * beside:.1f} ms"
    yield f"p99 of a small trace without and beside them, {times}: ratio", *ratio(beside, quiet, 2)


def so_far(line: str) -> None:
    """Print what a long proof has seen until now."""
    print(line, file=sys.stderr, flush=True)


def ratio(value: float, by: float, most: float) -> tuple[str, bool]:
    """How many times one time is another, and whether that is allowed."""
    return f"{value / by:.1f}", value / by <= most


def written(folder: Path, share: float) -> Iterator[Row]:
    """20 writers in two processes, 10,000 changes of the same networks in each database: none lost, no gap"""
    for engine in (SqliteEngine(folder / "sqlite"), PostgresEngine(folder)):
        where, start = engine.settings(), time.monotonic()
        seen = writers(where.data, where.database, writers=20, operations=max(100, round(10_000 * share)))
        rate = (seen.changes + seen.stale) / (time.monotonic() - start)
        name = "SQLite" if where.database is None else "PostgreSQL"
        what = f"{name}: {seen.changes} changes, {seen.stale} refused, {seen.again} sent again"
        yield f"{what}, {rate:.0f} a second: wrong", f"{len(seen.wrong)}", not seen.wrong


def gone(folder: Path, share: float) -> Iterator[Row]:
    """PostgreSQL away for 30 s, halted and stopped: 503 within 1.5 s, stateless calls fine, then as before"""
    for how in ("frozen", "stopped"):
        seen = away(folder / how, how=how, seconds=max(5, 30 * share))
        what = f"{how}: {sum(seen.stored.statuses.values())} requests of stored networks {dict(seen.stored.statuses)}"
        yield f"{what}: other than storage_away", f"{seen.keys}", seen.keys <= {"storage_away"}
        yield f"{how}: answered as if it were there", f"{seen.stored.statuses[200]}", not seen.stored.statuses[200]
        longest = max(seen.stored.seconds)
        yield f"{how}: the longest of these", f"{longest:.2f} s", longest <= 1.5
        others = seen.stateless
        yield f"{how}: {sum(others.statuses.values())} others: refused", f"{others.refused()}", not others.refused()
        yield f"{how}: p99 of the others", f"{1000 * others.percentile(0.99):.0f} ms", others.percentile(0.99) <= 1
        back = seen.recovered
        yield f"{how}: seconds until changes are answered again", f"{back}", back is not None
        yield f"{how}: not as acknowledged", f"{len(seen.wrong)}", not seen.wrong


PROOFS: dict[str, Callable[[Path, float], Iterator[Row]]] = {
    "kills": killed,
    "class": in_class,
    "workers": in_class_together,
    "guests": guests,
    "mixed": for_long,
    "mutations": hostile,
    "steps": stepped,
    "writers": written,
    "away": gone,
    "heavy": beside_heavy,
    "long": beside_long,
    "abandoned": hung_up,
    "slow": slowly,
    "trainings": in_training,
}


def main() -> int:
    """Run the chosen proofs one after the other."""
    parser = argparse.ArgumentParser(prog="dev.py soak", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=list(PROOFS), default=list(PROOFS), help="these proofs")
    parser.add_argument("--share", type=float, default=1.0, help="how much of each, such as 0.1 (1)")
    options = parser.parse_args()
    failed = False
    for name in options.only:
        print(f"{name}: {PROOFS[name].__doc__}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            for what, figure, holds in PROOFS[name](Path(folder), options.share):
                print(f"  {'holds' if holds else 'FAILS'}  {what}: {figure}", flush=True)
                failed |= not holds
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
