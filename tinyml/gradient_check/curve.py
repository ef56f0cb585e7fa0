"""The error against ε: the V of truncation, which falls with ε², and of rounding, which grows with 1/ε."""

from __future__ import annotations

from dataclasses import dataclass

from tinyml.core import Array, Backend, overflow_allowed
from tinyml.gradient_check.check import ready
from tinyml.gradient_check.complex_step import ComplexStep, NoComplexStep, why_no_complex_step
from tinyml.gradient_check.places import Places
from tinyml.gradient_check.plan import CheckPlan
from tinyml.gradient_check.quotients import noise
from tinyml.gradient_check.rows import relative_error, slope
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.optims import Penalty

LARGEST, SMALLEST = -1, -12  # powers of ten
DEFAULT_PER_DECADE = 4


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The two losses at one ε, the derivative that they give, and how far that is from the backward pass's."""

    epsilon: float
    left: float
    right: float
    numeric: float
    relative_error: float


@dataclass(frozen=True, slots=True)
class ErrorCurve:
    """One derivative by central differences of many ε, the largest first; `complex_step` is None if it cannot be taken,
    for the reason `no_complex_step`. `parabola`: within the largest ε the loss is a parabola in this number, so that
    the central difference is exact, without truncation error.
    """

    ref: str
    analytic: float
    complex_step: float | None
    no_complex_step: NoComplexStep | None
    parabola: bool
    points: tuple[CurvePoint, ...]


def error_curve(
    model: Sequential,
    loss: Loss,
    x: Array,
    y: Array | None,
    ref: str,
    per_decade: int = DEFAULT_PER_DECADE,
    penalty: Penalty | None = None,
) -> ErrorCurve:
    """The relative error of the central difference for ε from 1e-1 to 1e-12, `per_decade` of them for a power of ten.

    For large ε the error is that of truncation, ε² ℓ‴ / 6; for small ε that of rounding, some 1e-16 ℓ / ε; the best
    ε lies where they meet. With a `penalty` the derivative is that of the objective.
    Raises UnmovableError if the ref names neither a parameter nor an input.
    """
    plan, x = ready(model, loss, x, y, penalty)
    with overflow_allowed():
        places = plan.chosen([ref])
        steps = epsilons(per_decade)
        moves = [move for epsilon in steps for move in (-epsilon, epsilon)]
        analytic = plan.analytic(places)
        left, right = plan.losses(places, moves).reshape(-1, 2).T
        numeric = slope(left, right, Backend.array(steps))
        columns = (left, right, numeric, relative_error(analytic, numeric))
        why_not = why_no_complex_step(model, loss, penalty)
        return ErrorCurve(
            ref,
            float(analytic[0]),
            float(ComplexStep(model, loss, x, y, penalty).derivatives(places)[0]) if why_not is None else None,
            why_not,
            _parabola(plan, places, loss, numeric, steps),
            tuple(map(CurvePoint, steps, *(column.tolist() for column in columns))),
        )


def _parabola(plan: CheckPlan, places: Places, loss: Loss, numeric: Array, steps: list[float]) -> bool:
    """Whether the loss is a parabola in a number: it squares errors, the network before it is piecewise affine, and no
    ε leads into another piece.
    """
    if not (loss.squares and all(one.layer.piecewise_affine for one in plan.passes[plan.owner(places) :])):
        return False
    rounding = noise(plan, *plan.loss_and_size()).of(numeric * 0, float(Backend.finfo(plan.dtype).eps))
    with overflow_allowed():
        off = Backend.abs(numeric - numeric[0]) <= 2 * rounding / Backend.array(steps)
    return bool(off.all())


def epsilons(per_decade: int) -> list[float]:
    """The ε of a curve, from 1e-1 to 1e-12. Raises ValueError if there would be none."""
    if per_decade < 1:
        raise ValueError(f"error_curve: per_decade must be at least 1, got {per_decade}; take 4 if unsure.")
    decades = LARGEST - SMALLEST
    # A whole power of ten is written as one: 10 ** -1.75 may err in the last digit, 1e-5 does not.
    return [
        float(f"1e{LARGEST - i // per_decade}") * 10 ** (-(i % per_decade) / per_decade)
        for i in range(decades * per_decade + 1)
    ]
