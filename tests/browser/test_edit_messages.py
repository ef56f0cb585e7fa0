"""The consequences of an edit in the picture are shown there, and the keyboard focus stays."""

import json

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.explorer import Explorer, Watch
from tests.browser.test_handling import here, number

TARGET = "y[0,1]"
PROBLEM = {"title": "", "status": 422, "detail": "", "key": "at_most", "values": {"bound": 1}, "where": "/y/0/1"}


def refuse(route: Route) -> None:
    """Targets above 1, refused as by a service with such a limit."""
    if json.loads(route.request.post_data or "{}")["y"][0][1] > 1:
        route.fulfill(status=422, content_type="application/problem+json", body=json.dumps(PROBLEM))
    else:
        route.continue_()


def outcome(explorer: Explorer) -> Locator:
    return explorer.page.locator(".outcome.here")


def test_the_result_of_an_edit_at_a_column_is_shown_until_the_next_step(explorer: Explorer) -> None:
    explorer.press("b")
    expect(explorer.page.locator(".build")).to_be_hidden()
    explorer.part("ŷ_1").focus()
    more = explorer.diagram.get_by_role("button", name="Add a unit to fc_1")
    more.click()
    line = outcome(explorer).locator("[aria-live=polite]")
    expect(line).to_contain_text("The targets now have 3 columns; new ones are 0.")
    # It covers the picture only, and none of it is cut off.
    box, frame = line.bounding_box(), explorer.diagram.bounding_box()
    assert box
    assert frame
    assert frame["x"] <= box["x"]
    assert box["x"] + box["width"] <= frame["x"] + frame["width"]
    # The close button removes itself; the focus returns to the picture.
    line.get_by_role("button", name="Undo").focus()
    explorer.press("Enter")
    expect(line).to_have_text("")
    expect(explorer.diagram.locator(".node.output")).to_have_count(2)
    expect(explorer.diagram.locator(":focus")).to_have_count(1)
    explorer.part("ŷ_1").focus()
    more.click()
    expect(line).to_contain_text("The targets now have 3 columns")
    explorer.press("ArrowRight")
    expect(line).to_have_text("")
    explorer.press("ArrowLeft")
    explorer.press("b")
    # The consequences of an edit in Build are shown in Build.
    explorer.build.get_by_label("Width of fc_1").fill("4")
    expect(explorer.build.locator(".fitted")).to_contain_text("The targets now have 4 columns")
    expect(outcome(explorer)).to_have_text("")


def test_fewer_outputs_than_classes_are_refused_at_the_picture_with_what_helps(
    explorer: Explorer, watch: Watch
) -> None:
    watch.refusals_expected = True
    explorer.choose("softmax-classifier")
    explorer.part("ŷ_1").focus()
    explorer.diagram.get_by_role("button", name="Remove a unit from fc_1").click()
    refusal = outcome(explorer).get_by_role("alert")
    expect(refusal).to_contain_text("The targets have more classes than the network has outputs: 3 are needed.")
    expect(refusal.get_by_role("button", name="Use 3")).to_be_visible()
    expect(explorer.diagram.locator(".node.output")).to_have_count(3)
    refusal.get_by_role("button", name="Close this message").click()
    expect(refusal).to_have_text("")
    expect(explorer.diagram.locator(":focus")).to_have_count(1)


