"""What a training shows is noticed, with the step where it begins."""

import numpy as np
import pytest

from tinyml.data import Batches
from tinyml.layers import Layer, Linear, ReLu, Sigmoid, Tanh
from tinyml.learner.moments import Moment
from tinyml.losses import (
    HingeLoss,
    Loss,
    OutputSum,
    binary_cross_entropy,
    half_squared_error,
    mse_loss,
    softmax_cross_entropy,
)
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.training import Measured, Notice, Observer, TrainingRun

X = np.random.default_rng(0).uniform(-1, 1, (40, 2))
Y = X[:, :1] - X[:, 1:]


def run_of(layers: list[Layer], lr: float, batch: int = 10) -> TrainingRun:
    return TrainingRun(Sequential(layers), half_squared_error, SGDOptimizer(lr), X, Y, Batches(40, batch))


def kinds(observer: Observer) -> dict[str, Notice]:
    return {notice.kind: notice for notice in observer.look()}


def test_a_unit_that_dies_is_noticed_with_the_step_where_it_dies() -> None:
    rng = np.random.default_rng(1)
    run = run_of([Linear("fc_1", 2, 6, rng=rng), ReLu("relu_1"), Linear("fc_2", 6, 1, rng=rng)], 0.35)
    observer = Observer(run)
    assert "dead" not in kinds(observer)
    while "dead" not in kinds(observer):
        assert run.advance(50)
    notice = kinds(observer)["dead"]
    now = Moment.of(run.model).digest
    begins = observer.beginning(notice)
    assert 0 < begins <= run.step
    for step, dead in ((begins - 1, False), (begins, True)):
        with run.at(step):
            hidden = np.maximum(X @ run.model.layers[0].weight.tensor.T + run.model.layers[0].bias.tensor, 0)
            assert (hidden[:, list(notice.units)] == 0).all() == dead
    assert Moment.of(run.model).digest == now
    assert notice.refs == tuple(f"relu_1.output[0,{unit}]" for unit in notice.units)
    message = notice.message(begins + 1)
    assert message.key == "training.dead"
    assert message.values == {"layer": "relu_1", "count": len(notice.units), "has": 6, "step": begins + 1}


def test_saturated_units_and_vanished_gradients_are_there_from_the_start() -> None:
    rng = np.random.default_rng(1)
    layers: list[Layer] = []
    for number in range(1, 7):
        layers += [Linear(f"fc_{number}", 2, 2, rng=rng), Sigmoid(f"sigmoid_{number}")]
    layers.append(Linear("fc_7", 2, 1, rng=rng))
    layers[0].weight.tensor[0] = 0  # type: ignore[attr-defined]
    layers[0].bias.tensor[0] = 30  # type: ignore[attr-defined]
    run = run_of(layers, 0.01)
    observer = Observer(run)
    run.advance(20)
    found = kinds(observer)
    assert found["saturated"].units == (0,)
    assert found["vanishing"].size > 1_000
    assert [observer.beginning(notice) for notice in found.values()] == [0] * len(found)
    assert found["vanishing"].message(1).values == {"size": found["vanishing"].size, "step": 1}


def test_an_exploding_gradient_is_noticed() -> None:
    rng = np.random.default_rng(1)
    layers: list[Layer] = [Linear(f"fc_{number}", 2, 2, rng=rng) for number in range(1, 7)]
    for layer in layers:
        layer.weight.tensor *= 20  # type: ignore[attr-defined]
    layers.append(Linear("fc_7", 2, 1, rng=rng))
    assert kinds(Observer(run_of(layers, 0.0)))["exploding"].size > 1_000


