"""The data sets by name, as documents choose them: the toy sets, functions to regress on, and the digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from numpy.random import Generator

from tinyml.core import Array, Backend, generator
from tinyml.data import functions, toys
from tinyml.data.digits import digits

Draw = Callable[[int, Generator, float], tuple[Array, Array]]


@dataclass(frozen=True, slots=True)
class DataSet:
    """A set of samples of the shape `inputs`. Its targets are those of `classes`, as numbers 0 and 1 of one output or,
    of more than two, as the class of each sample; of functions, whose `classes` are 0, they are `outputs` numbers.

    `draw`     makes the samples from a generator; None for the digits, which are always the same.
    `samples`  how many there are if their number is left out, and `most` how many there can be.
    """

    name: str
    inputs: tuple[int, ...]
    classes: int
    draw: Draw | None
    samples: int = 200
    most: int = 10_000

    @property
    def kind(self) -> Literal["classes", "function"]:
        """What its targets are."""
        return "classes" if self.classes else "function"


_CLASSES = ("circle", "xor", "gauss", "spiral", "moons")
SETS: dict[str, DataSet] = {
    one.name: one
    for one in (
        *(DataSet(name, (2,), 2, getattr(toys, name)) for name in _CLASSES),
        DataSet("plane", (2,), 0, toys.plane),
        DataSet("gauss_peaks", (2,), 0, functions.gauss_peaks),
        DataSet("sine", (1,), 0, functions.sine),
        DataSet("parabola", (1,), 0, functions.parabola),
        DataSet("digits", (1, 8, 8), 10, None, 1_797, 1_797),
    )
}


# A set of 10,000 samples takes a quarter of a megabyte.
@lru_cache(maxsize=32)
def draw(name: str, samples: int, noise: float, seed: int) -> tuple[Array, Array]:
    """The inputs and targets of a set, read-only: targets of two classes or of a function as a column of numbers, more
    classes as one whole number a sample. Of the digits the first samples. Raises ImportError for these if scikit-learn
    is missing.
    """
    drawing = SETS[name].draw
    if drawing is None:
        images, labels = digits()
        x, y = images[:samples].copy(), labels[:samples].copy()
    else:
        x, y = drawing(samples, generator(seed), noise)
    x, y = Backend.ascontiguousarray(x), Backend.ascontiguousarray(y)
    for array in (x, y):
        array.flags.writeable = False
    return x, y


__all__ = ["SETS", "DataSet", "draw"]
