"""Frozen parameters and layers without bias in the page: switched in Build, seen in every view, and trained."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer
from tests.browser.test_files import drop
from tests.browser.test_training import button, go_to, number

CASES = Path(__file__).parents[1] / "cases"
FROZEN = "frozen: updates leave it as it is"


def case(name: str) -> Any:
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


def open_case(explorer: Explorer, name: str) -> dict[str, Any]:
    known: dict[str, Any] = case(name)
    drop(explorer, f"{name}.json", json.dumps(known["document"]).encode())
    first = known["document"]["layers"][0]["name"]
    expect(explorer.build.locator(f'[data-layer="{first}"]')).to_be_visible()
    return known


def undo(explorer: Explorer, what: str) -> Locator:
    return explorer.page.get_by_role("button", name=f"Undo: {what}")


def locks(explorer: Explorer) -> list[str]:
    found: list[str] = explorer.diagram.locator("[data-lock]").evaluate_all("all => all.map(one => one.dataset.lock)")
    return sorted(found)


@pytest.fixture
def panel(explorer: Explorer) -> BuildPanel:
    explorer.choose("chapter")
    return BuildPanel(explorer)


def test_a_lock_freezes_a_parameter_and_undo_names_it(panel: BuildPanel) -> None:
    explorer = panel.explorer
    lock = panel.layer("fc_1").get_by_role("button", name="Freeze the biases of fc_1")
    expect(lock).to_have_attribute("aria-pressed", "false")
    lock.focus()
    explorer.page.keyboard.press("Space")
    expect(lock).to_have_attribute("aria-pressed", "true")
    expect(undo(explorer, "Froze the biases of fc_1")).to_be_visible()
    expect(explorer.diagram.locator("[data-lock]")).to_have_count(2)
    assert locks(explorer) == ["fc_1.b[0]", "fc_1.b[1]"]
    expect(explorer.diagram.locator(".legend .lock-key")).to_have_attribute("title", FROZEN)
    expect(explorer.part("fc_1.b[0]")).to_have_accessible_name(
        f"bias b 1 of layer 1, from x 0 to y hat 1, value 0.35, {FROZEN}"
    )
    expect(explorer.part("fc_1.w[0,0]")).not_to_have_accessible_name(FROZEN)
    document = explorer.example("chapter")
    document["layers"][0]["frozen"] = ["b"]
    trace = explorer.trace(document)
    explorer.press("End")
    shown = explorer.shown(explorer.diagram)
    assert [shown[f"fc_1.b.next[{k}]"] for k in (0, 1)] == document["layers"][0]["b"]
    assert shown["fc_1.w.next[0,1]"] == trace["tensors"]["fc_1.w.next"][0][1]
    explorer.select("fc_1.b[0]")
    expect(explorer.inspector).to_contain_text("frozen: it stays as it is")
    button(explorer, "Next training step").click()
    explorer.expect_training_step(2)
    expect(explorer.field("/layers/0/b/0")).to_have_attribute("data-value", "0.35")
    expect(lock).to_have_attribute("aria-pressed", "true")
    lock.click()
    expect(undo(explorer, "Unfroze the biases of fc_1")).to_be_visible()
    expect(explorer.diagram.locator("[data-lock], .lock-key")).to_have_count(0)
    undo(explorer, "Unfroze the biases of fc_1").click()
    expect(lock).to_have_attribute("aria-pressed", "true")


def test_the_switch_of_the_bias_leaves_what_was_typed_before_it(panel: BuildPanel) -> None:
    explorer = panel.explorer
    weight = explorer.field("/layers/0/w/0/0")
    weight.fill("0.9")
    switch = panel.layer("fc_1").get_by_role("checkbox", name="Bias of fc_1")
    switch.uncheck()
    expect(explorer.node("x 0")).to_have_count(0)
    expect(weight).to_have_attribute("data-value", "0.9")
    # Nor does the undone value come back with the next key in a field that was entered before.
    width = panel.panel.get_by_label("Width of fc_1")
    width.focus()
    for what in ("Removed the bias of fc_1", "w"):
        explorer.page.get_by_role("button", name=re.compile(f"^Undo: {what}")).dispatch_event("click")
    expect(weight).to_have_attribute("data-value", "0.15")
    width.press("ArrowUp")
    expect(explorer.diagram.locator(".node.output")).to_have_count(3)
    expect(weight).to_have_attribute("data-value", "0.15")
    expect(switch).to_be_checked()


def test_the_step_says_that_frozen_parameters_do_not_change(panel: BuildPanel) -> None:
    explorer = panel.explorer
    for name in ("weights", "biases"):
        panel.layer("fc_1").get_by_role("button", name=f"Freeze the {name} of fc_1").click()
        expect(undo(explorer, f"Froze the {name} of fc_1")).to_be_visible()
    explorer.press("End")
    expect(explorer.sentence).to_contain_text("No update here")
    expect(explorer.sentence).to_contain_text("is frozen at")


def test_the_table_and_the_matrices_have_the_lock_too(panel: BuildPanel) -> None:
    explorer = panel.explorer
    panel.layer("fc_1").get_by_role("button", name="Freeze the weights of fc_1").click()
    expect(explorer.diagram.locator("[data-lock]")).to_have_count(4)
    explorer.page.get_by_role("button", name="As a table").click()
    weights = explorer.page.get_by_role("table", name="Weights and biases of fc_1")
    expect(weights.get_by_role("rowheader").filter(has_text=FROZEN)).to_have_count(4)
    explorer.page.get_by_role("button", name="As a table").click()
    explorer.page.get_by_role("link", name="Matrices").click()
    expect(explorer.page.locator("figcaption .frozen").first).to_contain_text(FROZEN)


def test_a_layer_without_bias_has_no_bias_node_anywhere(panel: BuildPanel) -> None:
    explorer = panel.explorer
    switch = panel.layer("fc_1").get_by_role("checkbox", name="Bias of fc_1")
    expect(switch).to_be_checked()
    switch.uncheck()
    expect(undo(explorer, "Removed the bias of fc_1")).to_be_visible()
    expect(explorer.node("x 0")).to_have_count(0)
    expect(explorer.diagram.locator('[data-part^="fc_1.b"]')).to_have_count(0)
    expect(explorer.field("/layers/0/b/0")).to_have_count(0)
    explorer.press("End")
    assert not [ref for ref in explorer.shown(explorer.diagram) if ref.startswith(("fc_1.b", "fc_1.one"))]
    explorer.page.get_by_role("button", name="As a table").click()
    expect(explorer.page.get_by_role("table", name="Weights of fc_1")).to_be_visible()
    assert "bias" not in explorer.page.get_by_role("table", name="Weights of fc_1").inner_text()
    explorer.page.get_by_role("button", name="As a table").click()
    switch.check()
    expect(undo(explorer, "Added a bias to fc_1")).to_be_visible()
    expect(explorer.node("x 0")).to_be_visible()
    for what in ("Added a bias to fc_1", "Removed the bias of fc_1"):
        undo(explorer, what).click()
    expect(explorer.field("/layers/0/b/0")).to_have_attribute("data-value", "0.35")


def test_the_well_known_example_with_fixed_biases_is_trained_in_the_page(explorer: Explorer) -> None:
    """10,000 training steps by the field; then the loss can be read in the picture."""
    known = open_case(explorer, "fixed-bias")
    expect(explorer.diagram.locator("[data-lock]")).to_have_count(4)
    last = known["after_updates"][-1] + 1
    number(explorer).fill(str(last))
    number(explorer).press("Enter")
    expect(number(explorer)).to_have_value(str(last), timeout=120_000)  # 10,000 training steps take a while
    explorer.page.get_by_role("heading", name="Backprop Explorer").click()
    explorer.press("End")
    loss = explorer.diagram.locator('[data-ref="loss"]')
    expect(loss).to_be_visible()
    assert float(loss.get_attribute("data-value") or "nan") == pytest.approx(known["loss"][-1], rel=1e-9)
    expect(loss).to_contain_text("3.51019 × 10−5")
    for pointer, value in (("/layers/0/b/0", 0.35), ("/layers/2/b/1", 0.6)):
        expect(explorer.field(pointer)).to_have_attribute("data-value", str(value))


def test_adam_without_bias_takes_its_known_steps_in_the_page(explorer: Explorer) -> None:
    known = open_case(explorer, "no-bias-adam")
    expect(explorer.node("x 0")).to_have_count(0)
    for step, weight in enumerate(known["w"], start=2):
        go_to(explorer, step)
        found = float(explorer.field("/layers/0/w/0/0").get_attribute("data-value") or "nan")
        assert found == pytest.approx(weight, rel=1e-12)
