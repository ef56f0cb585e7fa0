"""Trainings with results from another source: with frozen biases, and without a bias."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.app.conftest import Client
from tests.app.test_frozen import posted
from tests.support.networks import build
from tests.support.ways import WAYS

CASES = Path(__file__).parents[1] / "cases"


def case(name: str) -> Any:
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


@pytest.mark.slow
def test_the_well_known_example_with_fixed_biases_reaches_its_loss_after_10_000_steps(client: Client) -> None:
    """The case has PyTorch's losses; the answers of the service and every way of the engine agree with them."""
    known = case("fixed-bias")
    steps = known["after_updates"][-1]
    answer = posted(client, "/api/advance", {"document": known["document"], "steps": steps})
    for after, loss in zip(known["after_updates"], known["loss"], strict=True):
        assert answer["losses"][after] == pytest.approx(loss, rel=1e-9)
    assert f"{answer['losses'][-1]:.5e}" == "3.51019e-05"
    for before, after in zip(known["document"]["layers"], answer["document"]["layers"], strict=True):
        assert after.get("b") == before.get("b")
        assert "w" not in before or after["w"] != before["w"]


def test_adam_without_bias_takes_its_known_steps(client: Client) -> None:
    known = case("no-bias-adam")
    answer = posted(client, "/api/advance", {"document": known["document"], "steps": 3, "every": 1})
    documents = [*(start["document"] for start in answer["starts"]), answer["document"]]
    assert [document["layers"][0]["w"][0][0] for document in documents] == pytest.approx(known["w"], rel=1e-12)
    for document in documents:
        assert "b" not in document["layers"][0]
        assert document["optimizer"]["state"].keys() == {"i.w"}


@pytest.mark.parametrize("name", ["fixed-bias", "no-bias-adam"])
def test_every_way_of_the_engine_takes_the_known_steps(name: str) -> None:
    document = case(name)["document"]
    document["layers"] = [{"name": f"layer_{i}", **layer} for i, layer in enumerate(document["layers"])]
    known = case(name)
    for way in WAYS:
        steps = list(way(document, 3))
        if name == "fixed-bias":
            assert [step["loss"] for step in steps] == pytest.approx(known["loss"][:3], rel=1e-12)
        else:
            assert [np.ravel(step["i.w"])[0] for step in steps] == pytest.approx(known["w"], rel=1e-12)
    assert build(document).model.layers[0].biased == (name == "fixed-bias")
