"""Where a request's work is done: here and now if it is quick, in a thread if it would keep others waiting."""

from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool

from app.documents import Experiment

# Numbers of a network up to which a training step and its answer take about 2 ms; a thread costs a tenth of that, too
# much for the small networks that most requests bring.
QUICK = 5_000

Result = TypeVar("Result")


async def work_out(experiment: Experiment, work: Callable[[], Result]) -> Result:
    """Do some work on an experiment, wherever it disturbs the least."""
    return work() if experiment.size <= QUICK else await run_in_threadpool(work)