def test_a_plateau_is_noticed_with_the_step_where_the_loss_was_last_lower() -> None:
    run = run_of([Linear("fc_1", 2, 1, rng=np.random.default_rng(0)), Tanh("tanh_1")], 0.05)
    observer = Observer(run)
    assert run.advance(4) == 4
    run.optimizer.lr = 0.0
    run.advance(4 * 25)
    notice = kinds(observer)["plateau"]
    # The second epoch has the first loss after the only epoch that learned.
    assert observer.beginning(notice) == 8
    assert notice.size == pytest.approx(run.progress.loss)


def test_a_plateau_at_a_loss_of_0_is_no_reason_for_another_learning_rate() -> None:
    run = run_of([Linear("fc_1", 2, 1, rng=np.random.default_rng(0))], 0.02, batch=40)
    observer = Observer(run)
    while not (found := kinds(observer)).keys() & {"plateau", "learned"}:
        assert run.advance(50)
        assert run.step < 5_000
    notice = found["learned"]
    assert 0 <= notice.size < 1e-28
    assert notice.size == pytest.approx(run.progress.loss, rel=1e-3)
    begins = observer.beginning(notice)
    losses = run.losses.between(0, run.step, run.step)[1]
    assert losses[begins - 1] == notice.size
    assert (losses[begins:] >= notice.size * 0.999).all()


@pytest.mark.parametrize(
    ("loss", "y", "learned"),
    [
        (half_squared_error, np.zeros((4, 1)), True),
        (binary_cross_entropy, np.ones((4, 1)), True),
        # The lowest loss of these targets is far above 0, and that of a sum of outputs is not known.
        (binary_cross_entropy, np.full((4, 1), 0.5), False),
        (OutputSum(), None, False),
    ],
)
def test_a_loss_of_0_is_learned_and_no_other_is(loss: Loss, y: np.ndarray | None, learned: bool) -> None:
    x = np.zeros((4, 2))
    model = Sequential([Linear("fc_1", 2, 1, weight=np.zeros((1, 2)), bias=np.zeros(1))])
    if loss is binary_cross_entropy and learned:
        model.layers[0].bias.tensor[:] = 50  # type: ignore[attr-defined]
    run = TrainingRun(model, loss, SGDOptimizer(0.0), x, y, Batches(4, 4))
    run.advance(25)
    assert [notice.kind for notice in Observer(run).look()] == ["learned" if learned else "plateau"]


def measured(y: list[list[float]], loss: object, outputs: list[list[float]]) -> tuple[object, object]:
    x = np.asarray(outputs, dtype=float)
    width = x.shape[1]
    model = Sequential([Linear("fc_1", width, width, weight=np.eye(width), bias=np.zeros(width))])
    result = Measured(x, np.asarray(y, dtype=float), loss).measure(model)  # type: ignore[arg-type]
    assert result.loss == pytest.approx(loss(x, np.asarray(y, dtype=float))[0])  # type: ignore[operator]
    return result.accuracy, None if result.confusion is None else result.confusion.tolist()


def test_classes_are_counted_and_numbers_are_not() -> None:
    assert measured([[1, 0, 0], [0, 1, 0], [0, 0, 1]], softmax_cross_entropy, [[3, 1, 2], [3, 1, 2], [0, 1, 2]]) == (
        2 / 3, [[1, 0, 0], [1, 0, 0], [0, 0, 1]],
    )  # fmt: skip
    assert measured([[0], [1], [1]], mse_loss, [[0.4], [0.6], [0.4]]) == (2 / 3, [[1, 0], [1, 1]])
    assert measured([[0], [1], [1]], binary_cross_entropy, [[-0.1], [0.4], [0.1]]) == (1, [[1, 0], [0, 2]])
    assert measured([[-1], [1], [1]], HingeLoss(), [[-0.1], [0.4], [-0.1]]) == (2 / 3, [[1, 0], [1, 1]])
    assert measured([[0.5], [1]], mse_loss, [[0.4], [0.6]]) == (None, None)
    assert measured([[0.5, 0.5], [1, 0]], mse_loss, [[0.4, 1], [0.6, 1]]) == (None, None)
