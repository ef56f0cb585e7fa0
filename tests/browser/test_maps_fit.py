"""Feature maps for everyone: axe finds nothing, and nothing is cut off."""

import pytest
from playwright.sync_api import expect

from tests.browser.explorer import Explorer
from tests.browser.feature_maps import IMAGE_EXAMPLES, FeatureMaps
from tests.browser.test_accessibility import found


def test_axe_finds_no_violation(themed: Explorer) -> None:
    maps = FeatureMaps(themed)
    for slug in IMAGE_EXAMPLES:
        maps.open(slug)
        found(themed)
        themed.press("End")
        maps.chosen("values")
        maps.map("conv_1.output[0,0]").focus()
        themed.press("Enter")
        expect(maps.terms).to_be_visible()
        found(themed)
        maps.chosen("matrix product")
        expect(maps.close_up.get_by_text("one matrix product")).to_be_visible()
        found(themed)
        maps.chosen("terms")
        maps.chosen("by step")
        themed.press("Home")


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
