"""Decides where a request's work is done: at once if it is quick, in a thread if it would delay other requests."""

from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool

# Numbers of a network up to which a training step and its answer take about 2 ms; a thread costs a tenth of that, too
# much for the small networks of most requests.
QUICK = 5_000
# The additional cost up to which a gradient check is about as quick.
QUICK_CHECK = 30_000_000

Result = TypeVar("Result")


async def work_out(size: int, work: Callable[[], Result]) -> Result:
    """Run work on a network with this many numbers, at once or in a thread."""
    return await _work_out(size <= QUICK, work)


async def work_out_check(size: int, cost: int, work: Callable[[], Result]) -> Result:
    """The same for a gradient check, which runs the network many times."""
    return await _work_out(size <= QUICK and cost <= QUICK_CHECK, work)


async def work_out_explanation(size: int, long: bool, work: Callable[[], Result]) -> Result:
    """The same for an explanation; a `long` one, of many terms or paths, can cost far more than a pass."""
    return await _work_out(size <= QUICK and not long, work)


async def _work_out(quick: bool, work: Callable[[], Result]) -> Result:
    return work() if quick else await run_in_threadpool(work)
