"""Zooming to a part of the picture, and back."""

import json
import re
from typing import Any

from playwright.sync_api import Browser, Locator, expect

from tests.browser.explorer import Explorer, Watch
from tests.browser.test_large import opened


def body(explorer: Explorer, identifier: str) -> Any:
    box = explorer.part(identifier).locator(".body").bounding_box()
    assert box
    return box


def is_close(explorer: Explorer, identifier: str) -> bool:
    """Whether it is in the middle of the room for the picture, and large."""
    box = body(explorer, identifier)
    room = explorer.diagram.locator(".picture").bounding_box()
    assert room
    across = box["x"] + box["width"] / 2 - room["x"] - room["width"] / 2
    # The legend below takes more room than the controls above.
    down = box["y"] + box["height"] / 2 - room["y"] - room["height"] / 2 + 10
    return abs(across) < 1 and abs(down) < 1 and box["width"] >= 100


def control(explorer: Explorer) -> Locator:
    return explorer.diagram.get_by_role("button", name="Zoom to what is selected")


def test_a_double_click_goes_closer_and_another_one_back(explorer: Explorer) -> None:
    explorer.choose("two-layers")
    explorer.press("End")
    before = body(explorer, "h_2^(1)")
    assert not is_close(explorer, "h_2^(1)")
    explorer.part("h_2^(1)").dblclick()
    assert is_close(explorer, "h_2^(1)")
    expect(explorer.inspector).to_contain_text("Selected")
    # From part to part; the way back still leads to the initial view.
    explorer.page.keyboard.press("Escape")
    explorer.part("h_1^(1)").dblclick()
    assert is_close(explorer, "h_1^(1)")
    explorer.part("h_1^(1)").dblclick()
    assert body(explorer, "h_2^(1)") == before
    # Another network is shown whole, if it has no such part.
    explorer.part("h_2^(1)").dblclick()
    explorer.choose("chapter")
    expect(explorer.part("loss")).to_be_in_viewport(ratio=1)


def test_by_keyboard_what_has_the_focus_and_by_the_control_what_is_selected(explorer: Explorer) -> None:
    expect(control(explorer)).to_have_count(0)
    explorer.press("z")
    before = body(explorer, "ŷ_2")
    explorer.part("ŷ_2").focus()
    explorer.press("z")
    assert is_close(explorer, "ŷ_2")
    explorer.press("z")
    assert body(explorer, "ŷ_2") == before
    explorer.select("loss")
    expect(control(explorer)).to_have_attribute("aria-pressed", "false")
    control(explorer).click()
    assert is_close(explorer, "loss")
    expect(control(explorer)).to_have_attribute("aria-pressed", "true")
    # After panning, the first press returns to the part, the next one goes back.
    explorer.diagram.get_by_role("button", name="Zoom in").click()
    expect(control(explorer)).to_have_attribute("aria-pressed", "false")
    control(explorer).click()
    assert is_close(explorer, "loss")
    explorer.press("0")
    assert body(explorer, "ŷ_2") == before
    expect(control(explorer)).to_have_attribute("aria-pressed", "false")
    # A weight is the middle between its ends.
    explorer.select("fc_1.w[0,0]")
    explorer.press("z")
    assert body(explorer, "ŷ_1")["width"] >= 100
    explorer.press("?")
    expect(explorer.page.get_by_role("dialog", name="Help")).to_contain_text("zoom to the part")


def test_it_moves_there_unless_motion_is_unwanted(chromium: Browser, origin: str, watch: Watch) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="no-preference")
    watch.follow(page)
    explorer = Explorer(page, origin)
    explorer.open()
    # Every scale of the animation.
    page.evaluate(
        """() => {
            window.scales = new Set();
            const zoomed = document.querySelector('.plane.nodes g');
            const seen = new MutationObserver(() => scales.add(zoomed.getAttribute('transform')));
            seen.observe(zoomed, {attributes: true});
        }"""
    )
    explorer.part("ŷ_1").dblclick()
    page.wait_for_timeout(400)
    assert is_close(explorer, "ŷ_1")
    assert page.evaluate("scales.size") > 2
    page.close()
    watch.verify()


def test_in_a_large_network_numbers_can_be_read_again(unopened: Explorer) -> None:
    opened(unopened, 30, 40, 2)
    unopened.press("End")
    expect(unopened.diagram.locator(".picture.far")).to_have_count(1)
    unopened.part("h_5^(1)").dblclick()
    assert is_close(unopened, "h_5^(1)")
    shown = unopened.shown(unopened.part("h_5^(1)"))
    assert "fc_1.output[0,4]" in {re.sub(r"^relu", "fc", ref) for ref in shown}


def test_a_weight_in_a_picture_of_all_weights_is_seen_too(unopened: Explorer) -> None:
    opened(unopened, 45, 45, 3)
    canvas = unopened.diagram.locator(".heat canvas")
    canvas.dblclick(position={"x": 40, "y": 60})
    cell = unopened.diagram.locator(".heat-cell").bounding_box()
    room = unopened.diagram.locator(".picture").bounding_box()
    assert cell
    assert room
    assert abs(cell["x"] + cell["width"] / 2 - room["x"] - room["width"] / 2) < 2
    expect(control(unopened)).to_have_attribute("aria-pressed", "true")
    canvas.dblclick()
    expect(control(unopened)).to_be_visible()


def test_a_new_network_is_seen_whole_with_nothing_selected_and_undo_goes_back_to_where_one_looked(
    explorer: Explorer,
) -> None:
    """Zoomed with the wheel, without a part in close-up; both networks have the same parts."""
    trace = explorer.choose("two-layers")
    whole = body(explorer, "h_2^(1)")
    weight = trace["edges"][1]["id"]
    explorer.select(weight)
    explorer.part("h_2^(1)").hover()
    explorer.page.mouse.wheel(0, -600)
    near = body(explorer, "h_2^(1)")
    assert near["width"] > 1.5 * whole["width"]
    another = trace["document"] | {"name": "Another", "x": [[0.3, 0.4]]}
    file = {"name": "another.json", "mimeType": "application/json", "buffer": json.dumps(another).encode()}
    explorer.page.get_by_role("banner").locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(explorer.diagram.locator('[data-ref="x[0,0]"]')).to_have_attribute("data-value", "0.3")
    assert body(explorer, "h_2^(1)") == whole
    expect(explorer.diagram.locator('[aria-pressed="true"]')).to_have_count(0)
    expect(explorer.inspector).not_to_contain_text("Selected")
    explorer.press("Control+z")
    first = str(trace["document"]["x"][0][0])
    expect(explorer.diagram.locator('[data-ref="x[0,0]"]')).to_have_attribute("data-value", first)
    expect(explorer.part(weight)).to_have_attribute("aria-pressed", "true")
    assert body(explorer, "h_2^(1)") == near
    explorer.choose("vanishing")
    room = explorer.diagram.locator(".picture").bounding_box()
    assert room
    for part in explorer.diagram.locator(".node .body").all():
        box = part.bounding_box()
        assert box
        assert room["x"] <= box["x"] <= box["x"] + box["width"] <= room["x"] + room["width"]
