"""Feature maps for everyone: axe finds nothing, and nothing is cut off."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.explorer import Explorer, Watch
from tests.browser.feature_maps import IMAGE_EXAMPLES, FeatureMaps


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(chromium: Browser, origin: str, watch: Watch, scheme: str) -> None:
    page = chromium.new_page(
        viewport={"width": 1280, "height": 720},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    watch.follow(page)
    explorer = Explorer(page, origin)
    explorer.open()
    maps = FeatureMaps(explorer)
    for slug in IMAGE_EXAMPLES:
        maps.open(slug)
        found(explorer)
        explorer.press("End")
        maps.chosen("values")
        maps.map("conv_1.output[0,0]").focus()
        explorer.press("Enter")
        expect(maps.terms).to_be_visible()
        found(explorer)
        maps.chosen("matrix product")
        expect(maps.close_up.get_by_text("one matrix product")).to_be_visible()
        found(explorer)
        maps.chosen("terms")
        maps.chosen("by step")
        explorer.press("Home")
    page.close()
    watch.verify()


def found(explorer: Explorer) -> None:
    results = Axe().run(explorer.page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (1024, 768), (820, 1180), (420, 900)])
def test_nothing_is_cut_off(maps: FeatureMaps, width: int, height: int) -> None:
    maps.page.set_viewport_size({"width": width, "height": height})
    for slug in IMAGE_EXAMPLES:
        maps.open(slug)
        maps.explorer.press("End")
        assert maps.page.evaluate("document.documentElement.scrollWidth") <= width
        columns = maps.page.get_by_role("region", name="Feature maps")
        assert columns.evaluate("one => one.scrollHeight - one.clientHeight") <= 1
        if width > 720:
            assert columns.evaluate("one => one.scrollWidth - one.clientWidth") <= 1
        maps.explorer.press("Home")
