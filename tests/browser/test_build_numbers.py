"""Every number by dragging and by key, and whole matrices at once."""

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer, Watch, numbers_of


def drag(explorer: Explorer, field: Locator, pixels: int, *, release: bool = True) -> None:
    """Press a number and move sideways, past the few pixels that start a drag and then by the given distance."""
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    toward = 1 if pixels > 0 else -1
    mouse = explorer.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 4 * toward, y)
    mouse.move(x + 4 * toward + pixels, y, steps=8)
    if release:
        mouse.up()


@pytest.mark.parametrize(
    ("pointer", "pixels", "value"),
    [("/layers/0/w/0/0", 20, 0.35), ("/layers/0/b/1", -50, -0.05), ("/x/0/1", 10, 0.6), ("/optimizer/lr", -100, 0)],
)
def test_a_number_is_dragged_and_the_picture_follows(
    ongoing: Explorer, pointer: str, pixels: int, value: float
) -> None:
    ongoing.begin("chapter")
    ongoing.press("End")
    drag(ongoing, ongoing.field(pointer), pixels)
    expect(ongoing.field(pointer)).to_have_attribute("data-value", repr(value).removesuffix(".0"))
    document = ongoing.example("chapter")
    layer = document["layers"][0]
    if pointer.startswith("/x"):
        document["x"][0][1] = value
    elif pointer.endswith("lr"):
        document["optimizer"]["lr"] = value
    elif "/b/" in pointer:
        layer["b"][1] = value
    else:
        layer["w"][0][0] = value
    numbers = numbers_of(ongoing.trace(document))
    shown: dict[str, float] = {}
    # Weights outside of the current step are written only if they fit.
    for _ in range(100):
        shown = ongoing.shown(ongoing.diagram)
        if shown == {ref: numbers[ref] for ref in shown}:
            break
        ongoing.page.wait_for_timeout(50)
    assert shown == {ref: numbers[ref] for ref in shown}
    assert {"fc_1.w.next[0,1]", "fc_1.b.next[1]", "loss"} <= shown.keys()


def test_everything_follows_while_one_drags(explorer: Explorer) -> None:
    drag(explorer, explorer.field("/layers/0/w/0/0"), 20, release=False)
    expect(explorer.diagram.locator('[data-ref="fc_1.w[0,0]"]')).to_have_attribute("data-value", "0.35")
    explorer.page.mouse.up()


def test_with_shift_the_steps_are_fine_and_with_alt_coarse(explorer: Explorer) -> None:
    field = explorer.field("/layers/0/w/0/0")
    explorer.page.keyboard.down("Shift")
    drag(explorer, field, 20)
    explorer.page.keyboard.up("Shift")
    expect(field).to_have_attribute("data-value", "0.17")
    explorer.page.keyboard.down("Alt")
    drag(explorer, field, 10)
    explorer.page.keyboard.up("Alt")
    expect(field).to_have_attribute("data-value", "1.2")


def test_a_press_alone_lets_one_type(explorer: Explorer) -> None:
    field = explorer.field("/layers/0/w/0/0")
    field.click()
    expect(field).to_be_focused()
    explorer.page.keyboard.type("1/3")
    expect(field).to_have_attribute("data-value", "0.3333333333333333")


def test_what_is_typed_takes_the_place_of_the_number_even_before_the_next_frame(explorer: Explorer) -> None:
    field = explorer.field("/layers/0/w/0/0")
    type_at_once = "field => { field.focus(); document.execCommand('insertText', false, '9'); return field.value; }"
    assert field.evaluate(type_at_once) == "9"
    explorer.press("Tab")
    explorer.page.keyboard.type("12")
    expect(explorer.field("/layers/0/w/0/1")).to_have_attribute("data-value", "12")


def test_arrow_keys_change_a_number_in_steps_of_three_sizes(explorer: Explorer) -> None:
    field = explorer.field("/layers/0/w/0/0")
    field.focus()
    for key, value in [
        ("ArrowUp", "0.16"),
        ("ArrowDown", "0.15"),
        ("Shift+ArrowUp", "0.151"),
        ("Shift+ArrowDown", "0.15"),
        ("PageUp", "0.3"),
    ]:
        explorer.page.keyboard.press(key)
        expect(field).to_have_value(value)
        expect(explorer.diagram.locator('[data-ref="fc_1.w[0,0]"]')).to_have_attribute("data-value", value)


def test_the_inspectors_field_is_dragged_and_pressed_too(explorer: Explorer) -> None:
    explorer.select("fc_1.w[0,1]")
    field = explorer.inspector.locator(".number-field")
    drag(explorer, field, 15)
    expect(field).to_have_attribute("data-value", "0.35")
    expect(explorer.diagram.locator('[data-ref="fc_1.w[0,1]"]')).to_have_attribute("data-value", "0.35")
    field.focus()
    explorer.press("ArrowUp")
    expect(field).to_have_attribute("data-value", "0.36")


