"""What a training shows is said in words, and each sentence leads to the training step where it begins."""

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.explorer import Explorer
from tests.browser.test_train import PATIENCE, TrainView, advanced


def network(*layers: dict[str, Any], lr: float, data: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "format": "tinyml-network/1",
        "name": "Noticed",
        "input_shape": [2],
        "layers": list(layers),
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": lr},
        "data": data or {"set": "plane", "samples": 40, "noise": 0, "batch": 10},
        "seed": 1,
    }


def linear(width: int, **more: Any) -> dict[str, Any]:
    return {"type": "Linear", "output_dim": width, **more}


X = np.random.default_rng(0).uniform(-1, 1, (20, 2)).round(3)
EXACT = {"rows": {"x": X.tolist(), "y": (X[:, :1] - X[:, 1:]).tolist()}, "batch": 20}
DEEP = [layer for _ in range(6) for layer in (linear(2), {"type": "Sigmoid"})]
WIDE = {"w": [[20, -20], [20, 20]]}
CASES = {
    "dead": network(linear(6), {"type": "ReLu"}, linear(1), lr=0.05),
    "saturated": network(linear(2, b=[30, 0]), {"type": "Tanh"}, linear(1), lr=0.001),
    "vanishes": network(*DEEP, linear(1), lr=0.01),
    "explodes": network(*(linear(2, **WIDE) for _ in range(5)), linear(1), lr=1e-30),
    "hardly fallen": network(linear(1), {"type": "Tanh"}, lr=1e-12, data={"set": "plane", "samples": 40, "batch": 40}),
    "nothing is left to learn": network(linear(1), lr=0.05, data=EXACT),
}


def holds(explorer: Explorer, kind: str, document: dict[str, Any]) -> bool:
    """Whether the training step of a document shows it, by another route of the service."""
    flow = explorer.ask("/api/gradient-flow", {"document": document})
    ratio = flow["ratio"]
    return {
        "dead": any(row["dead"] for row in flow["rows"]),
        "saturated": any(row["saturated"] for row in flow["rows"]),
        "vanishes": ratio is not None and ratio < 1e-3,
        "explodes": ratio is not None and ratio > 1e3,
    }[kind]


@pytest.mark.parametrize("kind", CASES)
def test_a_notice_leads_to_the_training_step_where_it_begins(explorer: Explorer, kind: str) -> None:
    document, train = CASES[kind], TrainView(explorer)
    train.open(document)
    train.here.get_by_role("textbox", name="epochs", exact=True).fill("300")
    expect(train.here).to_contain_text("It trains until 300 epochs are done.")
    train.press("Train")
    notice = train.here.locator(".train-notices p").filter(has_text=kind)
    expect(notice).to_be_visible(timeout=PATIENCE)
    expect(train.status).to_contain_text(re.compile("It has ended|It diverged"), timeout=PATIENCE)
    begins = int(re.search(r"raining step ([\d,]+)", notice.inner_text())[1].replace(",", ""))  # type: ignore[index]
    notice.get_by_role("button", name=f"Open training step {begins:,}", exact=True).click()
    expect(train.status).to_contain_text(f"Training step {begins:,} is open in", timeout=PATIENCE)
    there = advanced(explorer, document, begins - 1) if begins > 1 else document
    lines = train.here.get_by_role("region", name="The network")
    lines.get_by_role("button", name="As a table").click()
    shown = lines.get_by_role("row", name=re.compile(r"\[0,0\]")).first.locator("[data-value]")
    weights = explorer.trace(there)["tensors"][f"{explorer.trace(there)['layers'][0]['name']}.w"]
    assert float(shown.get_attribute("data-value") or "nan") == weights[0][0]
    lines.get_by_role("button", name="As a table").click()
    if kind == "hardly fallen":
        losses = explorer.ask("/api/advance", {"document": document, "steps": 300})["losses"]
        assert min(losses[begins - 1 :]) >= losses[begins - 2] * 0.998
    elif kind == "nothing is left to learn":
        losses = explorer.ask("/api/advance", {"document": document, "steps": 300})["losses"]
        assert max(losses[begins - 2 :]) < 1e-28 < losses[0]
    else:
        assert holds(explorer, kind, there)
