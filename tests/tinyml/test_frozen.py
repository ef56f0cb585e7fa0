"""A frozen parameter and its optimizer state keep every bit; its gradient is still computed."""

from itertools import chain, combinations
from typing import Any

import numpy as np
import pytest

from tests.support.layer_cases import Case
from tests.support.layers_at_random import LEARNING as KINDS_THAT_LEARN
from tests.support.pytorch import OPTIMIZERS
from tests.support.pytorch_layers import in_torch, where_torch_is
from tests.support.recorded import record
from tests.support.ways import bits
from tests.tinyml.layers.cases import ROWS
from tinyml import optims
from tinyml.core import Parameter
from tinyml.explain import explain
from tinyml.expression import evaluate
from tinyml.layers import Conv2D, Deconv2D, Layer, Linear
from tinyml.losses import half_squared_error
from tinyml.net import Sequential
from tinyml.optims import Optimizer
from tinyml.trace import Trace, trace

# One case of each layer that has parameters, and one without a bias of each that may be without.
LEARNING = [
    next(case for case in ROWS[kind].cases if case.training and ("bias" in case.arguments) == bare)
    for kind in KINDS_THAT_LEARN
    for bare in (False, True)
    if not bare or any("bias" in case.arguments for case in ROWS[kind].cases)
]
STEPS = 3
each_case = pytest.mark.parametrize("case", LEARNING, ids=lambda case: case.name)
each_optimizer = pytest.mark.parametrize("setting", OPTIMIZERS, ids=lambda setting: setting["name"])


def subsets(names: Any) -> Any:
    """Every subset of the names."""
    return chain.from_iterable(combinations(list(names), count) for count in range(len(names) + 1))


def rule(setting: dict[str, Any]) -> Optimizer:
    made: Optimizer = getattr(optims, setting["ours"])(**setting["arguments"])
    return made


def trained(case: Case, optimizer: Optimizer, steps: int = STEPS) -> Layer:
    """The layer after some training steps on one batch, by hand; the target is the case's `upstream`."""
    layer, x, y = case.layer(), case.x(), case.upstream()
    model = Sequential([layer])
    for _ in range(steps):
        _, gradient = half_squared_error(model.forward(x), y)
        model.backward(gradient)
        model.update(optimizer)
    return layer


def test_there_is_a_case_for_every_layer_with_parameters() -> None:
    assert {case.kind for case in LEARNING} == set(KINDS_THAT_LEARN)
    assert {"Linear", "Conv2D", "BatchNorm"} < set(KINDS_THAT_LEARN) < set(ROWS)


@each_case
@each_optimizer
def test_what_is_frozen_stays_and_the_rest_moves(case: Case, setting: dict[str, Any]) -> None:
    """Each subset of the parameters is frozen: it stays, and the first step of the others is the same as without it."""
    free = trained(case, rule(setting), steps=1)
    for frozen in subsets(case.layer().parameters()):
        start, layer = case.layer(), trained(case._replace(frozen=frozen), rule(setting))
        one = trained(case._replace(frozen=frozen), rule(setting), steps=1)
        for name, parameter in layer.parameters().items():
            assert parameter.gradient is not None
            assert np.abs(parameter.gradient).max() > 0
            if name in frozen:
                assert bits(parameter.tensor) == bits(start.parameters()[name].tensor)
                assert parameter.state == {}
            else:
                assert bits(parameter.tensor) != bits(start.parameters()[name].tensor)
                assert bits(one.parameters()[name].tensor) == bits(free.parameters()[name].tensor)


@pytest.mark.slow
@each_case
@each_optimizer
@where_torch_is
def test_steps_with_frozen_parameters_equal_pytorchs(case: Case, setting: dict[str, Any]) -> None:
    import torch

    for frozen in subsets(case.layer().parameters()):
        theirs = {
            name: torch.tensor(parameter.tensor.copy(), requires_grad=name not in frozen)
            for name, parameter in case.layer().parameters().items()
        }
        learning = [parameter for parameter in theirs.values() if parameter.requires_grad]
        optimizer = getattr(torch.optim, setting["theirs"])(learning, **setting["arguments"]) if learning else None
        for _ in range(STEPS if optimizer else 0):
            optimizer.zero_grad()
            answer = in_torch(case.layer(), case, torch.tensor(case.x()), **theirs)
            (((answer - torch.tensor(case.upstream())) ** 2).sum() / 2).backward()
            optimizer.step()
        for name, parameter in trained(case._replace(frozen=frozen), rule(setting)).parameters().items():
            np.testing.assert_allclose(parameter.tensor, theirs[name].detach().numpy(), rtol=1e-9, atol=1e-12)


