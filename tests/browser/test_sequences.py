"""A network on sequences in the page: blocks of all channels under whole filters, numbers edited, layers refused."""

from playwright.sync_api import expect

from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Watch
from tests.browser.feature_maps import FeatureMaps


def test_a_filter_is_over_a_block_of_all_channels_and_every_number_of_it_can_be_edited(maps: FeatureMaps) -> None:
    maps.open("sequence")
    maps.explorer.press("ArrowRight", 3)
    assert maps.frames("x[0]", "field", (2, 6)) == [(0, 2, 2, 3)]
    assert maps.frames("conv_1.w[0]", "kernel", (2, 3)) == [(0, 0, 2, 3)]
    assert maps.frames("conv_1.output[0]", "own", (2, 4)) == [(0, 2, 1, 1)]
    expect(maps.terms.locator(".running")).to_have_text(["−2", "−2", "3", "8", "8", "7", "7"])
    maps.chosen("matrix product")
    expect(maps.close_up.locator(".im2col table").nth(2).locator("tr").nth(2)).to_have_text("7·")
    maps.chosen("terms")
    # The outputs of the second number of the first channel: two windows of each filter.
    maps.explorer.press("End")
    maps.point("x[0]", 0, 1, (2, 6))
    expect(maps.map("conv_1.w[1]").locator(".frame.kernel")).to_have_count(1)
    assert maps.frames("conv_1.w[1]", "kernel", (2, 3)) == [(0, 0, 1, 3)]
    assert maps.frames("conv_1.output[0]", "field", (2, 4)) == [(0, 0, 2, 2)]
    maps.chosen("values")
    maps.point("x[0]", 0, 1, (2, 6))
    maps.page.mouse.down()
    maps.page.mouse.up()
    value = maps.explorer.inspector.locator('[data-pointer="/x/0/0/1"]')
    value.fill("3")
    value.press("Enter")
    expect(maps.map("x[0]").locator('[data-ref="x[0,0,1]"]')).to_have_text("3")
    maps.explorer.press("Control+z")
    expect(maps.map("x[0]").locator('[data-ref="x[0,0,1]"]')).to_have_text("1")


def test_a_pool_on_a_sequence_is_refused_and_left_out_on_request(maps: FeatureMaps, watch: Watch) -> None:
    watch.refusals_expected = True
    maps.open("sequence")
    panel = BuildPanel(maps.explorer)
    expect(panel.panel).to_contain_text("Each sample is a sequence of 2×6 numbers")
    panel.add("Max pooling")
    message = panel.panel.locator(".message")
    expect(message).to_contain_text("takes images, but its input is")
    message.get_by_role("button", name="Leave it out").click()
    expect(message).to_have_count(0)
    panel.expect_layers("conv_1", "relu_1", "flatten_1", "fc_1")
