"""Programs written for the original library, with its imports, run unchanged."""

import gzip
import importlib
import json
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tinyml
from tinyml.compat import ALIASES, RENAMED, alias_spec, logger
from tinyml.compat.vgg import tinyvgg16, vgg11, vgg16
from tinyml.layers import Deconv2D, Linear
from tinyml.layers.max_pool2d import MaxPool2D
from tinyml.learner import Learner
from tinyml.losses import mse_loss
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer

PROGRAMS = Path(__file__).parent / "programs"
GOLDEN = Path(__file__).parents[1] / "golden"
ROOT = Path(__file__).resolve().parents[3]


def idx(numbers: np.ndarray) -> bytes:
    """The array in the format of the MNIST files."""
    sides = b"".join(side.to_bytes(4, "big") for side in numbers.shape)
    return bytes([0, 0, 8, numbers.ndim]) + sides + numbers.astype("u1").tobytes()


def put_digits(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Eight training digits and four test digits, each a bar whose height is its class; returns the training ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, count in (("t10k", 4), ("train", 8)):
        labels = np.arange(count) % 4
        images = np.zeros((count, 28, 28))
        for image, label in zip(images, labels, strict=True):
            image[6 * label : 6 * label + 8, 4:24] = 255
        (folder / f"{kind}-images-idx3-ubyte.gz").write_bytes(gzip.compress(idx(images)))
        (folder / f"{kind}-labels-idx1-ubyte").write_bytes(idx(labels))
    return images, labels


def run(name: str) -> dict[str, Any]:
    return runpy.run_path(str(PROGRAMS / f"{name}.py"))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(logger, "VERBOSE", 1)


def test_a_step_with_weights_set_as_arrays_is_the_textbooks() -> None:
    after = run("one_step")
    assert logger.VERBOSE == 3
    expected = json.loads((GOLDEN / "textbook-two-layers.json").read_text("utf-8"))["expected"]
    np.testing.assert_allclose(after["predicted"], expected["output"], atol=1e-12)
    assert after["loss"] == pytest.approx(expected["loss"], abs=1e-12)
    for layer, right in ((after["first"], expected["layers"][0]), (after["second"], expected["layers"][2])):
        np.testing.assert_allclose(layer.weight.gradient.T, right["w_gradient"], atol=1e-12)
        np.testing.assert_allclose(layer.weight.tensor.T, right["w_next"], atol=1e-12)
        np.testing.assert_allclose(layer.bias.tensor, right["b_next"], atol=1e-12)


def test_digits_are_read_learnt_evaluated_and_saved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    images, labels = put_digits(tmp_path / "dataset")
    after = run("digits")
    np.testing.assert_array_equal(after["x_train"][:, 0] * 255, images)
    np.testing.assert_array_equal(after["y_train"], labels)
    np.testing.assert_allclose(after["sums"], 1)
    epochs = re.findall(r"Epoch: (\d+), Acc: ([\d.]+)%", capsys.readouterr().out)
    assert [epoch for epoch, _ in epochs] == ["0", "2"]
    assert all(float(accuracy) in {0, 25, 50, 75, 100} for _, accuracy in epochs)
    assert sorted(path.name for path in tmp_path.glob("*.tnn")) == ["digits.tnn", "model-0.tnn", "model-2.tnn"]
    model, x_test = after["model"], after["x_test"]
    learnt = model.predict(x_test)
    model.load("model-0.tnn")
    assert (model.predict(x_test) != learnt).any()
    model.load("digits.tnn")
    np.testing.assert_array_equal(model.predict(x_test), learnt)


def test_pooling_and_convolution_are_gone_back_through() -> None:
    after = run("unpooled")
    assert np.count_nonzero(after["unpooled"]) == after["features"].size
    assert after["image"].shape == (1, 1, 5, 5)


@pytest.mark.parametrize("name", [*ALIASES, *RENAMED])
def test_an_old_name_gives_the_module_of_the_new_one(name: str) -> None:
    package, _, last = name.rpartition(".")
    module = importlib.import_module(name)
    assert module is importlib.import_module({**ALIASES, **RENAMED}[name])
    assert getattr(importlib.import_module(package), last) is module
    # No module of the engine has this name, so that no other one can be imported by mistake.
    assert not (ROOT / f"{name.replace('.', '/')}.py").exists()


def test_the_docs_list_every_old_name() -> None:
    section = (ROOT / "docs" / "engine.md").read_text("utf-8").split("\n## Programs for the original library\n")[1]
    assert dict(re.findall(r"^\| `(tinyml\.\S+)` \| `(tinyml\.\S+)` \|", section, re.MULTILINE)) == ALIASES


def test_a_name_that_neither_library_has_is_refused_as_ever() -> None:
    assert alias_spec("tinyml.layers.recurrent") is None
    with pytest.raises(ModuleNotFoundError, match=r"No module named 'tinyml\.layers\.recurrent'"):
        importlib.import_module("tinyml.layers.recurrent")
    with pytest.raises(AttributeError, match="module 'tinyml' has no attribute 'nothing'"):
        tinyml.nothing  # noqa: B018
    assert tinyml.OldNames.find_spec("other.module") is None


def test_naming_a_module_loads_no_more_than_it_needs() -> None:
    program = (
        "import sys, tinyml\n"
        "assert [n for n in sys.modules if n.startswith('tinyml.')] == []\n"
        "assert tinyml.utilities.logger.VERBOSE == 1\n"
        "from tinyml.losses.cross_entropy import cross_entropy_with_softmax_loss\n"
        "import tinyml.losses\n"
        "assert tinyml.losses.__name__ == tinyml.losses.__spec__.name == 'tinyml.losses'\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=60)


def test_an_array_in_the_place_of_a_parameter_sets_its_values() -> None:
    layer = Linear("fc", 2, 1)
    weight = layer.weight
    layer.weight = np.array([[3, 4]])  # type: ignore[assignment]
    assert layer.weight is weight
    assert weight.tensor.tolist() == [[3.0, 4.0]]
    with pytest.raises(tinyml.core.ShapeError, match=r"shape \(1, 2\), got values of shape \(2,\)"):
        layer.weight = np.array([3, 4])  # type: ignore[assignment]
    assert layer(np.array([[1.0, 1.0]])) == 7 + layer.bias.tensor


def test_a_network_goes_on_with_values_set_so() -> None:
    layer = Linear("fc", 1, 1)
    model = Sequential([layer])
    learner = Learner(model, mse_loss, SGDOptimizer(0.5))
    learner.batch_fit(np.ones((1, 1)), np.ones((1, 1)))
    layer.weight, layer.bias = np.array([[2.0]]), np.array([0.0])  # type: ignore[assignment]
    assert learner.batch_fit(np.ones((1, 1)), np.zeros((1, 1))) == 4.0
    assert layer.weight.tensor.tolist() == [[0.0]]


def test_callbacks_are_called_as_in_either_library() -> None:
    learner = Learner(Sequential([Linear("fc", 1, 1)]), mse_loss, SGDOptimizer(0.1))
    x = np.ones((2, 1))
    calls: list[tuple[Any, ...]] = []
    learner.fit(x, x, 5, callbacks=[lambda *a: calls.append(a)], callbacks_interval=3, cargs=("a", 2), progress=False)
    assert calls == [(learner.model, 0, "a", 2), (learner.model, 3, "a", 2)]
    history = learner.fit(x, x, 2, callbacks=[lambda *a: calls.append(a)], progress=False)
    assert calls[2:] == [(epoch,) for epoch in history]
    with pytest.raises(ValueError, match="callbacks_interval must be at least 1, got 0"):
        learner.fit(x, x, 2, callbacks_interval=0, progress=False)


def test_the_logger_prints_according_to_its_level(capsys: pytest.CaptureFixture[str]) -> None:
    layer = Linear("fc", 1, 1, weight=np.array([[0.5]]), bias=np.array([0.25]))
    logger.print_net_summary([layer])
    assert "fc" in capsys.readouterr().out
    for level, lines in ((0, 0), (1, 2), (3, 14)):
        logger.VERBOSE = level
        logger.log_trainining_progress(0, 5, 2.0, 0.5)
        logger.log_training_time(0.1)
        logger.output_intermediate_result("fc", np.ones((1, 1)), "data", layer)
        assert len(capsys.readouterr().out.splitlines()) == lines


@pytest.mark.parametrize(("model", "filters", "side"), [(vgg11, 64, 14), (vgg16, 256, 7), (tinyvgg16, 512, 8)])
def test_the_vggs_are_built(model: Any, filters: int, side: int) -> None:
    least = {vgg11: 16, vgg16: 32, tinyvgg16: 8}[model]
    small = model(side=least, hidden=3, classes=2)
    assert small.predict(np.zeros((2, 3, least, least))).shape == (2, 2)
    assert small.layers[-7].expected_shape() == (filters,)
    names = [layer.name for layer in small.layers]
    assert names[:4] == ["b_1_conv2d_1", "b_1_relu_1", "b_1_conv2d_2", "b_1_relu_2"]
    assert names[-8:] == ["flat_1", "fc_1", "relu_1", "drop_1", "fc_2", "relu_2", "drop_2", "fc_3"]
    assert all(layer.return_index for layer in small.layers if isinstance(layer, MaxPool2D))
    # At the original size, the first fully connected layer takes this many inputs.
    assert model.__kwdefaults__["side"] // least == side


def test_the_biases_of_a_transposed_convolution_start_at_0() -> None:
    layer = Deconv2D("deconv", (2, 3, 3), 4, 2, 2, 1)
    assert layer.bias.tensor.tolist() == [0.0] * 4
    assert layer.weight.tensor.any()
