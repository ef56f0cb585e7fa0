"""Check that all competitors compute the same, measure them in turn, and print or write the results."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from benchmarks.agreement import check
from benchmarks.competitor import Workload
from benchmarks.machine import facts, spent
from benchmarks.measured import Measured
from benchmarks.report import document, scaling_section, work_section
from benchmarks.scaling import Scaling, scaling
from benchmarks.sides import pytorch
from benchmarks.timing import Timed, clocked, interleaved, stopwatch
from benchmarks.workloads import WORKLOADS

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
SCALING = "scaling"
MISSING = (
    "PyTorch is missing, which the engine is measured against; bring it with: "
    f".venv/bin/python -m pip install torch=={pytorch.VERSION}"
)


class Pace(NamedTuple):
    """How many rounds there are, and about how long each measurement takes."""

    rounds: int
    seconds: float


FULL = Pace(60, 0.010)
QUICK = Pace(5, 0.005)
# With a smaller share of a core, other programs have displaced the caches too often.
QUIET = 0.9


def main(words: list[str]) -> int:
    """Run `python -m benchmarks` with these arguments."""
    options = parse(words)
    if not pytorch.INSTALLED:
        sys.stderr.write(f"benchmarks: {MISSING}\n")
        return 1
    pace = QUICK if options.quick else FULL
    busy, began = spent()
    chosen = options.only or [*WORKLOADS, SCALING]
    results = [measure(workload, pace) for name in chosen if name in WORKLOADS for workload in workloads(name)]
    scaling = grow(pace) if SCALING in chosen else None
    if options.quick or options.only:
        parts = [*([work_section(results)] if results else []), *([scaling_section(scaling)] if scaling else [])]
        print("\n" + "\n\n".join(parts))
    elif scaling:
        used, now = spent()
        share = (used - busy) / (now - began)
        if share < QUIET:
            print(
                f"benchmarks: the machine was busy, the run had {share:.0%} of its core; run it again when it is quiet"
            )
        DOCUMENT.write_text(document(facts(share), results, scaling, pace.rounds), "utf-8")
        print(f"benchmarks: written to docs/{DOCUMENT.name}")
    return 0


def parse(words: list[str]) -> argparse.Namespace:
    """The command's arguments."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=[*WORKLOADS, SCALING], help="only these; printed, not written")
    parser.add_argument("--quick", action="store_true", help="few rounds; printed, not written")
    return parser.parse_args(words)


def workloads(name: str) -> list[Workload]:
    """All workloads with one key of DESIGN §6."""
    return [workload for make in WORKLOADS[name] for workload in make()]


def measure(workload: Workload, pace: Pace) -> Measured:
    """Times of all competitors and floors, after a check that the competitors compute the same."""
    print(f"benchmarks: {workload.key}, {workload.title}", flush=True)
    check(workload)
    with ExitStack() as running:
        timed: dict[str, Timed] = {}
        for competitor in workload.competitors:
            if competitor.make is not None:
                runner = competitor.make()
                running.callback(runner.close)
                timed[competitor.name] = stopwatch(runner)
        timed |= {floor.name: clocked(floor.run) for floor in workload.floors}
        samples = interleaved(timed, pace.rounds, pace.seconds)
    return Measured(workload, {name: [s / workload.per for s in times] for name, times in samples.items()})


def grow(pace: Pace) -> Scaling:
    """The growth of time and memory."""
    print("benchmarks: scaling in batch and parameters", flush=True)
    return scaling(max(5, pace.rounds // 4), pace.seconds)
