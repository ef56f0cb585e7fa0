"""The array library of the engine: numpy, or cupy if the environment sets `TNN_GPU=1`."""

import os
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

GPU = os.environ.get("TNN_GPU") == "1"

if TYPE_CHECKING:
    import numpy as Backend
elif GPU:
    try:
        import cupy as Backend
    except ImportError as error:
        raise ImportError(
            "TNN_GPU=1 requires cupy, which is not installed; install it (pip install cupy) or unset TNN_GPU."
        ) from error
else:
    import numpy as Backend

# An array of the library in `Backend`; real-valued, float64 unless the caller chose another dtype.
Array = NDArray[Any]


def overflow_allowed() -> AbstractContextManager[None]:
    """Return a context in which ∞ and NaN raise no warnings, so that a diverged network can be inspected."""
    # cupy neither warns nor has errstate.
    return nullcontext() if GPU else Backend.errstate(over="ignore", invalid="ignore", divide="ignore")


__all__ = ["GPU", "Array", "Backend", "overflow_allowed"]
