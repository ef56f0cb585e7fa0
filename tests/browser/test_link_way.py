"""Links that also contain the start of the training steps, so that one can go back to it."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.explorer import Explorer, Watch
from tests.browser.links import held, notice, payload, settled, visit

WEIGHT = "/layers/0/w/0/1"
LONG = 60_000


def note(explorer: Explorer) -> Locator:
    return explorer.timeline.locator(".training-note")


def weight(explorer: Explorer) -> float:
    return float(explorer.field(WEIGHT).get_attribute("data-value") or "nan")


def go_to(explorer: Explorer, step: int) -> None:
    number = explorer.timeline.get_by_role("textbox", name="Training step")
    number.fill(str(step))
    number.press("Enter")


def copied(explorer: Explorer, *, way: bool) -> str:
    """The link that Share copies."""
    explorer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    explorer.page.get_by_role("button", name="Share", exact=True).click()
    box = explorer.page.get_by_role("checkbox", name=re.compile("Include the training from step"))
    box.set_checked(way)
    explorer.page.get_by_role("button", name="Copy link").click()
    expect(explorer.page.get_by_text("Link copied.")).to_be_visible()
    explorer.press("Escape")
    return str(explorer.page.evaluate("navigator.clipboard.readText()"))


def after(explorer: Explorer, document: dict[str, Any], steps: int) -> dict[str, Any]:
    found: dict[str, Any] = explorer.ask("/api/advance", {"document": document, "steps": steps})["document"]
    return found


def test_a_link_with_the_way_goes_back_to_training_step_1_and_finds_the_same_bits(
    explorer: Explorer, tabs: BrowserContext, watch: Watch
) -> None:
    document = explorer.choose("two-layers")["document"]
    go_to(explorer, 30)
    explorer.expect_training_step(30)
    link = copied(explorer, way=True)
    state = held(link)
    assert state["step"] == 30
    assert state["start"]["step"] == 1
    assert "x" not in state["start"]["document"], "what is the same is held once"
    other = visit(tabs, watch, link, explorer.origin)
    other.expect_training_step(30)
    assert weight(other) == after(explorer, document, 29)["layers"][0]["w"][0][1]
    other.press("Shift+N")
    other.expect_training_step(29)
    expect(note(other)).to_have_text("")
    assert weight(other) == after(explorer, document, 28)["layers"][0]["w"][0][1]
    other.press("Home")
    other.expect_training_step(1)
    assert weight(other) == document["layers"][0]["w"][0][1]
    # The curve has all steps, and the address of a later one still contains the start.
    other.timeline.locator(".run-toggle").click()
    expect(other.timeline.locator(".run-outcome")).to_contain_text("training steps 1 to 30")
    go_to(other, 12)
    other.expect_training_step(12)
    other.page.get_by_role("heading", name="Backprop Explorer").click()
    assert held(settled(other, step=12))["start"]["step"] == 1
    other.page.reload()
    expect(other.node("x 1")).to_be_visible()
    other.expect_training_step(12)
    go_to(other, 1)
    other.expect_training_step(1)


def test_without_the_steps_the_link_begins_at_the_current_one_and_says_so(
    explorer: Explorer, tabs: BrowserContext, watch: Watch
) -> None:
    page = explorer.page
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_role("button", name="Copy link")).to_be_visible()
    expect(page.locator(".share").get_by_role("checkbox")).to_have_count(0)
    explorer.press("Escape")
    explorer.press("n")
    explorer.expect_training_step(2)
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.locator(".share")).to_contain_text("It opens at training step 2, without the steps before it.")
    page.get_by_role("checkbox", name="Include the training from step 1 on").check()
    expect(page.locator(".share")).to_contain_text("and includes the steps from training step 1 on.")
    explorer.press("Escape")
    link = copied(explorer, way=False)
    assert held(link)["start"] is None
    other = visit(tabs, watch, link, explorer.origin)
    other.expect_training_step(2)
    other.press("Shift+N")
    expect(note(other)).to_contain_text("The link begins at training step 2 and does not contain the steps before.")


def test_steps_that_lead_to_other_numbers_are_reported_and_can_be_continued(
    explorer: Explorer, tabs: BrowserContext, watch: Watch
) -> None:
    document = explorer.example("chapter")
    changed = after(explorer, document, 4)
    changed["layers"][0]["w"][0][1] += 1e-9
    state = {"document": changed, "step": 5, "start": {"step": 1, "document": {"layers": document["layers"]}}}
    other = visit(tabs, watch, f"{explorer.origin}/#diagram&s={payload(state)}", explorer.origin)
    other.expect_training_step(5)
    for _ in range(2):
        other.press("Shift+N")
        expect(note(other)).to_contain_text(
            "From training step 1 on, as stored in the link, the computation does not reproduce the link’s numbers"
            " of training step 5"
        )
        other.expect_training_step(5)
        assert weight(other) == changed["layers"][0]["w"][0][1]
        note(other).get_by_role("button", name="Close this message").click()
    other.press("Shift+N")
    note(other).get_by_role("button", name="Go on with the new numbers").click()
    expect(note(other)).to_have_text("")
    other.expect_training_step(5)
    expect(other.field(WEIGHT)).to_have_attribute(
        "data-value", repr(after(explorer, document, 4)["layers"][0]["w"][0][1])
    )
    other.press("Shift+N")
    other.expect_training_step(4)
    other.page.get_by_role("button", name=re.compile("^Undo: training step 5 → 4")).click()
    other.page.get_by_role("button", name="Undo: training step 5 computed again").click()
    expect(other.field(WEIGHT)).to_have_attribute("data-value", repr(changed["layers"][0]["w"][0][1]))


def test_a_refused_start_is_reported_on_going_back(explorer: Explorer, tabs: BrowserContext, watch: Watch) -> None:
    watch.refusals_expected = True
    document = explorer.example("chapter")
    evil = {"layers": [{"type": "Evil"}]}
    for start in ({"step": 1, "document": evil}, {"step": 1, "document": {"y": [[1.0, 2.0, 3.0]]}}):
        state = {"document": document, "step": 3, "start": start}
        other = visit(tabs, watch, f"{explorer.origin}/#diagram&s={payload(state)}", explorer.origin)
        other.expect_training_step(3)
        other.press("Shift+N")
        expect(note(other)).to_contain_text("The training step could not be taken.")
        other.expect_training_step(3)
        expect(notice(other)).to_have_text("")


def test_a_long_way_can_be_called_off_and_is_taken_later(
    explorer: Explorer, tabs: BrowserContext, watch: Watch
) -> None:
    go_to(explorer, 9000)
    expect(explorer.timeline.get_by_role("textbox", name="Training step")).to_have_value("9000", timeout=LONG)
    other = visit(tabs, watch, copied(explorer, way=True), explorer.origin)
    requests: list[str] = []

    def hold(route: Any) -> None:
        requests.append(route.request.url)
        if len(requests) == 1:
            route.continue_()

    other.page.route("**/api/advance", hold)
    other.press("Shift+N")
    expect(other.timeline.locator(".run-toggle")).to_contain_text("%")
    other.timeline.locator(".run-toggle").click()
    other.timeline.get_by_role("button", name="Cancel", exact=True).click()
    expect(other.timeline.get_by_role("button", name="Start", exact=True)).to_be_visible()
    other.expect_training_step(9000)
    expect(note(other)).to_have_text("")
    other.page.unroute_all(behavior="ignoreErrors")
    other.page.get_by_role("heading", name="Backprop Explorer").click()
    other.press("Shift+N")
    expect(other.timeline.get_by_role("textbox", name="Training step")).to_have_value("8999", timeout=LONG)
