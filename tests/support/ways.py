"""All ways to compute training steps from a document; all must give the same numbers to the last bit."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import numpy as np

from tests.support.networks import Document, Setting, build
from tinyml.layers import Layer
from tinyml.learner import Advance, Learner
from tinyml.net import Ensemble, Sequential
from tinyml.trace import trace_as_lists

# All numbers of one step by name: the loss, the gradients, and the parameters, optimizer states and running statistics
# after the step.
Numbers = dict[str, Any]
Way = Callable[[Document, int], Iterator[Numbers]]


def by_hand(document: Document, steps: int) -> Iterator[Numbers]:
    """Forward, the loss, backward and the update called one after another."""
    model, loss, optimizer, x, y = build(document)
    for _ in range(steps):
        value, gradient = loss(model.forward(x), y)
        model.backward(gradient)
        gradients = of_parameters(model)
        model.update(optimizer)
        yield after(model, value, gradients)


def layers_alone(document: Document, steps: int) -> Iterator[Numbers]:
    """Each layer's own passes called one after another."""
    model, loss, optimizer, x, y = build(document)
    for _ in range(steps):
        passed = x
        for layer in model.layers:
            passed = layer.forward(passed)
        value, gradient = loss(passed, y)
        for layer in reversed(model.layers):
            gradient = layer.backward(gradient)
        gradients = of_parameters(model)
        model.update(optimizer)
        yield after(model, value, gradients)


def layer_by_layer(document: Document, steps: int) -> Iterator[Numbers]:
    """The passes observed layer by layer, and an update for each parameter."""
    model, loss, optimizer, x, y = build(document)
    for _ in range(steps):
        *_, last = model.forward_steps(x)
        value, gradient = loss(last.output, y)
        list(model.backward_steps(gradient))
        gradients = of_parameters(model)
        learning = {one: one.gradient for one in model.parameters if one.gradient is not None and one.require_grad}
        used = optimizer.used(learning)
        for parameter in model.parameters:
            optimizer.update(parameter, used.get(parameter))
        yield after(model, value, gradients)


def batch_fit(document: Document, steps: int) -> Iterator[Numbers]:
    """`Learner.batch_fit`, step by step."""
    learner, x, y = learning(build(document))
    for _ in range(steps):
        value = learner.batch_fit(x, y)
        yield after(learner.model, value, of_parameters(learner.model))


def batch_fit_at_once(document: Document, steps: int) -> Iterator[Numbers]:
    """`Learner.batch_fit` with the number of steps given at the start."""
    for number in range(1, steps + 1):
        learner, x, y = learning(build(document))
        value = learner.batch_fit(x, y, number)
        yield after(learner.model, value, of_parameters(learner.model))


def fit(document: Document, steps: int) -> Iterator[Numbers]:
    """`Learner.fit` on the whole batch, one step per epoch."""
    learner, x, y = learning(build(document))
    for _ in range(steps):
        (epoch,) = learner.fit(x, y, 1, progress=False)
        yield after(learner.model, epoch.loss, of_parameters(learner.model))


def by_a_function(document: Document, steps: int) -> Iterator[Numbers]:
    """`Learner.batch_fit` with a plain function as its loss."""
    setting = build(document)
    learner = Learner(setting.model, lambda predicted, truth: setting.loss(predicted, truth), setting.optimizer)
    for _ in range(steps):
        value = learner.batch_fit(setting.x, setting.y)
        yield after(learner.model, value, of_parameters(learner.model))


def advanced(document: Document, steps: int) -> Iterator[Numbers]:
    """The steps of `Advance`, which also measures the loss after each."""
    setting = build(document)
    model, *others = setting
    advance, following = Advance(model, *others), None
    for _ in range(steps):
        value, stopped = advance.step()
        assert stopped is None
        assert following in (None, value)
        following = advance.measure()
        yield after(model, value, {})


def traced(document: Document, steps: int) -> Iterator[Numbers]:
    """The trace of each step, from a document that was written after the step before and read again."""
    for _ in range(steps):
        setting = build(document)
        model, recorded = setting.model, setting.trace()
        gradients: Numbers = {}
        document = deepcopy(document)
        states = document["optimizer"]["state"] = {}
        for layer, own, written in zip(model.layers, recorded.layers, document["layers"], strict=True):
            for name, kept in own.parameters.items():
                gradients[f"{layer.name}.{name}.grad"] = kept.gradient
                written[name] = kept.next.tolist()
                states[f"{layer.name}.{name}"] = {word: array.tolist() for word, array in kept.next_state.items()}
            for name, (_, moved) in own.running_state.items():
                written[name] = np.asarray(moved).tolist()
        document = json.loads(json.dumps(document))
        yield after(build(document).model, recorded.loss.value, gradients)


