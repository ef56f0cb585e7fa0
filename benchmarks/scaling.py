"""How the engine's time and memory grow with the batch and with the parameters."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from math import log
from pathlib import Path
from statistics import median

from benchmarks.memory import ROWS, Memory
from benchmarks.sides import engine
from benchmarks.timing import clocked, interleaved
from tinyml.optims import SGDOptimizer
from tinyml.trace import trace

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Row:
    """One size: how many samples or parameters, seconds for a training step, and its memory."""

    size: int
    seconds: float
    memory: Memory


@dataclass(frozen=True, slots=True)
class Scaling:
    """Rows by batch and by parameters, smallest first; the largest network's traced step; the images' memory."""

    batches: list[Row]
    parameters: list[Row]
    traced: float
    images: Memory


def scaling(rounds: int, seconds: float) -> Scaling:
    """Measure the times in turn, and each memory in a separate process."""
    batches, widths = _rows("batch", rounds, seconds), _rows("width", rounds, seconds)
    largest = ROWS["width"].task(ROWS["width"].sizes[-1])
    model, loss, optimizer = engine.build(largest), engine.LOSSES[largest.loss], SGDOptimizer(largest.lr)
    timed = {"trace": clocked(lambda: trace(model, loss, optimizer, largest.x, largest.y))}
    traced = median(interleaved(timed, rounds, seconds)["trace"])
    return Scaling(batches, widths, traced, measured_memory("images", ROWS["images"].sizes[0]))


def _rows(name: str, rounds: int, seconds: float) -> list[Row]:
    kind = ROWS[name]
    timed = {str(size): clocked(engine.trainer(kind.task(size)).run) for size in kind.sizes}
    samples = interleaved(timed, rounds, seconds)
    rows = []
    for size in kind.sizes:
        memory = measured_memory(name, size)
        count = size if name == "batch" else memory.parameters // 8
        rows.append(Row(count, median(samples[str(size)]), memory))
    return rows


def measured_memory(name: str, size: int) -> Memory:
    """The memory of training at one size, measured in a new process, so that nothing else is counted."""
    command = [sys.executable, "-m", "benchmarks.memory", name, str(size)]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return Memory(**json.loads(answer))


def exponent(first: tuple[float, float], last: tuple[float, float]) -> float:
    """p in value ∝ sizeᵖ between two (size, value) pairs: 1 for linear growth, less if the cost per unit falls."""
    return log(last[1] / first[1]) / log(last[0] / first[0])
