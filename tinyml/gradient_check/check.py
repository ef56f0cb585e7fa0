"""The check itself: each derivative by the backward pass, by two losses, and by the complex step."""

from __future__ import annotations

from collections.abc import Sequence

from tinyml.core import Array, overflow_allowed
from tinyml.gradient_check.bounds import DEFAULT_EPSILON, TOLERANCE, check_epsilon, check_tolerance
from tinyml.gradient_check.complex_step import ComplexStep, why_no_complex_step
from tinyml.gradient_check.judge import Judge
from tinyml.gradient_check.penalized import check_plan
from tinyml.gradient_check.plan import CheckPlan
from tinyml.gradient_check.rows import GradientCheck, slope
from tinyml.gradient_check.sampling import Sample
from tinyml.gradient_check.selection import select_places
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.optims import Penalty


def gradient_check(
    model: Sequential,
    loss: Loss,
    x: Array,
    y: Array | None,
    epsilon: float = DEFAULT_EPSILON,
    *,
    inputs: bool = True,
    refs: Sequence[str] | None = None,
    layer: str | None = None,
    sample: Sample | None = None,
    tolerance: float = TOLERANCE,
    complex_step: bool = False,
    penalty: Penalty | None = None,
) -> GradientCheck:
    """Central differences (ℓ(v + ε) − ℓ(v − ε)) / 2ε for every parameter, and by default for every input, next
    to the backward pass, and a verdict on each: agrees, differs, kink or undecided.

    `refs`           the numbers to check instead, such as `fc_1.w[0,1]` or `x[2,0]`, at the cost of these only.
    `layer`          only the parameters of this layer, or of `x` the inputs.
    `sample`         so many numbers, of all or of the layer's, drawn from a seed; all if there are no more.
    `tolerance`      a derivative agrees only if it is known to this relative accuracy.
    `complex_step`   takes the complex step of every number, if all layers and the loss support it. By default only
                      for numbers on which ε does not decide.
    `penalty`        is checked together with the loss: all derivatives are those of the objective J = ℓ + Ω.
    Errors:          ValueError for an invalid ε or tolerance; UnmovableError, a RefError, for a ref that names neither
                     a parameter nor an input, and RefError for a layer without parameters; ShapeError if x or y does
                     not fit.

    The truncation error is of order ε², the rounding error of order 1e-16 / ε; ε near 1e-5 keeps both small. A verdict
    does not depend on ε: if it does not decide, other witnesses do (see `Judge`). Passes do not change the network, so
    that all use the same masks and running statistics. The perturbed networks run side by side, as one stack, if all
    layers support it.
    """
    check_epsilon(epsilon)
    check_tolerance(tolerance)
    plan, x = ready(model, loss, x, y, penalty)
    places, names = select_places(plan, inputs, refs, layer, sample)
    why_not = why_no_complex_step(model, loss, penalty)
    step = ComplexStep(model, loss, x, y, penalty) if why_not is None else None
    with overflow_allowed():
        analytic = plan.analytic(places)
        judge = Judge(plan, places, analytic, tolerance)
        losses = plan.losses(places, (-epsilon, epsilon))
        numeric = slope(losses[0], losses[1], epsilon)
        steps = step.derivatives(places) if complex_step and step else None
        verdicts = judge.judge(epsilon, losses, numeric, step, steps)
    return GradientCheck(
        names, epsilon, tolerance, analytic, losses, numeric, verdicts, steps, why_not if complex_step else None
    )


def ready(
    model: Sequential, loss: Loss, x: Array, y: Array | None, penalty: Penalty | None = None
) -> tuple[CheckPlan, Array]:
    """The plan for checks, with the batch copied into it, and the inputs as floating-point numbers."""
    x = x if x.dtype.kind == "f" else x.astype(float)
    plan = check_plan(model, loss, x, penalty)
    plan.take_for_looking(x, y)
    return plan, x
