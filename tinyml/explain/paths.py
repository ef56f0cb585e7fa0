"""A gradient as the sum over all paths from its number to the loss: each the product of the derivatives on its way.

The paths are never listed: they are counted and added up from the loss backward, unit by unit, and the largest are
found by always following the most promising one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import accumulate, count
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from tinyml.core import LimitError
from tinyml.explain.family import Family
from tinyml.explain.notations import below_symbol, source_of
from tinyml.expression import PARTIAL, Expression, Folded, Marked, derivative, product, total
from tinyml.layers.reasons import Explained, Index, Locals

if TYPE_CHECKING:
    from tinyml.explain.quantities import Quantities

# How many local derivatives may lie on the paths of one number: each is worked out once, a million of them in seconds.
MAX_PATH_FACTORS = 100_000


class Path(NamedTuple):
    """One path: the refs of the numbers that it passes, and the derivatives from one to the next, the loss last."""

    refs: tuple[str, ...]
    factors: tuple[Marked, ...]

    @property
    def running(self) -> list[float]:
        """The products of the first factor, of the first two, and so on."""
        return list(accumulate((factor.value for factor in self.factors), mul))


@dataclass(frozen=True, slots=True)
class Paths:
    """The largest paths in order of size, how many there are in all, and what the others come to."""

    count: int
    largest: tuple[Path, ...]
    remainder: float


@dataclass(frozen=True, slots=True)
class Reach:
    """What lies between a number and the loss: how many paths, their sum, and the size of the largest."""

    count: int
    sum: float
    largest: float


class Step(NamedTuple):
    """A step on a path: to the `i`-th output that depends on the number before, of the layer at `place`."""

    place: int
    locals: Locals
    i: int

    @property
    def at(self) -> Index:
        """The index of that output."""
        return self.locals.output(self.i)


@dataclass(frozen=True, slots=True)
class Way:
    """The beginning of a path, the last step first."""

    step: Step
    before: Way | None

    def steps(self) -> list[Step]:
        """All steps, in order."""
        rest = [] if self.before is None else self.before.steps()
        return [*rest, self.step]


def by_paths(quantities: Quantities, family: Family, at: Index) -> tuple[Explained, Paths]:
    """The sum over all paths, the largest first; as many of them as a sum shows terms. Raises LimitError where more
    than MAX_PATH_FACTORS derivatives lie on them.
    """
    source = source_of(family)
    search = _Search(quantities)
    begin = source.locals(at)
    reach = search.through(source.place, begin)
    largest: list[Path] = []

    def products() -> Iterator[Expression]:
        for path in search.ordered(source.place, begin, reach, below_symbol(family, at)):
            largest.append(path)
            yield product(*path.factors)

    terms = quantities.folding.first(reach.count, products())
    left = reach.count - len(terms)
    remainder = reach.sum - math.fsum(term.value for term in terms) if left else 0.0
    folded = Folded(left, remainder) if left else None
    law = "The sum over all paths to the loss, the largest first"
    return Explained(law, total(terms, folded)), Paths(reach.count, tuple(largest), remainder)


class _Search:
    """What is known of the numbers between one number and the loss; each is looked at once."""

    def __init__(self, quantities: Quantities) -> None:
        self._scopes = [quantities.scope(place) for place in range(len(quantities.trace.layers))]
        self._known: dict[tuple[int, Index], tuple[Locals | None, Reach]] = {}
        self._last = len(self._scopes) - 1
        self._factors = 0

    def through(self, place: int, locals: Locals) -> Reach:
        """What lies beyond a number on which the outputs of the layer at `place` depend in this way."""
        self._factors += locals.count
        if self._factors > MAX_PATH_FACTORS:
            raise LimitError(
                f"paths: more than {MAX_PATH_FACTORS:,} derivatives lie between this number and the loss; ask for "
                "another notation, or for a number closer to the loss.",
                self._factors,
            )
        if place == self._last and locals.derivatives is not None and locals.upstreams is not None:
            # Most layers have few outputs, which Python adds up before numpy has begun.
            products: list[float] = (locals.derivatives() * locals.upstreams()).tolist()
            whole = sum(products)
            # Where one is no number, the sum is none either.
            return Reach(locals.count, whole, max(map(abs, products)) if whole == whole else math.inf)
        paths, whole, largest = 0, 0.0, 0.0
        for i, slope in enumerate(locals.numbers()):
            beyond = self.beyond(place, locals.output(i))
            paths += beyond.count
            whole += slope * beyond.sum
            largest = max(largest, _size(slope * beyond.largest))
        return Reach(paths, whole, largest)

    def beyond(self, place: int, at: Index) -> Reach:
        """What lies between an output of the layer at `place` and the loss."""
        return self._look(place, at)[1]

    def _look(self, place: int, at: Index) -> tuple[Locals | None, Reach]:
        found = self._known.get((place, at))
        if found is None:
            if place == self._last:
                slope = float(self._scopes[place].recorded.output_gradient[at])
                found = None, Reach(1, slope, _size(slope))
            else:
                scope = self._scopes[place + 1]
                locals = scope.recorded.layer.input_locals(scope, at)
                found = locals, self.through(place + 1, locals)
            self._known[place, at] = found
        return found

    def ordered(self, place: int, begin: Locals, reach: Reach, below: str) -> Iterator[Path]:
        """All paths, the largest first; `reach` is what lies beyond the number that they begin at."""
        tie = count()  # of equals the one that was found first
        waiting: list[tuple[float, int, int, float, Way]] = []

        def follow(before: Way | None, promise: float, so_far: float, place: int, locals: Locals, reach: Reach) -> None:
            for i, slope in enumerate(locals.numbers()):
                product, largest = so_far * slope, self.beyond(place, locals.output(i)).largest
                # The best way on keeps the promise to the last bit, and of equals the one that has come farthest is
                # followed: otherwise equal weights would have all paths tried at once.
                best = _size(slope * largest) == reach.largest
                kept = promise if best else min(promise, _size(product * largest))
                heappush(waiting, (-kept, -place, next(tie), product, Way(Step(place, locals, i), before)))

        follow(None, reach.largest, 1.0, place, begin, reach)
        while waiting:
            promise, _, _, so_far, way = heappop(waiting)
            locals, reach = self._look(way.step.place, way.step.at)
            if locals is None:
                yield self._whole(way, below)
            else:
                follow(way, -promise, so_far, way.step.place + 1, locals, reach)

    def _whole(self, way: Way, below: str) -> Path:
        """A path that has come to the output, with the derivative of the loss as its last factor."""
        refs, factors = [], []
        for place, locals, i in way.steps():
            output = self._scopes[place].output(*locals.output(i))
            refs.append(output.ref)
            factors.append(Marked("local", derivative(output.symbol, below), locals.derivative(i)))
            below = output.symbol
        last = self._scopes[-1].output_gradient(*way.step.at)
        return Path((*refs, "loss"), (*factors, Marked("upstream", PARTIAL + below, last)))


def _size(value: float) -> float:
    """How large a product is; what is no number counts as the largest, for it decides the sum."""
    return abs(value) if value == value else math.inf
