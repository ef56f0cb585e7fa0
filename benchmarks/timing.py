"""Times that can be compared on a noisy machine: all competitors in turn, over many rounds, then medians."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import repeat
from time import process_time

from benchmarks.competitor import Runner

# Seconds that so many runs took.
Timed = Callable[[int], float]


def stopwatch(runner: Runner) -> Timed:
    """The runner's own clock, or ours around it."""
    return runner.timed or clocked(runner.run)


def clocked(run: Callable[[], object]) -> Timed:
    """Time a function that is called so many times, by the processor's time: all who are measured compute and never
    wait, so on an idle machine it is the clock's, and on a busy one the others' share does not count.
    """

    def timed(times: int) -> float:
        start = process_time()
        for _ in repeat(None, times):
            run()
        return process_time() - start

    return timed


def interleaved(timed: dict[str, Timed], rounds: int, seconds: float) -> dict[str, list[float]]:
    """Seconds a run of each, once every round. One sample lasts about `seconds`, so that the clock's grain and its
    own cost do not count; who begins changes from round to round, so that no one always follows the same one.
    """
    names = list(timed)
    samples: dict[str, list[float]] = {name: [] for name in names}
    with no_collection():
        times = {name: _warmed_up(timed[name], seconds) for name in names}
        for number in range(rounds):
            turn = number % len(names)
            for name in names[turn:] + names[:turn]:
                samples[name].append(timed[name](times[name]) / times[name])
    return samples


def _warmed_up(timed: Timed, seconds: float) -> int:
    """How many runs make one sample, found by running: which also fills the caches."""
    timed(1)  # the first call imports and allocates
    times = 1
    while (took := timed(times)) < seconds / 2:
        times *= 2
    return max(1, round(times * seconds / took))


@contextmanager
def no_collection() -> Iterator[None]:
    """Collect now, and not while measuring."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
