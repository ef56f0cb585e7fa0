"""A trace is a correct and complete record, and taking it has no side effect."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from tests.support.networks import Document, build, documents
from tinyml.core import ShapeError
from tinyml.gradient_check import gradient_check
from tinyml.layers import BatchNorm, Dropout, Layer, LayerNorm, Linear
from tinyml.losses import mse_loss, softmax_cross_entropy
from tinyml.net import Sequential
from tinyml.optims import AdagradOptimizer, AdamOptimizer, AdamWOptimizer, Optimizer, RMSPropOptimizer, SGDOptimizer
from tinyml.tensors import tensors
from tinyml.trace import trace, trace_as_lists


@given(documents())
def test_the_record_is_what_training_computes(document: Document) -> None:
    recorded, setting = build(document).trace(), build(document)
    output = setting.model.forward(setting.x)
    loss, gradient = setting.loss(output, setting.y)
    input_gradient = setting.model.backward(gradient)
    np.testing.assert_array_equal(recorded.output, output)
    assert recorded.loss.value == loss
    np.testing.assert_array_equal(recorded.loss.gradient, gradient)
    np.testing.assert_array_equal(recorded.layers[0].input_gradient, input_gradient)
    setting.model.update(setting.optimizer)
    for layer, kept in zip(setting.model.layers, recorded.layers, strict=True):
        for name, parameter in layer.parameters().items():
            np.testing.assert_array_equal(kept.parameters[name].next, layer.in_notation(name, parameter.tensor))


@given(documents())
def test_each_layers_input_is_the_output_before_it(document: Document) -> None:
    recorded = build(document).trace()
    for before, after in zip(recorded.layers, recorded.layers[1:], strict=False):
        np.testing.assert_array_equal(before.output, after.input)
        np.testing.assert_array_equal(before.output_gradient, after.input_gradient)


@given(documents())
def test_looking_changes_nothing(document: Document) -> None:
    setting = build(document)
    setting.model.backward(setting.loss(setting.model.forward(setting.x + 1), setting.y)[1])
    before = everything(setting.model)
    setting.trace()
    after = everything(setting.model)
    assert before.keys() == after.keys()
    for name, value in before.items():
        np.testing.assert_array_equal(after[name], value, err_msg=name)


def test_one_number_a_sample_is_recorded_as_the_column_that_it_is() -> None:
    rng = np.random.default_rng(0)
    x, y, model = rng.normal(size=(4, 2)), rng.normal(size=4), Sequential([Linear("fc_1", 2, 1, rng=rng)])
    recorded = trace(model, mse_loss, SGDOptimizer(0.1), x, y)
    np.testing.assert_array_equal(recorded.y, y[:, None])
    assert recorded.loss.value == trace(model, mse_loss, SGDOptimizer(0.1), x, y[:, None]).loss.value
    assert all(row.verdict == "agrees" for row in gradient_check(model, mse_loss, x, y))


def test_classes_are_recorded_as_the_rows_that_they_are() -> None:
    rng = np.random.default_rng(0)
    model = Sequential([Linear("fc_1", 2, 3, rng=rng)])
    x, y = rng.normal(size=(2, 2)), np.array([2, 0])
    recorded = trace(model, softmax_cross_entropy, SGDOptimizer(0.1), x, y)
    np.testing.assert_array_equal(recorded.y, [[0, 0, 1], [1, 0, 0]])
    assert all(row.verdict == "agrees" for row in gradient_check(model, softmax_cross_entropy, x, y))


def everything(model: Sequential) -> dict[str, object]:
    owners = {f"layer {i}": layer for i, layer in enumerate(model.layers)}
    owners |= {f"parameter {i}": parameter for i, parameter in enumerate(model.parameters)}
    return {
        f"{name}.{attribute}": np.copy(value) if isinstance(value, np.ndarray) else id(value)
        for name, owner in owners.items()
        for attribute, value in vars(owner).items()
    }


@given(documents())
def test_a_record_is_a_copy(document: Document) -> None:
    setting = build(document)
    recorded = setting.trace()
    kept = (
        recorded.x.copy(),
        None if recorded.y is None else recorded.y.copy(),
        [layer.output.copy() for layer in recorded.layers],
    )
    np.add(setting.x, 1, out=setting.x)
    if setting.y is not None:
        np.add(setting.y, 1, out=setting.y)
    for parameter in setting.model.parameters:
        parameter.tensor += 1
    setting.model.forward(setting.x)
    np.testing.assert_array_equal(recorded.x, kept[0])
    np.testing.assert_array_equal(recorded.y, kept[1])
    for layer, output in zip(recorded.layers, kept[2], strict=True):
        np.testing.assert_array_equal(layer.output, output)


def test_a_frozen_parameter_stays_in_the_record_too() -> None:
    setting = build(CHAPTER)
    setting.model.layers[0].parameters()["w"].require_grad = False
    kept = setting.trace().layers[0].parameters
    np.testing.assert_array_equal(kept["w"].next, kept["w"].value)
    assert (kept["b"].next != kept["b"].value).all()


@pytest.mark.parametrize(
    "optimizer",
    [SGDOptimizer(0.1, 0.9), RMSPropOptimizer(0.1), AdagradOptimizer(0.1), AdamOptimizer(0.1), AdamWOptimizer(0.1)],
    ids=lambda optimizer: type(optimizer).__name__,
)
def test_what_the_optimizer_remembers_is_recorded_before_the_update_and_after(optimizer: Optimizer) -> None:
    setting = build(CHAPTER)
    (layer,) = setting.model.layers
    for _ in range(2):
        recorded = trace(setting.model, setting.loss, optimizer, setting.x, setting.y).layers[0]
        states = {name: (kept.state, kept.next_state) for name, kept in recorded.parameters.items()}
        for name, parameter in layer.parameters().items():
            assert_same(states[name][0], {word: layer.in_notation(name, it) for word, it in parameter.state.items()})
        setting.model.backward(setting.loss(setting.model.forward(setting.x), setting.y)[1])
        setting.model.update(optimizer)
        for name, parameter in layer.parameters().items():
            assert parameter.state
            assert_same(states[name][1], {word: layer.in_notation(name, it) for word, it in parameter.state.items()})


def assert_same(found: dict[str, Any], expected: dict[str, Any]) -> None:
    assert found.keys() == expected.keys()
    for name, array in expected.items():
        np.testing.assert_array_equal(found[name], array)


@pytest.mark.parametrize(
    ("layer", "over"), [(BatchNorm("norm", 3), (0, 2, 3)), (LayerNorm("norm", (3, 2, 4)), (1, 2, 3))]
)
def test_a_normalization_records_its_mean_and_variance(layer: Layer, over: tuple[int, ...]) -> None:
    x = np.random.default_rng(0).normal(size=(5, 3, 2, 4))
    setting = Sequential([layer]), mse_loss, SGDOptimizer(0.1), x, np.zeros_like(x)
    kept = trace(*setting).layers[0].saved
    np.testing.assert_allclose(kept["mean"], x.mean(axis=over), rtol=1e-12)
    np.testing.assert_allclose(kept["variance"], x.var(axis=over), rtol=1e-12)
    spread = np.sqrt(x.var(axis=over, keepdims=True) + 1e-5)
    np.testing.assert_allclose(kept["normalized"], (x - x.mean(axis=over, keepdims=True)) / spread, rtol=1e-9)


def test_inputs_of_the_wrong_shape_are_refused_before_anything_runs() -> None:
    setting = build(CHAPTER)
    with pytest.raises(ShapeError, match=r"Linear 'fc_1': expects 2 inputs per sample, got samples of shape \(3,\)"):
        trace(setting.model, setting.loss, SGDOptimizer(0.1), np.ones((1, 3)), setting.y)


CHAPTER: Document = {
    "input_shape": [2],
    "layers": [{"type": "Linear", "name": "fc_1", "output_dim": 2, "w": [[0.15, 0.2], [0.25, 0.3]], "b": [0.35, 0.45]}],
    "loss": {"type": "half_squared_error"},
    "optimizer": {"type": "sgd", "lr": 0.5},
    "x": [[0.1, 0.5]],
    "y": [[0.01, 0.99]],
}


@given(documents())
def test_the_lists_hold_the_numbers_of_the_record(document: Document) -> None:
    setting = build(document)
    recorded, lists = setting.trace(), trace_as_lists(*setting)
    assert lists["loss"] == recorded.loss.value
    listed = ["x", "x.grad", *(["y"] if setting.loss.takes_targets else [])]
    for layer in recorded.layers:
        listed += [f"{layer.layer.name}.output{kind}" for kind in ("", ".grad")]
        listed += [f"{layer.layer.name}.{name}{kind}" for name in layer.parameters for kind in ("", ".grad", ".next")]
    of_record = tensors(recorded)
    assert lists["tensors"] == {name: of_record[name].values.tolist() for name in listed}


def test_the_mask_of_a_dropout_layer_is_part_of_the_record() -> None:
    model = Sequential([Linear("fc_1", 2, 50), Dropout("drop_1", 0.4, seed=5)])
    setting = (model, mse_loss, SGDOptimizer(0.1), np.ones((3, 2)), np.zeros((3, 50)))
    first = trace(*setting).layers[1]
    mask = first.saved["mask"]
    assert mask.shape == (3, 50)
    assert set(np.unique(mask)) == {0, 1 / 0.6}
    np.testing.assert_array_equal(first.output, first.input * mask)
    np.testing.assert_array_equal(first.input_gradient, first.output_gradient * mask)
    # Tracing changed nothing: the next trace has the same mask, and so does the step that follows.
    np.testing.assert_array_equal(trace(*setting).layers[1].saved["mask"], mask)
    np.testing.assert_array_equal(model.forward(np.ones((3, 2))), first.output)
    np.testing.assert_array_equal(model.layers[1].mask, mask)  # type: ignore[attr-defined]
    assert not np.array_equal(trace(*setting).layers[1].saved["mask"], mask)
    model.train(False)
    np.testing.assert_array_equal(trace(*setting).layers[1].saved["mask"], np.ones((3, 50)))


def test_a_record_stays_when_the_next_one_is_made() -> None:
    setting = build(CHAPTER)
    first = setting.trace()
    before = [first.output.copy(), first.layers[0].parameters["w"].value.copy(), first.y.copy()]
    setting.model.layers[0].parameters()["w"].tensor = np.full((2, 2), 7.0)
    trace(setting.model, setting.loss, setting.optimizer, setting.x + 1, setting.y + 1)
    for kept, array in zip(before, [first.output, first.layers[0].parameters["w"].value, first.y], strict=True):
        np.testing.assert_array_equal(array, kept)
