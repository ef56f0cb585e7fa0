"""The numerical check of the shown number, with one key."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.explorer import Explorer, Watch


def test_one_key_finds_the_derivative_a_second_time_from_two_losses(explorer: Explorer) -> None:
    trace = explorer.trace(explorer.example("chapter"))
    explorer.press("End")
    explorer.select("fc_1.w[0,1]")
    explorer.press("c")
    check = explorer.inspector.locator(".numeric-check")
    expect(check).to_contain_text("agrees")
    answer = explorer.ask(
        "/api/gradient-check", {"document": trace["document"], "refs": ["fc_1.w[0,1]"], "epsilon": 1e-5}
    )["rows"][0]
    for name in ("left", "right", "numeric"):
        expect(check.locator(f'mrow[data-value="{answer[name]}"]').first).to_be_visible()
    expect(check.locator(f'.number[data-value="{answer["relative_error"]}"]')).to_be_visible()
    # The two losses differ only in digits that are shown.
    shown = check.locator("mfrac mn").all_text_contents()
    assert "0.1836496300" in shown
    assert "0.1836503700" in shown
    # The quotient is correct at the digits shown, each of which may be half a unit off.
    minuend, subtrahend = (float(text) for text in shown if len(text) == len("0.1836496300"))
    assert abs((minuend - subtrahend) / 2e-5 - answer["numeric"]) <= 1e-10 / 2e-5
    explorer.press("c")
    expect(check).not_to_contain_text("agrees")


def test_the_button_names_its_key_and_works_for_an_input(explorer: Explorer) -> None:
    explorer.press("End")
    explorer.select("x_1")
    button = explorer.inspector.get_by_role("button", name="check numerically")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(explorer.inspector.locator(".numeric-check")).to_contain_text("agrees")


def test_what_a_check_found_is_brought_into_view(explorer: Explorer) -> None:
    explorer.choose("two-layers")
    explorer.press("End")
    explorer.select("fc_1.w[0,0]")
    explorer.press("c")
    verdict = explorer.inspector.locator(".numeric-verdict")
    expect(verdict).to_be_visible()
    frame, found = explorer.inspector.bounding_box(), verdict.bounding_box()
    assert frame
    assert found
    assert found["y"] + found["height"] <= frame["y"] + frame["height"]
    fraction = explorer.inspector.locator(".numeric-check .losses math").bounding_box()
    assert fraction
    assert fraction["x"] + fraction["width"] <= frame["x"] + frame["width"], "all digits of both losses are seen"


def test_how_far_the_number_is_moved_is_chosen(explorer: Explorer) -> None:
    explorer.press("End")
    explorer.select("fc_1.w[0,1]")
    explorer.press("c")
    check = explorer.inspector.locator(".numeric-check")
    check.get_by_label("changed by").select_option("0.01")
    # The chapter's own two losses, at its own ε.
    losses = check.locator("mfrac").nth(1).locator("mrow[data-value]")
    expect(losses.first).to_have_attribute("data-value", re.compile(r"^0\.18328(05|0499)"))
    expect(losses.nth(1)).to_have_attribute("data-value", re.compile(r"^0\.18402(05|0499)"))


def test_the_check_of_a_computed_number_is_refused_with_the_reason(explorer: Explorer) -> None:
    explorer.choose("two-layers")
    explorer.press("End")
    explorer.select("h_1^(1)")
    explorer.press("c")
    expect(explorer.inspector.locator(".numeric-check").first).to_contain_text("cannot be changed by itself")


def test_an_edit_puts_the_check_away_and_it_can_be_taken_again(explorer: Explorer) -> None:
    explorer.press("End")
    explorer.select("fc_1.w[0,1]")
    explorer.press("c")
    check = explorer.inspector.locator(".numeric-check")
    expect(check).to_contain_text("agrees")
    explorer.field("/x/0/0").fill("0.7")
    expect(check).not_to_contain_text("agrees")
    expect(explorer.node("x 1")).to_contain_text("0.7")
    explorer.page.keyboard.press("Escape")
    # The check is of the network as it is traced: it waits until the edit is undone.
    expect(explorer.node("x 1")).to_contain_text("0.1")
    explorer.inspector.get_by_role("button", name="check numerically").click()
    expect(check).to_contain_text("agrees")


@pytest.mark.parametrize("status", [422, 500])
def test_a_refusal_is_shown_in_place(explorer: Explorer, watch: Watch, status: int) -> None:
    watch.refusals_expected = True
    problem = {
        "type": "about:blank",
        "title": "no",
        "status": status,
        "detail": "no",
        "key": "limit",
        "limit": "MAX_CHECK_WORK",
    }
    explorer.page.route("**/api/gradient-check", lambda route: route.fulfill(status=status, json=problem))
    explorer.press("End")
    explorer.select("fc_1.w[0,1]")
    explorer.press("c")
    expect(explorer.inspector.locator(".numeric-check")).to_contain_text("Work of one check")
