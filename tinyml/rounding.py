"""Rounding zeros: sums that are exactly 0 on paper but a rounding error such as −2.8e-17 in float64."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from math import prod
from typing import Any, NamedTuple

from tinyml.core import Array, Backend, overflow_allowed
from tinyml.layers import AvgPool2D, Layer, Linear
from tinyml.layers.conv_base import Convolution
from tinyml.trace import LayerTrace, Trace

# The default maximum number of refs.
MOST = 10_000
# If all terms are products of numbers below 1, rounding errors are below this, and larger numbers need no check.
# Larger factors scale the bound.
TINY = 1e-9
# Arrays up to this size are checked entry by entry, which is faster in Python than in numpy.
FEW = 32

Found = Iterator[tuple[str, tuple[int, ...]]]
Parameters = Mapping[str, Array]


class TermSizes(NamedTuple):
    """Σ|term| of each sum, and the largest number of terms of any of them."""

    sizes: Array
    terms: int


def rounding_zeros(recorded: Trace, sample: int | None = None, most: int = MOST) -> dict[str, list[str]]:
    """Return the refs of rounding zeros by the name of their tensor, such as `fc_1.output`: numbers that are not 0, but
    no larger than the rounding error of a sum that is, terms · ε · Σ|term|, where ε is the spacing of float64 at 1. If
    `sample` is given, tensors with a row for each sample are checked for this sample only.
    """
    found: dict[str, list[str]] = {}
    rows = slice(None) if sample is None else slice(sample, sample + 1)
    with overflow_allowed():
        for name, at in islice(_all(recorded, rows), most):
            found.setdefault(name, []).append(f"{name}[{','.join(map(str, at))}]")
    return found


def _all(recorded: Trace, rows: slice) -> Found:
    first = rows.start or 0
    for place in recorded.topology.order:
        layer, (source,) = recorded.layers[place], recorded.inputs(place)
        name = layer.layer.name
        tiny = _tiny(layer)
        for of, called, array in (
            ("output", f"{name}.output", layer.output),
            ("input_gradient", f"{source}.grad", layer.input_gradient),
        ):
            yield from _from(first, _of(layer, of, called, array, tiny, rows))
        for parameter, kept in layer.parameters.items():
            # Their terms are summed over all samples.
            yield from _of(layer, parameter, f"{name}.{parameter}.grad", kept.gradient, tiny)
    if not recorded.loss.loss.of_errors:
        return
    # Losses of differences: the output and its target.
    compared = (recorded.output if recorded.loss.p is None else recorded.loss.p)[rows]
    targets = recorded.targets[rows]
    if _has_below(recorded.loss.gradient[rows], TINY * max(1.0, _largest(targets))):
        sizes = TermSizes(abs(compared) + abs(targets), 2)
        yield from _from(first, _below(f"{recorded.last.layer.name}.output.grad", compared - targets, sizes))


def _of(layer: LayerTrace, of: str, name: str, array: Array, tiny: float, rows: slice = slice(None)) -> Found:
    if rows != slice(None):
        array = array[rows]
    if not _has_below(array, tiny):
        return
    parameters = {word: kept.value for word, kept in layer.parameters.items()}
    sizes = term_sizes(layer.layer, of, layer.input[rows], layer.output_gradient[rows], parameters)
    if sizes is not None:
        yield from _below(name, array, sizes)


def _below(name: str, array: Array, sizes: TermSizes) -> Found:
    bound = sizes.terms * float(Backend.finfo(array.dtype).eps) * sizes.sizes
    for at in Backend.argwhere((array != 0) & (abs(array) <= bound)).tolist():
        yield name, tuple(at)


def _from(first: int, found: Found) -> Found:
    """Return the indices of rows, counted from `first`."""
    for name, (row, *others) in found:
        yield name, (row + first, *others)


def _tiny(layer: LayerTrace) -> float:
    """Return an upper bound on the rounding errors of the layer."""
    factors = [layer.input, layer.output_gradient, *(kept.value for kept in layer.parameters.values())]
    largest = max(map(_largest, factors))
    return TINY * largest * largest if 1.0 < largest < math.inf else TINY


def _largest(array: Array) -> float:
    if array.size <= FEW:
        return max(map(abs, array.ravel().tolist()), default=0.0)
    return max(float(array.max()), -float(array.min()))


def _has_below(array: Array, tiny: float) -> bool:
    if array.size <= FEW:
        return any(0 < abs(number) < tiny for number in array.ravel().tolist())
    sizes = abs(array)
    return bool(((sizes > 0) & (sizes < tiny)).any())


def term_sizes(layer: Layer, of: str, x: Array, upstream: Array, parameters: Parameters) -> TermSizes | None:
    """Return Σ|term| for each number of `output`, `input_gradient` or a parameter's gradient. `upstream` is ∂ℓ/∂output,
    `x` the input. None if the layer has no such sums.
    """
    found = next((TERM_SIZES[kind] for kind in type(layer).__mro__ if kind in TERM_SIZES), None)
    return None if found is None else found(layer, of, abs(x), abs(upstream), parameters)


def _of_linear(layer: Linear, of: str, x: Array, upstream: Array, parameters: Parameters) -> TermSizes:
    w = abs(parameters["w"])
    if of == "output":
        return TermSizes(x @ w + abs(parameters["b"]) if layer.biased else x @ w, layer.input_dim + layer.biased)
    if of == "input_gradient":
        return TermSizes(upstream @ w.T, layer.output_dim)
    return TermSizes(upstream.sum(axis=0) if of == "b" else x.T @ upstream, len(x))


def _of_convolution(layer: Convolution, of: str, x: Array, upstream: Array, parameters: Parameters) -> TermSizes:
    where = layer.unrolled(x.shape[1:], upstream.shape[1:])
    sizes, axes = abs(parameters["w"]), len(layer.windows.size)
    at, within = "rs"[-axes:], "ij"[-axes:]
    w = f"cf{within}" if layer.paints else f"fc{within}"
    taps = prod(layer.windows.size)
    if of == "b":
        return TermSizes(upstream.sum(axis=(0, *range(2, upstream.ndim))), upstream[:, 0].size)
    if of == "input_gradient":
        spread = where["input_gradient"].of(upstream)
        added_up = Backend.einsum(f"nf{at}{within},{w}->nc{at}", spread, sizes, optimize=True)
        return TermSizes(added_up, taps * upstream.shape[1])
    spread = where["output"].of(x)
    if of == "w":
        added_up = Backend.einsum(f"nc{at}{within},nf{at}->{w}", spread, upstream, optimize=True)
        return TermSizes(added_up, upstream[:, 0].size)
    added_up = Backend.einsum(f"nc{at}{within},{w}->nf{at}", spread, sizes, optimize=True)
    if layer.biased:
        added_up = added_up + abs(parameters["b"]).reshape(-1, *[1] * axes)
    return TermSizes(added_up, taps * x.shape[1] + layer.biased)


def _of_mean(layer: AvgPool2D, of: str, x: Array, upstream: Array, _: Parameters) -> TermSizes:
    area = layer.windows.height * layer.windows.width
    spread = layer.unrolled(x.shape[1:], upstream.shape[1:])[of].of(x if of == "output" else upstream)
    return TermSizes(spread.sum(axis=(-2, -1)) / area, area)


TERM_SIZES: dict[type[Layer], Callable[[Any, str, Array, Array, Parameters], TermSizes]] = {
    Linear: _of_linear,
    Convolution: _of_convolution,
    AvgPool2D: _of_mean,
}
