"""The picture uses the available space: measured in screen pixels, in windows of every size."""

import itertools
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clashes import SETTLED
from tests.browser.explorer import EXAMPLES, Explorer
from tests.browser.test_large import opened

SIZES = [(1280, 720), (1920, 1080), (1024, 768), (820, 1180), (390, 844), (640, 360)]
LEGIBLE = 11

# Every number in the picture: its font size, and the box of its figures.
NUMBERS = """() => {
    const all = [...document.querySelectorAll('.diagram .plane text.number')];
    return all.filter(one => one.checkVisibility()).map(one => {
        const { left, top, right, bottom } = one.getBoundingClientRect();
        const size = parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a;
        const inside = one.closest('.node, .truth, .loss') !== null && one.classList.contains('value');
        // The figures themselves are less high than their line.
        const middle = (top + bottom) / 2;
        const text = [...one.childNodes].filter(n => n.nodeName !== 'title').map(n => n.textContent).join('');
        return { text, size, inside, left, right, top: middle - 0.32 * size, bottom: middle + 0.32 * size };
    });
}"""


def numbers(page: Page) -> list[dict[str, Any]]:
    page.evaluate(SETTLED)
    found: list[dict[str, Any]] = page.evaluate(NUMBERS)
    return found


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    found: list[dict[str, float]] = page.locator(selector).evaluate_all(
        """all => all.map(one => {
            const { left, top, right, bottom } = one.getBoundingClientRect();
            return { left, top, right, bottom };
        })"""
    )
    return found


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return bool(across > 1 and down > 1)


def test_every_number_in_the_picture_can_be_read_in_a_window_of_any_size(explorer: Explorer) -> None:
    seen = 0
    for slug in EXAMPLES:
        explorer.page.set_viewport_size({"width": 1280, "height": 720})
        explorer.choose(slug)
        explorer.press("End")
        for width, height in SIZES:
            explorer.page.set_viewport_size({"width": width, "height": height})
            found = numbers(explorer.page)
            small = [one for one in found if one["size"] < LEGIBLE - 0.01]
            assert not small, (slug, width, small)
            seen += len(found)
    assert seen > 500


def test_no_number_lies_on_another_on_a_circle_or_on_an_arrowhead(explorer: Explorer) -> None:
    slugs = ("chapter", "two-layers", "xor", "vanishing", "softmax-classifier")
    for slug, (width, height) in itertools.product(slugs, SIZES[:3]):
        explorer.choose(slug)
        explorer.page.set_viewport_size({"width": width, "height": height})
        for key in ("Home", "2", "ArrowRight", "ArrowRight", "End"):
            explorer.press(key)
            found = numbers(explorer.page)
            outside = [one for one in found if not one["inside"]]
            clashes = [
                (one["text"], other["text"])
                for place, one in enumerate(outside)
                for other in outside[place + 1 :]
                if overlap(one, other)
            ]
            heads = boxes(explorer.page, ".diagram .arrow")
            bodies = boxes(explorer.page, ".diagram .part .body")
            # A circle leaves free space in the corners of its box.
            round_ = [inset(body, 0.12) for body in bodies]
            clashes += [
                (one["text"], "arrowhead") for one in outside for head in heads if overlap(one, inset(head, 0.3))
            ]
            clashes += [(one["text"], "circle") for one in outside for body in round_ if overlap(one, body)]
            assert not clashes, (slug, width, key, clashes)


def inset(box: dict[str, float], share: float) -> dict[str, float]:
    across, down = (box["right"] - box["left"]) * share, (box["bottom"] - box["top"]) * share
    return {
        "left": box["left"] + across,
        "right": box["right"] - across,
        "top": box["top"] + down,
        "bottom": box["bottom"] - down,
    }


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768)])
def test_a_small_network_fills_its_room(ongoing: Explorer, size: tuple[int, int]) -> None:
    width, height = size
    ongoing.page.set_viewport_size({"width": width, "height": height})
    ongoing.page.evaluate(SETTLED)
    [room] = boxes(ongoing.page, ".diagram .picture")
    parts = boxes(ongoing.page, ".diagram .part .body")
    across = max(one["right"] for one in parts) - min(one["left"] for one in parts)
    down = max(one["bottom"] for one in parts) - min(one["top"] for one in parts)
    assert across >= 0.88 * (room["right"] - room["left"])
    # The controls, the legend, and a line beneath the last circles have their space.
    assert down >= (room["bottom"] - room["top"]) - 150
    if size == (1920, 1080):
        assert min(one["size"] for one in numbers(ongoing.page)) >= 22


def test_the_controls_never_lie_on_a_unit(unopened: Explorer) -> None:
    for sizes in ((8, 12, 9), (3, 24, 3), (2, 2), (4, 4, 4, 4, 10)):
        opened(unopened, *sizes)
        for width, height in SIZES[:4]:
            unopened.page.set_viewport_size({"width": width, "height": height})
            unopened.page.evaluate(SETTLED)
            [bar] = boxes(unopened.page, ".diagram-controls")
            under = [one for one in boxes(unopened.page, ".diagram .part .body") if overlap(bar, one)]
            assert not under, (sizes, width)


