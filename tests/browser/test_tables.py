"""The diagram as tables: the same numbers in rows and columns."""

import json
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.axe import assert_accessible
from tests.browser.explorer import WALKED, Explorer, Watch, numbers_of
from tests.browser.links import settled
from tests.browser.test_keyboard import tab_to

NOT_YET = "not yet"


def toggle(explorer: Explorer) -> Locator:
    return explorer.diagram.get_by_role("button", name="As a table")


def switch(explorer: Explorer) -> Locator:
    """The tables instead of the picture."""
    toggle(explorer).click()
    expect(tables(explorer).get_by_role("table").last).to_be_visible()
    return tables(explorer)


def tables(explorer: Explorer) -> Locator:
    return explorer.diagram.get_by_role("region", name="Network as tables")


def entry(explorer: Explorer, ref: str) -> Locator:
    return tables(explorer).locator(f'[data-entry="{ref}"]')


def current(explorer: Explorer) -> list[str]:
    """The rows of the current step."""
    rows: list[str] = (
        tables(explorer).locator("tr[aria-current=step]").evaluate_all("all => all.map(one => one.dataset.near)")
    )
    return rows


def test_its_code_is_loaded_when_it_is_first_wanted(explorer: Explorer) -> None:
    loaded: list[str] = []
    explorer.page.on("request", lambda request: loaded.append(request.url))
    switch(explorer)
    assert any("Tables-" in url for url in loaded)


@pytest.mark.parametrize("slug", WALKED)
def test_every_number_is_the_service_s(ongoing: Explorer, slug: str) -> None:
    trace = ongoing.begin(slug)
    region = switch(ongoing)
    ongoing.press("End")
    expect(region.get_by_text(NOT_YET)).to_have_count(0)
    assert ongoing.shown(region) == numbers_of(trace)
    toggle(ongoing).click()
    expect(region).to_have_count(0)


def test_a_step_fills_its_rows_and_marks_them(explorer: Explorer) -> None:
    explorer.choose("two-layers")
    switch(explorer)
    assert current(explorer) == []
    expect(entry(explorer, "fc_1.output[0,0]")).to_have_text(NOT_YET)
    name = "z 1 of layer 1, not computed yet"
    expect(tables(explorer).get_by_role("button", name=name, exact=True)).to_be_visible()
    explorer.press("ArrowRight")
    expect(entry(explorer, "fc_1.output[0,0]")).not_to_have_text(NOT_YET)
    assert current(explorer) == ["fc_1.b[0]", "fc_1.w[0,0]", "fc_1.w[1,0]", "h_1^(1)"]
    expect(explorer.sentence).to_contain_text("z")
    explorer.press("ArrowLeft")
    expect(entry(explorer, "fc_1.output[0,0]")).to_have_text(NOT_YET)


def test_the_rows_of_the_step_are_brought_into_view(explorer: Explorer) -> None:
    explorer.choose("two-layers")
    region = switch(explorer)
    explorer.press("3")
    for _ in range(explorer.position()[1]):
        explorer.press("ArrowRight")
        expect(region.locator("tr[aria-current=step]").first).to_be_in_viewport()


def test_term_by_term_a_sum_grows_in_its_place(explorer: Explorer) -> None:
    switch(explorer)
    explorer.press("4")
    explorer.press("ArrowRight", 2)
    sofar = entry(explorer, "fc_1.output[0,0]")
    expect(sofar).to_have_accessible_name("y hat 1, 0.14 so far")
    assert current(explorer) == ["fc_1.w[1,0]", "ŷ_1"]


def test_a_number_is_found_and_selected_by_keyboard_alone(explorer: Explorer) -> None:
    explorer.press("End")
    tab_to(explorer, ".as-table")
    explorer.press("Enter")
    expect(tables(explorer).get_by_role("table").last).to_be_visible()
    expect(toggle(explorer)).to_be_focused()
    explorer.press("Shift+Tab")
    expect(entry(explorer, "y[0,0]")).to_be_focused()
    explorer.press("Shift+Tab", 2)
    expect(entry(explorer, "fc_1.b[0]")).to_be_focused()
    explorer.press("ArrowUp")
    # Up from the first number to the last one, as in the picture.
    expect(entry(explorer, "fc_1.w.next[1,1]")).to_be_focused()
    explorer.press("Enter")
    expect(entry(explorer, "fc_1.w.next[1,1]")).to_have_attribute("aria-pressed", "true")
    expect(explorer.inspector).to_contain_text("Selected")
    before = explorer.position()[0]
    explorer.press("ArrowLeft")
    explorer.expect_position(before - 1)
    explorer.press("Escape")
    expect(explorer.inspector).to_contain_text("This step")


def test_a_number_of_a_formula_lights_up_in_the_table(explorer: Explorer) -> None:
    switch(explorer)
    explorer.press("ArrowRight")
    explorer.inspector.locator('.formula [data-ref="x[0,0]"]').first.hover()
    expect(tables(explorer).locator(".lit")).to_have_attribute("data-entry", "x[0,0]")


def test_the_picture_comes_back_as_it_was(explorer: Explorer) -> None:
    drawn = explorer.shown(explorer.diagram)
    place = explorer.part("x_1").bounding_box()
    switch(explorer)
    expect(explorer.diagram.locator("[data-part]")).to_have_count(0)
    toggle(explorer).click()
    expect(tables(explorer)).to_have_count(0)
    assert explorer.shown(explorer.diagram) == drawn
    assert explorer.part("x_1").bounding_box() == place


def test_a_link_restores_the_table(explorer: Explorer, tabs: BrowserContext, watch: Watch) -> None:
    switch(explorer)
    link = settled(explorer, table=True)
    page = tabs.new_page()
    watch.follow(page)
    page.goto(link)
    other = Explorer(page, explorer.origin)
    expect(entry(other, "x[0,0]")).to_have_text("0.100000")
    toggle(other).click()
    expect(other.part("x_1")).to_be_visible()
    toggle(explorer).click()
    explorer.page.wait_for_url(f"{explorer.origin}/#diagram")


def wide(explorer: Explorer) -> dict[str, Any]:
    layers = [
        {"type": "Linear", "name": "wide", "output_dim": 2000},
        {"type": "Linear", "name": "out", "output_dim": 2},
    ]
    document: dict[str, Any] = explorer.trace(explorer.example("chapter") | {"layers": layers})["document"]
    return document


def test_for_a_wide_layer_the_number_of_hidden_rows_is_shown(explorer: Explorer) -> None:
    document = wide(explorer)
    region = switch(explorer)
    file = {"name": "wide.json", "mimeType": "application/json", "buffer": json.dumps(document).encode()}
    explorer.page.get_by_role("banner").locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(region).to_contain_text("1988 more units are not listed here; the Matrices view has them all.")
    explorer.press("1")
    explorer.press("ArrowRight")
    shown = explorer.shown(region)
    assert shown["wide.w[1,1999]"] == document["layers"][0]["w"][1][1999]
    assert shown["out.w[1999,1]"] == document["layers"][1]["w"][1999][1]
    region.get_by_role("button", name="Open the Matrices view").first.click()
    expect(explorer.page.get_by_role("region", name="Matrices", exact=True)).to_be_visible()


def test_axe_finds_no_violation(explorer: Explorer) -> None:
    explorer.choose("batch-of-three")
    switch(explorer)
    assert_accessible(explorer)
    explorer.press("ArrowRight", 3)
    entry(explorer, "fc_1.output[0,0]").click()
    expect(explorer.inspector.locator(".formula")).not_to_have_count(0)
    assert_accessible(explorer)
