"""The layers for images, and the normalizing ones: against PyTorch and against finite differences."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.networks import ACTIVATIONS
from tests.tinyml.layers.spatial import CASES, Case, torch_answers
from tinyml import layers

RECORDED = json.loads((Path(__file__).parent / "recorded.json").read_text("utf-8"))
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
# Compared elsewhere: Linear in whole networks, Dropout by its mask, MaxUnpool2D with the pooling that it undoes.
ELSEWHERE = {"Layer", "Linear", "Dropout", "MaxUnpool2D"}


def agrees(case: Case, answers: dict[str, Any]) -> None:
    layer, (x, upstream) = case.layer(), case.data()
    ours: dict[str, Any] = {"output": layer.forward(x), "input_gradient": layer.backward(upstream)}
    ours |= {name: parameter.gradient for name, parameter in layer.parameters().items()}
    assert ours.keys() == answers.keys()
    for name, value in ours.items():
        np.testing.assert_allclose(value, answers[name], rtol=1e-10, atol=1e-10, err_msg=name)


@each_case
def test_passes_equal_what_pytorch_recorded(case: Case) -> None:
    agrees(case, RECORDED[case.name])


@each_case
@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="torch is not installed; recorded answers serve")
def test_passes_equal_pytorchs(case: Case) -> None:
    agrees(case, torch_answers(case))


def test_every_layer_is_compared_here_or_in_whole_networks() -> None:
    assert {case.kind for case in CASES} | ACTIVATIONS.keys() | ELSEWHERE == set(layers.__all__)


@each_case
def test_gradients_equal_central_differences(case: Case) -> None:
    layer, (x, upstream) = case.layer(), case.data()
    if case.kind == "MaxPool2D":
        x = x + np.random.default_rng(3).normal(size=x.shape) / 10  # apart from the ties, where there is no derivative
    layer.forward(x)
    gradients = [(x, layer.backward(upstream))]
    gradients += [(kept.tensor, np.asarray(kept.gradient)) for kept in layer.parameters().values()]
    for tensor, gradient in gradients:
        for index in np.ndindex(tensor.shape):
            kept, losses = tensor[index], []
            for moved in (kept - 1e-6, kept + 1e-6):
                tensor[index] = moved
                losses.append((layer.forward(x) * upstream).sum())
            tensor[index] = kept
            assert gradient[index] == pytest.approx((losses[1] - losses[0]) / 2e-6, abs=1e-6)


@each_case
def test_backward_twice_gives_the_same(case: Case) -> None:
    layer, (x, upstream) = case.layer(), case.data()
    layer.forward(x)
    first = [layer.backward(upstream), *(parameter.gradient for parameter in layer.parameters().values())]
    again = [layer.backward(upstream), *(parameter.gradient for parameter in layer.parameters().values())]
    for one, other in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, other)


@each_case
def test_float32_stays_float32(case: Case) -> None:
    layer, (x, upstream) = case.layer(), case.data()
    layer.astype(np.float32)
    assert layer.forward(x.astype(np.float32)).dtype == np.float32
    assert layer.backward(upstream.astype(np.float32)).dtype == np.float32
