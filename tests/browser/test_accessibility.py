"""axe finds nothing, in light and dark, at rest, midway and with an error shown."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.app.test_warnings import TWICE
from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer, Watch
from tests.browser.feature_maps import FeatureMaps
from tests.browser.runs_panel import Runs
from tests.browser.test_big import rows_of_data
from tests.browser.test_large import opened


def test_axe_finds_no_violation(themed: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    found(themed)
    themed.choose("batch-of-three")
    themed.press("2")
    themed.press("End")
    themed.part("h_2^(1)").click()
    expect(themed.inspector.locator(".formula")).not_to_have_count(0)
    found(themed)
    themed.press("c")
    for name in ("Chain rule", "Matrix", "Paths"):
        themed.notation(name).check()
        expect(themed.inspector.locator(".formula.chain, .formula.matrices, .formula.paths")).not_to_have_count(0)
        found(themed)
    themed.inspector.locator(".path .hop button").first.click()
    themed.page.keyboard.press("Escape")
    themed.press("4")
    themed.press("ArrowRight", 2)
    expect(themed.inspector.locator(".growing")).to_have_count(1)
    found(themed)
    themed.field("/optimizer/lr").fill("-1")
    themed.field("/x/0/0").fill("abc")
    expect(themed.field("/optimizer/lr")).to_have_attribute("aria-invalid", "true")
    found(themed)
    # What can be wrong is told one thing after the other: a layer's shape is looked at once all settings may be.
    themed.field("/optimizer/lr").fill("0.5")
    themed.page.keyboard.press("Tab")
    panel = BuildPanel(themed)
    panel.open_menu("relu_1")
    panel.panel.get_by_text("More settings").click()
    panel.add("Max pooling")
    expect(panel.panel.locator(".outcome .message")).to_be_visible()
    found(themed)
    panel.panel.get_by_label("Width of fc_2").fill("3")
    expect(panel.panel.locator(".fitted")).to_be_visible()
    found(themed)
    panel.panel.get_by_role("button", name="Set all … Weights of fc_1").click()
    themed.page.get_by_label("Numbers", exact=True).fill("1 2 x")
    found(themed)
    themed.page.keyboard.press("Escape")
    themed.page.get_by_role("button", name="Keyboard and reading help").click()
    found(themed)


def test_axe_finds_no_violation_in_what_one_comes_to_see_less_often(themed: Explorer) -> None:
    page = themed.page
    # What differs from a moment that was pinned.
    themed.press("End")
    themed.press("p")
    themed.field("/layers/0/w/0/0").fill("0.35")
    expect(page.get_by_role("region", name="Differences").locator("tbody tr")).not_to_have_count(0)
    found(themed)
    # Runs of training steps with their curve, and its table; new weights, asked about; a link with its way.
    runs = Runs(themed)
    runs.open()
    runs.run(100)
    BuildPanel(themed).open_start().get_by_role("button", name="Draw new weights").click()
    expect(page.locator(".draw-question")).to_be_visible()
    found(themed)
    page.locator(".loss-figure").get_by_role("button", name="As a table").click()
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_role("checkbox", name="With the way from")).to_be_visible()
    found(themed)
    page.keyboard.press("Escape")
    # A network on images, in tables and checked. A small one: axe looks at each of its numbers.
    maps = FeatureMaps(themed)
    maps.open("convolution")
    themed.diagram.get_by_role("button", name="As a table").click()
    themed.press("End")
    page.locator('[data-entry="conv_1.w.next[0,0,1,1]"]').click()
    expect(themed.inspector.locator(".formula")).not_to_have_count(0)
    found(themed)
    page.get_by_role("link", name="Check").click()
    expect(page.get_by_role("region", name="Gradient check").locator("tbody tr").first).to_be_visible()
    found(themed)
    # What does not suit, said and opened; more rows than a trace has at once.
    page.get_by_role("link", name="Diagram").click()
    themed.bring(TWICE)
    themed.build.locator('[data-layer="s"] .warning summary').click()
    found(themed)
    themed.bring(rows_of_data())
    themed.press("End")
    found(themed)
    # A large network, looked at closely: units left out, and all weights as one picture.
    opened(themed, 45, 45, 3)
    themed.press("End")
    themed.part("h_5^(1)").dblclick()
    found(themed)
    page.unroute("**/api/examples")
    # In another language, on a phone, with something that could not be opened.
    page.get_by_role("radio", name="简体中文").check(force=True)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{themed.origin}/#diagram&s=1.broken.0000")
    expect(page.get_by_role("alert").filter(has_text=re.compile("."))).not_to_have_count(0)
    found(themed)


# What depends on the theme: all else is the same in light and dark, and is looked at in light.
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def found(explorer: Explorer) -> None:
    dark = explorer.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    results = Axe().run(explorer.page, options={"resultTypes": ["violations"]} | (OF_COLOURS if dark else {}))
    assert results.violations_count == 0, results.generate_report()
