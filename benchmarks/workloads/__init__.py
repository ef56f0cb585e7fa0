"""The workloads of DESIGN §6, one file each."""

from collections.abc import Callable

from benchmarks.competitor import Workload
from benchmarks.workloads import train, w1_trace, w2_stacked, w2_tiny, w3_dense, w4_images, w5_check, w6_surface

WORKLOADS: dict[str, tuple[Callable[[], list[Workload]], ...]] = {
    "W1": (w1_trace.workloads,),
    "W2": (w2_tiny.workloads, w2_stacked.workloads),
    "W3": (w3_dense.workloads,),
    "W4": (w4_images.workloads,),
    "W5": (w5_check.workloads,),
    "W6": (w6_surface.workloads,),
    train.KEY: (train.workloads,),
}

__all__ = ["WORKLOADS"]
