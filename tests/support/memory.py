"""How much memory something takes at its highest."""

import tracemalloc
from collections.abc import Callable


def peak(of: Callable[[], object]) -> int:
    """The most bytes that were allocated at once, numpy's among them, while `of` ran; what it raises goes on."""
    tracemalloc.start()
    try:
        of()
    finally:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return most
