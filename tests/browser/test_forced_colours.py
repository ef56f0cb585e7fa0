"""With forced colours, data keep their colours and every state stays visible."""

from playwright.sync_api import Locator

from tests.browser.explorer import Explorer
from tests.browser.feature_maps import FeatureMaps


def style(one: Locator, name: str) -> str:
    value: str = one.evaluate("(one, name) => getComputedStyle(one)[name]", name)
    return value


def test_maps_legends_and_the_scrubber_are_seen_and_what_is_chosen_has_an_outline(explorer: Explorer) -> None:
    explorer.page.emulate_media(forced_colors="active")
    maps = FeatureMaps(explorer)
    maps.open("digits-cnn")
    explorer.press("ArrowRight", 3)
    # Numbers not yet computed are striped, computed ones are coloured, and the inspected ones have frames.
    assert "gradient" in style(maps.map("relu_1.output[0,0]"), "backgroundImage")
    colours = {tuple(pixel) for row in maps.pixels("conv_1.w[0,0]") for pixel in row}
    assert len(colours) > 4
    assert style(maps.map("conv_1.output[0,0]").locator(".frame.own"), "boxShadow") != "none"
    for part in (".range i", ".maps-key .swatch"):
        assert "gradient" in style(explorer.diagram.locator(part).first, "backgroundImage")
    for part in (".track .cell", ".thumb"):
        assert "gradient" in style(explorer.timeline.locator(part).first, "backgroundImage")
    # One control of each group of choices, and one view.
    paper = style(explorer.page.locator("html"), "backgroundColor")
    groups = [*explorer.page.locator("fieldset.choice").all(), explorer.page.locator(".views")]
    assert len(groups) > 5
    for group in groups:
        options = group.locator("label > span, a").all()
        rest = [one for one in options if style(one, "outlineStyle") != "solid"]
        assert len(options) - len(rest) == 1
        assert {style(one, "borderBottomColor") for one in rest} <= {paper}
    for pressed in explorer.page.locator('button[aria-pressed="true"]:visible').all():
        assert style(pressed, "outlineStyle") == "solid"
