"""A sequence of layers."""

import numpy as np
import pytest

from tinyml.core import DuplicateNameError, ShapeError
from tinyml.layers import BatchNorm, Conv2D, Dropout, Flatten, Layer, Linear, MaxPool2D, ReLu, Softmax, Tanh
from tinyml.losses import half_squared_error
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.trace import trace


def network() -> Sequential:
    rng = np.random.default_rng(0)
    return Sequential([Linear("fc_1", 2, 3, rng=rng), Tanh("tanh_1"), Linear("fc_2", 3, 1, rng=rng)])


def test_steps_come_layer_by_layer_there_and_back() -> None:
    model, x = network(), np.ones((4, 2))
    forward = list(model.forward_steps(x))
    assert [step.layer.name for step in forward] == ["fc_1", "tanh_1", "fc_2"]
    backward = list(model.backward_steps(np.ones((4, 1))))
    assert [step.layer.name for step in backward] == ["fc_2", "tanh_1", "fc_1"]
    np.testing.assert_array_equal(forward[-1].output, model(x))
    np.testing.assert_array_equal(backward[-1].input_gradient, model.backward(np.ones((4, 1))))


def test_a_pass_can_be_watched_while_it_runs() -> None:
    model = network()
    steps = model.forward_steps(np.ones((1, 2)))
    first = next(steps)
    assert first.output.shape == (1, 3)
    assert [layer.ran is None for layer in model.layers] == [False, True, True]


def test_building_the_parameters_twice_does_not_double_the_updates() -> None:
    model = network()
    model.build_params()
    model.build_params()
    assert len(model.parameters) == 4
    model.backward(model.forward(np.ones((1, 2))))
    weight = model.layers[0].parameters()["w"]
    expected = weight.tensor - 0.1 * weight.gradient
    model.update(SGDOptimizer(0.1))
    np.testing.assert_array_equal(weight.tensor, expected)


def test_a_layer_added_later_is_trained_too() -> None:
    model = network()
    model.add(Linear("fc_3", 1, 2))
    assert len(model.parameters) == 6


def classifier() -> Sequential:
    """A network with a layer of each kind that behaves differently in prediction."""
    rng = np.random.default_rng(0)
    layers = [
        Conv2D("conv_1", (1, 4, 4), 2, 3, 3, padding=1, rng=rng),
        BatchNorm("norm_1", 2),
        MaxPool2D("pool_1", (2, 4, 4), 2, 2),
        Flatten(),
        Dropout("dropout_1", 0.5),
        Linear("fc_1", 8, 3, rng=rng),
        Softmax("softmax_1"),
    ]
    return Sequential(layers)


@pytest.mark.parametrize("batch_size", [1, 2, 3, 7, 8, np.int64(3)])
def test_predicting_batch_by_batch_gives_what_all_at_once_gives(batch_size: int) -> None:
    model, x = classifier(), np.random.default_rng(1).normal(size=(7, 1, 4, 4))
    expected = model.predict(x)
    model.train(True)
    np.testing.assert_allclose(model.predict(x, batch_size), expected, rtol=1e-13)
    assert all(layer.training for layer in model.layers)


def test_no_more_samples_than_requested_are_computed_at_a_time() -> None:
    seen = []

    class Watching(ReLu):
        def forward(self, input: np.ndarray) -> np.ndarray:
            seen.append(len(input))
            return super().forward(input)

    model = Sequential([Watching("relu_1")])
    model.summary((2,))
    seen.clear()
    model.predict(np.ones((7, 2)), batch_size=3)
    assert [count for count in seen if count != 1] == [3, 3]
    assert sum(seen[-3:]) == 7


@pytest.mark.parametrize("batch_size", [None, 1, 5])
def test_no_samples_have_no_predictions(batch_size: int | None) -> None:
    assert classifier().predict(np.empty((0, 1, 4, 4)), batch_size).shape == (0, 3)
    assert classifier().astype(np.float32).predict(np.empty((0, 1, 4, 4)), batch_size).dtype == np.float32


@pytest.mark.parametrize("batch_size", [0, -3])
@pytest.mark.parametrize("samples", [0, 4])
def test_an_empty_batch_is_refused(batch_size: int, samples: int) -> None:
    with pytest.raises(ShapeError, match=f"a batch needs at least one sample, got batch_size {batch_size}; leave"):
        network().predict(np.ones((samples, 2)), batch_size)


def test_shapes_are_worked_out_through_the_layers() -> None:
    assert network().shapes((2,)) == [(2,), (3,), (3,), (1,)]


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (Sequential(), "Sequential: a network needs at least one layer; add one"),
        (
            Sequential([ReLu("relu_1"), Linear("fc_1", 3, 1)]),
            r"Linear 'fc_1': expects 3 inputs per sample, got samples of shape \(2,\)",
        ),
    ],
)
def test_an_invalid_argument_is_refused(model: Sequential, message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        model.shapes((2,))


def test_two_layers_of_one_name_are_refused() -> None:
    model = Sequential([Tanh("one"), Tanh("two"), Tanh("one")])
    with pytest.raises(DuplicateNameError, match="two layers are called 'one'; give each a unique name"):
        trace(model, half_squared_error, SGDOptimizer(0.1), np.ones((1, 2)), np.ones((1, 2)))


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (
            [Linear("fc_1", 2, 3), Tanh("tanh_1"), Linear("fc_2", 4, 1)],
            r"Linear 'fc_2': expects 4 inputs per sample, got samples of shape \(3,\); change input_dim",
        ),
        ([ReLu("relu_1"), Linear("fc_1", 2, 3), Linear("fc_2", 2, 1)], "Linear 'fc_2': expects 2 inputs"),
        (
            [Conv2D("conv", (1, 6, 6), 2, 3, 3), MaxPool2D("pool", (2, 5, 5), 2, 1)],
            r"MaxPool2D 'pool': expects samples of shape \(2, 5, 5\), got \(2, 4, 4\)",
        ),
        ([Conv2D("conv", (1, 6, 6), 2, 3, 3), Flatten("flat"), Linear("fc", 30, 1)], "Linear 'fc': expects 30 inputs"),
    ],
)
def test_layers_that_do_not_fit_are_refused_at_construction(layers: list[Layer], message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        Sequential(layers)
    model = Sequential(layers[:-1])
    with pytest.raises(ShapeError, match=message):
        model.add(layers[-1])
    assert model.layers == layers[:-1]
    assert len(model.parameters) == sum(len(layer.parameters()) for layer in layers[:-1])


def test_after_a_layer_of_unknown_output_shape_the_declared_input_of_the_next_is_used() -> None:
    class Halve(Layer):
        def forward(self, input):  # type: ignore[no-untyped-def]
            return input[:, ::2]

        def backward(self, in_gradient):  # type: ignore[no-untyped-def]
            return np.repeat(in_gradient, 2, axis=1)

    fits = [Linear("fc_1", 2, 6), Halve("halve"), Linear("fc_2", 3, 1)]
    assert Sequential(fits).forward(np.ones((4, 2))).shape == (4, 1)
    model = Sequential([Linear("fc_1", 2, 6), Halve("halve"), Linear("fc_2", 5, 1)])
    with pytest.raises(ShapeError, match="Linear 'fc_2': expects 5 inputs per sample, got samples of shape"):
        model.forward(np.ones((4, 2)))
    with pytest.raises(ShapeError, match="Linear 'fc_3': expects 2 inputs"):
        model.add(Linear("fc_3", 2, 1))
