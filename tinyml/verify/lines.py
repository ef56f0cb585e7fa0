"""What a receipt is made of: lines, each the sum of its terms, each the product of its factors, each of them named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import fsum, inf
from typing import NamedTuple

Shape = tuple[int, ...]


class Number(NamedTuple):
    """A factor that no ref names: a number with its meaning, such as 0.5 with "½", or tanh(z) of a named z.

    `size` is that of the numbers it is the small difference of, as 1 for 1 − h²: it has their rounding.
    """

    meaning: str
    value: float
    size: float = 0.0


Factor = str | Number  # a ref to a number of an earlier line or of the document, or a plain number
Term = tuple[Factor, ...]

MINUS = Number("−1", -1.0)
HALF = Number("½", 0.5)


class Line(NamedTuple):
    """One number of a training step: which one, by what law, and the terms that add up to it.

    `otherwise` are terms that would be as right, where chance decided. `looks` counts numbers that were compared to
    find out which terms are due, such as those that are not the largest. `slack` is what the value may differ by beside
    the rounding of the terms: that of a factor which is a sum itself and may have been added up again for the value.
    `exact` allows no rounding: the number is taken over as it is.
    """

    ref: str
    law: str
    terms: Sequence[Term]
    otherwise: Sequence[Term] | None = None
    looks: int = 0
    exact: bool = False
    slack: float = 0.0

    @property
    def work(self) -> int:
        """How many numbers it takes to check the line."""
        return sum(map(len, self.terms)) + self.looks


# How far apart two roundings of a number can be: as a share of it, and where it is too small to have all digits.
ROUNDING = 2.0**-52
SMALLEST = 2.0**-1074
# Roundings that a term has beside those of the sum: of its factors, and of the functions in them.
OF_A_TERM = 4


class Sum(NamedTuple):
    """What terms add up to; `size` is what they would if none of them cancelled another, and `lost` the most that
    products below the range of float64 can have lost.
    """

    value: float
    size: float
    products: list[float]
    lost: float = 0.0

    @property
    def rounding(self) -> float:
        """How far the sum can lie beside the number that was made of the same terms in another order."""
        return (len(self.products) + OF_A_TERM) * (ROUNDING * self.size + self.lost)


def add_up(terms: Sequence[Term], values: Mapping[str, float]) -> Sum:
    """The terms' sum, rounded once. Raises OverflowError or ValueError where it leaves the range of float64."""
    products, size, lost = [], 0.0, 0.0
    for term in terms:
        result = scale = most = 1.0
        for factor in term:
            value, least = (values[factor], 0.0) if isinstance(factor, str) else (factor.value, factor.size)
            result *= value
            scale *= max(abs(value), least)
            most *= max(abs(value), 1.0)
        products.append(result)
        size += scale
        if most < inf:  # else the products themselves can leave the range, and have not
            lost += SMALLEST * most
    return Sum(fsum(products), size, products, lost)


def named(owner: str, at: Sequence[int | str]) -> str:
    """The ref of an entry, such as fc_1.w[0,1]."""
    return f"{owner}[{','.join(map(str, at))}]"


def places(*sizes: int) -> product[tuple[int, ...]]:
    """Every index of an array, the last axis running fastest."""
    return product(*map(range, sizes))
