"""Runs of many training steps, and the curve of their losses, in which any of them can be opened."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.explorer import Explorer, Watch
from tests.browser.runs_panel import LONG, Runs, advance, counted, weight
from tests.browser.test_frozen import open_case


@pytest.fixture
def runs(explorer: Explorer) -> Runs:
    runs = Runs(explorer)
    runs.open()
    return runs


def test_a_run_ends_at_the_services_numbers_and_its_curve_has_the_loss_of_each(explorer: Explorer, runs: Runs) -> None:
    document = explorer.choose("xor")["document"]
    answer = advance(explorer, document, 1300)
    runs.run(1000)
    runs.run(300)
    assert weight(explorer) == answer["document"]["layers"][0]["w"][0][1]
    assert counted(runs.known.inner_text())[:2] == [1, 1301]
    runs.table().click()
    listed = runs.losses()
    assert len(listed) == 50
    assert {1, 1301} <= set(listed)
    assert listed == {step: answer["losses"][step - 1] for step in listed}
    # The table opens any of them, too.
    some = sorted(listed)[20]
    runs.room.get_by_role("button", name=f"{some:,}", exact=True).click()
    explorer.expect_training_step(some)
    assert weight(explorer) == advance(explorer, document, some - 1)["document"]["layers"][0]["w"][0][1]


def test_a_run_right_after_an_edit_is_of_the_network_that_the_edit_leads_to(explorer: Explorer, runs: Runs) -> None:
    """A changed width requires weights and targets to be adapted before training."""
    runs.count.fill("3")

    def late(route: Route) -> None:
        explorer.page.wait_for_timeout(300)
        route.continue_()

    explorer.page.route("**/api/trace?**", late)
    explorer.build.get_by_label("Width of fc_1").fill("3")
    runs.start.click()
    explorer.expect_training_step(4)
    expect(runs.note).to_have_text("")
    expect(explorer.build.get_by_label("Width of fc_1")).to_have_value("3")


def test_a_training_step_puts_what_was_refused_before_it_away(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    explorer.field("/optimizer/lr").fill("-1")
    message = explorer.build.locator(".training .message")
    expect(message).to_contain_text("Learning rate must be at least 0.")
    explorer.timeline.get_by_role("button", name="To the end").click()
    explorer.timeline.get_by_role("button", name="Next training step").click()
    explorer.expect_training_step(2)
    # Its button would restore the network of training step 1.
    expect(message).to_have_count(0)


def test_ten_thousand_training_steps_and_what_is_typed_wrong(explorer: Explorer, runs: Runs) -> None:
    document = explorer.example("chapter")
    for typed in ("0", "10001", "-5", "1.5", "", "many"):
        runs.count.fill(typed)
        runs.start.click()
        expect(runs.room).to_contain_text(
            f"“{typed}” is not a number of training steps. Please give a whole number from 1 to 10,000."
        )
        expect(runs.count).to_have_attribute("aria-invalid", "true")
        expect(runs.count).to_be_focused()
    runs.count.fill("10,000")
    runs.start.click()
    explorer.timeline.get_by_role("textbox", name="Training step")
    expect(runs.known).to_contain_text("training steps 1 to 10,001", timeout=LONG)
    explorer.expect_training_step(10_001)
    assert weight(explorer) == advance(explorer, document, 10_000)["document"]["layers"][0]["w"][0][1]
    runs.count.fill("1")
    runs.start.click()
    explorer.expect_training_step(10_002)


def test_any_training_step_opens_by_a_click_a_tap_and_the_keyboard(explorer: Explorer, runs: Runs) -> None:
    document = explorer.example("chapter")
    answer = advance(explorer, document, 40)
    runs.run(40)
    box = runs.curve.bounding_box()
    assert box
    # The middle of the curve is training step 21: the axis begins right of its numbers.
    left, right = box["x"] + 62, box["x"] + box["width"] - 24
    explorer.page.mouse.move((left + right) / 2, box["y"] + 60)
    reading = runs.room.locator(".loss-reading")
    expect(reading).to_contain_text("training step 21")
    expect(reading.locator(".number")).to_have_attribute("data-value", repr(answer["losses"][20]))
    explorer.page.mouse.click((left + right) / 2, box["y"] + 60)
    explorer.expect_training_step(21)
    runs.curve.focus()
    for key, where in (
        ("ArrowLeft", 20),
        ("Shift+ArrowRight", 22),
        ("ArrowUp", 23),
        ("PageDown", 21),
        ("Home", 1),
        ("ArrowLeft", 1),
        ("End", 41),
        ("ArrowDown", 40),
    ):
        explorer.press(key)
        assert runs.at() == where, key
        explorer.expect_training_step(21)
    spoken = runs.curve.get_attribute("aria-valuetext") or ""
    assert spoken.startswith("training step 40, loss ")
    explorer.press("Enter")
    explorer.expect_training_step(40)
    expect(runs.curve).to_be_focused()
    assert weight(explorer) == advance(explorer, document, 39)["document"]["layers"][0]["w"][0][1]
    # Each is an entry of the history: the run, the click, the key.
    for step in (21, 41, 1):
        explorer.press("Control+z")
        explorer.expect_training_step(step)


def test_the_curve_has_steps_that_were_made_one_by_one_and_an_edit_begins_another(
    explorer: Explorer, runs: Runs
) -> None:
    explorer.page.get_by_role("heading", name="Backprop Explorer").click()
    explorer.press("n")
    explorer.expect_training_step(2)
    explorer.press("n")
    explorer.expect_training_step(3)
    runs.run(5)
    expect(runs.known).to_contain_text("training steps 1 to 8")
    before = runs.room.locator(".loss-line").get_attribute("d")
    explorer.page.get_by_role("heading", name="Backprop Explorer").click()
    explorer.press("Shift+N")
    explorer.expect_training_step(7)
    expect(runs.known).to_contain_text("training steps 1 to 8")
    assert runs.room.locator(".loss-line").get_attribute("d") == before
    explorer.field("/x/0/0").fill("0.7")
    explorer.page.keyboard.press("Tab")
    expect(runs.known).to_contain_text("The loss of training step 7 is known.")
    runs.run(2)
    expect(runs.known).to_contain_text("training steps 7 to 9")
    # In its number field the keys undo typing.
    explorer.page.get_by_role("heading", name="Backprop Explorer").click()
    explorer.press("Control+z")
    explorer.press("Control+z")
    explorer.expect_training_step(7)
    expect(runs.known).to_contain_text("training steps 1 to 8")


def test_the_room_opens_and_closes_by_the_keyboard_and_keeps_the_focus(explorer: Explorer) -> None:
    runs = Runs(explorer)
    explorer.press("r")
    expect(runs.count).to_be_focused()
    explorer.press("Tab")
    expect(runs.start).to_be_focused()
    explorer.press("Enter")
    explorer.expect_training_step(101)
    expect(runs.start).to_be_focused()
    explorer.press("Escape")
    expect(runs.room).to_have_count(0)
    expect(runs.toggle).to_be_focused()
    explorer.press("Enter")
    expect(runs.count).to_be_focused()
    expect(runs.known).to_contain_text("training steps 1 to 101")
    runs.curve.focus()
    explorer.press("r")
    expect(runs.count).to_be_focused()


def test_the_scale_is_chosen_by_the_losses_and_by_hand(explorer: Explorer, runs: Runs) -> None:
    expect(runs.room.get_by_role("radio", name="linear")).to_be_checked()
    explorer.choose("xor")
    runs.run(1500)
    log = runs.room.get_by_role("radio", name="log")
    expect(log).to_be_checked()
    drawn = runs.room.locator(".loss-line").get_attribute("d")
    runs.room.get_by_role("radio", name="linear").check(force=True)
    assert runs.room.locator(".loss-line").get_attribute("d") != drawn
    ticks = runs.room.locator(".axes text").all_text_contents()
    assert {"0", "0.5"} <= set(ticks)


def test_the_well_known_example_is_run_and_its_curve_has_the_losses_known_of_it(explorer: Explorer, runs: Runs) -> None:
    known = open_case(explorer, "fixed-bias")
    runs.run(10_000)
    runs.table().click()
    listed = runs.losses()
    assert listed[1] == pytest.approx(known["loss"][0], rel=1e-12)
    assert listed[10_001] == pytest.approx(known["loss"][-1], rel=1e-9)
