"""The Train view: a network learns live, and any of its training steps is opened, explained and checked."""

import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.axe import assert_accessible
from tests.browser.explorer import Explorer
from tinyml.data import draw

# The trainings of the service have a low priority.
PATIENCE = 60_000
LEARNED = """share => {
    const status = document.querySelector('.train-status').textContent;
    return Number(/held-out accuracy ([\\d.]+)/.exec(status)?.[1]) >= share;
}"""


def network(lr: float = 0.01) -> dict[str, Any]:
    x, y = draw("spiral", 300, 0.1, 1)
    return {
        "format": "tinyml-network/1",
        "name": "Spiral",
        "input_shape": [2],
        "layers": [
            {"type": "Linear", "output_dim": 16},
            {"type": "Tanh"},
            {"type": "Linear", "output_dim": 16},
            {"type": "Tanh"},
            {"type": "Linear", "output_dim": 1},
        ],
        "loss": {"type": "binary_cross_entropy"},
        "optimizer": {"type": "adam", "lr": lr},
        "data": {
            "rows": {"x": x.tolist(), "y": y.tolist()},
            "batch": 10,
            "order": "shuffled",
            "held_out": 0.2,
            "seed": 1,
        },
        "seed": 3,
    }


class TrainView:
    """The view and what is done in it."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer, self.page = explorer, explorer.page
        self.here = self.page.get_by_role("region", name="Training", exact=True)
        self.status = self.here.locator(".train-status")

    def open(self, document: dict[str, Any]) -> None:
        self.explorer.bring(document)
        self.page.get_by_role("link", name="Train", exact=True).click()
        expect(self.here).to_be_visible()

    def press(self, name: str) -> None:
        self.here.get_by_role("button", name=name, exact=True).click()

    def pause(self) -> int:
        """Pause, and return the training step that is reached, once it is open."""
        self.press("Pause")
        expect(self.status).to_contain_text("Paused.", timeout=PATIENCE)
        step = self.reached()
        expect(self.status).to_contain_text(f"Training step {step:,} is open in", timeout=PATIENCE)
        return step

    def reached(self) -> int:
        found = re.search(r"training step ([\d,]+)", self.status.inner_text())
        assert found is not None
        return int(found[1].replace(",", ""))

    def number(self, name: str) -> float:
        found = re.search(rf"{name} ([\d.]+)", self.status.inner_text())
        return float(found[1]) if found else float("nan")

    def curve(self, title: str) -> Locator:
        return self.here.get_by_role("region", name=title, exact=True)


def advanced(explorer: Explorer, document: dict[str, Any], steps: int) -> dict[str, Any]:
    """The document after so many training steps, computed by another route of the service."""
    answer: dict[str, Any] = explorer.ask("/api/advance", {"document": document, "steps": steps})
    return answer["document"]


def weight(explorer: Explorer) -> float:
    return float(explorer.field("/layers/0/w/0/1").get_attribute("data-value") or "nan")


def test_a_spiral_is_learned_looked_into_rewound_and_branched(explorer: Explorer) -> None:
    document, train = network(), TrainView(explorer)
    train.open(document)
    train.press("Train")
    expect(train.here.get_by_role("img", name="in the plane of the inputs")).to_be_visible(timeout=PATIENCE)
    explorer.page.wait_for_function(LEARNED, arg=0.95, polling=100, timeout=PATIENCE)
    step = train.pause()
    assert train.number("held-out accuracy") >= 0.95
    assert_accessible(explorer)

    # This training step is in all views.
    train.here.get_by_role("button", name="Check").click()
    check = explorer.page.get_by_role("region", name="Gradient check")
    expect(check).to_contain_text("derivatives agree", timeout=PATIENCE)
    explorer.page.get_by_role("link", name="Train", exact=True).click()

    # Back by a point of the curve, from its table; the numbers are those of that training step again, and the rows of
    # its mini-batch are marked.
    loss = train.curve("Loss")
    loss.get_by_role("button", name="As a table").click()
    back = loss.locator("tbody tr button").nth(3)
    earlier = int(back.inner_text().replace(",", ""))
    assert step - earlier > 500
    back.click()
    expect(train.status).to_contain_text(f"Training step {earlier:,} is open in", timeout=PATIENCE)
    there = advanced(explorer, document, earlier - 1)
    assert weight(explorer) == there["layers"][0]["w"][0][1]
    assert train.here.locator(".in-batch").count() == len(explorer.trace(there)["batch_rows"]) == 10
    loss.get_by_role("button", name="As a table").click()
    train.press(f"Pin training step {earlier:,}")

    # From there with half of the rate: another training, whose curve is beside that of the first.
    rate = explorer.field("/optimizer/lr")
    rate.fill("0.005")
    rate.press("Enter")
    train.press("Train")
    expect(loss.get_by_text("training 1", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(loss.locator("path.curve.earlier")).to_have_attribute("d", re.compile("L"), timeout=PATIENCE)
    branched = train.pause()
    assert branched > earlier
    expect(rate).to_have_attribute("data-value", "0.005")
    # The pinned moment of the first training beside that of the second.
    moments = train.here.get_by_role("region", name="Two moments")
    for number, step in ((1, earlier), (2, branched)):
        expect(moments.get_by_role("columnheader", name=f"training {number}, training step {step:,}")).to_be_visible()
    there |= {"optimizer": {**there["optimizer"], "lr": 0.005}}
    losses = [explorer.trace(one)["loss"]["value"] for one in (there, advanced(explorer, there, branched - earlier))]
    shown = moments.get_by_role("row", name="mini-batch").locator("[data-value]")
    assert [float(one.get_attribute("data-value") or "nan") for one in shown.all()] == losses

    # One step, and one epoch, go on from where it is.
    train.press("One step")
    expect(train.status).to_contain_text(f"Training step {branched + 1:,} is open in", timeout=PATIENCE)
    train.press("One epoch")
    expect(train.status).to_contain_text(f"Training step {branched + 1 + 24:,} is open in", timeout=PATIENCE)

    # The other views follow it while it runs; undo goes back over all that they have shown.
    train.press("Train")
    explorer.page.get_by_role("link", name="Diagram", exact=True).click()
    live = explorer.page.get_by_role("region", name="Running training")
    expect(live).to_contain_text(f"Shown is training step {branched + 25:,}.", timeout=PATIENCE)
    live.get_by_role("button", name="Follow").click()
    field = explorer.page.locator(".training-step input")
    for _ in range(2):
        seen = field.input_value()
        expect(field).not_to_have_value(seen, timeout=PATIENCE)
    live.get_by_role("button", name="Follow").click()
    explorer.page.get_by_role("link", name="Train", exact=True).click()
    train.press("Pause")
    expect(train.status).to_contain_text("Paused.", timeout=PATIENCE)


def test_a_diverging_training_leads_to_its_first_number_that_is_not_finite(explorer: Explorer) -> None:
    document, train = network(), TrainView(explorer)
    document |= {"loss": {"type": "half_squared_error"}, "optimizer": {"type": "sgd", "lr": 3.0}}
    document["layers"] = [{"type": "Linear", "output_dim": 4}, {"type": "Linear", "output_dim": 1}]
    document["data"] = {"set": "spiral", "samples": 300, "noise": 0.1, "batch": 10, "held_out": 0.2}
    train.open(document)
    rows = [row + 1 for row in explorer.trace(document)["batch_rows"]]
    expect(explorer.build).to_contain_text(f"Mini-batch 1 of 24, epoch 1: rows {', '.join(map(str, rows))}.")
    train.press("Train")
    expect(train.status).to_contain_text("It diverged", timeout=PATIENCE)
    stopped = explorer.ask("/api/advance", {"document": document, "steps": 1000})["stopped"]
    notice = train.here.get_by_role("status").filter(has_text="not finite is")
    expect(notice).to_contain_text(
        f"In training step {train.reached():,} the first number that is not finite is {stopped['where']}."
    )
    expect(train.status).to_contain_text(f"Training step {train.reached():,} is open in", timeout=PATIENCE)
