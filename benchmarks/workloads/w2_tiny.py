"""W2: optimizer steps of a tiny network, where every call counts."""

from __future__ import annotations

from benchmarks.competitor import Competitor, Reach, Runner, Workload
from benchmarks.floors import Product, calls, products
from benchmarks.sides import chapter, engine, pytorch
from benchmarks.task import Task, dense

# How many steps are taken on the batch at a time.
STEPS = 10
# In addition to the 8 products of a step, the fewest elementwise calls: 3 tanh forward; the error, its sum of squares
# and its share; 3 derivatives of 3 calls each; and 2 to update all parameters at once.
ELEMENTWISE = 3 + 3 + 3 * 3 + 2


def start(seed: int = 0) -> Task:
    """The network and its data; a small learning rate keeps it almost unchanged while it is measured."""
    return dense((2, 4, 2, 1), "tanh", last=True, loss="mean_squared", batch=10, lr=0.01, seed=seed)


def workloads() -> list[Workload]:
    """One network, trained on one batch."""
    task = start()
    sizes = ((2, 4), (4, 2), (2, 1))
    shapes = [Product(o, i + 1, 10) for i, o in sizes] + [Product(o, 10, i + 1, "nt") for i, o in sizes]
    return [
        Workload(
            "W2",
            f"2-4-2-1 tanh, batch 10, SGD: one optimizer step of {STEPS} on the batch",
            (engine.training(task, STEPS), *map(_repeated, (*pytorch.training(task), chapter.training(task)))),
            (Reach(pytorch.NAME, 28), Reach(chapter.NAME, 5)),
            (
                products([*shapes, Product(4, 2, 10, "tn"), Product(2, 1, 10, "tn")], times=STEPS),
                calls(ELEMENTWISE, 40, times=STEPS),
            ),
            per=STEPS,
        )
    ]


def _repeated(competitor: Competitor) -> Competitor:
    """Several steps at a time, on arrays that are allocated once."""
    if competitor.make is None:
        return competitor
    make = competitor.make

    def many() -> Runner:
        runner = make()

        def run() -> None:
            for _ in range(STEPS):
                runner.run()

        return Runner(run, runner.numbers, close=runner.close)

    return Competitor(competitor.name, many)
