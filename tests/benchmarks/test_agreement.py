"""All competitors agree on the results; one that does not is an error."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.agreement import DisagreementError, check
from benchmarks.bench import workloads
from benchmarks.competitor import Competitor, Runner, Workload
from benchmarks.sides import chapter, engine, pytorch
from benchmarks.task import Task, dense
from benchmarks.workloads import WORKLOADS


@pytest.mark.slow
@pytest.mark.parametrize("name", WORKLOADS)
def test_all_competitors_compute_the_same(name: str) -> None:
    for workload in workloads(name):
        check(workload)


@pytest.mark.parametrize("name", WORKLOADS)
def test_every_figure_to_reach_is_against_someone_who_is_measured(name: str) -> None:
    for workload in workloads(name):
        absent = {reach.against for reach in workload.reaches} - {c.name for c in workload.competitors}
        assert not absent or not pytorch.INSTALLED


@pytest.fixture
def task() -> Task:
    return dense((2, 3, 1), "tanh", last=True, loss="mean_squared", batch=4, lr=0.1)


def against(task: Task, other: Task) -> Workload:
    return Workload("W0", "a test", (engine.training(task), chapter.training(other)))


def test_another_learning_rate_is_found_in_the_first_number_that_differs(task: Task) -> None:
    check(against(task, task))
    with pytest.raises(DisagreementError, match=r"W0, a test: plain numpy against tinyml: (loss|linear_\d)"):
        check(against(task, replace(task, lr=0.1001)))


def test_another_type_of_numbers_is_found(task: Task) -> None:
    single = Competitor("single", lambda: Runner(lambda: None, lambda: {"loss": np.ones(1, "float32")}))
    double = Competitor("double", lambda: Runner(lambda: None, lambda: {"loss": np.ones(1)}))
    with pytest.raises(DisagreementError, match="single against double: loss is float32, not float64"):
        check(Workload("W0", "a test", (double, single)))


def test_a_number_that_only_one_gives_is_found(task: Task) -> None:
    one = Competitor("one", lambda: Runner(lambda: None, lambda: {"loss": np.ones(1)}))
    two = Competitor("two", lambda: Runner(lambda: None, lambda: {"loss": np.ones(1), "x.grad": np.ones(1)}))
    with pytest.raises(DisagreementError, match=r"two against one: only one of them has \['x.grad'\]"):
        check(Workload("W0", "a test", (one, two)))


def test_nan_agrees_with_nothing() -> None:
    nan = Competitor("nan", lambda: Runner(lambda: None, lambda: {"loss": np.array([np.nan])}))
    with pytest.raises(DisagreementError, match=r"loss\[0\] is"):
        check(Workload("W0", "a test", (nan, replace(nan, name="nan too"))))


def test_runners_are_closed_when_the_numbers_are_wrong() -> None:
    closed: list[str] = []

    def fails() -> object:
        raise ZeroDivisionError

    wrong = Competitor("wrong", lambda: Runner(fails, dict, close=lambda: closed.append("wrong")))
    with pytest.raises(ZeroDivisionError):
        check(Workload("W0", "a test", (wrong,)))
    assert closed == ["wrong"]
