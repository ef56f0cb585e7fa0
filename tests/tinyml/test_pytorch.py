"""The engine against PyTorch: recorded results always, live ones where torch is installed."""

import importlib.util
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from tests.support.networks import Document, build, documents
from tests.support.pytorch import torch_answers
from tests.support.pytorch_layers import recorded, where_torch_is
from tests.tinyml.record_pytorch import names

FILE = Path(__file__).parent / "recorded" / "pytorch.json"
RECORDED = {case["name"]: case for case in json.loads(FILE.read_text("utf-8"))}
TOLERANCE = 1e-10


def agrees(document: Document, answers: dict[str, Any]) -> None:
    step = build(document).trace()
    ours: dict[str, Any] = {
        "output": step.output,
        "loss": step.loss.value,
        "x.grad": step.layers[0].input_gradient,
    }
    for layer in step.layers:
        for name, kept in layer.parameters.items():
            ours |= {f"{layer.layer.name}.{name}.grad": kept.gradient, f"{layer.layer.name}.{name}.next": kept.next}
    assert ours.keys() == answers.keys()
    for name, value in ours.items():
        np.testing.assert_allclose(value, answers[name], rtol=TOLERANCE, atol=TOLERANCE, err_msg=name)


@pytest.mark.parametrize("name", names())
def test_training_steps_equal_what_pytorch_recorded(name: str) -> None:
    case = recorded(RECORDED, name, "tests.tinyml.record_pytorch")
    agrees(case["document"], case["answers"])


def test_pytorch_is_here_where_it_must_be() -> None:
    if os.environ.get("REQUIRE_TORCH"):
        assert importlib.util.find_spec("torch"), "REQUIRE_TORCH is set, but torch is not installed: pip install torch"


@pytest.mark.slow
@where_torch_is
@given(documents())
def test_training_steps_equal_pytorchs(document: Document) -> None:
    agrees(document, torch_answers(document))
