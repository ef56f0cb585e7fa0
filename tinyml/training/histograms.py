"""How the numbers of a network are spread: its weights, and what its layers compute from a mini-batch."""

from __future__ import annotations

from math import floor, log10, nan
from typing import NamedTuple

from tinyml.core import Array, Backend, overflow_allowed
from tinyml.flow import root_mean_square
from tinyml.trace import Trace

# About so many bins between the smallest and the largest number, at most.
MOST_BINS = 24
# A bin is at least so many times wider than the distance between two numbers of the largest size.
LEAST_WIDTH = 4 * 2.0**-52


class Histogram(NamedTuple):
    """How many of `size` numbers are in each of some bins of one width, which is 1, 2 or 5 times a power of ten.

    Bin i has the numbers from (`first` + i) · `width` on, up to the next bin. The others describe the finite numbers:
    the lowest and the highest (NaN if there are none), their mean, and the root of the mean of their squares.
    `not_finite` numbers are in no bin.
    """

    size: int
    width: float
    first: int
    counts: tuple[int, ...]
    lowest: float
    highest: float
    mean: float
    root_mean_square: float
    not_finite: int


class TensorHistogram(NamedTuple):
    """The histogram of a tensor of a trace, such as `fc_1.w` or `fc_1.output`, with its layer."""

    layer: str
    tensor: str
    histogram: Histogram


def histograms(recorded: Trace) -> tuple[TensorHistogram, ...]:
    """The parameters and outputs of all layers in a recorded training step, in the order in which they run."""
    found: list[TensorHistogram] = []
    for of in recorded.ordered:
        name = of.layer.name
        tensors = {f"{name}.{letter}": parameter.value for letter, parameter in of.parameters.items()}
        tensors[f"{name}.output"] = of.output
        found += [TensorHistogram(name, tensor, histogram(numbers)) for tensor, numbers in tensors.items()]
    return tuple(found)


def histogram(numbers: Array, most: int = MOST_BINS) -> Histogram:
    """The histogram of all numbers of an array, in at most `most` bins and one more at each end."""
    numbers = Backend.asarray(numbers, dtype=float).ravel()
    finite = numbers[Backend.isfinite(numbers)]
    left = len(numbers) - len(finite)
    if not len(finite):
        return Histogram(len(numbers), 1.0, 0, (), nan, nan, nan, nan, left)
    lowest, highest = float(finite.min()), float(finite.max())
    width = _width(lowest, highest, most)
    first = floor(lowest / width)
    # By the same division, so that the lowest and the highest number are in the first and the last bin.
    places = Backend.floor(finite / width) - float(first)
    counts = Backend.bincount(places.astype(int))
    with overflow_allowed():
        mean = float((finite / len(finite)).sum())
    return Histogram(
        len(numbers),
        width,
        first,
        tuple(counts.tolist()),
        lowest,
        highest,
        min(max(mean, lowest), highest),
        root_mean_square(finite),
        left,
    )


def _width(lowest: float, highest: float, most: int) -> float:
    """The width of the bins. Equal numbers are in a bin of about a tenth of their size."""
    largest = max(abs(lowest), abs(highest))
    least = highest / most - lowest / most if highest > lowest else largest / 10
    least = max(least, largest * LEAST_WIDTH)
    if least < 1e-300:  # all are 0, or hardly differ from it
        return 1.0
    power = floor(log10(least))
    widths = (float(f"{times}e{more}") for more in (power, power + 1) for times in (1, 2, 5))
    return next(width for width in widths if width >= least)


__all__ = ["MOST_BINS", "Histogram", "TensorHistogram", "histogram", "histograms"]
