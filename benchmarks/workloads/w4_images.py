"""W4: a network for images, with convolutions and pooling."""

from __future__ import annotations

from benchmarks.competitor import Reach, Workload
from benchmarks.floors import convolution, linear, products
from benchmarks.sides import chapter, engine, pytorch
from benchmarks.task import images

BATCH = 64
# How many images at a time, convolved forward and back, fit the cache: the products are fastest in such parts.
PART = 16


def workloads() -> list[Workload]:
    """As DESIGN names the layers, and with a ReLU after each convolution for information."""
    return [
        _workload("conv8-pool-conv16-pool-linear10", relu=False),
        _workload("conv8-ReLU-pool-conv16-ReLU-pool-linear10", relu=True),
    ]


def _workload(name: str, *, relu: bool) -> Workload:
    task = images(relu=relu, batch=BATCH, lr=0.01)
    part = [*convolution(PART * 28 * 28, 9, 8, first=True), *convolution(PART * 14 * 14, 8 * 9, 16)]
    sizes = [*part * (BATCH // PART), *linear(BATCH, 16 * 7 * 7, 10)]
    return Workload(
        "W4",
        f"{name} on 28×28, softmax cross entropy, batch {BATCH}: one SGD step",
        (
            engine.training(task),
            *pytorch.training(task),
            chapter.training(task),
            chapter.training(task, "plain numpy, pooling by folding", folded=True),
        ),
        () if relu else (Reach(pytorch.NAME, 0.70, faster=False), Reach(chapter.NAME, 6)),
        (products(sizes),),
    )
