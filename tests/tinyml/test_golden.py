"""The engine against the golden numbers: the chapter's example, two layers, and a batch of three."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.networks import build
from tinyml.gradient_check import gradient_check

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))
each_golden = pytest.mark.parametrize(
    "golden", [json.loads(path.read_text("utf-8")) for path in GOLDEN], ids=lambda golden: golden["name"]
)


def close(actual: Any, expected: Any) -> None:
    np.testing.assert_allclose(actual, expected, rtol=0, atol=1e-12)


def test_the_golden_files_are_all_here() -> None:
    assert [path.stem for path in GOLDEN] == ["batch-of-three", "textbook-linear", "textbook-two-layers"]


@each_golden
def test_every_number_of_the_training_step_is_right(golden: dict[str, Any]) -> None:
    recorded, expected = build(golden["document"]).trace(), golden["expected"]
    close(recorded.output, expected["output"])
    close(recorded.loss.value, expected["loss"])
    close(recorded.loss.gradient, expected["loss_gradient"])
    assert [layer.layer.name for layer in recorded.layers] == [layer["name"] for layer in expected["layers"]]
    for layer, right in zip(recorded.layers, expected["layers"], strict=True):
        for name in ("input", "output", "input_gradient", "output_gradient"):
            close(getattr(layer, name), right[name])
        for name, kept in layer.parameters.items():
            close(kept.value, right[name])
            close(kept.gradient, right[f"{name}_gradient"])
            close(kept.next, right[f"{name}_next"])


@each_golden
def test_one_update_lowers_the_loss_to_what_it_should_be(golden: dict[str, Any]) -> None:
    setting = build(golden["document"])
    setting.model.backward(setting.loss(setting.model.forward(setting.x), setting.y)[1])
    setting.model.update(setting.optimizer)
    close(setting.loss(setting.model.forward(setting.x), setting.y)[0], golden["expected"]["loss_after_one_update"])


@each_golden
def test_the_gradient_check_gives_the_losses_to_the_left_and_right(golden: dict[str, Any]) -> None:
    setting, expected = build(golden["document"]), golden["expected"]["gradient_check"]
    rows = {
        row.ref: row for row in gradient_check(setting.model, setting.loss, setting.x, setting.y, expected["epsilon"])
    }
    assert rows.keys() == {row["ref"] for row in expected["rows"]}
    for right in expected["rows"]:
        row = rows[right["ref"]]
        for name in ("analytic", "left", "right"):
            close(getattr(row, name), right[name])
        # A difference of two losses has their rounding, divided by 2ε.
        np.testing.assert_allclose(row.numeric, right["numeric"], rtol=0, atol=1e-12 / expected["epsilon"])