@each_case
@each_optimizer
def test_earlier_optimizer_state_is_unchanged_with_the_reason(case: Case, setting: dict[str, Any]) -> None:
    """A parameter that has been trained for some steps and is then frozen."""
    layer = trained(case, rule(setting))
    for parameter in layer.parameters().values():
        parameter.require_grad = False
    recorded = trace(Sequential([layer]), half_squared_error, rule(setting), case.x(), case.upstream())
    for name, of in recorded.layers[0].parameters.items():
        assert bits(of.next) == bits(of.value)
        assert of.next_state.keys() == of.state.keys()
        assert all(bits(of.next_state[word]) == bits(of.state[word]) for word in of.state)
        stays(recorded, name, of.value, "next")
        for word, array in of.state.items():
            stays(recorded, name, array, f"{word}.next")


def stays(recorded: Trace, name: str, values: Any, part: str) -> None:
    """The first and last number of a parameter, or of its state, have the explanation that they stay."""
    for at in ((0,) * values.ndim, tuple(size - 1 for size in values.shape)):
        explanation = explain(recorded, f"layer.{name}.{part}[{','.join(map(str, at))}]")
        assert explanation.law.key == "law.frozen"
        assert evaluate(explanation.expression) == explanation.value == values[at]


@pytest.mark.parametrize("number", [-0.0, 0.0, 5e-324, 1e308, 0.1 + 0.2])
def test_a_frozen_number_keeps_its_bits_whatever_it_is(number: float) -> None:
    layer = Linear("layer", 1, 1, weight=np.array([[number]]), bias=np.array([1.0]))
    layer.weight.require_grad = False
    recorded = trace(
        Sequential([layer]), half_squared_error, optims.AdamWOptimizer(0.5), np.ones((1, 1)), np.ones((1, 1))
    )
    assert bits(recorded.layers[0].parameters["w"].next) == bits(np.array([[number]]))


def test_running_statistics_are_no_parameters_and_move_though_all_is_frozen() -> None:
    case = Case("BatchNorm", {"features": 3}, (5, 3), frozen=("gamma", "beta"))
    (recorded,) = record([case]).layers
    for before, after in recorded.running_state.values():
        assert not np.array_equal(before, after)


@pytest.mark.parametrize("kind", ["Linear", "Conv1D", "Conv2D", "Deconv2D"])
def test_without_a_bias_there_is_no_b(kind: str) -> None:
    case = next(case for case in LEARNING if case.kind == kind and "bias" in case.arguments)
    layer = case.layer()
    assert list(layer.parameters()) == ["w"]
    assert not layer.biased
    assert not hasattr(layer, "bias")
    with_bias = case._replace(arguments={**case.arguments, "bias": True}).layer()
    weights = layer.parameters()["w"].tensor
    with_bias.parameters()["w"].tensor = weights
    with_bias.parameters()["b"].tensor = np.zeros_like(with_bias.parameters()["b"].tensor)
    np.testing.assert_allclose(layer.forward(case.x()), with_bias.forward(case.x()), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(
        layer.backward(case.upstream()), with_bias.backward(case.upstream()), rtol=1e-12, atol=1e-14
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Linear("layer", 3, 2, rng=np.random.default_rng(0)),
            Linear("layer", 3, 2, bias=False, rng=np.random.default_rng(0)),
        ),
        (
            Conv2D("layer", (1, 3, 3), 2, 2, 2, rng=np.random.default_rng(0)),
            Conv2D("layer", (1, 3, 3), 2, 2, 2, bias=False, rng=np.random.default_rng(0)),
        ),
        (
            Deconv2D("layer", (1, 3, 3), 2, 2, 2, 1, rng=np.random.default_rng(0)),
            Deconv2D("layer", (1, 3, 3), 2, 2, 2, 1, bias=False, rng=np.random.default_rng(0)),
        ),
    ],
    ids=["Linear", "Conv2D", "Deconv2D"],
)
def test_the_weights_that_are_drawn_do_not_depend_on_the_bias(one: Layer, other: Layer) -> None:
    np.testing.assert_array_equal(one.parameters()["w"].tensor, other.parameters()["w"].tensor)


def test_the_weight_of_a_layer_without_bias_can_be_replaced_as_a_whole() -> None:
    layer = Linear("layer", 2, 1, bias=False)
    model = Sequential([layer])
    layer.weight = Parameter(np.array([[2.0, 3.0]]))
    np.testing.assert_array_equal(model.forward(np.array([[1.0, 10.0]])), [[32.0]])
