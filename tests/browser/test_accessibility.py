"""axe finds nothing, in light and dark, at rest, midway and with an error shown."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer, Watch


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(chromium: Browser, origin: str, watch: Watch, scheme: str) -> None:
    watch.refusals_expected = True
    page = chromium.new_page(
        viewport={"width": 1280, "height": 720},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    watch.follow(page)
    explorer = Explorer(page, origin)
    explorer.open()
    found(explorer)
    explorer.choose("batch-of-three")
    explorer.press("2")
    explorer.press("End")
    explorer.part("h_2^(1)").click()
    expect(explorer.inspector.locator(".formula")).not_to_have_count(0)
    found(explorer)
    explorer.press("c")
    for name in ("Chain rule", "Matrix", "Paths"):
        explorer.notation(name).check()
        expect(explorer.inspector.locator(".formula.chain, .formula.matrices, .formula.paths")).not_to_have_count(0)
        found(explorer)
    explorer.inspector.locator(".path .hop button").first.click()
    page.keyboard.press("Escape")
    explorer.press("4")
    explorer.press("ArrowRight", 2)
    expect(explorer.inspector.locator(".growing")).to_have_count(1)
    found(explorer)
    explorer.field("/optimizer/lr").fill("-1")
    explorer.field("/x/0/0").fill("abc")
    expect(explorer.field("/optimizer/lr")).to_have_attribute("aria-invalid", "true")
    found(explorer)
    # What can be wrong is told one thing after the other: a layer's shape is looked at once all settings may be.
    explorer.field("/optimizer/lr").fill("0.5")
    page.keyboard.press("Tab")
    panel = BuildPanel(explorer)
    panel.open_menu("relu_1")
    panel.panel.get_by_text("More settings").click()
    panel.add("Max pooling")
    expect(panel.panel.get_by_role("button", name="Remove this layer")).to_be_visible()
    found(explorer)
    panel.panel.get_by_role("button", name="Set all … Weights of fc_1").click()
    page.get_by_label("Numbers", exact=True).fill("1 2 x")
    found(explorer)
    page.keyboard.press("Escape")
    explorer.page.get_by_role("button", name="Keyboard and reading help").click()
    found(explorer)
    page.close()
    watch.verify()


def found(explorer: Explorer) -> None:
    results = Axe().run(explorer.page)
    assert results.violations_count == 0, results.generate_report()
