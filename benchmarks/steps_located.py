"""How long it takes to find one of millions of steps of a network, and to describe it: `python -m
benchmarks.steps_located`.
"""

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from tinyml.layers import Linear, ReLu
from tinyml.losses import softmax_cross_entropy
from tinyml.narrate import narrate
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.steps import count, locate, ref_of, steps_done, total
from tinyml.steps.grains import Grain
from tinyml.trace import Trace, trace

GRAINS: tuple[Grain, ...] = ("pass", "layer", "node", "term")
ROUNDS = 200
# The limit for finding a step in the middle of the network, in microseconds.
REACH = 100


def recorded() -> Trace:
    """A training step of a 784-128-10 network on 64 samples."""
    rng = np.random.default_rng(0)
    layers = [Linear("fc_1", 784, 128, rng=rng), ReLu("relu_1"), Linear("fc_2", 128, 10, rng=rng)]
    x, y = rng.normal(size=(64, 784)), rng.integers(0, 10, 64)
    return trace(Sequential(layers), softmax_cross_entropy, SGDOptimizer(0.1), x, y)


def microseconds(work: Callable[[], object]) -> float:
    """The median over many calls."""
    taken = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return median(taken) * 1e6


def main() -> int:
    """Print a row for each grain; fail if finding a step takes longer than the limit."""
    step = recorded()
    plan, slowest = step.stages, 0.0
    print(f"{total(plan):,} terms; microseconds for the step in the middle, to be found in {REACH}")
    for by in GRAINS:
        number, cursor = count(plan, by) // 2, total(plan) // 2

        def find(by: Grain = by, number: int = number) -> object:
            place = locate(plan, by, number)
            if place.node is None:
                return place
            results, entry, _ = place.stage.part(place.term or 0)
            return ref_of(results, place.node, entry, 0)

        found = microseconds(find)
        back = microseconds(lambda by=by, cursor=cursor: steps_done(plan, by, cursor))  # type: ignore[misc]
        narrated = microseconds(lambda by=by, number=number: narrate(step, by, number))  # type: ignore[misc]
        slowest = max(slowest, found, back)
        print(
            f"{by:>6}: {count(plan, by):>9,} steps, found {found:6.1f}, from its cursor {back:6.1f}, "
            f"narrated {narrated:8.1f}"
        )
    return int(slowest > REACH)


if __name__ == "__main__":
    sys.exit(main())