def test_a_finger_drags_too(chromium: Browser, origin: str, watch: Watch) -> None:
    page = chromium.new_page(viewport={"width": 820, "height": 1180}, has_touch=True, reduced_motion="reduce")
    watch.follow(page)
    explorer = Explorer(page, origin)
    explorer.open()
    field = explorer.field("/layers/0/w/0/0")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box
    x, y = box["x"] + 10, box["y"] + 10
    session = page.context.new_cdp_session(page)

    def touch(kind: str, at: float | None) -> None:
        points = [] if at is None else [{"x": at, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x)
    for place in range(1, 13):
        touch("touchMove", x + 2 * place)
    touch("touchEnd", None)
    expect(field).not_to_have_attribute("data-value", "0.15")
    assert 0.3 <= float(field.get_attribute("data-value") or 0) <= 0.39
    page.close()
    watch.verify()


def test_a_whole_matrix_is_set_at_once(explorer: Explorer) -> None:
    panel = BuildPanel(explorer)
    panel.panel.get_by_role("button", name="Set all … Weights of fc_1").click()
    dialog = explorer.page.get_by_role("dialog", name="Set all numbers")
    dialog.get_by_label("Numbers", exact=True).fill("[1/3 0,5\n −2 1e-1]")
    expect(dialog.get_by_text("2 × 2: fits.")).to_be_visible()
    expect(dialog.get_by_role("cell")).to_have_text(["0.333333", "0.5", "−2", "0.1"])
    dialog.get_by_role("button", name="Use them").click()
    expect(dialog).to_have_count(0)
    for pointer, value in [("0/0", "0.3333333333333333"), ("0/1", "0.5"), ("1/0", "-2"), ("1/1", "0.1")]:
        expect(explorer.field(f"/layers/0/w/{pointer}")).to_have_attribute("data-value", value)


def test_a_matrix_of_the_wrong_shape_is_refused_before_it_is_used(explorer: Explorer) -> None:
    explorer.choose("batch-of-three")
    panel = BuildPanel(explorer)
    panel.open_menu("fc_1").get_by_role("button", name="Set all of w").click()
    dialog = explorer.page.get_by_role("dialog", name="Set all numbers")
    text = dialog.get_by_label("Numbers", exact=True)
    text.fill("1 2\n3 4")
    expect(text).to_have_accessible_description("2 × 2, but 3 × 4 are needed.")
    expect(dialog.get_by_role("button", name="Use them")).to_be_disabled()
    text.fill("1 2 3\n4 5 6\n7 8 9\n10 11 12")
    dialog.get_by_role("button", name="Exchange, and use them").click()
    expect(explorer.field("/layers/0/w/0/3")).to_have_attribute("data-value", "10")


def test_set_all_begins_with_the_numbers_that_are_there(explorer: Explorer) -> None:
    panel = BuildPanel(explorer)
    panel.panel.get_by_role("button", name="Set all … Weights of fc_1").click()
    dialog = explorer.page.get_by_role("dialog", name="Set all numbers")
    expect(dialog.get_by_label("Numbers", exact=True)).to_have_value("0.15\t0.2\n0.25\t0.3")
    dialog.get_by_role("button", name="Use them").click()
    expect(explorer.field("/layers/0/w/0/1")).to_have_attribute("data-value", "0.2")


@pytest.mark.parametrize(("way", "expected"), [("input", ["0.15", "0.2"]), ("output", ["0.15", "0.25"])])
def test_of_a_square_matrix_that_is_pasted_it_is_asked_which_way_round_it_is(
    ongoing: Explorer, way: str, expected: list[str]
) -> None:
    ongoing.begin("chapter")
    panel = BuildPanel(ongoing)
    panel.panel.get_by_role("button", name="Set all … Weights of fc_1").click()
    dialog = ongoing.page.get_by_role("dialog", name="Set all numbers")
    field = dialog.get_by_label("Numbers", exact=True)
    field.evaluate("field => field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true }))")
    field.fill("Parameter containing:\ntensor([[0.1500, 0.2000],\n        [0.2500, 0.3000]], requires_grad=True)")
    expect(dialog.get_by_role("button", name="Use them")).to_be_disabled()
    dialog.get_by_role("radio", name=way).check()
    expect(dialog.get_by_role("cell").nth(1)).to_have_text(expected[1])
    dialog.get_by_role("button", name="Use them").click()
    for place, value in enumerate(expected):
        expect(ongoing.field(f"/layers/0/w/0/{place}")).to_have_attribute("data-value", value)
