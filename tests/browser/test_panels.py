"""Collapsible panels, the lecture mode, and content that must stay in view in small windows."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clashes import SETTLED, clashes
from tests.browser.explorer import Explorer
from tests.browser.feature_maps import IMAGE_EXAMPLES, FeatureMaps
from tests.browser.test_room import numbers


def width_of(explorer: Explorer) -> float:
    explorer.page.evaluate(SETTLED)
    box = explorer.diagram.bounding_box()
    assert box
    return box["width"]


@pytest.mark.parametrize(("key", "name"), [("b", "Build"), ("i", "Inspector")])
def test_a_panel_is_folded_away_by_key_and_by_button_and_stays_so(explorer: Explorer, key: str, name: str) -> None:
    panel = explorer.build if name == "Build" else explorer.inspector
    button = explorer.page.get_by_role("banner").get_by_role("button", name=re.compile(f"{name}.*\\({key}\\)"))
    expect(button).to_have_attribute("aria-pressed", "true")
    before = width_of(explorer)
    explorer.press(key)
    expect(panel).to_be_hidden()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert width_of(explorer) > before + 200
    explorer.page.reload()
    expect(explorer.node("x 1")).to_be_visible()
    expect(panel).to_be_hidden()
    button.click()
    expect(panel).to_be_visible()
    assert width_of(explorer) == before
    # In a field the key types a letter.
    explorer.field("/x/0/0").focus()
    explorer.press(key)
    expect(panel).to_be_visible()


@pytest.fixture
def lecture(explorer: Explorer) -> Explorer:
    explorer.press("l")
    expect(explorer.page.get_by_role("banner")).to_be_hidden()
    return explorer


def test_a_lecture_has_large_numbers_and_no_panels(lecture: Explorer) -> None:
    for slug in ("chapter", "two-layers", "vanishing"):
        if slug != "chapter":
            lecture.press("l")
            lecture.choose(slug)
            lecture.press("l")
        for key in ("Home", "ArrowRight", "End"):
            lecture.press(key)
            found = numbers(lecture.page)
            assert found
            assert min(one["size"] for one in found) >= 22 - 0.01, (slug, key)
        expect(lecture.build).to_be_hidden()
        expect(lecture.inspector).to_be_hidden()
    expect(lecture.timeline.get_by_role("button", name="Next training step")).to_be_in_viewport(ratio=1)
    expect(lecture.page.locator(".sentence")).to_be_in_viewport(ratio=1)
    assert not clashes(lecture.page)


def test_the_small_network_of_a_lecture_shows_every_number(lecture: Explorer) -> None:
    lecture.press("End")
    numbers(lecture.page)
    expect(lecture.diagram.get_by_role("button", name="fewer numbers")).to_have_count(0)
    assert {"fc_1.output.grad[0,0]", "x[0,0]", "loss"} <= lecture.shown(lecture.diagram).keys()


# The font size of every number of the maps and of their close-up; indices and powers are smaller, as usual.
TYPES = """() => [...document.querySelectorAll(
    '.cell-numbers span, .range p, .map-loss .number, .column .shape, .close-up :is(.number, td, .bias)'
)].filter(one => one.checkVisibility() && /[0-9…]/.test(one.textContent)).map(one =>
    [one.textContent, parseFloat(getComputedStyle(one).fontSize)])"""


# The numbers of the examples of which all fit: those of the input, the filters, every layer and the target.
ALL_FIT = {"convolution": 9 + 4 + 4 + 4, "sequence": 12 + 12 + 8 + 8 + 8 + 1 + 1}


def test_a_lecture_on_images_has_large_numbers_and_notes_where_some_have_no_room(
    maps: FeatureMaps,
) -> None:
    explorer = maps.explorer
    fewer = explorer.diagram.get_by_role("button", name="fewer numbers")
    for slug in IMAGE_EXAMPLES:
        maps.open(slug)
        explorer.press("l")
        expect(explorer.page.get_by_role("banner")).to_be_hidden()
        for key in ("Home", "ArrowRight", "End"):
            explorer.press(key)
            explorer.page.evaluate(SETTLED)
            found = explorer.page.evaluate(TYPES)
            assert len(found) > 8
            assert [one for one in found if one[1] < 22] == [], (slug, key)
        if slug in ALL_FIT:
            expect(fewer).to_have_count(0)
            assert explorer.diagram.locator(".cell-numbers span").count() == ALL_FIT[slug]
        else:
            expect(fewer).to_be_visible()
            before = explorer.diagram.locator(".cell-numbers span").count()
            for _ in range(3):
                fewer.click()
            explorer.page.evaluate(SETTLED)
            assert explorer.diagram.locator(".cell-numbers span").count() > before
        assert not clashes(explorer.page)
        explorer.diagram.get_by_role("button", name="Leave the lecture").click()
        expect(explorer.page.get_by_role("banner")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (640, 360)])
def test_in_a_narrow_window_a_lecture_has_its_picture_too(explorer: Explorer, width: int, height: int) -> None:
    explorer.page.set_viewport_size({"width": width, "height": height})
    explorer.press("l")
    expect(explorer.page.get_by_role("banner")).to_be_hidden()
    explorer.press("End")
    for node in (explorer.node("x 1"), explorer.diagram.locator(".node.output").last):
        expect(node).to_be_in_viewport(ratio=1)
    expect(explorer.timeline.get_by_role("button", name="Next training step")).to_be_in_viewport(ratio=1)
    numbers(explorer.page)
    assert explorer.diagram.evaluate("one => one.clientHeight") >= 250
    assert not clashes(explorer.page)


def test_a_lecture_is_left_by_escape_by_its_key_and_by_its_button(explorer: Explorer) -> None:
    header = explorer.page.get_by_role("banner")
    begin = header.get_by_role("button", name="Lecture")
    leave = explorer.diagram.get_by_role("button", name="Leave the lecture")
    for way in ("Escape", "l", "button"):
        begin.click()
        expect(header).to_be_hidden()
        if way == "button":
            leave.click()
        else:
            explorer.press(way)
        expect(header).to_be_visible()
        expect(explorer.build).to_be_visible()
    # A panel may be opened for a moment; the next lecture begins without any.
    explorer.press("l")
    explorer.press("i")
    expect(explorer.inspector).to_be_visible()
    explorer.press("l")
    expect(explorer.inspector).to_be_visible()
    explorer.press("l")
    expect(explorer.inspector).to_be_hidden()
    explorer.press("Escape")
    explorer.press("?")
    expect(explorer.page.get_by_role("dialog", name="Help")).to_contain_text("lecture: large numbers")


def test_the_address_of_a_lecture_opens_one(lecture: Explorer) -> None:
    lecture.press("ArrowRight")
    lecture.page.wait_for_url(re.compile("#diagram&lecture&s="))
    lecture.page.reload()
    expect(lecture.node("x 1")).to_be_visible()
    expect(lecture.page.get_by_role("banner")).to_be_hidden()
    lecture.expect_position(1)
    lecture.press("Escape")
    lecture.page.wait_for_url(re.compile("#diagram&s="))


def test_a_landscape_tablet_has_picture_inspector_and_timeline_together(explorer: Explorer) -> None:
    explorer.page.set_viewport_size({"width": 1024, "height": 768})
    explorer.press("ArrowRight")
    expect(explorer.diagram).to_be_in_viewport(ratio=1)
    expect(explorer.inspector.get_by_role("heading", level=3)).to_be_in_viewport(ratio=1)
    expect(explorer.inspector.locator(".formula").first).to_be_in_viewport(ratio=1)
    expect(explorer.timeline).to_be_in_viewport(ratio=1)


# The width that the button's label needs, and the width that it has.
CRUSHED = """button => {
    const range = document.createRange();
    range.selectNodeContents(button);
    const [text, box] = [range.getBoundingClientRect(), button.getBoundingClientRect()];
    return [text.width, text.height, box.width, box.height];
}"""


@pytest.mark.parametrize("words", ["Take the first step", "Step forward", "Next training step"])
def test_the_main_button_is_the_last_thing_to_shrink(explorer: Explorer, words: str) -> None:
    if words != "Take the first step":
        explorer.press("ArrowRight" if words == "Step forward" else "End")
    button = explorer.timeline.get_by_role("button", name=words)
    # A change of both measures at once would take half as long again.
    for height in (360, 720):
        for width in range(320, 1300, 35):
            explorer.page.set_viewport_size({"width": width, "height": height})
            explorer.page.evaluate(SETTLED)
            text, lines, box, high = button.evaluate(CRUSHED)
            assert text <= box - 10, (width, height)
            assert lines <= high, (width, height)
            if width <= 720:
                expect(button).to_be_in_viewport(ratio=1)


def test_at_200_percent_all_of_the_picture_is_seen_above_the_player(page_at_200: Explorer) -> None:
    explorer = page_at_200
    explorer.press("End")
    explorer.diagram.evaluate("one => one.scrollIntoView({ block: 'start' })")
    explorer.page.evaluate(SETTLED)
    player = explorer.page.locator(".player").bounding_box()
    assert player
    for part in ("x_0", "x_2", "ŷ_1", "loss"):
        box = explorer.part(part).locator(".body").bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= player["y"]


@pytest.fixture
def page_at_200(explorer: Explorer) -> Explorer:
    explorer.page.set_viewport_size({"width": 640, "height": 360})
    return explorer


NAMES = """row => [...row.querySelectorAll('.phase')].map(phase => {
    const range = document.createRange();
    range.selectNodeContents(phase.querySelector('.phase-name'));
    return [range.getBoundingClientRect().width, phase.getBoundingClientRect().width];
})"""


def test_every_phase_has_room_for_its_name_and_is_where_one_points(explorer: Explorer) -> None:
    explorer.choose("vanishing")
    row = explorer.page.locator(".scrubber .cells")
    phases = explorer.page.locator(".scrubber .phase")
    for width in (360, 390, 640, 820, 1024, 1280):
        explorer.page.set_viewport_size({"width": width, "height": 720})
        explorer.page.evaluate(SETTLED)
        for name, room in row.evaluate(NAMES):
            assert 0 < name <= room, width
        assert phases.count() == 4
        for place in range(4):
            box = phases.nth(place).bounding_box()
            assert box
            explorer.page.mouse.click(box["x"] + box["width"] - 1, box["y"] + 8)
            thumb = explorer.page.locator(".scrubber .thumb").bounding_box()
            assert thumb
            assert abs(thumb["x"] - box["x"]) < 3, width
            value = explorer.page.get_by_role("slider").get_attribute("aria-valuetext") or ""
            assert ("forward", "loss", "backward", "update")[place] in value, width


def test_the_focus_of_the_scrubber_leaves_the_names_of_its_phases_free(explorer: Explorer) -> None:
    explorer.page.get_by_role("slider").focus()
    explorer.press("ArrowRight")
    ring: dict[str, str] = explorer.page.locator(".scrubber").evaluate(
        "one => { const { top, height } = getComputedStyle(one, '::after'); return { top, height }; }"
    )
    name = explorer.page.locator(".phase-name").first.bounding_box()
    row = explorer.page.locator(".scrubber").bounding_box()
    assert name
    assert row
    bottom = row["y"] + float(ring["top"][:-2]) + float(ring["height"][:-2])
    assert bottom <= name["y"] + 3


def drag(page: Page, box: dict[str, float], to: float) -> None:
    page.mouse.move(box["x"] + 2, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * to, box["y"] + 8, steps=4)
    page.mouse.up()


def test_the_scrubber_is_dragged(explorer: Explorer) -> None:
    box = explorer.page.locator(".scrubber").bounding_box()
    assert box
    drag(explorer.page, box, 0.999)
    done, total = explorer.position()
    assert done == total
    drag(explorer.page, box, 0)
    explorer.expect_position(0)
    explorer.press("ArrowRight")
    explorer.expect_position(1)