def traced_as_lists(document: Document, steps: int) -> Iterator[Numbers]:
    """The trace as lists; values that it omits are computed by `update`."""
    setting = build(document)
    model, loss, optimizer, x, y = setting
    for _ in range(steps):
        lists = trace_as_lists(model, loss, optimizer, x, y)
        tensors = lists["tensors"]
        updated = {
            f"{layer.name}.{name}{suffix}": tensors[f"{layer.name}.{name}{kind}"]
            for layer in model.layers
            for name in layer.parameters()
            for suffix, kind in (("", ".next"), (".grad", ".grad"))
        }
        loss(model.forward(x), y)
        model.backward(np.array(tensors[f"{model.layers[-1].name}.output.grad"]))
        model.update(optimizer)
        yield after(model, lists["loss"], {}) | updated


WAYS: tuple[Way, ...] = (
    layers_alone,
    layer_by_layer,
    batch_fit,
    batch_fit_at_once,
    fit,
    by_a_function,
    advanced,
    traced,
    traced_as_lists,
)
STACKED = 3


def stacked(document: Document, steps: int) -> list[tuple[list[Numbers], list[Numbers]]]:
    """The steps of each network of a stack, and of the same network by itself; each starts from other weights."""
    settings = [_elsewhere(build(document), number) for number in range(STACKED)]
    alone = [_elsewhere(build(document), number) for number in range(STACKED)]
    first = settings[0]
    stack = Ensemble([setting.model for setting in settings], first.loss, first.optimizer)
    steps_of: list[list[Numbers]] = [[] for _ in settings]
    for _ in range(steps):
        values = stack.batch_fit(first.x, first.y)
        stack.write_back()
        found = stack.gradients()
        for number, setting in enumerate(settings):
            gradients = {
                f"{layer.name}.{name}.grad": layer.in_notation(name, found[f"{layer.name}.{name}"][number].copy())
                for layer in setting.model.layers
                for name in layer.parameters()
            }
            steps_of[number].append(after(setting.model, values[number], gradients))
    expected: list[list[Numbers]] = [[] for _ in alone]
    for numbers, setting in zip(expected, alone, strict=True):
        learner, x, y = learning(setting)
        for _ in range(steps):
            value = learner.batch_fit(x, y)
            numbers.append(after(learner.model, value, of_parameters(learner.model)))
    return list(zip(steps_of, expected, strict=True))


def can_be_stacked(document: Document) -> bool:
    """Whether all layers support it, and at least one parameter can differ between networks."""
    model = build(document).model
    return bool(model.parameters) and all(layer.stackable for layer in model.layers)


def _elsewhere(setting: Setting, number: int) -> Setting:
    rng = np.random.default_rng(number)
    for parameter in setting.model.parameters:
        parameter.tensor = parameter.tensor + number * rng.uniform(-1, 1, parameter.shape)
    return setting


def learning(setting: Setting) -> tuple[Learner, Any, Any]:
    """A learner and its batch."""
    return Learner(setting.model, setting.loss, setting.optimizer), setting.x, setting.y


def of_parameters(model: Sequential) -> Numbers:
    """Copies of the current gradients."""
    return {
        f"{layer.name}.{name}.grad": layer.in_notation(name, np.array(parameter.gradient))
        for layer in model.layers
        for name, parameter in layer.parameters().items()
    }


def after(model: Sequential, loss: Any, gradients: Numbers) -> Numbers:
    """The numbers of a step after its update."""
    return {"loss": loss} | gradients | {name: value for layer in model.layers for name, value in _of(layer)}


def _of(layer: Layer) -> Iterator[tuple[str, Any]]:
    for name, parameter in layer.parameters().items():
        yield f"{layer.name}.{name}", layer.in_notation(name, parameter.tensor).copy()
        for word, array in parameter.state.items():
            yield f"{layer.name}.{name}.{word}", layer.in_notation(name, array).copy()
    for name in layer.running_state:
        yield f"{layer.name}.{name}", np.array(getattr(layer, name))


def assert_same_bits(found: list[Numbers], expected: list[Numbers]) -> None:
    """Each number of each step that both have, with the sign of every zero; NaN counts as equal."""
    assert len(found) == len(expected)
    for step, (ours, theirs) in enumerate(zip(found, expected, strict=True), 1):
        # `Advance` gives no gradients.
        assert {name for name in theirs if not name.endswith(".grad")} <= ours.keys() <= theirs.keys(), step
        for name, value in ours.items():
            assert bits(value) == bits(theirs[name]), (
                f"step {step}, {name}: {np.asarray(value).tolist()} is not {np.asarray(theirs[name]).tolist()}"
            )


def bits(value: Any) -> tuple[tuple[int, ...], bytes]:
    """Shape and bytes, with a single representation of NaN."""
    array = np.array(value, dtype=float, order="C")
    array[np.isnan(array)] = np.nan
    return array.shape, array.tobytes()
