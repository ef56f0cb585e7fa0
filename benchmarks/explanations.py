"""How long an explanation of one number takes, given the recorded step, in each notation: `python -m
benchmarks.explanations`.
"""

import sys
from statistics import median
from time import process_time
from typing import NamedTuple

from benchmarks.steps_located import recorded
from tinyml.explain import explain
from tinyml.explain.explanation import Notation
from tinyml.trace import Trace

NOTATIONS: tuple[Notation, ...] = ("scalar", "chain", "matrix", "paths")
REFS = (
    "fc_1.output[3,5]",
    "relu_1.output[0,1]",
    "fc_2.output[3,5]",
    "loss",
    "fc_2.output.grad[1,2]",
    "fc_2.w.grad[5,3]",
    "relu_1.output.grad[0,1]",
    "fc_1.output.grad[0,1]",
    "fc_1.w.grad[3,5]",
    "fc_1.b.grad[5]",
    "fc_1.one.grad[0]",
    "x.grad[0,7]",
    "y.grad[0,3]",
    "fc_1.w.next[3,5]",
)
ROUNDS = 100
# The limit for each of them, in milliseconds.
REACH = 2.0


class Taken(NamedTuple):
    """Milliseconds: the median, and the fastest, which is the time on an otherwise idle machine."""

    median: float
    fastest: float


def measured(step: Trace) -> dict[tuple[str, Notation], Taken]:
    """Measure all explanations in each of many rounds, so that other load on the machine affects all alike."""
    taken: dict[tuple[str, Notation], list[float]] = {
        (ref, notation): [] for ref in REFS for notation in explain(step, ref).notations
    }
    for _ in range(ROUNDS):
        for (ref, notation), times in taken.items():
            begun = process_time()
            explain(step, ref, notation)
            times.append(process_time() - begun)
    return {notation: Taken(median(times) * 1e3, min(times) * 1e3) for notation, times in taken.items()}


def main() -> int:
    """Print a row for each number, "–" if it has no separate form in a notation; fail if one takes too long."""
    found = measured(recorded())
    print(f"milliseconds of the processor's time for one explanation, to take {REACH:g} on a quiet machine:")
    print("the median, and in brackets the fastest")
    print(f"{'':>24}" + "".join(f"{notation:>14}" for notation in NOTATIONS))
    for ref in REFS:
        print(f"{ref:>24}" + "".join(f"{cell(found.get((ref, notation))):>14}" for notation in NOTATIONS))
    return int(max(taken.median for taken in found.values()) > REACH)


def cell(taken: Taken | None) -> str:
    return "–" if taken is None else f"{taken.median:.2f} ({taken.fastest:.2f})"


if __name__ == "__main__":
    sys.exit(main())
