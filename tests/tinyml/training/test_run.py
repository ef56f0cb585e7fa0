"""A training equals its steps one by one, and every moment of it can be seen again."""

from typing import Any

import numpy as np
import pytest

from tinyml.core import DivergenceError
from tinyml.data import Batches, spiral
from tinyml.layers import BatchNorm, Dropout, Linear, Tanh
from tinyml.learner import Learner
from tinyml.learner.moments import Moment
from tinyml.losses import binary_cross_entropy, half_squared_error
from tinyml.net import Sequential
from tinyml.optims import AdamOptimizer, SGDOptimizer
from tinyml.trace import trace
from tinyml.training import Plateau, ReplayError, TrainingRun, Until
from tinyml.training.curve import Curve

X, Y = spiral(50, np.random.default_rng(0))


def network(*between: Any) -> Sequential:
    rng = np.random.default_rng(0)
    return Sequential([Linear("fc_1", 2, 4, rng=rng), *between, Tanh("tanh_1"), Linear("fc_2", 4, 1, rng=rng)])


def training(
    batch: Any = 8, model: Sequential | None = None, optimizer: Any = None, loss: Any = half_squared_error,
    order: Any = "shuffled", **settings: Any,
) -> TrainingRun:  # fmt: skip
    batches = Batches(len(X), batch, order, seed=3)
    return TrainingRun(model or network(), loss, optimizer or SGDOptimizer(0.01), X, Y, batches, **settings)


def moment(run: TrainingRun) -> bytes:
    return Moment.of(run.model).digest


@pytest.mark.parametrize("optimizer", [SGDOptimizer(0.02), SGDOptimizer(0.02, 0.9), AdamOptimizer(0.01)])
@pytest.mark.parametrize("batch", [8, 50, "all"])
@pytest.mark.parametrize("loss", [half_squared_error, binary_cross_entropy])
def test_a_training_is_the_steps_that_traces_record(optimizer: Any, batch: Any, loss: Any) -> None:
    run = training(batch, network(BatchNorm("norm", 4), Dropout("drop", 0.2)), optimizer, loss)
    one_by_one = network(BatchNorm("norm", 4), Dropout("drop", 0.2))
    assert run.advance(30) == 30
    losses = []
    for step in range(30):
        x, y = run.batch(step)
        recorded = trace(one_by_one, loss, optimizer, x, y)
        losses.append(recorded.loss.value)
        Learner(one_by_one, loss, optimizer).batch_fit(x, y)
    assert Moment.of(one_by_one).digest == moment(run)
    assert run.losses.kept.tolist() == losses


@pytest.mark.parametrize("batch", [8, "all"])
def test_it_does_not_matter_in_how_many_parts_it_is_run(batch: Any) -> None:
    at_once, in_parts = training(batch), training(batch)
    at_once.advance(100)
    for part in (1, 5, 13, 81):
        in_parts.advance(part)
    assert moment(at_once) == moment(in_parts)
    assert at_once.losses.kept.tolist() == in_parts.losses.kept.tolist()


def test_each_moment_is_computed_again_to_the_last_bit_whatever_was_forgotten() -> None:
    run = training(model=network(Dropout("drop", 0.2)), optimizer=AdamOptimizer(0.01), memory=20_000)
    digests = []
    for _ in range(300):
        digests.append(moment(run))
        run.advance(1)
        run.checkpoints.add(run.step, Moment.of(run.model))
    assert len(run.checkpoints.steps) < 20
    assert run.checkpoints.bytes <= 20_000
    now = moment(run)
    for step in (0, 1, 17, 150, 298, 299):
        with run.at(step) as position:
            assert moment(run) == digests[step]
            assert position == divmod(step, run.batches.steps)
    assert moment(run) == now
    with pytest.raises(ValueError, match="300 steps were taken; step 301 is none of them"), run.at(301):
        pass


def test_a_moment_that_is_not_the_same_again_is_refused() -> None:
    run = training(memory=1)
    for step in (10, 20):
        run.advance(10)
        run.checkpoints.add(step, Moment.of(run.model))
    assert run.checkpoints.steps == [0, 20]
    run.x[:] = run.x + 1e-9
    with pytest.raises(ReplayError, match="Training step 10 was computed again"), run.at(15):
        pass
    run.x[:] = X


