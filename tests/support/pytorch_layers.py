"""PyTorch's results for a case: an oracle, live where torch is installed and recorded for everywhere else."""

import importlib.util
import os
from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.layer_cases import Case
from tests.support.layer_rows import InTorch
from tests.tinyml.layers.cases import ROWS
from tinyml.layers import Layer

where_torch_is = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="torch is not installed; recorded answers serve"
)


def recorded(answers: Mapping[str, Any], name: str, command: str) -> Any:
    """PyTorch's recorded results for a case. A new case may have no record yet: then the test is skipped, or fails
    if PyTorch is required.
    """
    if name not in answers:
        missing = f"PyTorch's results are not recorded for {name!r}; with PyTorch installed, run python -m {command}"
        (pytest.fail if os.environ.get("REQUIRE_TORCH") else pytest.skip)(missing)
    return answers[name]


def torch_passes(case: Case) -> dict[str, Any]:
    """Output, places if there are any, input gradient and parameter gradients, in float64."""
    import torch

    layer, x = case.layer(), case.x()
    layer.forward(case.fed(x))  # Dropout draws its mask, which PyTorch then uses
    leaf = torch.tensor(x, requires_grad=True)
    fed = case.fed(x)
    places = torch.tensor(fed[1]) if isinstance(fed, tuple) else None
    parameters = {
        name: torch.tensor(parameter.tensor, requires_grad=True) for name, parameter in layer.parameters().items()
    }
    answer = in_torch(layer, case, leaf, places, **parameters)
    output, *index = answer if isinstance(answer, tuple) else (answer,)
    output.backward(torch.tensor(case.upstream()))
    return {
        "output": output.tolist(),
        **({"index": index[0].tolist()} if index else {}),
        "input_gradient": leaf.grad.tolist(),
        **{name: parameter.grad.tolist() for name, parameter in parameters.items()},
    }


def in_torch(layer: Layer | None, case: Case, x: Any, places: Any = None, **parameters: Any) -> Any:
    """PyTorch's output for an input with these parameters; `layer` is ours, after a forward pass: some
    formulas read its mask or its statistics.
    """
    import torch

    return ROWS[case.kind].torch(InTorch(torch, layer, case, x, places), **parameters)
