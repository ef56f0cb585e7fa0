"""What a receipt is made of: lines, each the sum of its terms, each the product of its factors, each of them named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import fsum
from typing import NamedTuple

Shape = tuple[int, ...]


class Number(NamedTuple):
    """A factor that no ref names: a number with its meaning, such as 0.5 with "½", or tanh(z) of a named z.

    `size` is that of the numbers it is the small difference of, as 1 for 1 − h²: it has their rounding.
    """

    meaning: str
    value: float
    size: float = 0.0


Factor = str | Number  # a ref, whose number stands in an earlier line or in the document, or a number by itself
Term = tuple[Factor, ...]

MINUS = Number("−1", -1.0)
HALF = Number("½", 0.5)


class Line(NamedTuple):
    """One number of a training step: which one, by what law, and the terms that add up to it.

    `otherwise` are terms that would be as right, where chance decided. `looks` counts numbers that were compared to
    find out which terms are due, such as those that are not the largest. `exact` allows no rounding: the number is
    taken over as it is.
    """

    ref: str
    law: str
    terms: Sequence[Term]
    otherwise: Sequence[Term] | None = None
    looks: int = 0
    exact: bool = False

    @property
    def work(self) -> int:
        """How many numbers it takes to check the line."""
        return sum(map(len, self.terms)) + self.looks


class Sum(NamedTuple):
    """What terms add up to; `size` is what they would if none of them cancelled another."""

    value: float
    size: float
    products: list[float]


def add_up(terms: Sequence[Term], values: Mapping[str, float]) -> Sum:
    """The terms' sum, rounded once. Raises OverflowError or ValueError where it leaves the range of float64."""
    products, size = [], 0.0
    for term in terms:
        result = scale = 1.0
        for factor in term:
            value, least = (values[factor], 0.0) if isinstance(factor, str) else (factor.value, factor.size)
            result *= value
            scale *= max(abs(value), least)
        products.append(result)
        size += scale
    return Sum(fsum(products), size, products)


def named(owner: str, at: Sequence[int | str]) -> str:
    """The ref of an entry, such as fc_1.w[0,1]."""
    return f"{owner}[{','.join(map(str, at))}]"


def places(*sizes: int) -> product[tuple[int, ...]]:
    """Every index of an array, the last axis running fastest."""
    return product(*map(range, sizes))
