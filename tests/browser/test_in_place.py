"""Nothing moves under the pointer: opening, choosing and messages leave the maps and units where they are."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.clashes import SETTLED
from tests.browser.explorer import Explorer
from tests.browser.feature_maps import FeatureMaps
from tests.browser.runs_panel import Runs

# Controls that open, toggle or choose; not in Build, where the network is edited, nor in the picture.
TOGGLES = """() => {
    const all = document.querySelectorAll('[aria-expanded], [aria-pressed], summary, .choice input, main select');
    const counts = (one) => one.checkVisibility() && !one.closest('.build, [data-part], [role=grid]');
    return [...all].filter(counts).map((one, at) => {
        one.dataset.toggle = at;
        return (one.title || one.ariaLabel || one.closest('label')?.textContent || one.textContent).trim();
    });
}"""
# The purpose of these is to change the picture, or to replace it.
PURPOSES = "^(Build panel|Inspector) |简体中文|English|as tables|Zoom to|Show only|more of|^loss"
PLACES = """all => all.map(one => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [x, y + scrollY, width, height].map(Math.round);
})"""


def places(explorer: Explorer) -> list[list[int]]:
    """The positions of the maps, or of the units."""
    explorer.page.evaluate(SETTLED)
    found: list[list[int]] = explorer.diagram.locator(".map, .node .body").evaluate_all(PLACES)
    assert found
    return found


def walk(explorer: Explorer, besides: str) -> int:
    """Use every toggle and undo it; the picture stays, whatever has opened. Returns their number."""
    before = places(explorer)
    # Including the parts of the inspector that are loaded with its first content.
    expect(explorer.inspector).to_have_attribute("aria-busy", "false")
    expect(explorer.page.locator("main .later")).to_have_count(0)
    names: list[str] = explorer.page.evaluate(TOGGLES)
    for at, name in enumerate(names):
        if re.search(f"{PURPOSES}|{besides}", name):
            continue
        toggle = explorer.page.locator(f'[data-toggle="{at}"]')
        if toggle.count() == 0:
            # The inspector has other content meanwhile.
            continue
        back = undo(explorer, toggle)
        assert places(explorer) == before, name
        back()
        assert places(explorer) == before, f"{name}, taken back"
    return len(names)


def undo(explorer: Explorer, toggle: Locator) -> Any:
    """Use a toggle, and return the function that undoes it."""
    kind = toggle.evaluate("one => one.localName")
    if kind == "select":
        was = toggle.input_value()
        other = toggle.evaluate("one => [...one.options].find(({ value }) => value !== one.value)?.value")
        toggle.select_option(other)
        return lambda: toggle.select_option(was)
    if kind == "input":
        chosen = toggle.evaluate_handle(
            "one => [...document.getElementsByName(one.name)].find(({ checked }) => checked)"
        ).as_element()
        toggle.evaluate("one => one.click()")
        return lambda: chosen.evaluate("one => one.click()")
    toggle.evaluate("one => one.click()")

    def again() -> None:
        if toggle.get_attribute("aria-expanded") == "true" or kind == "summary":
            toggle.evaluate("one => one.click()")
        explorer.press("Escape")

    return again


SIZES = [(1280, 720), (390, 844)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_maps_stay_whatever_is_opened_or_chosen(maps: FeatureMaps, width: int, height: int) -> None:
    maps.page.set_viewport_size({"width": width, "height": height})
    maps.open("digits-cnn")
    maps.explorer.press("End")
    assert walk(maps.explorer, "^$") > 20


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_units_stay_whatever_is_opened_or_chosen(explorer: Explorer, width: int, height: int) -> None:
    explorer.page.set_viewport_size({"width": width, "height": height})
    explorer.choose("batch-of-three")
    explorer.press("End")
    # Units use the whole height: gradient flow and the runs are beside all of them, where nothing scrolls.
    assert walk(explorer, "How much of the gradient|Run many" if width > 720 else "^$") > 20


@pytest.mark.parametrize("slug", ["two-layers", "convolution"])
def test_beside_the_gradient_flow_the_picture_stays_from_step_to_step(explorer: Explorer, slug: str) -> None:
    maps = FeatureMaps(explorer)
    if slug == "convolution":
        maps.open(slug)
    else:
        explorer.choose(slug)
    button = explorer.diagram.get_by_role("button", name="Gradient flow")
    toggle = button.bounding_box()
    closed = places(explorer)
    button.click()
    opened = places(explorer)
    # It stays under the pointer that opened it.
    assert button.bounding_box() == toggle
    if slug == "convolution":
        assert opened == closed
        expect(maps.close_up).to_be_hidden()
    explorer.press("2")
    done, steps = explorer.position()
    for _ in range(done, steps):
        explorer.press("ArrowRight")
        assert places(explorer) == opened
    expect(explorer.diagram.locator(".flow-bar")).not_to_have_count(0)
    button.click()
    assert places(explorer) == closed


def test_messages_do_not_move_the_layout(explorer: Explorer) -> None:
    note = Runs(explorer).note
    explorer.choose("two-layers")
    explorer.press("End")
    explorer.press("ArrowRight")
    explorer.expect_training_step(2)
    before = places(explorer)
    explorer.timeline.get_by_role("textbox", name="Training step").fill("many")
    explorer.press("Enter")
    expect(note).to_contain_text("many")
    assert places(explorer) == before
    note.get_by_role("button").last.click()
    transfer = explorer.page.evaluate_handle(
        "() => { const all = new DataTransfer(); all.items.add(new File(['{'], 'bad.json')); return all; }"
    )
    explorer.page.dispatch_event("main", "drop", {"dataTransfer": transfer})
    notice = explorer.page.locator(".page-notice")
    expect(notice).to_contain_text("could not be opened")
    assert places(explorer) == before
    notice.get_by_role("button", name="Close this message").click()
    expect(notice).to_have_text("")
