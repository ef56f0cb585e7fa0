"""Quotients of two losses at many steps ε, and what is known of their limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tinyml.core import Array, Backend, generator, overflow_allowed
from tinyml.gradient_check.passes import Forward, forward
from tinyml.gradient_check.places import Places
from tinyml.gradient_check.plan import CheckPlan

# The steps that are tried if the requested one does not decide, from the largest to the smallest.
STEPS = tuple(float(f"1e-{power}") for power in range(1, 13))
# Those that decide for most derivatives that are merely small.
LARGE_STEPS = STEPS[:3]
# Those along the branches that a backward pass follows, where no kink is near.
BRANCH_STEPS = STEPS[2:6]
# From this one on a quotient of a smooth function errs by rounding alone, so that what it jumps by is rounding.
_ONLY_ROUNDING = 1e-10
# A loss that changes by no more than so many times its rounding may be that coarse.
_COARSE = 1e3
# Of two quotients the truncation error is estimated from the difference, which is nearly all of the larger one's.
_SAFETY = 2.0
# Units in the last place by which a loss may be wrong: half of one each for the operations of its sum.
UNITS = 4
_PASSES = 8


@dataclass(frozen=True, slots=True)
class Limit:
    """What is known of the limit of a quotient for ε → 0: `value` ± `bound`, from the step with number `step`.

    `doubt` is a bound that also holds where quotients start to change below that step, as those of 1 / √(v² + c²) do
    if c is smaller than the step and rounding hides the quotients of steps smaller than c.
    """

    value: Array
    bound: Array
    step: Array
    doubt: Array


class Quotients(NamedTuple):
    """The limits of the three quotients of each number. `flat` where no step changed the loss at all, `steepest` is the
    largest quotient of the largest step, and `least` the rounding in a quotient of that step: no other has less.
    """

    central: Limit
    left: Limit
    right: Limit
    flat: Array
    steepest: Array
    least: Array


class Noise(NamedTuple):
    """The unperturbed loss, the scale of its terms, and its rounding error."""

    loss: float
    size: float
    rounding: float

    def of(self, losses: Array, unit: float) -> Array:
        """The error bound of each loss."""
        bound: Array = UNITS * unit * Backend.maximum(Backend.abs(losses), self.size) + self.rounding
        return bound


def noise(plan: CheckPlan, loss: float, size: float) -> Noise:
    """The rounding error of the loss: its change if every number of the pass is shaken in its last digits."""
    rng = generator(0)
    shaken = Backend.array([plan.shaken_loss(rng) for _ in range(_PASSES)])
    with overflow_allowed():
        return Noise(loss, size, float(Backend.abs(shaken - loss).max()))


def moved_by(values: Array, moves: Array) -> Array:
    """The actual change of each number: v + ε is rounded to a float64."""
    moved: Array = (values + moves).astype(values.dtype).astype(moves.dtype) - values
    return moved


def quotients(
    plan: CheckPlan,
    places: Places,
    found: Noise,
    unit: float,
    steps: Sequence[float] = STEPS,
    by: Forward = forward,
) -> Quotients:
    """The limits of (ℓ(v + ε) − ℓ(v − ε)) / 2ε and of the quotients of either side, from some steps ε, the largest
    first. `by` makes the passes.
    """
    values = plan.values(places)
    losses = plan.losses(places, [*(-step for step in steps), *steps], by)
    return _limits(values, losses, Backend.array(steps), found, unit)


def _limits(values: Array, losses: Array, steps: Array, found: Noise, unit: float) -> Quotients:
    with overflow_allowed():
        down, up = (moved_by(values, sign * steps[:, None]) for sign in (-1, 1))
        below, above = losses[: len(steps)], losses[len(steps) :]
        right = (above - found.loss) / up
        left = (below - found.loss) / down
        central = (above - below) / (up - down)
        rounding = found.of(Backend.maximum(Backend.abs(below), Backend.abs(above)), unit)
        rounding = Backend.maximum(rounding, _seen(steps, central, left, right))
        still = (above == found.loss) & (below == found.loss)
        # If a loss does not change here but does elsewhere, its digits are too coarse to show the change.
        changes = Backend.abs(losses - found.loss)
        changes[(changes == 0) | ~Backend.isfinite(changes)] = Backend.inf
        smallest = changes.min(axis=0)
        smallest[smallest > _COARSE * rounding[-1]] = 0
        # Of each other, since many passes at once may be summed in another order than the one at rest, as on a GPU.
        flat = (losses == losses[:1]).all(axis=0)
        rounding = Backend.where(still & ~flat, Backend.maximum(rounding, smallest), rounding)
        of_one_side = 2 * rounding / steps[:, None]
        return Quotients(
            _limit(central, rounding / steps[:, None]),
            _limit(left, of_one_side),
            _limit(right, of_one_side),
            flat,
            Backend.maximum(Backend.abs(left[0]), Backend.abs(right[0])),
            rounding[0] / steps[0],
        )


def _seen(steps: Array, *quotients: Array) -> Array:
    """The visible rounding: by how much losses jump between steps so small that a smooth loss is linear."""
    small = steps <= _ONLY_ROUNDING
    jumps = [Backend.abs(found[small][:-1] - found[small][1:]) for found in quotients]
    by_step = Backend.stack(jumps) * steps[small][1:, None]
    largest: Array = _SAFETY * Backend.where(Backend.isfinite(by_step), by_step, 0).max(axis=(0, 1), initial=0)
    return largest


def _limit(found: Array, rounding: Array) -> Limit:
    """The best of the quotients that no smaller step contradicts.

    Between two steps a quotient changes by nearly all of the larger one's truncation error. Beyond a kink nearby all
    quotients agree with each other, but not with the ones of smaller steps: from there on none counts.
    """
    changes = _SAFETY * Backend.abs(found[:-1] - found[1:])
    bounds = rounding.copy()
    bounds[:-1] += changes
    # Where rounding happens to hide the change to the next smaller step, that from the next larger one tells: a tenth
    # of the step has at most a tenth of the error.
    bounds[1:] += changes / 9
    bounds[~(Backend.isfinite(found) & Backend.isfinite(bounds))] = Backend.inf
    doubts = bounds.copy()
    doubts[:-2] += Backend.where(Backend.isfinite(changes[1:]), changes[1:], 0)
    last = len(found) - 1
    value, bound, doubt = Backend.nan_to_num(found[last]), bounds[last], doubts[last]
    step = Backend.full(value.shape, last)
    counts = Backend.ones(value.shape, dtype=bool)
    for i in range(last - 1, -1, -1):
        known = Backend.isfinite(bounds[i])
        counts = counts & (~known | (Backend.abs(found[i] - value) <= bounds[i] + bound))
        better = counts & known & (bounds[i] < bound)
        value = Backend.where(better, found[i], value)
        bound = Backend.where(better, bounds[i], bound)
        doubt = Backend.where(better, doubts[i], doubt)
        step = Backend.where(better, i, step)
    return Limit(value, bound, step, doubt)
