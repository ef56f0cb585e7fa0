"""Functions that the array library lacks."""

import math
from math import prod
from typing import TYPE_CHECKING, Any

from tinyml.core.backend import GPU, Array, Backend
from tinyml.core.program import Operation

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
    # numpy's vecdot makes no array of the products; but it conjugates complex numbers, and cupy has none.
    plain = GPU or rows.dtype.kind == "c"
    sums: Array = (rows * rows).sum(axis=-1) if plain else Backend.vecdot(rows, rows)
    return sums


def matrix_product(left: Array, right: Array, result: Array) -> None:
    """Compute left × right into `result`, for one pair of matrices or for a stack of pairs."""
    # By keyword: unlike its ufuncs, cupy's `matmul` takes `out` in no other way.
    Backend.matmul(left, right, out=result)


def product(left: Array, right: Array, result: Array) -> Operation:
    """Return the operation that computes left × right into `result`, for one pair of matrices or for each network of a
    stack. Both give the same bits, since numpy calls the same BLAS routine for both, chosen by the shapes of the pair;
    one matrix of all networks would be computed by another routine.
    """
    # For a 1×1 matrix `dot` only scales the other, which makes 0 · ∞ equal 0 instead of NaN.
    if 1 in (prod(left.shape[-2:]), prod(right.shape[-2:])):
        return (Backend.multiply, left, right, result)
    # `dot` with an output array has the least overhead per call.
    return (left.dot, right, result) if result.ndim == 2 else (matrix_product, left, right, result)
