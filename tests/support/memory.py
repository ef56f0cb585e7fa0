"""Measures the peak memory of a call."""

import tracemalloc
from collections.abc import Callable


def peak(of: Callable[[], object]) -> int:
    """The most bytes that were allocated at once while `of` ran, numpy's included; exceptions of `of` propagate."""
    tracemalloc.start()
    try:
        of()
    finally:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return most