def test_a_number_that_the_service_refuses_stays_in_its_field_in_the_picture(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    explorer.page.route("**/api/trace?**", refuse)
    explorer.press("b")
    number(explorer, TARGET).click()
    explorer.page.keyboard.type("3")
    explorer.press("Enter")
    # It is closed with Enter, and opens again with the error.
    expect(here(explorer)).to_have_value("3")
    expect(here(explorer)).to_have_accessible_description("The targets must be at most 1. Use 1")
    expect(number(explorer, TARGET)).to_have_attribute("data-value", "0.99")
    expect(outcome(explorer)).to_have_text("")
    expect(explorer.inspector.locator(".messages")).to_contain_text("at most 1")
    here(explorer).focus()
    explorer.press("Tab")
    expect(explorer.diagram.get_by_role("button", name="Use 1")).to_be_focused()
    explorer.press("Enter")
    expect(number(explorer, TARGET)).to_have_attribute("data-value", "1")
    expect(here(explorer)).to_be_focused()
    expect(here(explorer)).to_have_value("1")
    # After Escape a refused number has its old value.
    explorer.page.keyboard.type("5")
    expect(explorer.diagram.locator(".field-here .message")).to_be_visible()
    explorer.press("Escape")
    expect(here(explorer)).to_have_value("1")
    expect(explorer.diagram.locator(".field-here .message")).to_have_count(0)
    explorer.page.unroute("**/api/trace?**", refuse)


def test_a_number_typed_in_the_picture_is_kept_while_the_server_is_gone(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True

    def unreachable(route: Route) -> None:
        route.abort("connectionrefused")

    explorer.page.route("**/api/trace?**", unreachable)
    number(explorer, TARGET).click()
    explorer.page.keyboard.type("0.7")
    expect(explorer.diagram.locator(".notice")).to_contain_text("The server cannot be reached. Your changes are kept")
    expect(here(explorer)).to_have_value("0.7")
    explorer.press("Enter")
    expect(explorer.part("truth-1")).to_be_focused()
    explorer.page.unroute("**/api/trace?**", unreachable)
    expect(number(explorer, TARGET)).to_have_attribute("data-value", "0.7")
    expect(explorer.diagram.locator(".notice")).to_have_text("")


@pytest.mark.parametrize("place", ["picture", "inspector", "build"])
def test_undo_and_redo_keep_the_focus_at_the_number_wherever_it_is_typed(explorer: Explorer, place: str) -> None:
    explorer.select("truth-1")
    field = explorer.page.locator(f'[id="{place}/y/0/1"]')
    if place == "picture":
        number(explorer, TARGET).click()
    else:
        field.focus()
    for text in ("0.5", "0.6"):
        explorer.page.keyboard.type(text)
        expect(number(explorer, TARGET)).to_have_attribute("data-value", text)
        # One value, one change: in the picture Enter closes the field as well.
        explorer.press("Enter")
        if place == "picture":
            number(explorer, TARGET).click()
    for keys, value in (("Control+z", "0.5"), ("Control+z", "0.99"), ("Control+y", "0.5"), ("Control+Shift+Z", "0.6")):
        explorer.press(keys)
        expect(field).to_have_value(value)
        expect(field).to_be_focused()
        expect(number(explorer, TARGET)).to_have_attribute("data-value", value)
    # The field replaces the number, and Escape restores it.
    explorer.page.keyboard.type("0.1")
    expect(number(explorer, TARGET)).to_have_attribute("data-value", "0.1")
    explorer.press("Escape")
    expect(number(explorer, TARGET)).to_have_attribute("data-value", "0.6")


def test_undo_finds_a_field_where_that_of_the_number_is_gone_and_works_on_a_switch(explorer: Explorer) -> None:
    explorer.build.get_by_label("Width of fc_1").fill("3")
    explorer.field("/layers/0/w/0/2").focus()
    explorer.press("Control+z")
    expect(explorer.field("/layers/0/w/0/2")).to_have_count(0)
    expect(explorer.field("/layers/0/w/0/1")).to_be_focused()
    bias = explorer.build.get_by_label("Bias of fc_1")
    bias.uncheck()
    explorer.press("Control+z")
    expect(bias).to_be_checked()
    expect(bias).to_be_focused()


def test_with_a_layer_that_is_removed_the_keyboard_goes_to_the_next(explorer: Explorer) -> None:
    explorer.choose("two-layers")
    explorer.build.locator('[data-layer="relu_1"] .dots').focus()
    explorer.press("Enter")
    explorer.build.get_by_role("button", name="Remove", exact=True).focus()
    explorer.press("Enter")
    expect(explorer.build.locator("[data-layer]")).to_have_count(2)
    expect(explorer.build.locator('[data-layer="fc_2"] .dots')).to_be_focused()
