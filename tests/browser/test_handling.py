"""Numbers are edited in the picture, and units and layers are added and removed there."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer, Watch, visitor
from tests.browser.test_history import titles
from tests.browser.test_touch import Fingers

WEIGHT = "fc_1.w[0,1]"


def number(explorer: Explorer, ref: str) -> Locator:
    return explorer.diagram.locator(f'.picture [data-ref="{ref}"]')


def middle(part: Locator) -> tuple[float, float]:
    box = part.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(explorer: Explorer, part: Locator, pixels: int) -> None:
    """Press and move sideways, past the few pixels that start a drag and then by the given distance."""
    x, y = middle(part)
    toward = 1 if pixels > 0 else -1
    mouse = explorer.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 4 * toward, y)
    mouse.move(x + 4 * toward + pixels, y, steps=8)
    mouse.up()


def here(explorer: Explorer) -> Locator:
    return explorer.diagram.locator(".field-here input")


@pytest.mark.parametrize(
    ("ref", "pointer", "value"),
    [
        (WEIGHT, "/layers/0/w/0/1", "0.3"),
        ("fc_1.b[0]", "/layers/0/b/0", "0.45"),
        ("x[0,0]", "/x/0/0", "0.2"),
        ("y[0,1]", "/y/0/1", "1.09"),
    ],
)
def test_a_number_is_dragged_where_it_stands_and_the_picture_stays(
    explorer: Explorer, ref: str, pointer: str, value: str
) -> None:
    before = explorer.part("ŷ_1").bounding_box()
    drag(explorer, number(explorer, ref), 10)
    expect(number(explorer, ref)).to_have_attribute("data-value", value)
    expect(explorer.field(pointer)).to_have_attribute("data-value", value)
    assert explorer.part("ŷ_1").bounding_box() == before
    assert len(titles(explorer)) == 2
    expect(here(explorer)).to_have_count(0)


def test_beside_the_numbers_the_picture_is_moved_as_ever(explorer: Explorer) -> None:
    before = explorer.part("ŷ_1").bounding_box()
    drag(explorer, explorer.part("ŷ_1").locator(".body"), 40)
    after = explorer.part("ŷ_1").bounding_box()
    assert before
    assert after
    assert after["x"] - before["x"] == pytest.approx(44, abs=1)
    assert titles(explorer) == titles(explorer)[:1]


def test_a_number_is_typed_where_it_stands_and_each_enter_is_a_change(explorer: Explorer) -> None:
    for text in ("0.5", "1/4"):
        number(explorer, WEIGHT).click()
        expect(here(explorer)).to_be_focused()
        explorer.page.keyboard.type(text)
        explorer.press("Enter")
        expect(here(explorer)).to_have_count(0)
        expect(explorer.part(WEIGHT)).to_be_focused()
    expect(number(explorer, WEIGHT)).to_have_attribute("data-value", "0.25")
    expect(explorer.inspector).to_contain_text("Selected")
    assert len(titles(explorer)) == 3
    number(explorer, WEIGHT).click()
    explorer.press("ArrowUp", 2)
    expect(here(explorer)).to_have_value("0.27")
    # After a cancelled drag everything is unchanged.
    explorer.press("Escape")
    expect(number(explorer, WEIGHT)).to_have_attribute("data-value", "0.25")
    explorer.press("Control+z")
    expect(number(explorer, WEIGHT)).to_have_attribute("data-value", "0.5")


def test_an_invalid_number_is_reported_in_place_and_kept(explorer: Explorer) -> None:
    number(explorer, "x[0,1]").click()
    explorer.page.keyboard.type("half")
    explorer.press("Enter")
    description = "“half” is not a number. Write it like 0.5, 0,5 or 1/3."
    expect(here(explorer)).to_have_accessible_description(description)
    # Other parts can be inspected meanwhile.
    explorer.part("ŷ_1").click()
    expect(here(explorer)).to_have_value("half")
    expect(number(explorer, "x[0,1]")).to_have_attribute("data-value", "0.5")
    here(explorer).focus()
    explorer.press("Escape")
    expect(here(explorer)).to_have_value("0.5")
    explorer.press("Escape")
    expect(here(explorer)).to_have_count(0)
    assert len(titles(explorer)) == 1


def test_by_keyboard_enter_selects_and_then_types_also_what_is_frozen_and_out_of_sight(explorer: Explorer) -> None:
    document = explorer.example("chapter")
    document["layers"][0]["frozen"] = ["w"]
    explorer.bring(document)
    explorer.press("End")
    explorer.part(WEIGHT).focus()
    explorer.press("Enter")
    expect(here(explorer)).to_have_count(0)
    explorer.press("Enter")
    # The line shows the updated weight: the field states that it is of the weight itself.
    expect(here(explorer)).to_be_focused()
    expect(here(explorer)).to_have_value("0.2")
    explorer.page.keyboard.type("0.4")
    explorer.press("Enter")
    expect(explorer.field("/layers/0/w/0/1")).to_have_attribute("data-value", "0.4")
    expect(explorer.part(WEIGHT)).to_be_focused()


def test_a_finger_drags_a_number_and_a_tap_opens_its_field(chromium: Browser, watch: Watch) -> None:
    window: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with visitor(chromium, watch, reduced_motion="reduce", **window) as phone:
        before = phone.part("ŷ_1").bounding_box()
        x, y = middle(number(phone, "x[0,0]"))
        Fingers(phone).move(((x, y), (x + 24, y)))
        expect(number(phone, "x[0,0]")).not_to_have_attribute("data-value", "0.1")
        assert phone.part("ŷ_1").bounding_box() == before
        number(phone, "x[0,1]").tap()
        here(phone).fill("0.75")
        phone.press("Enter")
        expect(number(phone, "x[0,1]")).to_have_attribute("data-value", "0.75")


def test_units_and_layers_come_and_go_at_a_column(explorer: Explorer) -> None:
    panel = BuildPanel(explorer)
    tools = explorer.diagram.get_by_role("group", name="Column 1 of units")
    expect(tools).to_have_count(0)
    explorer.part("ŷ_1").hover()
    tools.get_by_role("button", name="Add a unit to fc_1").click()
    expect(explorer.diagram.locator(".node.output")).to_have_count(3)
    tools.get_by_role("button", name="Remove a unit from fc_1").click()
    expect(explorer.diagram.locator(".node.output")).to_have_count(2)
    assert len(titles(explorer)) == 3
    explorer.part("ŷ_1").hover()
    tools.get_by_role("combobox", name="Add a layer before this column").select_option(label="Linear")
    panel.expect_layers("fc_2", "fc_1")
    # As wide as its input: the weights after it stay.
    expect(explorer.field("/layers/1/w/0/1")).to_have_attribute("data-value", "0.2")
    explorer.part("h_1^(1)").hover()
    tools.get_by_role("combobox", name="Add a layer after this column").select_option(label="Sigmoid")
    panel.expect_layers("fc_2", "sigmoid_1", "fc_1")
    explorer.part("h_1^(1)").hover()
    tools.get_by_role("button", name="Remove fc_2, sigmoid_1").click()
    panel.expect_layers("fc_1")
    explorer.press("Control+z")
    panel.expect_layers("fc_2", "sigmoid_1", "fc_1")
    explorer.page.mouse.move(0, 0)
    expect(tools).to_have_count(0)


def test_where_the_tools_of_a_column_have_no_room_all_are_in_one_menu(chromium: Browser, watch: Watch) -> None:
    window: dict[str, Any] = {"viewport": {"width": 640, "height": 360}, "device_scale_factor": 2}
    with visitor(chromium, watch, reduced_motion="reduce", **window) as low:
        for unit, column in (("x_1", "The inputs"), ("ŷ_1", "Column 1 of units")):
            low.part(unit).focus()
            tools = low.diagram.get_by_role("group", name=column)
            expect(tools.get_by_role("combobox").first).to_be_visible()
        menu = tools.get_by_role("combobox", name="Change this column")
        for _ in range(9):
            if menu.evaluate("one => one === document.activeElement"):
                break
            low.press("Tab")
        expect(menu).to_be_focused()
        menu.select_option(label="Add a unit to fc_1")
        expect(low.diagram.locator(".node.output")).to_have_count(3)
        low.part("ŷ_1").hover()
        menu.select_option(value="after Sigmoid")
        BuildPanel(low).expect_layers("fc_1", "sigmoid_1")
        low.press("Control+z", 2)
        BuildPanel(low).expect_layers("fc_1")
        expect(low.diagram.locator(".node.output")).to_have_count(2)


def test_the_tools_of_a_column_are_the_next_stop_of_the_keyboard(explorer: Explorer) -> None:
    explorer.part("x_1").focus()
    tools = explorer.diagram.get_by_role("group", name="The inputs")
    more = tools.get_by_role("button", name="Add an input")
    # It is loaded at its first use.
    expect(more).to_be_visible()
    for _ in range(3):
        explorer.press("Tab")
        if more.evaluate("one => one === document.activeElement"):
            break
    expect(more).to_be_focused()
    explorer.press("Enter")
    expect(explorer.part("x_3")).to_be_visible()
    expect(more).to_be_focused()
