"""The work that every implementation must do: the matrix products, in BLAS alone, and the calls of numpy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.competitor import Array, Floor


class Product(NamedTuple):
    """(rows × inner) · (inner × columns); a `t` in `transposed` for a factor that is stored the other way round."""

    rows: int
    inner: int
    columns: int
    transposed: str = "nn"


def linear(batch: int, inputs: int, outputs: int, *, first: bool = False) -> list[Product]:
    """The products of a fully connected layer's step; the first one needs no input gradient."""
    forward, weights = Product(batch, inputs, outputs, "nt"), Product(outputs, batch, inputs, "tn")
    return [forward, weights] if first else [forward, weights, Product(batch, outputs, inputs)]


def convolution(windows: int, depth: int, filters: int, *, first: bool = False) -> list[Product]:
    """The products of a convolution's step: each of the filters over all windows, which are `depth` numbers each."""
    forward, weights = Product(filters, depth, windows), Product(filters, windows, depth, "nt")
    return [forward, weights] if first else [forward, weights, Product(depth, filters, windows, "tn")]


def products(sizes: Sequence[Product], dtype: str = "float64", times: int = 1) -> Floor:
    """These products and nothing else, repeated `times`, into existing arrays."""
    rng = np.random.default_rng(0)

    def factor(shape: tuple[int, int], transposed: bool) -> Array:
        drawn = rng.uniform(-1, 1, shape[::-1] if transposed else shape).astype(dtype)
        return drawn.T if transposed else drawn

    # Products of one size share their arrays, which are therefore cached: a floor is a lower bound.
    made: dict[Product, tuple[Callable[..., object], Array, Array]] = {}
    for size in sizes:
        left = factor((size.rows, size.inner), size.transposed[0] == "t")
        right = factor((size.inner, size.columns), size.transposed[1] == "t")
        made[size] = left.dot, right, np.empty((size.rows, size.columns), dtype)
    work = [made[size] for size in sizes]

    def run() -> None:
        for _ in range(times):
            for dot, right, out in work:
                dot(right, out)

    return Floor(f"the {len(work)} products alone", run)


def calls(count: int, size: int, times: int = 1) -> Floor:
    """This many of numpy's cheapest calls on a few numbers, repeated `times`: the cost is that of the calls."""
    one, other, out = np.ones(size), np.ones(size), np.empty(size)
    add = np.add

    def run() -> None:
        for _ in range(count * times):
            add(one, other, out)

    return Floor(f"{count} calls of numpy", run)


def tanhs(count: int) -> Floor:
    """This many hyperbolic tangents in one call."""
    values, out = np.random.default_rng(0).uniform(-1, 1, count), np.empty(count)
    return Floor(f"{count:,} tanh", lambda: np.tanh(values, out))
