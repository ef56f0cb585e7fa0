"""Times that can be compared on a noisy machine: all competitors in turn, over many rounds, then medians."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import repeat
from time import process_time

from benchmarks.competitor import Runner

# Returns the seconds that this many runs took.
Timed = Callable[[int], float]


def stopwatch(runner: Runner) -> Timed:
    """The runner's clock, or the one here around its runs."""
    return runner.timed or clocked(runner.run)


def clocked(run: Callable[[], object]) -> Timed:
    """Measure repeated calls of a function in processor time: the measured code computes and never waits, so that on an
    idle machine this is clock time, and on a busy one other programs do not count.
    """

    def timed(times: int) -> float:
        start = process_time()
        for _ in repeat(None, times):
            run()
        return process_time() - start

    return timed


def interleaved(timed: dict[str, Timed], rounds: int, seconds: float) -> dict[str, list[float]]:
    """Seconds per run of each competitor, once every round. One sample lasts about `seconds`, so that the clock's
    resolution and cost do not matter; the order rotates from round to round, so that none always follows the same one.
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
    """How many runs make one sample, determined by running, which also fills the caches."""
    timed(1)  # the first call imports and allocates
    times = 1
    while (took := timed(times)) < seconds / 2:
        times *= 2
    return max(1, round(times * seconds / took))


@contextmanager
def no_collection() -> Iterator[None]:
    """Collect garbage now, and not while measuring."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
