"""Accessibility of feature maps: axe finds no violations, and nothing is cut off."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible
from tests.browser.explorer import Explorer
from tests.browser.feature_maps import IMAGE_EXAMPLES, FeatureMaps


def test_axe_finds_no_violation(explorer: Explorer) -> None:
    maps = FeatureMaps(explorer)
    for slug in IMAGE_EXAMPLES:
        maps.open(slug)
        assert_accessible(explorer)
        explorer.press("End")
        maps.chosen("values")
        # The first channel of an image, or all channels of a sequence.
        maps.page.locator('[data-map^="conv_1.output[0"]').first.focus()
        explorer.press("Enter")
        expect(maps.terms).to_be_visible()
        assert_accessible(explorer)
        maps.chosen("matrix product")
        expect(maps.close_up.get_by_text("one matrix product")).to_be_visible()
        assert_accessible(explorer)
        maps.chosen("terms")
        maps.chosen("by step")
        explorer.press("Home")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (1024, 768), (820, 1180), (420, 900)])
def test_nothing_is_cut_off(ongoing: Explorer, width: int, height: int) -> None:
    maps = FeatureMaps(ongoing)
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


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (420, 900)])
def test_maps_keep_their_place_from_the_first_step_to_the_last_whatever_the_close_up_shows(
    maps: FeatureMaps, width: int, height: int
) -> None:
    maps.page.set_viewport_size({"width": width, "height": height})
    maps.open("digits-cnn")
    before = places(maps)
    # Before the first step: numbers of the next pass, given numbers, and numbers not yet computed.
    expect(maps.close_up).to_contain_text("is computed first")
    expect(maps.close_up.locator(".number-grid")).to_have_count(2)
    maps.map("x[0,0]").hover()
    expect(maps.close_up).to_contain_text("is given")
    expect(maps.close_up).to_contain_text("the numbers around it")
    maps.map("relu_1.output[0,0]").hover()
    expect(maps.close_up).to_contain_text("is not computed yet")
    assert places(maps) == before
    maps.explorer.press("2")
    done, steps = maps.explorer.position()
    for _ in range(done, steps):
        maps.explorer.press("ArrowRight")
        assert places(maps) == before
    maps.chosen("matrix product")
    assert places(maps) == before
    maps.chosen("terms")
    maps.chosen("values")
    # A number that is no sum shows its formula, in the same space.
    maps.map("relu_1.output[0,0]").hover()
    expect(maps.close_up.locator(".formula .result")).to_be_visible()
    assert places(maps) == before


def places(maps: FeatureMaps) -> object:
    """The positions of the maps, and of the controls of the close-up."""
    parts = maps.region.locator(".map, .close-up .choice label")
    return parts.evaluate_all(
        "all => all.map(one => { const {x, y, width, height} = one.getBoundingClientRect();"
        " return [x, y, width, height].map(Math.round); })"
    )


def test_a_column_names_what_it_shows_and_its_scale_covers_the_known_numbers(maps: FeatureMaps) -> None:
    maps.open("convolution")
    convolution = maps.region.get_by_role("region", name="Conv2D conv_1")
    shows, ends = convolution.locator(".showing"), convolution.locator(".range .number")
    expect(shows).to_have_text("values")
    expect(ends).to_have_count(0)
    maps.explorer.press("ArrowRight")
    expect(ends).to_have_text(["37", "37"])
    maps.explorer.press("ArrowRight", 3)
    expect(ends).to_have_text(["37", "77"])
    maps.explorer.press("End")
    expect(shows).to_have_text("∂ℓ gradients")
    expect(convolution.locator(".filter .face")).to_have_text("new")
    # The sentence has these numbers, without additional digits.
    expect(convolution.locator(".filter [data-ref]")).to_have_text(["0.946", "1.938", "2.922", "3.914"])
    expect(maps.explorer.sentence).to_contain_text("0.946")
