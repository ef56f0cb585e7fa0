"""The library's interface: programs written for the chapter's library run here, with the same names."""

import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
import pytest

import tinyml.gradient_check
import tinyml.utilities
from tinyml.core import GPU, Parameter, ShapeError
from tinyml.core import Backend as np
from tinyml.layers import Conv2D, Deconv2D, Dropout, Flatten, Layer, Linear, MaxPool2D, MaxUnpool2D, ReLu, Softmax
from tinyml.learner import Learner
from tinyml.losses import cross_entropy_with_softmax_loss, half_squared_error, mse_loss
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.utilities import gradient_check

GOLDEN = Path(__file__).parent / "golden"


def close(actual: Any, expected: Any) -> None:
    numpy.testing.assert_allclose(actual, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("face", "words"),
    [
        (Linear, "name input_dim output_dim"),
        (Conv2D, "name input_dim n_filter h_filter w_filter stride padding"),
        (Deconv2D, "name input_dim n_filters h_filter w_filter stride dilation=1 padding=0"),
        (MaxPool2D, "name input_dim size stride return_index=False"),
        (MaxUnpool2D, "name input_dim size stride"),
        (Flatten, "name"),
        (Dropout, "name probability"),
        (ReLu, "name"),
        (Softmax, "name='softmax' axis=1"),
        (SGDOptimizer, "lr momentum=None"),
        (Sequential, "layers"),
        (Learner, "model loss optimizer"),
        (Parameter, "tensor require_grad=True"),
        (Sequential.forward, "self input"),
        (Sequential.backward, "self in_gradient"),
        (Sequential.update, "self optimizer"),
        (Sequential.add, "self layer"),
        (Sequential.build_params, "self"),
        (Learner.fit, "self data label epochs batch_size"),
        (Learner.batch_fit, "self data label"),
        (Learner.predict, "self data"),
        (SGDOptimizer.update, "self param"),
        (Layer.forward, "self input"),
        (Layer.backward, "self in_gradient"),
        (Layer.build_param, "self tensor"),
    ],
    ids=lambda value: "" if isinstance(value, str) else value.__qualname__,
)
def test_what_is_called_is_spelled_as_there(face: Callable[..., Any], words: str) -> None:
    """In this order and with these defaults; more may follow, and parameters without a default may have one now."""
    parameters = list(inspect.signature(face).parameters.values())
    required = [word.partition("=") for word in words.split()]
    known, more = parameters[: len(required)], parameters[len(required) :]
    assert [parameter.name for parameter in known] == [name for name, _, _ in required]
    assert all(parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD for parameter in known)
    for parameter, (_, _, default) in zip(known, required, strict=True):
        assert not default or repr(parameter.default) == default
    assert all(parameter.default is not inspect.Parameter.empty for parameter in more)


def test_the_backend_is_numpy_unless_a_gpu_is_requested() -> None:
    assert GPU is False
    assert np is numpy


def test_weights_are_set_from_outside_and_every_number_of_a_step_is_the_textbooks() -> None:
    x = np.array([0.25, 0.65]).reshape(1, 2)
    y = np.array([0.99, 0.01]).reshape(1, 2)

    fc_1 = Linear("fc_1", 2, 2)
    relu = ReLu("relu_1")
    fc_2 = Linear("fc_2", 2, 2)
    fc_1.weight.tensor = np.array([[0.20, 0.30], [0.25, 0.35]])
    fc_1.bias.tensor = np.array([0.30, 0.30])
    fc_2.weight.tensor[...] = np.array([[0.50, 0.60], [0.55, 0.65]])
    fc_2.bias.tensor[...] = 0.20

    model = Sequential([fc_1, relu, fc_2])
    model.build_params()
    optimizer = SGDOptimizer(0.1)
    y_predicted = model.forward(x)
    loss, loss_gradient = mse_loss(y_predicted, y)
    x_gradient = model.backward(loss_gradient)
    model.update(optimizer)

    expected = json.loads((GOLDEN / "textbook-two-layers.json").read_text("utf-8"))["expected"]
    close(y_predicted, expected["output"])
    close(loss, expected["loss"])
    close(x_gradient, expected["layers"][0]["input_gradient"])
    for layer, right in ((fc_1, expected["layers"][0]), (fc_2, expected["layers"][2])):
        close(numpy.transpose(layer.weight.gradient), right["w_gradient"])  # type: ignore[arg-type]
        close(layer.bias.gradient, right["b_gradient"])
        close(layer.weight.tensor.T, right["w_next"])
        close(layer.bias.tensor, right["b_next"])
    close(mse_loss(model(x), y)[0], expected["loss_after_one_update"])


