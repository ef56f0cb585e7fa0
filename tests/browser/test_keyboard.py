"""Everything can be operated without a mouse."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.explorer import EXAMPLES, IMAGE_EXAMPLES, Explorer

# From the top of the page to the picture, by Tab.
MOST_STOPS = 25


def tab_to(explorer: Explorer, selector: str) -> None:
    rounds = 0
    # After the last tab stop nothing has the focus for a moment; the second time, a full cycle is complete.
    while rounds < 2:
        explorer.press("Tab")
        if explorer.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        rounds += explorer.page.evaluate("document.activeElement === document.body")
    raise AssertionError(f"Tab never reaches {selector}")


def test_the_first_step_is_taken_and_its_formula_read_by_keyboard_alone(explorer: Explorer) -> None:
    tab_to(explorer, ".transport .primary")
    explorer.press("Enter")
    explorer.expect_position(1, 11)
    explorer.press("Space")
    explorer.expect_position(2, 11)


def test_nodes_and_edges_are_walked_selected_and_let_go(explorer: Explorer) -> None:
    explorer.press("End")
    tab_to(explorer, "[data-part]")
    names = []
    for _ in range(14):
        explorer.press("ArrowDown")
        names.append(explorer.page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert len(set(names)) == 14
    assert "output y hat 2, value 0.62, gradient −0.37" in names
    assert "weight w 1 2 of layer 1, from x 1 to y hat 2, updated 0.2185" in names
    assert "target y 1, value 0.01" in names
    assert "loss, value 0.18365" in names
    explorer.press("ArrowDown")
    explorer.press("Enter")
    expect(explorer.inspector).to_contain_text("Selected")
    explorer.press("Escape")
    expect(explorer.inspector).to_contain_text("This step")


def test_a_number_in_a_formula_is_followed_with_enter(explorer: Explorer) -> None:
    explorer.press("ArrowRight")
    expect(explorer.inspector.locator(".formula").first).to_be_visible()
    tab_to(explorer, ".formula button")
    explorer.press("Enter")
    expect(explorer.inspector.get_by_role("heading", level=3)).to_contain_text("input")


def test_the_help_opens_with_its_key_and_closes_with_escape(explorer: Explorer) -> None:
    explorer.press("?")
    dialog = explorer.page.get_by_role("dialog", name="Help")
    expect(dialog).to_be_visible()
    headings = dialog.get_by_role("heading", level=3)
    expect(headings.first).to_have_text("What the signs mean")
    expect(headings.last).to_have_text("Keys")
    for sign in ("𝑧", "∇", "∂ℓ", "Σ𝑛", "Law 1", "pass", "layer", "node", "term"):
        expect(dialog.get_by_role("term").filter(has_text=sign).first).to_be_attached()
    for mark in ("negative", "Frozen"):
        expect(dialog.get_by_role("term").get_by_text(mark).or_(dialog.get_by_label(mark)).first).to_be_attached()
    expect(dialog).to_contain_text("pictures as SVG or PNG, printing, and exports")
    explorer.press("ArrowRight")
    explorer.expect_position(0, 11)
    explorer.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_focus_is_always_seen(explorer: Explorer) -> None:
    tab_to(explorer, ".number-field")
    outline = explorer.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


FOCUSED = "document.activeElement.closest('.picture, .columns') !== null"


@pytest.mark.parametrize("slug", [*EXAMPLES, *IMAGE_EXAMPLES])
def test_few_stops_lie_before_the_picture_and_one_press_skips_them(ongoing: Explorer, slug: str) -> None:
    ongoing.page.get_by_label("Example").select_option(slug)
    expect(ongoing.sentence).to_contain_text(f"“{ongoing.example(slug)['name']}” is ready.")
    expect(ongoing.page.locator(".picture .node, .columns .map").first).to_be_visible()
    expect(ongoing.build.locator("[data-layer]").first).to_be_visible()
    skip = ongoing.page.get_by_role("button", name="Skip to the picture")
    skip.focus()
    stops = 1
    while not ongoing.page.evaluate(FOCUSED):
        ongoing.press("Tab")
        stops += 1
        assert stops <= MOST_STOPS
    skip.focus()
    ongoing.press("Enter")
    assert ongoing.page.evaluate(FOCUSED)


def test_the_way_past_them_is_the_first_stop_and_seen_only_then(explorer: Explorer) -> None:
    skip = explorer.page.get_by_role("button", name="Skip to the picture")
    assert skip.evaluate("one => getComputedStyle(one).clipPath") != "none"
    explorer.press("Tab")
    expect(skip).to_be_focused()
    assert skip.evaluate("one => getComputedStyle(one).clipPath") == "none"
    for view in ("Matrices", "Check"):
        explorer.page.get_by_role("link", name=view).click()
        expect(
            explorer.page.get_by_role("region", name=re.compile(view, re.IGNORECASE)).locator("table, math").first
        ).to_be_visible()
        skip.focus()
        explorer.press("Enter")
        assert explorer.page.evaluate("document.activeElement.closest('main > section:not(.build)') !== null")
