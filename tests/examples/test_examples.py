"""The example programs give the documented results."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from examples import back_propagation, digits_cnn, digits_mlp, regression, xor
from tinyml.learner import Learner

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
GOLDEN = ROOT / "tests" / "tinyml" / "golden"


def close(actual: Any, expected: Any) -> None:
    np.testing.assert_allclose(actual, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("index", "name"), [(0, "textbook-linear"), (1, "textbook-two-layers")])
def test_back_propagation_gives_every_number_of_the_textbook(index: int, name: str) -> None:
    found = back_propagation.main()[index]
    expected = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))["expected"]
    close(found.output, expected["output"])
    close(found.loss, expected["loss"])
    close(found.loss_gradient, expected["loss_gradient"])
    close(found.input_gradient, expected["layers"][0]["input_gradient"])
    close(found.loss_after, expected["loss_after_one_update"])
    for layer, right in zip(found.model.layers, expected["layers"], strict=True):
        for kind, parameter in layer.parameters().items():
            close(parameter.gradient.T, right[f"{kind}_gradient"])  # type: ignore[union-attr]
            close(parameter.tensor.T, right[f"{kind}_next"])


def test_back_propagation_prints_the_numbers_of_the_chapter(capsys: pytest.CaptureFixture[str]) -> None:
    back_propagation.main()
    printed = capsys.readouterr().out
    for number in ("[0.49 0.62]", "0.18365", "[[0.048, -0.037], [0.24, -0.185]]", "[-0.002  0.009]", "0.025141685"):
        assert number in printed


def test_xor_is_learnt_with_hidden_units_and_left_undecided_without() -> None:
    found = xor.main()
    np.testing.assert_allclose(found.with_hidden, xor.ANSWERS, rtol=0, atol=0.05)
    np.testing.assert_allclose(found.without_hidden, 0.5, rtol=0, atol=0.01)


def test_regression_ends_where_the_formula_does() -> None:
    found = regression.main()
    np.testing.assert_allclose(found.learnt, found.exact, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.learnt, [*regression.SLOPES, regression.OFFSET], rtol=0, atol=0.03)
    assert found.losses[0] > 10
    assert found.losses[-1] < 1.2 * regression.NOISE**2


def test_a_perceptron_reads_95_of_100_digits_that_it_never_saw(capsys: pytest.CaptureFixture[str]) -> None:
    found = digits_mlp.main()
    assert found.accuracy >= 0.95
    assert found.confusion.sum() == 360
    assert found.confusion.trace() == round(found.accuracy * 360)
    assert f"{found.accuracy:.1%}" in capsys.readouterr().out


@pytest.mark.slow
def test_a_convolutional_network_reads_97_of_100_digits_that_it_never_saw(capsys: pytest.CaptureFixture[str]) -> None:
    found = digits_cnn.main()
    assert found.accuracy >= 0.97
    assert len(found.mistaken) == round((1 - found.accuracy) * 360)
    assert f"{found.accuracy:.1%}" in capsys.readouterr().out


@pytest.mark.parametrize("example", [digits_mlp, digits_cnn])
def test_what_is_held_out_is_met_once_and_only_after_training(example: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    met: list[tuple[str, Any]] = []

    class Watched(Learner):
        def fit(self, data: Any, label: Any, epochs: int, batch_size: int) -> Any:  # type: ignore[override]
            met.append(("fit", data))
            return super().fit(data, label, 1, batch_size)

        def predict(self, data: Any) -> Any:
            met.append(("predict", data))
            return super().predict(data)

    monkeypatch.setattr(example, "Learner", Watched)
    example.main()
    assert [what for what, _ in met] == ["fit", "predict"]
    train, held_out = ({image.tobytes() for image in data} for _, data in met)
    assert (len(train), len(held_out)) == (1437, 360)
    assert not train & held_out


@pytest.mark.parametrize("name", ["back_propagation", "xor"])
def test_an_example_is_a_program_too(name: str) -> None:
    done = subprocess.run(
        [sys.executable, f"examples/{name}.py"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {"back_propagation": "the loss from 0.18365 to 0.025141685", "xor": "with 4 hidden units"}[
        name
    ] in done.stdout


def test_every_example_is_run_here_listed_in_their_readme_and_short() -> None:
    names = [path.stem for path in EXAMPLES]
    assert names == ["back_propagation", "digits_cnn", "digits_mlp", "regression", "xor"]
    readme = (ROOT / "examples" / "README.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| \[(\w+)\.py\]\(\1\.py\)", readme, re.MULTILINE)) == names
    assert all(len(path.read_text("utf-8").splitlines()) < 60 for path in EXAMPLES)
