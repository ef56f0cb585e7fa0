"""A gradient as the sum over all paths from its number to the loss: each is the product of the derivatives along it.

The paths are never enumerated: they are counted and summed from the loss backward, layer by layer, and the largest are
found by best-first search.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import accumulate, count
from operator import mul
from typing import NamedTuple

from tinyml.core import Index
from tinyml.explain.explained_tensor import ExplainedTensor
from tinyml.explain.forms import below_symbol, source_of
from tinyml.explain.path_sums import PathLevel, PathTotals, path_levels, path_totals
from tinyml.explain.ranges import MISSING
from tinyml.explain.settings import distinguished, with_letters
from tinyml.explain.step_scope import StepScope
from tinyml.expression import PARTIAL, Explained, Expression, Folded, Law, Marked, derivative, product, total


class Path(NamedTuple):
    """One path: the refs of its numbers, and the derivatives from one to the next, the loss last. `layers` are the
    layers of these derivatives; the derivative of the loss has the last layer.
    """

    refs: tuple[str, ...]
    factors: tuple[Marked, ...]
    layers: tuple[str, ...]

    @property
    def running(self) -> list[float]:
        """Return the products of the first factor, of the first two, and so on."""
        return list(accumulate((factor.value for factor in self.factors), mul))


@dataclass(frozen=True, slots=True)
class Paths:
    """The largest paths in order of size, the number of all paths, and the sum of the others."""

    count: int
    largest: tuple[Path, ...]
    remainder: float


class PartialPath(NamedTuple):
    """The beginning of a path, the last step first: it ends with a step from the `i`-th number of the level `depth`."""

    depth: int
    i: int
    step: int
    before: PartialPath | None

    def prefixes(self) -> list[PartialPath]:
        """Return its prefixes, the shortest first, and itself."""
        partial_path, found = self.before, [self]
        while partial_path is not None:
            found.append(partial_path)
            partial_path = partial_path.before
        return found[::-1]


def by_paths(step: StepScope, tensor: ExplainedTensor, at: Index) -> tuple[Explained, Paths]:
    """Return the sum over all paths, the largest first; as many are listed as a sum shows terms. Raises LimitError if
    they have more than MAX_PATH_FACTORS derivatives.
    """
    source = source_of(tensor)
    found = path_levels(step, source.locals(at), source.place)
    beyond = path_totals(found, step.trace.last.output_gradient)
    whole, steps = beyond[0], _Steps(found, below_symbol(tensor, at))
    largest: list[Path] = []

    def products() -> Iterator[Expression]:
        for partial_path in _ordered(found, beyond):
            path = steps.path(partial_path)
            largest.append(path)
            yield product(*path.factors)

    terms = step.folding.first(whole.counts[0], products())
    if letters := distinguished(steps.factors(), step.symbols):
        largest = [path._replace(factors=with_letters(path.factors, path.layers, letters)) for path in largest]
        terms = [product(*path.factors) for path in largest[: len(terms)]]
    left = whole.counts[0] - len(terms)
    remainder = float(whole.sums[0]) - _sum([term.value for term in terms]) if left else 0.0
    # The written paths are included, which makes no difference to the use of the size.
    size = float(whole.sizes[0])
    folded = Folded(left, remainder, size if whole.lost[0] <= MISSING * size else math.nan) if left else None
    law = Law("law.paths")
    return Explained(law, total(terms, folded)), Paths(whole.counts[0], tuple(largest), remainder)


def _ordered(found: list[PathLevel], beyond: list[PathTotals]) -> Iterator[PartialPath]:
    """Yield all paths, the largest first."""
    tie = count()  # among equal paths the one found first
    waiting: list[tuple[float, int, int, float, float, Iterator[int], PartialPath]] = []

    def ranked(depth: int, i: int) -> Iterator[int]:
        """Return the steps from a number, the step with the largest path first."""
        first, end = found[depth].starts[i : i + 2]
        if end == first + 1:
            return iter((first,))
        order: list[int] = (first + (-beyond[depth].by_step[first:end]).argsort(kind="stable")).tolist()
        return iter(order)

    def offer(
        promise: float, depth: int, i: int, so_far: float, others: Iterator[int], before: PartialPath | None
    ) -> None:
        """Add the next step from a number to the queue; steps with smaller paths are added once it was followed."""
        level, further = found[depth], beyond[depth + 1]
        # A step that does not reach the loss, such as to a number that a stride skips, has the size of a path of
        # 0, and there can be any number of them.
        step = next((step for step in others if further.counts[level.outputs[step]]), None)
        if step is None:
            return
        product = so_far * float(level.slopes[step])
        # The best continuation has exactly the size of the bound, and among equals the longest is followed:
        # otherwise, with equal weights, the search would expand all paths at once.
        if beyond[depth].by_step[step] != beyond[depth].largest[i]:
            promise = min(promise, _size(product * float(further.largest[level.outputs[step]])))
        partial_path = PartialPath(depth, i, step, before)
        heappush(waiting, (-promise, -depth, next(tie), so_far, product, others, partial_path))

    offer(float(beyond[0].largest[0]), 0, 0, 1.0, ranked(0, 0), None)
    while waiting:
        promise, _, _, so_far, product, others, partial_path = heappop(waiting)
        offer(-promise, partial_path.depth, partial_path.i, so_far, others, partial_path.before)
        if partial_path.depth == len(found) - 1:
            yield partial_path
        else:
            i = int(found[partial_path.depth].outputs[partial_path.step])
            offer(-promise, partial_path.depth + 1, i, product, ranked(partial_path.depth + 1, i), partial_path)


class _Step(NamedTuple):
    """One step of a path as it is written: the number that it reaches, and the derivative with respect to the previous
    one. `layer` is that of the derivative.
    """

    ref: str
    factor: Marked
    layer: str
    symbol: str


class _Steps:
    """The steps of paths as they are written. Each is written once: thousands of paths share most of their steps."""

    def __init__(self, found: list[PathLevel], below: str) -> None:
        """`below` is the symbol of the first number of all paths."""
        self._found = found
        self._below = below
        self._written: dict[tuple[int, int], _Step] = {}

    def factors(self) -> Iterator[tuple[str, Marked]]:
        """Yield each derivative that is written, with its layer."""
        return ((step.layer, step.factor) for step in self._written.values())

    def path(self, partial_path: PartialPath) -> Path:
        """Return a path that has reached the output, with the derivative of the loss as its last factor."""
        steps, below = list[_Step](), self._below
        for part in partial_path.prefixes():
            step = self._written.get((part.depth, part.step)) or self._write(part, below)
            steps.append(step)
            below = step.symbol
        end = (len(self._found), partial_path.step)
        steps.append(self._written.get(end) or self._write_last(partial_path, below))
        refs, factors, layers, _ = zip(*steps, strict=True)
        return Path(refs, factors, layers)

    def _write(self, part: PartialPath, below: str) -> _Step:
        level = self._found[part.depth]
        locals, i = level.locals(part.i), part.step - level.starts[part.i]
        output = level.scope.output(*locals.output(i))
        factor = Marked("local", derivative(output.symbol, below), locals.derivative(i))
        step = _Step(output.ref, factor, level.scope.name, output.symbol)
        self._written[part.depth, part.step] = step
        return step

    def _write_last(self, part: PartialPath, below: str) -> _Step:
        level = self._found[part.depth]
        at = level.locals(part.i).output(part.step - level.starts[part.i])
        factor = Marked("upstream", PARTIAL + below, level.scope.output_gradient(*at))
        step = self._written[len(self._found), part.step] = _Step("loss", factor, level.scope.name, below)
        return step


def _sum(values: list[float]) -> float:
    try:
        return math.fsum(values)
    except (OverflowError, ValueError):  # raised if the sum overflows, or is ∞ − ∞
        return sum(values)


def _size(value: float) -> float:
    """Return the absolute value of a product; NaN counts as the largest, because it determines the sum."""
    return abs(value) if value == value else math.inf
