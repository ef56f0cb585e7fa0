"""The measurements in Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.competitor import Reach
from benchmarks.measured import Measured
from benchmarks.memory import Memory
from benchmarks.scaling import Row, Scaling, exponent

# Time or memory may grow by so much more than the size and still count as linear: caches end somewhere.
LINEAR = 1.1
MEMORY = 2.2

INTRODUCTION = """\
# Benchmarks

What the engine takes for the work of its users, beside what others take. Written by `python3 dev.py bench`, never by
hand."""

READING = """\
## How to read this

- All numbers are float64 where nothing else is said, on one thread. Before anything is timed, all competitors do the
  same work from the same start, and their losses, gradients and updated weights must agree to 1e-10.
- The competitors of one work are measured in turn, each for about 10 ms, over {rounds} rounds, so that whatever else
  the machine does hits all alike; garbage is not collected meanwhile. A time is the processor's, and the median over
  the rounds; a ratio is the ratio of two medians. *Middle half* says between what the ratios of the single rounds
  lie, without the lowest and the highest quarter: where that is wide, or the run had not nearly all of its core,
  others were at work on the machine. What calls the most different code, as PyTorch does on tiny networks, suffers
  most from that, so that only a quiet machine tells the ratio.
- *To reach* is what the project has set itself. *Floor* is a part of the work alone that every implementation has to
  do: matrix products in BLAS into arrays that are there already, the functions of all values in one call, or so many
  of numpy's cheapest calls. Parts of a floor add up. Each of these products is one call of BLAS. Where large products
  take less time in slices, the engine computes them so ([engine.md](engine.md#one-training-step-one-result)), and a
  step may come close to its floor.
- *PyTorch* trains as its tutorials do: modules, `backward()` and `torch.optim.SGD` in eager mode. In W1 its step is
  recorded with `retain_grad()`, and the update made on copies; *bare tensors* does without modules and optimizer. In
  W5 `torch.autograd.gradcheck` is called with its defaults.
- *Plain numpy* is an implementation in the manner of the library that the project grew from (`benchmarks/plain/`):
  samples first, fresh arrays, windows by index arrays and `np.add.at`, an update for each parameter, whose
  gradient is then set back to 0. *Pooling by
  folding* pools by `reshape(…).max(…)` instead.
- *Numpy by hand* (`benchmarks/sides/by_hand.py`) is the step of W3 written out for this one network: the same products
  as the engine's, and all else in as few calls of numpy as we know, into arrays that are there already. What it takes
  more than its products is the copy of the batch, the update of 109,386 parameters and the functions between the
  products; the engine's own share is the difference to it.
- *Playground-style JavaScript* (`benchmarks/playground.js`) is a network of node and link objects that walks from
  link to link, sample by sample, run and timed by node.
- Requests a second of the service are another measurement, `benchmarks/trace_requests.py`, and so are steps in the
  page, `benchmarks/page_steps.py` and `benchmarks/page_frames.py`, dragging there, `benchmarks/page_drag.py`, how soon
  one number of a large network is explained, `benchmarks/explanations.py`, and how soon by a service that knows its
  document, `benchmarks/known_documents.py`, and how soon one step of millions is found, `benchmarks/steps_located.py`.
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
    """One competitor beside ours."""
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
    """Growth with batch and parameters, and the memory of training."""
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
            "The most that was in use at a time, as `tracemalloc` sees it, over what there has to be: parameters, "
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
