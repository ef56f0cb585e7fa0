"""The selection of the numbers to check: given ones, those of a layer or all, or a sample of these."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from tinyml.gradient_check.movable import refs_of
from tinyml.gradient_check.places import Places
from tinyml.gradient_check.plan import CheckPlan
from tinyml.gradient_check.sampling import Sample, drawn


def select_places(
    plan: CheckPlan, inputs: bool, refs: Sequence[str] | None, layer: str | None, sample: Sample | None
) -> tuple[Places, Callable[[], list[str]]]:
    """Return the places of the numbers to check, and a function that returns their refs."""
    if refs is not None:
        return plan.chosen(refs), partial(list, refs)
    if layer is None and sample is None:
        return plan.everything(inputs), partial(plan.refs, inputs)
    movables = plan.of(layer, inputs)
    total = sum(movable.size for movable in movables)
    if sample is None or sample.count >= total:
        sample = Sample(total, 0)
    numbers = drawn(movables, sample)
    return plan.at(numbers), partial(refs_of, numbers, movables)
