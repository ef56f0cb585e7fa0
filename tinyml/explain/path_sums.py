"""The paths between a number and the loss, layer by layer: their number, their sum, and the size of the largest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, pairwise

from tinyml.core import Array, Backend, Index, LimitError, unravel_index
from tinyml.explain.layers import layer_explanation
from tinyml.explain.local_derivatives import LocalDerivatives
from tinyml.explain.ranges import LOSS, TINY
from tinyml.explain.scope import LayerScope
from tinyml.explain.step_scope import StepScope

# The most local derivatives that the paths of one number may have: each is computed once, a million take seconds.
MAX_PATH_FACTORS = 100_000


@dataclass(frozen=True, slots=True)
class PathLevel:
    """The numbers of the paths at one layer, whose scope is `scope`, and the steps from them to the layer's outputs.

    `locals`   the local derivatives of the i-th number, as formulas.
    `starts`   the start of the steps from the i-th number in `slopes` and `outputs`; and the end of the last ones.
    `slopes`   the local derivative of a step.
    `outputs`  the index of the number in the next level to which it leads.
    `reached`  the numbers of the next level, as positions in the layer's output.
    """

    scope: LayerScope
    locals: Callable[[int], LocalDerivatives]
    starts: list[int]
    slopes: Array
    outputs: Array
    reached: Array


@dataclass(frozen=True, slots=True)
class PathTotals:
    """The paths between each number of a level and the loss: their number, their sum, and the size of the largest; and
    the size of the largest that begins with each step.

    `sizes`  the sum of the sizes of the paths: Σ |path|.
    `lost`   a bound for what their products have lost by underflow.
    """

    counts: list[int]
    sums: Array
    sizes: Array
    lost: Array
    largest: Array
    by_step: Array


def path_levels(step: StepScope, begin: LocalDerivatives, at: int) -> list[PathLevel]:
    """Return the levels of the paths of a number; `begin` is how the outputs of the layer at index `at` depend on it.
    Raises LimitError if they have more than MAX_PATH_FACTORS steps.
    """
    return _LevelSearch(step, begin, at).found


def path_totals(found: list[PathLevel], output_gradient: Array) -> list[PathTotals]:
    """Return the totals from the numbers of each level to the loss, and last from the network's outputs, which are one
    step before the loss.
    """
    reached = found[-1].reached
    ends = output_gradient[Backend.unravel_index(reached, output_gradient.shape)].astype(float)
    sizes = _sizes(ends)
    beyond = [PathTotals([1] * len(reached), ends, sizes, Backend.zeros(len(reached)), sizes, ends)]
    for level in reversed(found):
        beyond.append(_totals_of(level, beyond[-1]))
    return beyond[::-1]


def _totals_of(level: PathLevel, beyond: PathTotals) -> PathTotals:
    many = len(level.starts) - 1
    starts = Backend.asarray(level.starts)
    owners = Backend.repeat(Backend.arange(many), starts[1:] - starts[:-1])
    counts = _counts(level, beyond.counts)
    sums: Array = Backend.bincount(owners, level.slopes * beyond.sums[level.outputs], many)
    by_step = _sizes(level.slopes * beyond.largest[level.outputs])
    largest = Backend.zeros(many)
    Backend.maximum.at(largest, owners, by_step)
    slopes, further = Backend.abs(level.slopes), beyond.sizes[level.outputs]
    products, lost = slopes * further, slopes * beyond.lost[level.outputs]
    # The loss at this step is multiplied by the following products.
    lost[(products < TINY) & (slopes > 0) & (further > 0)] += LOSS
    sizes, losses = Backend.bincount(owners, products, many), Backend.bincount(owners, lost, many)
    return PathTotals(counts, sums, sizes, losses, largest, by_step)


def _counts(level: PathLevel, further: list[int]) -> list[int]:
    # Python's integers, because the number of paths can exceed an int64.
    if len(set(further)) == 1:  # as it is after fully connected layers
        return [(end - first) * further[0] for first, end in pairwise(level.starts)]
    by_step = [further[output] for output in level.outputs.tolist()]
    return [sum(by_step[first:end]) for first, end in pairwise(level.starts)]


def _sizes(values: Array) -> Array:
    """Return the absolute values of products; NaN counts as the largest, because it determines the sum."""
    return Backend.where(values == values, Backend.abs(values), Backend.inf)


class _LevelSearch:
    """Computes level after level; each number is visited once."""

    def __init__(self, step: StepScope, begin: LocalDerivatives, at: int) -> None:
        self._steps = 0
        self.found = [self._one_by_one(step.scope(at), lambda _: begin, 1)]
        behind = step.trace.topology.reader(at)
        while behind is not None:
            self.found.append(self._next(step.scope(behind), self.found[-1].reached))
            behind = step.trace.topology.reader(behind)

    def _next(self, scope: LayerScope, numbers: Array) -> PathLevel:
        explanation, shape = layer_explanation(scope.recorded.layer), scope.recorded.input.shape

        def locals(i: int) -> LocalDerivatives:
            return explanation.input_derivatives(scope, unravel_index(int(numbers[i]), shape))

        fan = explanation.jacobian_rows(scope, numbers)
        if fan is None:
            return self._one_by_one(scope, locals, len(numbers))
        steps = len(numbers) * fan.count
        self._allow(steps)
        starts, slopes = list(range(0, steps + 1, fan.count)), fan.slopes().reshape(-1).astype(float)
        return PathLevel(scope, locals, starts, slopes, *_distinct(fan.outputs().reshape(-1)))

    def _one_by_one(self, scope: LayerScope, locals: Callable[[int], LocalDerivatives], many: int) -> PathLevel:
        starts, slopes = [0], list[float]()
        outputs: list[Index] = []
        for i in range(many):
            own = locals(i)
            self._allow(own.count)
            outputs += map(own.output, range(own.count))
            slopes += own.numbers()
            starts.append(len(slopes))
        shape = scope.recorded.output.shape
        axes = Backend.fromiter(chain.from_iterable(outputs), dtype=Backend.intp).reshape(-1, len(shape)).T
        numbers: Array = Backend.asarray(Backend.ravel_multi_index(tuple(axes), shape))
        return PathLevel(scope, locals, starts, Backend.asarray(slopes, dtype=float), *_distinct(numbers))

    def _allow(self, steps: int) -> None:
        self._steps += steps
        if self._steps > MAX_PATH_FACTORS:
            raise LimitError(
                f"paths: more than {MAX_PATH_FACTORS:,} derivatives lie between this number and the loss; choose "
                "another notation, or a number closer to the loss.",
                self._steps,
            )


def _distinct(numbers: Array) -> tuple[Array, Array]:
    """Return the index of each number among the distinct numbers, and the distinct numbers in order."""
    if not numbers.size:
        return numbers, numbers
    lowest = numbers.min()
    there = Backend.bincount(numbers - lowest) > 0  # faster than sorting them
    return there.cumsum()[numbers - lowest] - 1, Backend.flatnonzero(there) + lowest
