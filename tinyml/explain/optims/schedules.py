"""The learning rate of a training step, as its schedule gives it."""

from __future__ import annotations

from math import pi

from tinyml.expression import (
    Explained,
    Expression,
    Law,
    Number,
    call,
    difference,
    power,
    product,
    quotient,
    total,
)
from tinyml.optims import CosineSchedule, Rate, Schedule, StepSchedule, WarmUpSchedule

# The law by what a schedule counts.
LAWS = {"epoch": "law.schedule.epochs", "step": "law.schedule.steps"}


def explain_rate(rate: Rate) -> Explained:
    """Return the formula of η, from η₀ and the number t of epochs or training steps before this one."""
    if rate.schedule is None:
        return Explained(Law.equation("η = η₀"), Number(rate.first, "η_0"))
    part, count = rate.schedule.part(rate.passed)
    formula, expression = _formula(rate, part, count)
    law = Law(LAWS[rate.schedule.unit], law=Law.equation(f"η = {formula}"), count="t")
    return Explained(law, expression)


def _formula(rate: Rate, part: Schedule | None, count: int) -> tuple[str, Expression]:
    """Return η by the rule that applies, which counts from the end of the warm-up, W, if there was one."""
    first, before = Number(rate.first, "η_0"), rate.passed - count
    done: Expression = Number(float(rate.passed), "t")
    if before:
        done = difference(done, Number(float(before), "W"))
    written = "(t − W)" if before else "t"
    match part:
        case StepSchedule(every=every, factor=factor):
            times = call("floor", quotient(done, Number(float(every), "E")))
            return f"η₀ γ^⌊{written} / E⌋", product(first, power(Number(float(factor), "γ"), times))
        case CosineSchedule(over=over, least=least) if count < over:
            angle = product(Number(pi, "π"), quotient(done, Number(float(over), "T")))
            lowest, share = Number(least, "m"), quotient(total([Number(1.0), call("cos", angle)]), Number(2.0))
            formula = f"m + (η₀ − m)(1 + cos(π {written} / T)) / 2"
            return formula, total([lowest, product(difference(first, lowest), share)])
        case CosineSchedule(least=least):
            return "m", Number(least, "m")
        case WarmUpSchedule(over=over, start_factor=start):
            done_share = quotient(done, Number(float(over), "W"))
            low = Number(start, "s")
            rising = total([low, product(difference(Number(1.0), low), done_share)])
            return "η₀ (s + (1 − s) t / W)", product(first, rising)
    return "η₀", first
