"""The contract of every optimizer, and that each takes PyTorch's steps."""

import inspect
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.pytorch import OPTIMIZERS, VARIANTS, torch_steps
from tests.support.pytorch_layers import where_torch_is
from tinyml import optims
from tinyml.core import OrderError, Parameter
from tinyml.optims import Optimizer

PUBLIC = [getattr(optims, name) for name in optims.__all__]
KINDS = [kind for kind in PUBLIC if issubclass(kind, Optimizer) and kind is not Optimizer]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
SETTINGS = [*OPTIMIZERS, *VARIANTS]
each_setting = pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting["name"])
RECORDED = Path(__file__).parent / "recorded.json"
START = [[0.5, -1.0], [2.0, 0.25]]
GRADIENTS = [[[0.1, -0.2], [0.0, 3.0]], [[0.2, 0.4], [-1.0, 1e-3]], [[-0.3, 0.1], [0.5, -2.0]]]


def our_steps(setting: dict[str, Any]) -> list[Any]:
    optimizer = getattr(optims, setting["ours"])(**setting["arguments"])
    clip = optims.Clip(*setting["clip"]) if "clip" in setting else None
    parameter, seen = Parameter(np.array(START)), []
    for gradient in GRADIENTS:
        parameter.gradient = np.array(gradient)
        used = parameter.gradient if clip is None else clip.all_clipped({parameter: parameter.gradient})[parameter]
        optimizer.update(parameter, used)
        np.testing.assert_array_equal(parameter.gradient, gradient)
        seen.append(parameter.tensor.tolist())
    return seen


@each_setting
def test_three_steps_equal_what_pytorch_recorded(setting: dict[str, Any]) -> None:
    np.testing.assert_allclose(our_steps(setting), json.loads(RECORDED.read_text("utf-8"))[setting["name"]], rtol=1e-12)


@each_setting
@where_torch_is
def test_three_steps_equal_pytorchs(setting: dict[str, Any]) -> None:
    np.testing.assert_allclose(our_steps(setting), torch_steps(setting, START, GRADIENTS), rtol=1e-12)


def test_every_optimizer_is_compared() -> None:
    assert {setting["ours"] for setting in OPTIMIZERS} == {kind.__name__ for kind in KINDS}


@each_kind
def test_proposing_changes_nothing_and_updating_does_what_was_proposed(kind: type[Optimizer]) -> None:
    optimizer, parameter = kind(lr=0.1), Parameter(np.array(START))
    for gradient in GRADIENTS:
        parameter.gradient = np.array(gradient)
        before = parameter.tensor.copy(), {name: value.copy() for name, value in parameter.state.items()}
        tensor, state = optimizer.propose(parameter)
        np.testing.assert_array_equal(parameter.tensor, before[0])
        assert parameter.state.keys() == before[1].keys()
        for name, value in before[1].items():
            np.testing.assert_array_equal(parameter.state[name], value)
        optimizer.update(parameter)
        np.testing.assert_array_equal(parameter.tensor, tensor)
        assert parameter.state.keys() == state.keys()
        np.testing.assert_array_equal(parameter.gradient, gradient)


@each_kind
def test_a_frozen_parameter_is_left_alone(kind: type[Optimizer]) -> None:
    frozen = Parameter(np.array(START), require_grad=False)
    frozen.gradient = np.array(GRADIENTS[0])
    kind(lr=0.1).update(frozen)
    np.testing.assert_array_equal(frozen.tensor, START)
    assert frozen.state == {}


@each_kind
def test_an_update_before_any_backward_pass_is_refused_with_the_remedy(kind: type[Optimizer]) -> None:
    with pytest.raises(
        OrderError, match=f"{kind.__name__}: the parameter has no gradient yet; run forward and backward"
    ):
        kind(lr=0.1).update(Parameter(np.ones(2)))


@each_kind
def test_the_docstring_gives_formula_units_and_source(kind: type[Optimizer]) -> None:
    for heading in ("Update:", "Units:", "State:", "Source:"):
        assert heading in (inspect.getdoc(kind) or ""), heading


@each_setting
@pytest.mark.parametrize("first", KINDS, ids=lambda kind: kind.__name__)
def test_an_optimizer_takes_over_from_any_other(setting: dict[str, Any], first: type[Optimizer]) -> None:
    arguments = {"momentum": 0.9} if first is optims.SGDOptimizer else {}
    parameter = Parameter(np.array(START))
    parameter.gradient = np.array(GRADIENTS[0])
    first(lr=0.1, **arguments).update(parameter)
    getattr(optims, setting["ours"])(**setting["arguments"]).update(parameter)
    assert np.isfinite(parameter.tensor).all()


def test_the_velocity_may_be_set_and_forgotten() -> None:
    parameter = Parameter(np.array(START))
    held = parameter.state
    parameter.velocity = np.ones((2, 2))
    assert held == {}
    np.testing.assert_array_equal(parameter.state["velocity"], np.ones((2, 2)))
    parameter.velocity = None
    assert parameter.velocity is None
    assert parameter.state == {}


def test_a_norm_beyond_the_largest_float_is_infinite_and_clips_to_zero_as_in_pytorch() -> None:
    clip = optims.Clip("norm", 0.5)
    large, infinite = np.array([1e200, -1e200]), np.array([np.inf, 1.0])
    assert clip.measured([large]) == (np.inf, 0.0, 2)
    assert clip.all_clipped({"w": large})["w"].tolist() == [0.0, 0.0]
    assert np.isnan(clip.all_clipped({"w": infinite})["w"]).tolist() == [True, False]
