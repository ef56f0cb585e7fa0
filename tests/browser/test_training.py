"""From training step to training step: each begins with the result of the previous update, in both directions."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.explorer import Explorer, Watch
from tests.browser.links import settled, visit

WEIGHT = "/layers/0/w/0/1"


def button(explorer: Explorer, name: str) -> Locator:
    return explorer.timeline.get_by_role("button", name=name)


def number(explorer: Explorer) -> Locator:
    return explorer.timeline.get_by_role("textbox", name="Training step")


def go_to(explorer: Explorer, step: int) -> None:
    number(explorer).fill(str(step))
    number(explorer).press("Enter")
    explorer.expect_training_step(step)
    explorer.page.get_by_role("heading", name="Backprop Explorer").click()


def advance(explorer: Explorer, document: dict[str, Any], steps: int) -> dict[str, Any]:
    return explorer.ask("/api/advance", {"document": document, "steps": steps})


def value(explorer: Explorer, pointer: str) -> float:
    return float(explorer.field(pointer).get_attribute("data-value") or "nan")


def test_after_the_update_the_main_button_goes_to_the_next_training_step(explorer: Explorer) -> None:
    document = explorer.example("chapter")
    explorer.press("End")
    updated = explorer.shown(explorer.diagram)["fc_1.w.next[0,1]"]
    button(explorer, "Next training step").click()
    explorer.expect_training_step(2)
    explorer.expect_position(0, 11)
    assert value(explorer, WEIGHT) == updated
    assert updated == advance(explorer, document, 1)["document"]["layers"][0]["w"][0][1]
    button(explorer, "Step forward").click()
    explorer.expect_position(1, 11)
    explorer.press("n")
    explorer.press("n")
    explorer.expect_training_step(4)
    assert value(explorer, WEIGHT) == advance(explorer, document, 3)["document"]["layers"][0]["w"][0][1]


def test_a_link_and_a_reload_keep_the_training_step_and_mark_it_as_the_start(
    explorer: Explorer, tabs: BrowserContext, watch: Watch
) -> None:
    explorer.choose("two-layers")
    for _ in range(2):
        explorer.press("n")
    explorer.expect_training_step(3)
    explorer.press("ArrowRight")
    link = settled(explorer, step=3)
    shown = explorer.shown(explorer.diagram)
    other = visit(tabs, watch, link, explorer.origin)
    for one in (other, explorer):
        if one is explorer:
            one.page.reload()
            expect(one.node("x 1")).to_be_visible()
        one.expect_training_step(3)
        assert one.shown(one.diagram) == shown
        one.press("Home")
        one.press("ArrowLeft")
        expect(one.page.locator(".training-note")).to_contain_text("The link begins at training step 3")
        one.expect_training_step(3)


def test_a_schedule_and_a_penalty_are_chosen_and_the_inspector_has_the_rate_and_the_objective(
    explorer: Explorer, watch: Watch
) -> None:
    watch.refusals_expected = True
    document = explorer.choose("two-layers")["document"]
    explorer.press("End")
    explorer.build.get_by_text("More settings").click()
    explorer.build.get_by_label("Schedule", exact=True).select_option("warm_up")
    duration = explorer.field("/optimizer/schedule/over")
    duration.fill("0")
    expect(duration).to_have_accessible_description(re.compile(r"^Duration of Schedule must be at least 1\."))
    # The settings stay open when the error is gone: the field has the focus.
    duration.fill("8")
    expect(duration).to_have_attribute("aria-invalid", "false")
    explorer.build.get_by_text("Penalty of large weights").click()
    penalty = explorer.field("/penalty/l1")
    penalty.fill("-1")
    expect(penalty).to_have_accessible_description(re.compile("^L1 factor must be at least 0"))
    penalty.fill("0.01")
    expect(penalty).to_have_attribute("aria-invalid", "false")
    explorer.field("/penalty/l2").fill("0.1")
    document["optimizer"]["schedule"] = {"type": "warm_up", "over": 8}
    document["penalty"] = {"l1": 0.01, "l2": 0.1}
    explorer.select("fc_1.w[0,1]")
    shown = explorer.inspector
    for ref in ("lr", "fc_1.w.objective_grad[0,1]"):
        value = repr(explorer.explain(document, ref)["value"])
        expect(shown.locator(f'[data-ref="{ref}"][data-value="{value}"]').first).to_be_visible()
    assert explorer.trace(document)["rate"]["value"] != document["optimizer"]["lr"]
    # Check has the derivatives of either.
    explorer.page.get_by_role("link", name="Check", exact=True).click()
    check = explorer.page.get_by_role("region", name="Gradient check")
    analytic = check.locator('tr[data-row="fc_1.w[0,1]"] td.analytic [data-value]')
    values = []
    for name, objective in (("the loss", False), ("the objective", True)):
        check.get_by_role("radio", name=name, exact=True).check()
        asked = {"document": document, "objective": objective, "refs": ["fc_1.w[0,1]"]}
        [row] = explorer.ask("/api/gradient-check", asked)["rows"]
        expect(analytic).to_have_attribute("data-value", repr(row["analytic"]))
        values.append(row["analytic"])
    assert values[0] != values[1]
    expect(check.locator('tr[data-row="fc_1.w[0,1]"] th')).to_contain_text("J")
    explorer.page.get_by_role("link", name="Diagram", exact=True).click()
    explorer.build.get_by_label("Schedule", exact=True).select_option("")
    expect(duration).to_have_count(0)
    rate = shown.locator(f'[data-ref="lr"][data-value="{explorer.trace(document)["rate"]["value"]!r}"]')
    expect(rate).to_have_count(0)
    explorer.press("Control+z")
    expect(duration).to_have_attribute("data-value", "8")
