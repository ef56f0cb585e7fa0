"""The memory of training: `python -m benchmarks.memory batch 64` prints that of one size as JSON."""

from __future__ import annotations

import json
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import asdict, dataclass
from math import prod
from typing import NamedTuple

from benchmarks.sides import engine
from benchmarks.task import Task, dense, images

STEPS = 3


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes: of all parameters; of the input and every layer's output; the peak during training.

    Each of these values has a gradient of the same size.
    """

    parameters: int
    activations: int
    peak: int

    @property
    def ratio(self) -> float:
        """The peak over parameters, activations, and the gradients of both."""
        return self.peak / (2 * self.parameters + 2 * self.activations)

    @property
    def strict_ratio(self) -> float:
        """The same with the gradients of the parameters alone, as if no activation needed one."""
        return self.peak / (2 * self.parameters + self.activations)


class Kind(NamedTuple):
    """A family of tasks by size, and the measured sizes."""

    task: Callable[[int], Task]
    sizes: tuple[int, ...]


def by_batch(batch: int) -> Task:
    """The W3 network on a batch of this size."""
    return dense((784, 128, 64, 10), "relu", last=False, loss="cross_entropy", batch=batch, lr=1e-4)


def by_width(width: int) -> Task:
    """Two hidden layers of this width."""
    return dense((100, width, width, 10), "relu", last=False, loss="cross_entropy", batch=32, lr=1e-4)


ROWS: dict[str, Kind] = {
    "batch": Kind(by_batch, tuple(4**i for i in range(7))),
    "width": Kind(by_width, (10, 40, 140, 500, 1700)),
    "images": Kind(lambda batch: images(relu=False, batch=batch, lr=1e-4), (64,)),
}


def measured(kind: Kind, size: int) -> Memory:
    """Train a few steps, and return the peak memory in use; numpy reports all its arrays."""
    engine.trainer(kind.task(kind.sizes[0])).run()  # imports of the first step do not count
    task = kind.task(size)
    tracemalloc.start()
    trainer = engine.trainer(task)
    parameters, _ = tracemalloc.get_traced_memory()
    for _ in range(STEPS):
        trainer.run()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    exact = sum(parameter.tensor.nbytes for parameter in engine.build(task).parameters)
    assert parameters >= exact, "tracemalloc does not see numpy's arrays"
    # The input existed before: it is an activation too.
    return Memory(exact, _activations(task), peak + task.x.nbytes)


def _activations(task: Task) -> int:
    """Bytes of the input and of every layer's output; Flatten allocates nothing."""
    shapes = engine.build(task).shapes(task.x.shape[1:])
    kept = [
        shapes[0],
        *(shape for layer, shape in zip(task.layers, shapes[1:], strict=True) if layer.kind != "flatten"),
    ]
    return len(task.x) * task.x.itemsize * sum(map(prod, kept))


if __name__ == "__main__":
    print(json.dumps(asdict(measured(ROWS[sys.argv[1]], int(sys.argv[2])))))
