"""axe finds no violations, in light and dark, at rest, during steps and with an error shown."""

import re

from playwright.sync_api import expect

from tests.app.test_warnings import TWICE
from tests.browser.axe import assert_accessible
from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer, Watch
from tests.browser.feature_maps import FeatureMaps
from tests.browser.runs_panel import Runs
from tests.browser.test_big import rows_of_data
from tests.browser.test_large import opened


def test_axe_finds_no_violation(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    assert_accessible(explorer)
    explorer.choose("batch-of-three")
    explorer.press("2")
    explorer.press("End")
    explorer.part("h_2^(1)").click()
    expect(explorer.inspector.locator(".formula")).not_to_have_count(0)
    assert_accessible(explorer)
    explorer.press("c")
    for name in ("Chain rule", "Matrix", "Paths"):
        explorer.notation(name).check()
        expect(explorer.inspector.locator(".formula.chain, .formula.matrices, .formula.paths")).not_to_have_count(0)
        assert_accessible(explorer)
    explorer.inspector.locator(".path .hop button").first.click()
    explorer.page.keyboard.press("Escape")
    explorer.press("4")
    explorer.press("ArrowRight", 2)
    expect(explorer.inspector.locator(".growing")).to_have_count(1)
    assert_accessible(explorer)
    explorer.field("/optimizer/lr").fill("-1")
    explorer.field("/x/0/0").fill("abc")
    expect(explorer.field("/optimizer/lr")).to_have_attribute("aria-invalid", "true")
    assert_accessible(explorer)
    # Faults are reported one by one: a layer's shape is checked only when all settings are valid.
    explorer.field("/optimizer/lr").fill("0.5")
    explorer.page.keyboard.press("Tab")
    panel = BuildPanel(explorer)
    panel.open_menu("relu_1")
    panel.panel.get_by_text("More settings").click()
    panel.add("Max pooling")
    expect(panel.panel.locator(".outcome .message")).to_be_visible()
    assert_accessible(explorer)
    panel.panel.get_by_label("Width of fc_2").fill("3")
    expect(panel.panel.locator(".fitted")).to_be_visible()
    assert_accessible(explorer)
    panel.panel.get_by_role("button", name="Set all … Weights of fc_1").click()
    explorer.page.get_by_label("Numbers", exact=True).fill("1 2 x")
    assert_accessible(explorer)
    explorer.page.keyboard.press("Escape")
    explorer.page.get_by_role("button", name="Keyboard and reading help").click()
    assert_accessible(explorer)


def test_axe_finds_no_violation_in_less_common_states(explorer: Explorer) -> None:
    page = explorer.page
    # Differences from a pinned snapshot.
    explorer.press("End")
    explorer.press("p")
    explorer.field("/layers/0/w/0/0").fill("0.35")
    expect(page.get_by_role("region", name="Differences").locator("tbody tr")).not_to_have_count(0)
    assert_accessible(explorer)
    # Runs of training steps with their curve and table; new weights with their confirmation; a link with its training.
    runs = Runs(explorer)
    runs.open()
    runs.run(100)
    BuildPanel(explorer).open_start().get_by_role("button", name="Draw new weights").click()
    expect(page.locator(".draw-question")).to_be_visible()
    assert_accessible(explorer)
    page.locator(".loss-figure").get_by_role("button", name="As a table").click()
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_role("checkbox", name="Include the training from")).to_be_visible()
    assert_accessible(explorer)
    page.keyboard.press("Escape")
    # A network on images, as tables and checked. A small one: axe examines each of its numbers.
    maps = FeatureMaps(explorer)
    maps.open("convolution")
    explorer.diagram.get_by_role("button", name="As a table").click()
    explorer.press("End")
    page.locator('[data-entry="conv_1.w.next[0,0,1,1]"]').click()
    expect(explorer.inspector.locator(".formula")).not_to_have_count(0)
    assert_accessible(explorer)
    page.get_by_role("link", name="Check").click()
    expect(page.get_by_role("region", name="Gradient check").locator("tbody tr").first).to_be_visible()
    assert_accessible(explorer)
    # A warning with its remedies; more rows than a trace contains at once.
    page.get_by_role("link", name="Diagram").click()
    explorer.bring(TWICE)
    explorer.build.locator('[data-layer="s"] .warning summary').click()
    assert_accessible(explorer)
    explorer.bring(rows_of_data(2))  # narrow: axe examines each number, and all are of one kind
    explorer.press("End")
    assert_accessible(explorer)
    # A large network, zoomed in: some units omitted, and all weights as one picture.
    opened(explorer, 45, 45, 3)
    explorer.press("End")
    explorer.part("h_5^(1)").dblclick()
    assert_accessible(explorer)
    page.unroute("**/api/examples?*")
    # In another language, on a phone, with something that could not be opened.
    page.get_by_role("radio", name="简体中文").check(force=True)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    # A language change reloads the page; a changing address during the start is tested elsewhere.
    expect(page.locator(".edge").first).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{explorer.origin}/#diagram&s=1.broken.0000")
    expect(page.get_by_role("alert").filter(has_text=re.compile("."))).not_to_have_count(0)
    assert_accessible(explorer)
