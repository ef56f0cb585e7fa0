"""Schedules: PyTorch's rates, both sides of every change of the rule, and the same numbers in law and explanation."""

import json
from math import inf, isclose
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.networks import scheduled
from tests.support.pytorch import torch_rates
from tests.support.pytorch_layers import where_torch_is
from tests.support.reaching import reaches
from tinyml.explain.optims.schedules import explain_rate
from tinyml.expression import evaluate
from tinyml.optims import CosineSchedule, Rate, SGDOptimizer, StepSchedule, WarmUpSchedule
from tinyml.verify.lines import add_up
from tinyml.verify.schedules import rate as lawful

RECORDED = Path(__file__).parent / "rates.json"
FIRST = 0.3
STEPS = 12
# Each within the epochs in which PyTorch's rate is ours: after `over`, its cosine rises again.
SETTINGS: dict[str, dict[str, Any]] = {
    "step": {"type": "step", "every": 3, "factor": 0.5},
    "step by default": {"type": "step", "every": 4},
    "growing": {"type": "step", "every": 1, "factor": 1.5},
    "cosine": {"type": "cosine", "over": STEPS},
    "cosine to a least rate": {"type": "cosine", "over": STEPS, "least": 0.02},
    "warm-up by default": {"type": "warm_up", "over": 5},
    "warm-up": {"type": "warm_up", "over": 4, "start_factor": 0.01},
    "warm-up, then step": {"type": "warm_up", "over": 2, "after": {"type": "step", "every": 3, "factor": 0.5}},
    "warm-up, then cosine": {"type": "warm_up", "over": 3, "after": {"type": "cosine", "over": 9, "least": 0.01}},
}
each = pytest.mark.parametrize("name", SETTINGS)

rules = st.one_of(
    st.builds(
        lambda every, factor: {"type": "step", "every": every, "factor": factor},
        st.integers(1, 5),
        st.sampled_from([0.0, 0.1, 0.5, 1.0, 2.0]),
    ),
    st.builds(
        lambda over, least: {"type": "cosine", "over": over, "least": least},
        st.integers(1, 6),
        st.sampled_from([0.0, 0.01, 0.5]),
    ),
)
warm_ups = st.builds(
    lambda over, start, after: (
        {"type": "warm_up", "over": over, "start_factor": start} | ({"after": after} if after else {})
    ),
    st.integers(1, 5),
    st.sampled_from([0.0, 1 / 3, 1.0]),
    st.none() | rules,
)


def our_rates(setting: dict[str, Any], unit: str = "epoch") -> list[float]:
    """The rates of the first epochs, which have three training steps each."""
    optimizer = SGDOptimizer(FIRST)
    optimizer.schedule = scheduled({**setting, "unit": unit})
    found = []
    for number in range(STEPS + 1):
        optimizer.go_to(*((number, 3 * number) if unit == "epoch" else (number // 3, number)))
        found.append(optimizer.rate)
    return found


@each
def test_rates_equal_what_pytorch_recorded(name: str) -> None:
    assert our_rates(SETTINGS[name]) == pytest.approx(json.loads(RECORDED.read_text("utf-8"))[name], rel=1e-12)


@each
@where_torch_is
def test_rates_equal_pytorchs(name: str) -> None:
    assert our_rates(SETTINGS[name]) == pytest.approx(torch_rates(SETTINGS[name], FIRST, STEPS), rel=1e-12)


@each
def test_a_schedule_counts_epochs_or_training_steps(name: str) -> None:
    assert our_rates(SETTINGS[name], "epoch") == our_rates(SETTINGS[name], "step")


@given(setting=rules | warm_ups, count=st.integers(0, 12), first=st.sampled_from([0.0, 1e-3, 0.3, 7.0]))
@settings(max_examples=300)
def test_a_rate_is_that_of_its_formula_and_of_the_law_on_both_sides_of_every_change(
    setting: dict[str, Any], count: int, first: float
) -> None:
    schedule = scheduled(setting)
    found = schedule.rate(first, count)
    line = lawful({"unit": "epoch", "start_factor": 1 / 3, **setting}, first, count)
    assert line.ref == "lr"
    assert isclose(add_up(line.terms, {}).value, found, rel_tol=1e-14, abs_tol=1e-16)
    assert evaluate(explain_rate(Rate(found, first, schedule, count)).expression) == pytest.approx(found, rel=1e-14)
    near = changes(setting, count)
    for change in ("multiplied", "before it is multiplied", "least", "before least", "warm", "before warm", "follows"):
        reaches(0.01, change, change in near)


def changes(setting: dict[str, Any], count: int) -> list[str]:
    """Which changes of the rate are at a number of epochs, or right after it."""
    match setting["type"]:
        case "step":
            every = setting["every"]
            near = {"multiplied": count and count % every == 0, "before it is multiplied": (count + 1) % every == 0}
        case "cosine":
            near = {"least": count >= setting["over"], "before least": count + 1 == setting["over"]}
        case _:
            over, after = setting["over"], setting.get("after")
            near = {"warm": count == over, "before warm": count + 1 == over, "follows": after and count > over}
    return [name for name, is_near in near.items() if is_near]


def test_the_rules_change_where_they_say() -> None:
    step = StepSchedule(every=3, factor=0.5)
    assert [step.rate(0.8, count) for count in (0, 2, 3, 5, 6)] == [0.8, 0.8, 0.4, 0.4, 0.2]
    cosine = CosineSchedule(over=4, least=0.02)
    assert [cosine.rate(0.1, count) for count in (0, 2, 4, 5, 900)] == pytest.approx([0.1, 0.06, 0.02, 0.02, 0.02])
    assert cosine.rate(0.1, 4) == 0.02
    warm = WarmUpSchedule(over=2, start_factor=0.5, after=step)
    assert [warm.rate(0.8, count) for count in (0, 1, 2, 4, 5)] == pytest.approx([0.4, 0.6, 0.8, 0.8, 0.4])
    assert [warm.part(count) for count in (1, 2, 5)] == [(warm, 1), (step, 0), (step, 3)]
    assert WarmUpSchedule(over=1, start_factor=0).rate(0.8, 0) == 0.0


def test_a_rate_beyond_the_largest_float_is_infinite() -> None:
    growing = StepSchedule(every=1, factor=10.0)
    assert growing.rate(1.0, 400) == inf
    assert StepSchedule(every=1, factor=0.1).rate(1.0, 10**15) == 0.0
    assert evaluate(explain_rate(Rate(inf, 1.0, growing, 400)).expression) == inf


def test_the_first_rate_and_the_schedule_may_be_set_at_any_time() -> None:
    optimizer = SGDOptimizer(0.1)
    optimizer.go_to(2, 20)
    assert optimizer.rate == 0.1
    optimizer.schedule = StepSchedule(every=2, factor=0.5)
    assert (optimizer.lr, optimizer.rate) == (0.1, 0.05)
    optimizer.lr = 0.4
    assert (optimizer.lr, optimizer.rate) == (0.4, 0.2)
    assert optimizer.present == Rate(0.2, 0.4, optimizer.schedule, 2)
    optimizer.schedule = None
    assert optimizer.present == Rate(0.4, 0.4)
