"""The engine on cupy, for which a substitute is used here: see tests/support/gpu."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tinyml import data, initialisers, layers, losses, optims

ROOT = Path(__file__).resolve().parents[3]
STAND_IN = ROOT / "tests" / "support" / "gpu"
EVERY_NUMBER = STAND_IN / "every_number.py"


def run(*arguments: str, gpu: bool) -> subprocess.CompletedProcess[str]:
    """Python with the given arguments, and with the substitute for cupy if requested."""
    path = os.pathsep.join(map(str, (ROOT, STAND_IN) if gpu else (ROOT,)))
    environment = {**os.environ, "PYTHONPATH": path, "TNN_GPU": "1" if gpu else "0"}
    command = [sys.executable, "-W", "error", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def numbers() -> dict[str, Any]:
    """Every number of the engine, by backend, section and name."""
    answers = [run(str(EVERY_NUMBER), gpu=gpu) for gpu in (False, True)]
    assert [answer.stderr for answer in answers] == ["", ""]
    found = [json.loads(answer.stdout) for answer in answers]
    return {answer["backend"]: answer["numbers"] for answer in found}


def differences(path: str, ours: Any, theirs: Any) -> list[str]:
    """Where two trees of numbers differ by a relative error of more than 1e-12."""
    if isinstance(ours, dict):
        assert ours.keys() == theirs.keys(), path
        return [found for name in ours for found in differences(f"{path}/{name}", ours[name], theirs[name])]
    if isinstance(ours, list) and not all(isinstance(entry, float | int | None) for entry in ours):
        assert len(ours) == len(theirs), path
        pairs = zip(ours, theirs, strict=True)
        return [found for i, pair in enumerate(pairs) for found in differences(f"{path}/{i}", *pair)]
    if isinstance(ours, str):
        return [] if ours == theirs else [path]
    close = np.allclose(np.array(ours, float), np.array(theirs, float), rtol=1e-12, atol=1e-12, equal_nan=True)
    return [] if close else [path]


def test_all_numbers_are_those_of_numpy(numbers: dict[str, Any]) -> None:
    assert set(numbers) == {"numpy", "cupy"}
    assert differences("", numbers["numpy"], numbers["cupy"]) == []


def test_nothing_of_the_engine_is_left_out(numbers: dict[str, Any]) -> None:
    computed = numbers["cupy"]
    assert set(layers.__all__) - {"Layer"} <= set(computed)
    # Clipped is what a Clip measures, Objective what a Penalty is part of; schedules compute no arrays.
    without = {
        "Optimizer",
        "Clipped",
        "Objective",
        "Rate",
        "Schedule",
        "StepSchedule",
        "CosineSchedule",
        "WarmUpSchedule",
    }
    assert set(optims.__all__) - without <= set(computed)
    # A loss is an object; the list also contains the classes.
    assert {name for name in losses.__all__ if name.islower()} <= set(computed)
    assert set(initialisers.__all__) - {"INITIALISERS", "fans"} == set(computed["drawing"])
    # The digits are scikit-learn's, parse_csv reads lines as a Table that its columns are chosen from, and the others
    # a file; `scale` returns a Scaled, and `draw` draws each of SETS.
    tables = {"read_csv", "parse_csv", "read_table", "parse_table", "Table", "TableError", "Column", "Chosen"}
    elsewhere = {"digits", *tables, "Scaled", "ScalingError", "SETS", "DataSet", "BatchError"}
    assert set(data.__all__) - elsewhere | {"csv"} == set(computed["data"])


def test_a_divergence_is_reported_on_the_gpu_too(numbers: dict[str, Any]) -> None:
    assert "the loss is the first that is not finite" in numbers["cupy"]["divergence"]["error"]


def test_the_checks_agree_on_the_gpu_too(numbers: dict[str, Any]) -> None:
    for kind in ("Linear", "Conv2D", "Dropout", "GELU", "mse_loss"):
        assert all(numbers["cupy"][kind]["check"]), kind


# Operations that a too permissive substitute would allow: `g` is an array on the GPU, `n` one of numpy's.
BEHIND_ITS_BACK = [
    "np.tanh(g)",
    "np.tanh(n, g)",
    "np.asarray(g)",
    "np.concatenate([g, g])",
    "np.where(g > 0, g, 0)",
    "n + g",
    "g + n",
    "g.__iadd__(n)",
    "g.__setitem__(..., n)",
    "n.__setitem__(..., g)",
    "g[n.astype(int)]",
    "g.dot(n)",
    "Backend.add(g, n)",
    "Backend.add(g, g, n)",
    "Backend.where(g > 0, g, n)",
    "Backend.concatenate([g, n])",
]


def test_the_stand_in_refuses_whatever_goes_behind_the_backends_back() -> None:
    tried = f"""
import numpy as np
from tinyml.core import Backend
for attempt in {BEHIND_ITS_BACK!r}:
    g, n = Backend.ones(3), np.ones(3)
    try:
        eval(attempt)
    except (TypeError, ValueError):
        continue
    print("let through:", attempt)
"""
    answer = run("-c", tried, gpu=True)
    assert (answer.stdout, answer.stderr) == ("", "")


def test_a_layer_that_calls_numpy_by_itself_fails_under_it() -> None:
    tried = """
import numpy as np
from tinyml.core import Backend
from tinyml.layers import Tanh
class Sneaky(Tanh):
    def forward_program(self, at):
        return [(np.tanh, at.input, at.output)]
Sneaky("sneaky").forward(Backend.ones((2, 3)))
"""
    assert run("-c", tried, gpu=False).returncode == 0
    answer = run("-c", tried, gpu=True)
    assert answer.returncode != 0
    assert "operand 'ndarray' does not support ufuncs" in answer.stderr


def test_numbers_reach_the_gpu_through_asarray_and_come_back_through_get_or_as_pythons_own() -> None:
    tried = """
import numpy as np
from tinyml.core import Backend
from tinyml.layers import Linear
layer = Linear("fc_1", 3, 2, rng=np.random.default_rng(0))
output = layer.forward(Backend.asarray(np.ones((4, 3))))
assert type(output) is Backend.ndarray and type(output.get()) is np.ndarray and type(output.tolist()) is list
assert type(layer.weight.tensor) is Backend.ndarray
"""
    assert run("-c", tried, gpu=True).stderr == ""


@pytest.mark.parametrize("name", ["errstate", "frompyfunc", "vecdot"])
def test_the_stand_in_lacks_what_cupy_lacks(name: str) -> None:
    assert "AttributeError" in run("-c", f"from tinyml.core import Backend; Backend.{name}", gpu=True).stderr
