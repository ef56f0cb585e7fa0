"""A parameter's factor of the learning rate: PyTorch's parameter groups, whichever way a step is taken."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.networks import Document
from tests.support.pytorch import torch_groups
from tests.support.pytorch_layers import where_torch_is
from tests.support.ways import WAYS, assert_same_bits, by_hand, stacked
from tests.tinyml.optims.test_optimizers import GRADIENTS, SETTINGS, START, each_setting
from tinyml import optims
from tinyml.core import Parameter

RECORDED = Path(__file__).parent / "groups.json"
FACTORS = (1.0, 0.5, 3.0, 0.0)
GROUPED = [setting for setting in SETTINGS if "clip" not in setting]


def our_groups(setting: dict[str, Any]) -> list[Any]:
    """A parameter of each factor after each step."""
    optimizer = getattr(optims, setting["ours"])(**setting["arguments"])
    parameters = [Parameter(np.array(START)) for _ in FACTORS]
    seen = []
    for gradient in GRADIENTS:
        for parameter, factor in zip(parameters, FACTORS, strict=True):
            parameter.lr_factor = factor
            parameter.gradient = np.array(gradient)
            optimizer.update(parameter)
        seen.append([parameter.tensor.tolist() for parameter in parameters])
    return seen


@pytest.mark.parametrize("setting", GROUPED, ids=lambda setting: setting["name"])
def test_factors_are_what_pytorch_recorded_of_groups(setting: dict[str, Any]) -> None:
    recorded = json.loads(RECORDED.read_text("utf-8"))[setting["name"]]
    np.testing.assert_allclose(our_groups(setting), recorded, rtol=1e-12)


@pytest.mark.parametrize("setting", GROUPED, ids=lambda setting: setting["name"])
@where_torch_is
def test_factors_equal_pytorchs_groups(setting: dict[str, Any]) -> None:
    np.testing.assert_allclose(our_groups(setting), torch_groups(setting, FACTORS, START, GRADIENTS), rtol=1e-12)


@each_setting
def test_a_factor_of_0_freezes_and_the_rate_of_the_others_stays(setting: dict[str, Any]) -> None:
    optimizer = getattr(optims, setting["ours"])(**setting["arguments"])
    parameter = Parameter(np.array(START))
    parameter.lr_factor, parameter.gradient = 0.0, np.array(GRADIENTS[0])
    rate = optimizer.rate
    optimizer.update(parameter)
    np.testing.assert_array_equal(parameter.tensor, START)
    assert optimizer.rate == rate


@pytest.mark.parametrize(
    "optimizer",
    [
        {"type": "sgd", "lr": 0.1},
        {"type": "sgd", "lr": 0.1, "momentum": 0.9, "momentum_form": "previous_change"},
        {"type": "adamw", "lr": 0.1, "weight_decay": 0.1, "clip": {"norm": 0.5}},
        {"type": "adagrad", "lr": 0.1, "lr_decay": 0.1},
    ],
    ids=["sgd", "previous change", "adamw clipped", "adagrad"],
)
def test_all_ways_to_take_a_step_have_the_same_factors(optimizer: Document) -> None:
    rng = np.random.default_rng(0)
    document: Document = {
        "input_shape": [3],
        "layers": [
            {"type": "Linear", "name": "fc_1", "output_dim": 4, "lr_factor": 0.5},
            {"type": "Tanh", "name": "tanh_1"},
            {"type": "Linear", "name": "fc_2", "output_dim": 4, "lr_factor": 0.0},
            {"type": "Linear", "name": "fc_3", "output_dim": 2, "lr_factor": 3.0, "frozen": ["b"]},
        ],
        "loss": {"type": "half_squared_error"},
        "optimizer": optimizer,
        "x": rng.uniform(-1, 1, (5, 3)).tolist(),
        "y": rng.uniform(-1, 1, (5, 2)).tolist(),
    }
    for place, (inputs, outputs) in {0: (3, 4), 2: (4, 4), 3: (4, 2)}.items():
        w, b = rng.uniform(-1, 1, (inputs, outputs)), rng.uniform(-1, 1, outputs)
        document["layers"][place] |= {"w": w.tolist(), "b": b.tolist()}
    expected = list(by_hand(document, 3))
    np.testing.assert_array_equal(expected[-1]["fc_2.w"], document["layers"][2]["w"])
    assert (expected[0]["fc_1.w"] != document["layers"][0]["w"]).all()
    for way in WAYS:
        assert_same_bits(list(way(document, 3)), expected)
    for of_stack, alone in stacked(document, 3):
        assert_same_bits(of_stack, alone)