class ChaptersLinear(Layer):
    """The fully connected layer as printed in the chapter."""

    def __init__(self, name, input_dim, output_dim):  # type: ignore[no-untyped-def]
        super().__init__(name)
        bound = np.sqrt(1 / input_dim)
        self.type = "Linear"
        self.weight = self.build_param(np.random.default_rng(0).uniform(-bound, bound, (output_dim, input_dim)))
        self.bias = self.build_param(np.random.default_rng(1).uniform(-bound, bound, output_dim))

    def forward(self, input):  # type: ignore[no-untyped-def]
        self.input = input
        return np.matmul(input, self.weight.tensor.T) + self.bias.tensor

    def backward(self, in_gradient):  # type: ignore[no-untyped-def]
        self.weight.gradient = np.matmul(self.input.T, in_gradient).T
        self.bias.gradient = np.sum(in_gradient, axis=0)
        return np.matmul(in_gradient, self.weight.tensor)


def test_the_chapters_own_layer_trains_like_the_librarys() -> None:
    theirs, ours = ChaptersLinear("fc_1", 3, 2), Linear("fc_1", 3, 2)
    ours.weight.tensor, ours.bias.tensor = theirs.weight.tensor.copy(), theirs.bias.tensor.copy()
    rng = np.random.default_rng(2)
    x, y = rng.normal(size=(8, 3)), rng.normal(size=(8, 2))
    for layer in (theirs, ours):
        learner = Learner(Sequential([layer, ReLu("relu_1")]), mse_loss, SGDOptimizer(lr=0.1, momentum=0.9))
        learner.fit(x, y, 20, 4)
    close(theirs.weight.tensor, ours.weight.tensor)
    close(theirs.bias.tensor, ours.bias.tensor)


class Doubled(ReLu):
    """Claims that it doubles, but uses the passes of the class that it extends."""

    def forward(self, input):  # type: ignore[no-untyped-def]
        return 2 * super().forward(input)

    def backward(self, in_gradient):  # type: ignore[no-untyped-def]
        return super().backward(2 * in_gradient)


def test_what_shape_a_layer_of_ones_own_gives_is_found_without_moving_it() -> None:
    class Counting(ChaptersLinear):
        runs = 0

        def forward(self, input):  # type: ignore[no-untyped-def]
            self.runs += 1
            return super().forward(input)

    layer = Counting("own", 3, 2)
    assert Sequential([layer, Doubled("doubled")]).shapes((3,)) == [(3,), (2,), (2,)]
    assert layer.runs == 0
    assert not hasattr(layer, "input")
    assert layer.weight.gradient is None
    # The output shape for the same input shape is not computed twice, but for another one it is.
    layer.forward = None  # type: ignore[assignment, method-assign]
    assert layer.output_shape((3,)) == (2,)
    with pytest.raises(ShapeError):
        layer.output_shape((4,))


def test_a_layer_of_ones_own_may_extend_one_of_the_librarys() -> None:
    x = np.array([[1.0, -1.0, 3.0]])
    model = Sequential([Doubled("doubled")])
    close(model.forward(x), [[2, 0, 6]])
    close(model.backward(np.ones((1, 3))), [[2, 0, 2]])


def test_where_the_shape_cannot_be_inferred_the_error_has_the_remedy() -> None:
    model = Sequential([Linear("fc_1", 2, 4), ChaptersLinear("own", 3, 2)])
    message = r"Linear 'own': its output shape .* on zeros, one sample of shape \(4,\), .* override output_shape"
    with pytest.raises(ShapeError, match=message):
        model.forward(np.ones((1, 2)))


def test_a_line_is_fitted_and_predicted() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(100, 10))
    Y = np.matmul(X, rng.normal(size=(10, 1))) + 0.5

    model = Sequential([])
    model.add(Linear("fc_1", 10, 1))
    model.build_params()
    learner = Learner(model, mse_loss, SGDOptimizer(lr=0.05))
    first = learner.batch_fit(X, Y)
    learner.fit(X, Y, epochs=100, batch_size=10)
    assert mse_loss(learner.predict(X), Y)[0] < 1e-6 * first
    numpy.testing.assert_array_equal(learner.predict(X), model.predict(X))


