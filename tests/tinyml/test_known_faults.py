"""Faults of the chapter's library that must not recur and that the tests of the parts concerned do not cover.

The others are covered by the tests of their subjects: the gradient of `mse_loss` (losses), the sign and the step of
the gradient check (test_gradient_check.py), the backward passes of Softmax, Deconv2D and MaxUnpool2D, the axis of
Softmax and the meaning and the end of Dropout (layers), a second `build_params()` (net), the gradient after an update
(optims).
"""

import ast
from pathlib import Path

import numpy as np
import pytest

from tinyml.core import ShapeError
from tinyml.layers import Conv2D, MaxPool2D
from tinyml.losses import cross_entropy_with_softmax_loss

ROOT = Path(__file__).resolve().parents[2]
# A program that reads files with these executes their content.
UNSAFE = {"_pickle", "cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve"}


def test_cross_entropy_of_more_than_127_samples_is_the_mean_of_each_alone() -> None:
    rng = np.random.default_rng(0)
    scores, classes = rng.normal(size=(300, 10)), rng.integers(0, 10, 300)
    alone = [cross_entropy_with_softmax_loss(scores[n : n + 1], classes[n : n + 1]) for n in range(300)]
    loss, gradient = cross_entropy_with_softmax_loss(scores, classes)
    assert loss == pytest.approx(np.mean([value for value, _ in alone]), rel=1e-12)
    np.testing.assert_allclose(gradient, np.concatenate([row for _, row in alone]) / 300, rtol=0, atol=1e-15)


def test_cross_entropy_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    cross_entropy_with_softmax_loss(np.zeros((2, 3)), np.array([0, 2]))
    assert capfd.readouterr() == ("", "")


def test_a_filter_that_is_not_square_is_held_against_height_and_width_each_by_its_own() -> None:
    # 3 × 2 windows with stride 2 tile 5 × 6; compared with the filter's height, the width would not divide.
    image = np.arange(30.0).reshape(1, 1, 5, 6)
    np.testing.assert_array_equal(MaxPool2D("pool", (1, 5, 6), (3, 2), 2)(image), [[[[13, 15, 17], [25, 27, 29]]]])
    assert Conv2D("conv", (1, 5, 6), 4, 3, 2, 2, 0)(image).shape == (1, 4, 2, 3)
    # And the reverse: by the filter's height, a width of 5 would divide.
    with pytest.raises(ShapeError, match="MaxPool2D 'pool': width 5 does not divide into windows of 2 with stride 2"):
        MaxPool2D("pool", (1, 5, 5), (3, 2), 2)


def test_loading_never_runs_code_from_a_file() -> None:
    sources = [path for folder in ("app", "tinyml") for path in (ROOT / folder).rglob("*.py")]
    found = [f"{path.relative_to(ROOT)}: {what}" for path in sources for what in unsafe(path.read_text("utf-8"))]
    assert len(sources) > 50
    assert found == []


@pytest.mark.parametrize("line", ["import pickle", "from pickle import load", "np.load(path, allow_pickle=True)"])
def test_the_ways_of_the_chapters_library_would_be_found(line: str) -> None:
    assert unsafe(line)


def unsafe(source: str) -> list[str]:
    """The calls in a program that read files unsafely."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                found += [alias.name for alias in names if alias.name.partition(".")[0] in UNSAFE]
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in UNSAFE:
                found.append(module)
            case ast.keyword(arg="allow_pickle", value=value) if ast.unparse(value) != "False":
                found.append("allow_pickle")
    return found
