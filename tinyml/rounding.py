"""Zeros by rounding: sums that are 0 by hand, and in float64 what rounding left of it, such as −2.8e-17."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from tinyml.core import Array, Backend, overflow_allowed
from tinyml.layers.unrolled import TermSizes
from tinyml.trace import LayerTrace, Trace

# So many are told at the most.
MOST = 1_000
# Only numbers below this are looked at: what rounding leaves is larger only of terms beyond a million.
TINY = 1e-9
# Up to so many numbers of an array are looked at one by one: Python is done before numpy has begun.
FEW = 32


def rounding_zeros(recorded: Trace) -> dict[str, list[str]]:
    """By the name of their quantity, such as `fc_1.output`, the refs of numbers that are not 0, but no larger than
    what rounding can leave of a sum that is: terms · ε · Σ|term|, with ε the spacing of float64 at 1.
    """
    found: dict[str, list[str]] = {}
    with overflow_allowed():
        for name, at in islice(_all(recorded), MOST):
            found.setdefault(name, []).append(f"{name}[{','.join(map(str, at))}]")
    return found


def _all(recorded: Trace) -> Iterator[tuple[str, tuple[int, ...]]]:
    before = "x"
    for layer in recorded.layers:
        name = layer.layer.name
        yield from _of(layer, "output", f"{name}.output", layer.output)
        yield from _of(layer, "input_gradient", f"{before}.grad", layer.input_gradient)
        for parameter, kept in layer.parameters.items():
            yield from _of(layer, parameter, f"{name}.{parameter}.grad", kept.gradient)
        before = f"{name}.output"
    if _has_tiny(recorded.loss.gradient):
        # Losses of differences: what is compared, and its target.
        compared = recorded.output if recorded.loss.p is None else recorded.loss.p
        sizes = TermSizes(abs(compared) + abs(recorded.y), 2)
        yield from _below(f"{before}.grad", compared - recorded.y, sizes)


def _of(layer: LayerTrace, of: str, name: str, array: Array) -> Iterator[tuple[str, tuple[int, ...]]]:
    if not _has_tiny(array):
        return
    parameters = {word: kept.value for word, kept in layer.parameters.items()}
    sizes = layer.layer.term_sizes(of, layer.input, layer.output_gradient, parameters)
    if sizes is not None:
        yield from _below(name, array, sizes)


def _below(name: str, array: Array, sizes: TermSizes) -> Iterator[tuple[str, tuple[int, ...]]]:
    bound = sizes.terms * float(Backend.finfo(array.dtype).eps) * sizes.sizes
    for at in Backend.argwhere((array != 0) & (abs(array) <= bound)).tolist():
        yield name, tuple(at)


def _has_tiny(array: Array) -> bool:
    if array.size <= FEW:
        return any(0 < abs(number) < TINY for number in array.ravel().tolist())
    sizes = abs(array)
    return bool(((sizes > 0) & (sizes < TINY)).any())
