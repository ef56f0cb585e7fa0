"""A network on images as tables: the same numbers as in its feature maps."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.explorer import Explorer
from tests.browser.feature_maps import IMAGE_EXAMPLES, FeatureMaps
from tests.browser.test_keyboard import tab_to
from tests.browser.test_maps import numbers_of
from tests.browser.test_tables import NOT_YET, entry, switch, tables, toggle


def opened(maps: FeatureMaps, slug: str) -> dict[str, Any]:
    trace = maps.open(slug)
    switch(maps.explorer)
    return trace


@pytest.mark.parametrize("slug", IMAGE_EXAMPLES)
def test_every_number_is_the_service_s(maps: FeatureMaps, slug: str) -> None:
    trace = opened(maps, slug)
    region = tables(maps.explorer)
    numbers = numbers_of(trace)
    given = maps.explorer.shown(region)
    assert {re.sub(r"\[.*", "", ref) for ref in given} <= {"x", "y", "conv_1.w", "conv_1.b", "fc_1.w", "fc_1.b"}
    maps.explorer.press("End")
    # After the update parameters show their new values; with the choices, values and gradients.
    seen: dict[str, float] = {}
    for choice in ("by step", "values", "gradients"):
        maps.chosen(choice)
        expect(region.get_by_text(NOT_YET)).to_have_count(0)
        seen |= maps.explorer.shown(region)
    assert seen == {ref: numbers[ref] for ref in seen}
    # All maps of the shown sample are listed, and all filters.
    own = re.compile(r"(x|(conv|relu|max_pool)_1\.output)(\.grad)?\[0,|conv_1\.[wb]")
    assert {ref for ref in numbers if own.match(ref)} <= seen.keys()


def test_a_step_fills_its_number_marks_it_and_brings_it_into_view(maps: FeatureMaps) -> None:
    opened(maps, "digits-cnn")
    first = entry(maps.explorer, "conv_1.output[0,0,0,0]")
    expect(first).to_have_text(NOT_YET)
    expect(first).to_have_accessible_name("z 1 1 1 of layer 1 in sample 1, not computed yet")
    maps.explorer.press("ArrowRight")
    expect(first).not_to_have_text(NOT_YET)
    expect(first).to_be_in_viewport()
    now = tables(maps.explorer).locator("td[aria-current=step] [data-entry]")
    assert now.evaluate_all("all => all.map(one => one.dataset.entry)") == ["conv_1.output[0,0,0,0]"]
    # Layer by layer; in the backward pass gradients replace the values.
    maps.explorer.press("2")
    maps.explorer.press("End")
    maps.explorer.press("ArrowLeft")
    expect(tables(maps.explorer).get_by_role("table", name="channel 1 of 4: gradients").first).to_be_visible()
    expect(tables(maps.explorer).get_by_role("table", name="Filter 2 of conv_1, channel 1: ")).to_have_count(1)
    maps.explorer.press("Home")
    expect(first).to_have_text(NOT_YET)


def test_numbers_are_found_and_selected_by_keyboard_alone(maps: FeatureMaps) -> None:
    maps.open("convolution")
    explorer = maps.explorer
    explorer.press("End")
    maps.chosen("values")
    tab_to(explorer, ".as-table")
    explorer.press("Enter")
    expect(tables(explorer).get_by_role("table").last).to_be_visible()
    expect(toggle(explorer)).to_be_focused()
    explorer.press("Tab")
    expect(entry(explorer, "x[0,0,0,0]")).to_be_focused()
    explorer.press("ArrowRight", 2)
    explorer.press("ArrowDown")
    expect(entry(explorer, "x[0,0,1,2]")).to_be_focused()
    explorer.press("Tab")
    explorer.press("PageDown")
    expect(entry(explorer, "conv_1.w[0,0,1,0]")).to_be_focused()
    explorer.press("Enter")
    expect(entry(explorer, "conv_1.w[0,0,1,0]")).to_have_attribute("aria-pressed", "true")
    expect(explorer.inspector).to_contain_text("Selected")
    # Rows and columns have names, and the loss comes last.
    expect(tables(explorer).get_by_role("columnheader", name="column 3", exact=True)).to_have_count(1)
    expect(tables(explorer).get_by_role("rowheader", name="row 1", exact=True).first).to_be_visible()
    last = tables(explorer).locator("[data-entry]").last
    expect(last).to_have_attribute("data-entry", "loss")
    toggle(explorer).click()
    expect(maps.map("x[0,0]")).to_be_visible()


def test_of_a_large_map_what_is_selected_is_listed_and_the_rest_can_be_seen(unopened: Explorer) -> None:
    document = unopened.example("digits-cnn")
    layers = document["layers"]
    layers[0] = {"type": "Conv2D", "name": "conv_1", "n_filter": 6, "h_filter": 3, "w_filter": 3, "padding": 7}
    layers[-1] = {"type": "Linear", "name": "fc_1", "output_dim": 10}
    unopened.page.route(
        "**/api/examples?*",
        lambda route: route.fulfill(
            json=[{"slug": "large", "name": "large", "title": "large", "description": "", "document": document}]
        ),
    )
    unopened.page.goto(unopened.origin)
    expect(unopened.diagram.get_by_role("grid").first).to_be_visible()
    region = switch(unopened)
    expect(region).to_contain_text("2 more channels are not listed here.")
    expect(region).to_contain_text("Of a large map not all rows and columns are listed here")
    layer = region.get_by_role("region", name="Conv2D conv_1")
    expect(layer.get_by_role("table", name="channel 6 of 6")).to_have_count(0)
    layer.get_by_role("button", name="Show all").click()
    expect(layer.get_by_role("table", name="channel 6 of 6")).to_have_count(1)
    layer.get_by_role("button", name="Show only the first").click()
    # The step is at a place that is not listed at first.
    unopened.press("ArrowRight", 15)
    expect(entry(unopened, "conv_1.output[0,0,0,14]")).to_be_in_viewport()
    region.get_by_role("button", name="Back to the feature maps").first.click()
    expect(unopened.diagram.get_by_role("grid").first).to_be_visible()
