"""Lines of receipts: each line is a sum of terms, each term a product of factors, and each factor is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import fsum, inf
from typing import NamedTuple

Shape = tuple[int, ...]


class Number(NamedTuple):
    """A factor that no ref names: a number with its meaning, such as 0.5 with "½", or tanh(z) of a named z.

    `size` is the magnitude of the numbers whose small difference it is, such as 1 for 1 − h²: it has their rounding
    error.
    """

    meaning: str
    value: float
    size: float = 0.0


Factor = str | Number  # a ref of a number in an earlier line or in the document, or a plain number
Term = tuple[Factor, ...]

MINUS = Number("−1", -1.0)
HALF = Number("½", 0.5)


class Line(NamedTuple):
    """One number of a training step: its ref, its law, and the terms whose sum it is.

    `otherwise` are terms that are equally correct, if the result depends on a random draw. `looks` counts the numbers
    that were compared to determine the terms, such as those that are not the maximum. `slack` is the allowed
    difference of the value in addition to the rounding of the terms: that of a factor which is itself a sum, and which
    may have been computed again for the value. `exact` allows no rounding: the number is copied unchanged.
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
        """The number of values that are read to check the line."""
        return sum(map(len, self.terms)) + self.looks


# The largest difference of two roundings of a number: relative, and absolute for numbers too small for all digits.
ROUNDING = 2.0**-52
SMALLEST = 2.0**-1074
# Roundings of a term in addition to those of the sum: of its factors, and of the functions in them.
OF_A_TERM = 4


class Sum(NamedTuple):
    """The sum of terms; `size` is their sum without any cancellation, and `lost` a bound for what products have lost by
    underflow.
    """

    value: float
    size: float
    products: list[float]
    lost: float = 0.0

    @property
    def rounding(self) -> float:
        """The largest difference between the sum and the same terms added in another order."""
        return (len(self.products) + OF_A_TERM) * (ROUNDING * self.size + self.lost)


def add_up(terms: Sequence[Term], values: Mapping[str, float]) -> Sum:
    """Return the sum of the terms, rounded once. Raises OverflowError or ValueError if float64 cannot represent it."""
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
        if most < inf:  # otherwise the products themselves could overflow, but have not
            lost += SMALLEST * most
    return Sum(fsum(products), size, products, lost)


def named(owner: str, at: Sequence[int | str]) -> str:
    """Return the ref of an entry, such as fc_1.w[0,1]."""
    return f"{owner}[{','.join(map(str, at))}]"


def places(*sizes: int) -> product[tuple[int, ...]]:
    """Return every index of an array, in row-major order."""
    return product(*map(range, sizes))