def test_it_goes_on_from_a_position_in_an_epoch() -> None:
    whole, first = training(), training()
    whole.advance(40)
    first.advance(17)
    second = training(model=first.model, position=first.position(17), progress=first.progress)
    second.advance(23)
    assert moment(whole) == moment(second)
    assert whole.progress == second.progress
    assert second.progress.epochs == 40 // 7


@pytest.mark.parametrize("batch", [8, "all"])
def test_it_ends_with_the_first_condition_that_holds(batch: Any) -> None:
    free = training(batch)
    each = free.batches.steps
    means = []
    for epoch in range(60):
        free.advance(each)
        sizes = [free.batches.size(step) for step in range(each)]
        of_epoch = free.losses.kept[epoch * each :]
        means.append(sum(loss * size for loss, size in zip(of_epoch, sizes, strict=True)) / len(X))
    aim = float(np.sort(means)[15])
    met = next(epoch for epoch, mean in enumerate(means, 1) if mean <= aim + 1e-12)
    for until, steps, reason in (
        (Until(loss=aim + 1e-12, epochs=60), met * each, "loss"),
        (Until(loss=0.0, epochs=met), met * each, "epochs"),
        (Until(loss=0.0, steps=13, epochs=60), 13, "steps"),
        (Until(plateau=Plateau(3, 1e9), epochs=60), 4 * each, "plateau"),
    ):
        run = training(batch, until=until)
        run.advance()
        assert (run.step, run.ended) == (steps, reason)
        assert run.finished
        assert len(run.losses.kept) == steps
        with free.at(steps):
            assert moment(run) == moment(free)
        assert run.advance(5) == 0


def test_an_epoch_that_began_before_it_does_not_count() -> None:
    run = training(until=Until(epochs=2), position=(0, 3))
    run.advance()
    assert run.step == 4 + 2 * 7
    assert run.position(run.step) == (3, 0)


def test_without_an_end_it_says_that_it_would_go_on_for_ever() -> None:
    with pytest.raises(ValueError, match="would never return"):
        training().advance()
    with pytest.raises(ValueError, match="epochs must be at least 1, got 0"):
        Until(epochs=0)
    with pytest.raises(ValueError, match="at least 1 epoch, got 0"):
        Until(plateau=Plateau(0))


@pytest.mark.parametrize("batch", [8, "all"])
@pytest.mark.parametrize("lr", [0.3, 1e10, 1e200])
def test_divergence_is_where_single_steps_find_it(batch: Any, lr: float) -> None:
    linear = Sequential([Linear("fc_1", 2, 1, rng=np.random.default_rng(0))])
    run = training(batch, linear, SGDOptimizer(lr), until=Until(epochs=10_000))
    run.advance()
    assert run.diverged is not None
    assert run.ended is None
    step, where, _ = run.diverged
    assert step == run.step
    assert where.split("[")[0] in {"fc_1.output", "loss", "fc_1.w.grad", "fc_1.w.next", "fc_1.b.next"}
    again = Learner(
        Sequential([Linear("fc_1", 2, 1, rng=np.random.default_rng(0))]), half_squared_error, SGDOptimizer(lr), seed=3
    )
    with pytest.raises(DivergenceError) as caught:
        again.fit(X, Y, 10_000, None if batch == "all" else batch, progress=False)
    assert caught.value.step == step + 1
    assert np.isfinite(Moment.of(linear).values[0]).all()
    with run.at(step - 1):
        pass


def test_the_curve_is_thinned_and_keeps_its_memory() -> None:
    curve, numbers = Curve(100), np.arange(1_000.0)
    for start in range(0, 1_000, 7):
        curve.extend(numbers[start : start + 7])
        assert len(curve.kept) <= 100
    assert curve.stride == 16
    assert curve.kept.tolist() == numbers[::16].tolist()
    assert curve.length == 1_000
    places, values = curve.between(100, 900, 10)
    assert len(places) <= 10
    assert places.tolist() == values.tolist()
    assert places[0] == 112
    assert curve.between(5, 5, 10)[0].tolist() == []
