"""Matrix products as calls of BLAS, large ones in slices if that is faster."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

from tinyml.core.backend import GPU, Array, Backend
from tinyml.core.program import Operation, Program

# OpenBLAS rearranges both factors before it multiplies, unless there are at most this many multiplications.
SMALL = 10**6
# If the right factor is transposed, the result must not have more entries than this either.
SMALL_RESULT = 1200
# The allowed numbers of rows of a slice: multiples of the register block. Smaller slices take longer.
HEIGHTS = (16, 8)


def multiplies_small_ones_directly(built: Mapping[str, Any], environment: Mapping[str, str]) -> bool:
    """Return whether BLAS has separate code for small products, which is up to a third faster: OpenBLAS has it for
    processors with AVX-512. `built` is numpy's description of its build. False for any other or unknown build, for
    which slices would be slower, and for several threads, which share a large product but not a small one.
    """
    blas = built.get("Build Dependencies", {}).get("blas", {}).get("name", "")
    instructions = built.get("SIMD Extensions", {})
    threads = environment.get("OPENBLAS_NUM_THREADS", environment.get("OMP_NUM_THREADS"))
    return (
        "openblas" in blas.lower()
        and "X86_V4" in (*instructions.get("baseline", ()), *instructions.get("found", ()))
        and threads == "1"
    )


SLICED = not GPU and multiplies_small_ones_directly(Backend.show_config(mode="dicts"), os.environ)


def product(left: Array, right: Array, result: Array) -> Program:
    """Return the operations that compute left × right into `result`, for one pair of matrices or for each network of a
    stack. Both give the same bits, since numpy calls the same BLAS routine for both, chosen by the shapes of the pair;
    one matrix of all networks would be computed by another routine.
    """
    # For a 1×1 matrix `dot` only scales the other, which makes 0 · ∞ equal 0 instead of NaN.
    if 1 in (prod(left.shape[-2:]), prod(right.shape[-2:])):
        return [(Backend.multiply, left, right, result)]
    return [_call(left[..., rows, :], right, result[..., rows, :]) for rows in slices(left, right)]


def slices(left: Array, right: Array) -> Iterator[slice]:
    """Yield the rows of the left factor that are multiplied at a time: all, or as many as give a small product."""
    count, (inner, columns) = left.shape[-2], right.shape[-2:]
    height = count
    if SLICED and count * inner * columns > SMALL and _in_rows(left):
        most = SMALL_RESULT if not _in_rows(right) else SMALL
        fitting = (rows for rows in HEIGHTS if rows * inner * columns <= SMALL and rows * columns <= most)
        height = next(fitting, count)
    return (slice(start, start + height) for start in range(0, count, height))


def _in_rows(matrix: Array) -> bool:
    return matrix.strides[-1] == matrix.itemsize


def _call(left: Array, right: Array, result: Array) -> Operation:
    # `dot` with an output array has the least overhead per call, and requires a contiguous array. A factor that is part
    # of a larger matrix it copies first, while `matmul` lets BLAS read it where it is. With a single row or column the
    # two call different routines of BLAS: there it is `dot` for every layout.
    single = 1 in (*left.shape[-2:], right.shape[-1])
    as_dot = result.ndim == 2 and result.flags.c_contiguous and (single or (left.flags.forc and right.flags.forc))
    return (left.dot, right, result) if as_dot else (_matmul, left, right, result)


def _matmul(left: Array, right: Array, result: Array) -> None:
    # By keyword: unlike its ufuncs, cupy's `matmul` accepts `out` only as a keyword.
    Backend.matmul(left, right, out=result)


__all__ = ["product"]
