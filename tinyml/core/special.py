"""Functions that the array library lacks."""

import math
from typing import TYPE_CHECKING, Any

from tinyml.core.backend import GPU, Array, Backend

if GPU and not TYPE_CHECKING:
    from cupyx.scipy.special import erfc as _erfc
else:
    # The C library's functions, one entry at a time: they are exact, and a polynomial here would need a proof.
    _erfc = Backend.frompyfunc(math.erfc, 1, 1)


def erfc(values: Array) -> Array:
    """Return 1 − erf = 2/√π ∫ₓ^∞ e^(−t²) dt of each entry, in the entries' precision, without the cancellation of
    1 − erf far above 0.
    """
    result: Any = _erfc(values)
    return Backend.asarray(result, dtype=values.dtype)


def squares(rows: Array) -> Array:
    """Return the sum of squares of each row."""
    # numpy's vecdot needs no array for the products; but it conjugates complex numbers, and cupy does not have it.
    plain = GPU or rows.dtype.kind == "c"
    sums: Array = (rows * rows).sum(axis=-1) if plain else Backend.vecdot(rows, rows)
    return sums
