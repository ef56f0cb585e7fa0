"""Functions that the array library itself does not have."""

import math
from math import prod
from typing import TYPE_CHECKING, Any

from tinyml.core.backend import GPU, Array, Backend
from tinyml.core.program import Operation

if GPU and not TYPE_CHECKING:
    from cupyx.scipy.special import erfc as _erfc
else:
    # The C library's own, an entry at a time: exact, where a polynomial of ours would have to be proved.
    _erfc = Backend.frompyfunc(math.erfc, 1, 1)


def erfc(values: Array) -> Array:
    """1 − erf of each entry, 2/√π ∫ₓ^∞ e^(−t²) dt, with the digits that 1 − erf loses far above 0; in the precision of
    the entries.
    """
    result: Any = _erfc(values)
    return Backend.asarray(result, dtype=values.dtype)


def squares(rows: Array) -> Array:
    """The sum of the squares of each row."""
    # numpy's vecdot makes no array of the products; but it conjugates complex numbers, and cupy has none.
    plain = GPU or rows.dtype.kind == "c"
    sums: Array = (rows * rows).sum(axis=-1) if plain else Backend.vecdot(rows, rows)
    return sums


def matrix_product(left: Array, right: Array, result: Array) -> None:
    """Put left × right into `result`, or the products of a stack of matrices each."""
    # Named, because cupy's `matmul`, unlike its ufuncs, takes the place for the result in no other way.
    Backend.matmul(left, right, out=result)


def product(left: Array, right: Array, result: Array) -> Operation:
    """The call that puts left × right into `result`, for two matrices, or for those of each network of a stack with the
    same bits: numpy hands both to the same routine of BLAS, chosen by the shapes of the two. All networks in one matrix
    would take another one.
    """
    # With a matrix of one number `dot` scales the other, and 0 times what is not finite would be 0 instead of NaN.
    if 1 in (prod(left.shape[-2:]), prod(right.shape[-2:])):
        return (Backend.multiply, left, right, result)
    # `dot` with a place for the result is the form that costs least to call.
    return (left.dot, right, result) if result.ndim == 2 else (matrix_product, left, right, result)
