"""The array library that the engine computes with: numpy, or cupy where `TNN_GPU=1` asks for it."""

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
            "TNN_GPU=1 asks for cupy, which is not installed; install it (pip install cupy) or unset TNN_GPU."
        ) from error
else:
    import numpy as Backend

# An array of whichever library Backend is; real-valued, float64 unless the caller chose otherwise.
Array = NDArray[Any]


def overflow_allowed() -> AbstractContextManager[None]:
    """A diverged network is worth looking at: within this, ∞ and NaN are numbers like any other, without a warning
    each.
    """
    # A GPU warns of nothing, and cupy has no errstate.
    return nullcontext() if GPU else Backend.errstate(over="ignore", invalid="ignore", divide="ignore")


__all__ = ["GPU", "Array", "Backend", "overflow_allowed"]
