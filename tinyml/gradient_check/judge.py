"""The verdict on each derivative, by the witnesses in order of priority."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial

from tinyml.core import Array, Backend, generator
from tinyml.gradient_check.bounds import DEFAULT_EPSILON
from tinyml.gradient_check.complex_step import ComplexStep
from tinyml.gradient_check.following import Branches, branches_taken, forward_along
from tinyml.gradient_check.places import Places
from tinyml.gradient_check.plan import CheckPlan
from tinyml.gradient_check.quotients import BRANCH_STEPS, LARGE_STEPS, STEPS, UNITS, Noise, noise, quotients
from tinyml.gradient_check.shaking import shaken
from tinyml.gradient_check.verdicts import (
    AGREES,
    BRANCH,
    COMPLEX_STEP,
    DIFFERS,
    KINK,
    ONE_SIDED,
    QUOTIENT,
    UNDECIDED,
    Verdicts,
)

# The quotient of one step decides by itself where its rounding is below this share of the derivative, ...
CLOSE = 1e-4
# ... and where its two sides agree to this share: at a kink their mean, which the quotient is, says nothing.
STRAIGHT = 1e-2
# Units in the last place by which two derivatives may differ that are computed in two ways, where nothing cancels.
UNITS_OF_A_DERIVATIVE = 4096
# Below this a complex step of 1e-20 leaves the numbers that float64 holds to all digits.
LEAST = 1e-280
# A bound of so many times the least rounding is as good as any: it has that of the next smaller step in it, twice.
MADE_OF_ROUNDING = 30
PASSES = 4
SAFETY = 2.0


class Judge:
    """Finds the verdicts of one check; overflow is allowed. What only some rows need is computed for these alone.

    1. If there is a complex step it decides, within its own rounding, between agrees and differs.
    2. A quotient that the backward pass meets within its rounding agrees, at the requested step or the usual one; then
       the limit of the quotients of twelve steps, within its bound.
    3. Where the quotients of the two sides have different limits there is a kink. A backward value outside of them
       differs, unless it is the derivative along the branches that the backward pass follows: where several numbers
       are equal that layers compare, what moves them all at once need not have a slope between the two.
    4. Where the derivative is not even ten times its bound it is undecided, unless it is outside of that.
    """

    def __init__(self, plan: CheckPlan, places: Places, analytic: Array, tolerance: float) -> None:
        self._plan = plan
        self._places = places
        self._analytic = analytic
        self._tolerance = tolerance
        self._close = min(CLOSE, tolerance)
        self._unit = float(Backend.finfo(plan.dtype).eps)
        self._loss, self._size = plan.loss_and_size()

    def judge(
        self, epsilon: float, losses: Array, numeric: Array, step: ComplexStep | None, steps: Array | None
    ) -> Verdicts:
        """The verdicts, given the losses of the requested step and their quotient. `step` is the complex step if one
        can be taken, and `steps` its derivatives if all were requested.
        """
        agrees, bound = self._agrees(self._analytic, numeric, losses, epsilon)
        if steps is not None:
            agrees[:] = False  # each has a better witness
        found = Verdicts.by_quotient(agrees, numeric, epsilon, bound)
        # Counting takes a third of the time of finding them.
        if Backend.count_nonzero(agrees) == len(agrees):
            return found
        rows = Backend.flatnonzero(~agrees)
        if step is not None and len(rows):
            rows = self._by_complex_step(found, rows, step, steps)
        if len(rows) and (epsilon != DEFAULT_EPSILON or steps is not None):
            rows = self._by_usual_step(found, rows)
        if len(rows):
            rows = self._by_limits(found, rows, LARGE_STEPS)
        if len(rows):
            self._by_limits(found, rows, STEPS)
        return found

    def _agrees(self, analytic: Array, numeric: Array, losses: Array, epsilon: float) -> tuple[Array, float]:
        """Where a quotient equals the backward pass within the rounding of the losses, and that rounding."""
        bound = UNITS * self._unit * self._size / epsilon
        size = Backend.abs(numeric)
        bent = Backend.abs(losses[0] + losses[1] - 2 * self._loss)
        agrees: Array = Backend.abs(analytic - numeric) <= bound
        agrees &= size * self._close >= bound
        agrees &= bent <= size * (STRAIGHT * epsilon)
        return agrees, bound

    def _by_complex_step(self, found: Verdicts, rows: Array, step: ComplexStep, steps: Array | None) -> Array:
        """Decide by the complex step; returns the rows where it is NaN or too small."""
        places, analytic = self._places.some(rows), self._analytic[rows]
        taken = step.derivatives(places) if steps is None else steps[rows]
        off = Backend.abs(analytic - taken)
        size = Backend.fmax(Backend.abs(analytic), Backend.abs(taken))
        bound = UNITS_OF_A_DERIVATIVE * self._unit * Backend.where(Backend.isfinite(size), size, 0)
        decided = Backend.isfinite(taken) & ((size == 0) | (size >= LEAST))
        unsure = Backend.flatnonzero(decided & ~(off <= bound))
        if len(unsure):
            some = places.some(unsure)
            by = shaken(generator(2))
            moved = [Backend.abs(step.derivatives(some, by) - taken[unsure]) for _ in range(PASSES)]
            bound[unsure] += SAFETY * _largest(moved) + self._rounding_of_passes[rows[unsure]]
        verdict = Backend.where(off <= bound, AGREES, DIFFERS)
        found.settle(rows[decided], verdict[decided], COMPLEX_STEP, taken[decided], bound[decided], Backend.nan)
        # If both overflow, quotients of large steps only seem to know better.
        beyond = ~Backend.isfinite(taken) & ~Backend.isfinite(analytic)
        found.settle(rows[beyond], UNDECIDED, COMPLEX_STEP, Backend.nan, Backend.inf, Backend.nan)
        left: Array = rows[~(decided | beyond)]
        return left

    def _by_usual_step(self, found: Verdicts, rows: Array) -> Array:
        """Try the step that is right most of the time; returns the rows that it leaves undecided."""
        losses = self._plan.losses(self._places.some(rows), [-DEFAULT_EPSILON, DEFAULT_EPSILON])
        numeric = (losses[1] - losses[0]) / (2 * DEFAULT_EPSILON)
        agrees, bound = self._agrees(self._analytic[rows], numeric, losses, DEFAULT_EPSILON)
        found.settle(rows[agrees], AGREES, QUOTIENT, numeric[agrees], bound, DEFAULT_EPSILON)
        left: Array = rows[~agrees]
        return left

    def _by_limits(self, found: Verdicts, rows: Array, tried: Sequence[float]) -> Array:
        """Decide by the limits of the quotients of some steps; returns the rows that smaller steps may decide."""
        analytic, rounding = self._analytic[rows], self._rounding_of_passes[rows]
        places = self._places.some(rows)
        limits = quotients(self._plan, places, self._noise, self._unit, tried)
        central, left, right, flat, steepest, least = limits
        kink = Backend.abs(right.value - left.value) > left.bound + right.bound
        lowest = Backend.minimum(left.value - left.bound, right.value - right.bound)
        highest = Backend.maximum(left.value + left.bound, right.value + right.bound)
        between = (lowest <= analytic) & (analytic <= highest)
        bound = central.bound + rounding
        size = Backend.maximum(Backend.abs(analytic), Backend.abs(central.value))
        # A zero is known where no step changes the loss, or where the quotients shrink with their steps.
        zero = Backend.abs(analytic) <= rounding
        size = Backend.where(zero, Backend.maximum(size, steepest), size)
        known = Backend.isfinite(bound) & ((flat & zero) | (bound <= self._tolerance * size))
        off, doubt = Backend.abs(analytic - central.value), central.doubt + rounding
        inside = off <= bound
        # An estimate below its bound may be of a step that is too large: what only that bound excludes is undecided.
        doubt = Backend.where(Backend.abs(central.value) <= bound, doubt, bound)
        outside = ~(off <= doubt) & Backend.isfinite(bound)
        smooth = Backend.where(outside, DIFFERS, Backend.where(known & inside, AGREES, UNDECIDED))
        bound = Backend.where(inside | outside, bound, doubt)
        # A smaller step has more rounding: if the bound is rounding, no smaller step can decide.
        close = flat | (bound <= self._close * size) | (bound <= MADE_OF_ROUNDING * least)
        done = close & ~kink & (smooth != DIFFERS)
        steps = Backend.asarray(tried)[central.step]
        found.settle(rows, smooth, QUOTIENT, central.value, bound, steps)
        at = rows[kink]
        verdict = Backend.where(between, KINK, DIFFERS)[kink]
        bound = Backend.maximum(left.bound, right.bound)[kink]
        found.settle(at, verdict, ONE_SIDED, Backend.nan, bound, Backend.nan)
        # A zero has no sign.
        found.left[at], found.right[at] = left.value[kink] + 0.0, right.value[kink] + 0.0
        if len(outside := at[verdict == DIFFERS]) and self._branches:
            self._by_branches(found, outside)
        undone: Array = rows[~done]
        return undone

    def _by_branches(self, found: Verdicts, rows: Array) -> None:
        """Revoke the verdict differs at kinks if the backward value is the derivative along the branches that it
        follows.
        """
        analytic, places = self._analytic[rows], self._places.some(rows)
        left, right = found.left[rows], found.right[rows]
        along = partial(forward_along, branches=self._branches)
        central = quotients(self._plan, places, self._noise, self._unit, BRANCH_STEPS, along).central
        size = Backend.maximum(Backend.abs(left), Backend.abs(right))
        # The rounding in the passes cannot be measured here: a shaken pass takes other branches.
        bound = central.bound + UNITS_OF_A_DERIVATIVE * self._unit * Backend.maximum(size, Backend.abs(analytic))
        follows = (Backend.abs(analytic - central.value) <= bound) & (bound <= self._tolerance * size)
        steps = Backend.asarray(BRANCH_STEPS)[central.step[follows]]
        at = rows[follows]
        found.settle(at, KINK, BRANCH, central.value[follows], bound[follows], steps)
        found.left[at], found.right[at] = left[follows], right[follows]

    @cached_property
    def _branches(self) -> Branches:
        with self._plan.looking():
            self._plan.forward()
        return branches_taken(self._plan)

    @cached_property
    def _noise(self) -> Noise:
        return noise(self._plan, self._loss, self._size)

    @cached_property
    def _rounding_of_passes(self) -> Array:
        """By how much rounding in forward and backward pass may change each derivative."""
        rng = generator(1)
        shaken = [self._plan.shaken_gradients(self._places, rng) for _ in range(PASSES)]
        moved = [Backend.abs(one - self._analytic) for one in shaken]
        size = Backend.abs(self._analytic)
        rounding: Array = SAFETY * _largest(moved) + UNITS * self._unit * Backend.where(Backend.isfinite(size), size, 0)
        return rounding


def _largest(differences: list[Array]) -> Array:
    """The largest of each; NaN is ignored."""
    largest: Array = Backend.stack(differences).max(axis=0)
    return Backend.where(Backend.isfinite(largest), largest, 0)