def test_images_are_classified_by_convolution_pooling_and_dropout() -> None:
    rng = np.random.default_rng(0)
    images, labels = rng.normal(size=(6, 1, 28, 28)), np.array([0, 1, 2, 0, 1, 2])

    model = Sequential(
        [
            Conv2D("conv", (1, 28, 28), 8, 3, 3, 1, 1),
            ReLu("relu"),
            MaxPool2D("pool", (8, 28, 28), (2, 2), 2, return_index=False),
            Conv2D("conv_2", (8, 14, 14), n_filter=4, h_filter=3, w_filter=3, stride=1, padding=0),
            MaxPool2D("pool_2", (4, 12, 12), size=(2, 2), stride=2),
            Flatten("f"),
            Dropout("d", 0.5),
            Linear("fc_1", 144, 3),
        ]
    )
    learner = Learner(model, cross_entropy_with_softmax_loss, SGDOptimizer(0.01, 0.9))
    output = model.forward(images)
    loss, gradient = cross_entropy_with_softmax_loss(output, labels)
    assert output.shape == gradient.shape == (6, 3)
    assert model.backward(gradient).shape == images.shape
    learner.fit(images, labels, epochs=40, batch_size=6)
    assert cross_entropy_with_softmax_loss(model.predict(images), labels)[0] < 0.1 * loss
    assert (learner.predict(images).argmax(axis=1) == labels).all()


def test_images_are_made_smaller_and_larger_again() -> None:
    images = np.random.default_rng(0).normal(size=(2, 3, 8, 8))
    values, places = MaxPool2D("pool", (3, 8, 8), (2, 2), 2, return_index=True).forward(images)
    unpool = MaxUnpool2D("unpool", (3, 4, 4), (2, 2), 2)
    unpooled = unpool.forward(values, places)
    numpy.testing.assert_array_equal(unpool.forward((values, places)), unpooled)
    assert (unpooled == numpy.where(unpooled != 0, images, 0)).all()
    assert unpooled.max(axis=(2, 3)).tolist() == images.max(axis=(2, 3)).tolist()
    numpy.testing.assert_array_equal(unpool.backward(images), values)

    for deconv, shape in (
        (Deconv2D("deconv", (3, 8, 8), 2, 3, 3, 2), (2, 2, 17, 17)),
        (Deconv2D("deconv", (3, 8, 8), n_filters=2, h_filter=3, w_filter=3, stride=1, dilation=2), (2, 2, 12, 12)),
        (Deconv2D("deconv", (3, 8, 8), 2, 3, 3, 1, 1, 1), (2, 2, 8, 8)),
    ):
        output = deconv.forward(unpooled)
        assert output.shape == shape
        assert deconv.backward(output).shape == unpooled.shape


def test_softmax_has_its_name_and_its_axis() -> None:
    scores = np.array([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0]])
    for softmax in (Softmax(), Softmax("softmax"), Softmax("softmax", 1), Softmax("softmax", axis=1)):
        assert softmax.name == "softmax"
        close(softmax(scores).sum(axis=1), [1, 1])
    close(Softmax("softmax", axis=0)(scores).sum(axis=0), [1, 1, 1])


def test_a_parameter_is_moved_by_hand() -> None:
    param = Parameter(np.array([1.0, 2.0]))
    param.gradient = np.array([10.0, 20.0])
    SGDOptimizer(lr=0.1).update(param)
    close(param.tensor, [0, 0])
    close(param.gradient, [10, 20])
    with_momentum = SGDOptimizer(0.1, momentum=0.5)
    with_momentum.update(param)
    with_momentum.update(param)
    close(param.tensor, [-2.5, -5])
    close(param.velocity, [15, 30])
    param.require_grad = False
    with_momentum.update(param)
    close(param.tensor, [-2.5, -5])


def test_the_gradient_check_is_where_the_library_has_its_own() -> None:
    assert gradient_check is tinyml.gradient_check.gradient_check
    assert tinyml.utilities.__all__ == ["gradient_check", "logger"]
    rng = np.random.default_rng(0)
    model = Sequential([Linear("fc_1", 2, 3, rng=rng), ReLu("relu_1"), Linear("fc_2", 3, 1, rng=rng)])
    rows = list(gradient_check(model, half_squared_error, rng.normal(size=(2, 2)), rng.normal(size=(2, 1))))
    assert len(rows) == 6 + 3 + 3 + 1 + 4
    assert all(row.verdict == "agrees" for row in rows)