def test_where_numbers_have_no_room_a_notice_offers_to_zoom_in(explorer: Explorer) -> None:
    explorer.choose("two-layers")
    explorer.press("End")
    fewer = explorer.diagram.get_by_role("button", name="fewer numbers")
    expect(fewer).to_have_count(0)
    explorer.page.set_viewport_size({"width": 390, "height": 844})
    expect(fewer).to_be_visible()
    before = len(numbers(explorer.page))
    for _ in range(4):
        if fewer.count():
            fewer.click()
    expect(fewer).to_have_count(0)
    assert len(numbers(explorer.page)) > before


def test_a_number_without_room_has_a_sign_on_its_line_and_is_seen_where_one_points(explorer: Explorer) -> None:
    trace = explorer.choose("vanishing")
    weights = sum(edge["ref"] is not None for edge in trace["edges"])
    explorer.page.evaluate(SETTLED)
    signs, shown = explorer.diagram.locator(".left-out"), explorer.diagram.locator(".edge-number")
    assert signs.count() > 10
    assert signs.count() + shown.count() == weights
    expect(explorer.diagram.get_by_role("button", name="fewer numbers")).to_be_visible()
    # A sign over a number of a unit would hide digits, so the units are above it.
    assert signs.evaluate_all(
        "(all) => all.every((sign) => sign.compareDocumentPosition(document.querySelector('.nodes')) & 4)"
    )
    before = signs.count()
    explorer.part("fc_2.w[0,0]").focus()
    expect(shown.locator('[data-ref="fc_2.w[0,0]"]')).to_be_visible()
    expect(signs).to_have_count(before - 1)
    # The accessible names include numbers that are not drawn.
    expect(explorer.part("fc_2.w[1,1]")).to_have_accessible_name(re.compile("value"))


def test_on_a_phone_no_number_of_a_deep_network_lies_on_another(explorer: Explorer) -> None:
    explorer.choose("vanishing")
    explorer.press("End")
    explorer.page.set_viewport_size({"width": 390, "height": 844})
    beside = [one for one in numbers(explorer.page) if not one["inside"]]
    explorer.page.evaluate(SETTLED)
    lit = explorer.diagram.locator(".edge-number text").all_text_contents()
    clashes = [
        (one["text"], other["text"])
        for place, one in enumerate(beside)
        for other in beside[place + 1 :]
        if overlap(one, other) and not {one["text"], other["text"]} & set(lit)
    ]
    assert not clashes


# What is drawn last is found, also if it lets the pointer through. Once for a page: with each change of a sheet, all
# styles are computed again.
FOUND = """() => {
    const [sheet] = document.styleSheets;
    const rule = '.diagram .plane :is(rect, circle, path, text) { pointer-events: all !important }';
    sheet.insertRule(rule, sheet.cssRules.length);
}"""
# The current step's numbers, and the ends of them where another part overlaps them, once the picture has settled.
CUT = f"""async () => {{
    await ({SETTLED})();
    const all = [...document.querySelectorAll('.diagram .edge-number.current text.number')];
    const cut = all.flatMap(one => {{
        const {{ left, right, top, bottom }} = one.getBoundingClientRect();
        const over = x => document.elementFromPoint(x, (top + bottom) / 2);
        return [over(left + 2), over(right - 2)].flatMap(found =>
            found?.closest('.edge-number') ? [] : [`${{one.textContent}} under ${{found?.outerHTML.slice(0, 80)}}`]);
    }});
    return [all.length, cut];
}}"""


def test_no_unit_cuts_a_number_of_the_step(explorer: Explorer) -> None:
    # Between two units of a deep network there is less space than the width of a number: its sign was covered.
    seen = 0
    explorer.page.evaluate(FOUND)
    for width, height in [(1280, 720), (640, 360), (390, 844)]:
        explorer.page.set_viewport_size({"width": width, "height": height})
        explorer.choose("vanishing")
        for _ in range(40):
            explorer.press("ArrowRight")
            shown, cut = explorer.page.evaluate(CUT)
            assert cut == []
            seen += shown
    assert seen > 100


def test_zooming_out_and_fitting_are_called_so(explorer: Explorer) -> None:
    for name in ("Zoom in", "Zoom out", "Fit the whole network into view"):
        expect(explorer.diagram.get_by_role("button", name=name, exact=True)).to_be_visible()
    assert explorer.diagram.get_by_role("button", name="Step back").count() == 0


@pytest.mark.parametrize("slug", ["softmax-classifier", "batch-of-three", "two-layers"])
def test_no_number_lies_beneath_the_legend(ongoing: Explorer, slug: str) -> None:
    ongoing.begin(slug)
    for width, height in [(360, 740), (390, 844), (600, 800), (820, 1180), (1280, 720)]:
        ongoing.page.set_viewport_size({"width": width, "height": height})
        for key, times in (("Home", 1), ("ArrowRight", 8), ("End", 1)):
            ongoing.press(key, times)
            ongoing.page.evaluate(SETTLED)
            [legend] = boxes(ongoing.page, ".legend")
            low = [one["text"] for one in numbers(ongoing.page) if one["bottom"] > legend["top"] + 3]
            parts = [one for one in boxes(ongoing.page, ".diagram .part .body") if one["bottom"] > legend["top"] + 3]
            assert not low, (width, key, low)
            assert not parts, (width, key)
