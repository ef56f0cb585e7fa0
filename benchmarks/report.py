"""The measurements in Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.competitor import Reach
from benchmarks.measured import Measured
from benchmarks.memory import Memory
from benchmarks.scaling import Row, Scaling, exponent

# The largest exponent that counts as linear: above 1, because large sizes no longer fit the caches.
LINEAR = 1.1
MEMORY = 2.2

INTRODUCTION = """\
# Benchmarks

The engine's time and memory for typical work of its users, compared with other implementations. This page is written
by `python3 dev.py bench`, never by hand."""

READING = """\
## How to read this

- All numbers are float64 if nothing else is stated, on one thread. Before anything is timed, all competitors do the
  same work from the same start, and their losses, gradients and updated weights must agree to 1e-10.
- The competitors of one workload are measured in turn, each for about 10 ms, over {rounds} rounds, so that other load
  on the machine affects all alike; garbage is not collected meanwhile. A time is processor time, the median over
  the rounds; a ratio is the ratio of two medians. *Middle half* is the range of the ratios of the single rounds,
  without the lowest and the highest quarter: if it is wide, or the run had much less than all of its core, other
  programs were running on the machine. That slows code with many different calls the most, such as PyTorch on tiny
  networks, so the ratio is reliable only on a quiet machine.
- *To reach* is the target that the project has set. *Floor* is the time of a part of the work that every implementation
  must do: matrix products in BLAS into existing arrays, the functions of all values in one call, or a number of
  numpy's cheapest calls. Parts of a floor add up. Each of these products is one call of BLAS. If large products
  take less time in slices, the engine computes them in slices ([engine.md](engine.md#one-training-step-one-result)),
  and a step may come close to its floor.
- *PyTorch* trains as in its tutorials: modules, `backward()` and `torch.optim.SGD` in eager mode. In W1 its step is
  recorded with `retain_grad()`, and the update made on copies; *bare tensors* uses no modules and no optimizer. In
  W5 `torch.autograd.gradcheck` is called with its defaults.
- *Plain numpy* is an implementation in the style of the library from which the project grew (`benchmarks/plain/`):
  samples first, new arrays, windows by index arrays and `np.add.at`, an update for each parameter, whose
  gradient is then set to 0. *Pooling by folding* pools by `reshape(…).max(…)` instead.
- *Numpy by hand* (`benchmarks/sides/by_hand.py`) is the step of W3 written for this one network: the same products
  as the engine's, and everything else in as few calls of numpy as we know, into existing arrays. Its time beyond that
  of its products is the copy of the batch, the update of 109,386 parameters and the functions between the
  products; the engine's overhead is the difference to it.
- *Playground-style JavaScript* (`benchmarks/playground.js`) is a network of node and link objects that iterates over
  the links, sample by sample, run and timed by node.
- Other programs measure requests per second of the service (`benchmarks/trace_requests.py`), steps in the page
  (`benchmarks/page_steps.py` and `benchmarks/page_frames.py`), dragging there (`benchmarks/page_drag.py`), training
  there beside a page that trains an epoch in each frame (`benchmarks/page_trainings.py`), the
  explanation of one number of a large network (`benchmarks/explanations.py`), also by a service that knows its
  document (`benchmarks/known_documents.py`), and finding one step of millions (`benchmarks/steps_located.py`).
"""


def document(facts: dict[str, str], results: list[Measured], scaling: Scaling, rounds: int) -> str:
    """The whole page."""
    machine = table(("measured on", ""), facts.items())
    parts = [INTRODUCTION, machine, work_section(results), scaling_section(scaling), READING.format(rounds=rounds)]
    return "\n\n".join(parts)


def work_section(results: list[Measured]) -> str:
    """Two tables: against the figures to reach, and for information."""
    aims = [row(result, reach, str(reach)) for result in results for reach in result.workload.reaches]
    others = [
        row(result, Reach(competitor.name, 1), "")
        for result in results
        for competitor in result.workload.competitors[1:]
        if competitor.name not in {reach.against for reach in result.workload.reaches}
    ]
    heads = ("work", "tinyml", "against", "its time", "ratio", "middle half")
    parts = ["## Against the figures to reach", table((*heads, "to reach", "reached", "floor"), aims)]
    if others:
        parts += ["## For information", table((*heads, "floor"), [(*cells[:6], cells[8]) for cells in others])]
    return "\n\n".join(parts)


def row(result: Measured, reach: Reach, aim: str) -> tuple[str, ...]:
    """One competitor beside the engine."""
    missing = {c.name: c.missing for c in result.workload.competitors}

    def time(name: str) -> str:
        seconds = result.median(name)
        return f"not measured: {missing[name]}" if seconds is None else duration(seconds)

    ratio, spread = result.ratio(reach), result.middle_half(reach)
    sense = "× faster" if reach.faster else "of its time"
    floors = [f"{floor.name} {time(floor.name)}" for floor in result.workload.floors]
    return (
        f"{result.workload.key} {result.workload.title}",
        time(result.ours),
        reach.against,
        time(reach.against),
        "–" if ratio is None else f"{ratio:.3g} {sense}",
        "–" if spread is None else f"{spread[0]:.3g} … {spread[1]:.3g}",
        aim,
        "–" if ratio is None else "yes" if reach.reached(ratio) else "no",
        " + ".join(floors) or "–",
    )


def scaling_section(scaling: Scaling) -> str:
    """The growth with batch and parameters, and the memory of training."""
    largest = scaling.parameters[-1]
    return "\n\n".join(
        [
            "## Scaling",
            "One SGD step of 784-128-64-10 ReLU with softmax cross entropy, by batch:",
            growth("samples", scaling.batches),
            f"Linear, or less, means an exponent p of at most {LINEAR:g} in size^p. {verdicts(scaling.batches)}",
            "One SGD step of 100-h-h-10 ReLU with softmax cross entropy, batch 32, by parameters:",
            growth("parameters", scaling.parameters),
            verdicts(scaling.parameters),
            f"The largest one, with {largest.size:,} parameters, trains in {duration(largest.seconds)} a step; one "
            f"traced step of it takes {duration(scaling.traced)}.",
            "## Memory of training",
            "The peak of memory in use, measured by `tracemalloc`, relative to the necessary memory: parameters, "
            "activations (the input and every layer's output) and the gradients of both. *Strictly* counts no "
            "gradients of activations.",
            table(
                ("network", "parameters", "activations", "peak", "ratio", "to reach", "reached", "strictly"),
                [
                    memory_row(f"MLP with {largest.size:,} parameters, batch 32", largest.memory),
                    memory_row("the network of W4, batch 64", scaling.images),
                ],
            ),
        ]
    )


def growth(what: str, rows: list[Row]) -> str:
    """A table of sizes."""
    heads = (what, "time a step", f"time per {what[:-1]}", "peak memory", f"memory per {what[:-1]}")
    return table(
        heads,
        [
            (
                f"{row.size:,}",
                duration(row.seconds),
                duration(row.seconds / row.size),
                amount(row.memory.peak),
                amount(row.memory.peak / row.size),
            )
            for row in rows
        ],
    )


def verdicts(rows: list[Row]) -> str:
    """Whether the upper half of the sizes grows linearly; below it the fixed costs count."""
    first, last = rows[len(rows) // 2], rows[-1]
    orders = []
    for what, a, b in (
        ("time", first.seconds, last.seconds),
        ("memory", float(first.memory.peak), float(last.memory.peak)),
    ):
        p = exponent((first.size, a), (last.size, b))
        orders.append(f"{what} p = {p:.2f} ({'linear' if p <= LINEAR else 'more than linear'})")
    return f"From {first.size:,} to {last.size:,}: {', '.join(orders)}."


def memory_row(name: str, memory: Memory) -> tuple[str, ...]:
    """One network's memory."""
    return (
        name,
        *(amount(size) for size in (memory.parameters, memory.activations, memory.peak)),
        f"{memory.ratio:.2f}",
        f"≤ {MEMORY}",
        "yes" if memory.ratio <= MEMORY else "no",
        f"{memory.strict_ratio:.2f}",
    )


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of cells."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def duration(seconds: float) -> str:
    """Three digits and a unit."""
    return scaled(seconds, (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6), ("ns", 1e-9)))


def amount(size: float) -> str:
    """Bytes, with three digits and a unit."""
    return scaled(size, (("MB", 1e6), ("kB", 1e3), ("B", 1.0)))


def scaled(value: float, units: tuple[tuple[str, float], ...]) -> str:
    """In the largest unit of which there is at least one."""
    name, size = next((unit for unit in units if value >= unit[1]), units[-1])
    number = value / size
    return f"{number:,.0f} {name}" if number >= 100 else f"{number:.3g} {name}"
