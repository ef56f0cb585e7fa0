"""Runs that end early: cancelled, refused, diverged, without a server; the computed steps are kept."""

import json
import threading

import pytest
from playwright.sync_api import Route, expect

from tests.browser.explorer import Explorer, Watch
from tests.browser.runs_panel import Runs, Slow, advance, weight
from tests.browser.test_files import drop


@pytest.fixture
def runs(explorer: Explorer) -> Runs:
    runs = Runs(explorer)
    runs.open()
    return runs


def test_cancel_keeps_what_is_computed_and_one_can_go_on(explorer: Explorer, runs: Runs) -> None:
    document = explorer.example("chapter")
    slow = Slow(explorer)
    runs.begin(400)
    expect(runs.cancel).to_be_visible()
    progress = runs.room.get_by_role("progressbar")
    expect(progress).to_have_attribute("value", "25")
    expect(progress).to_have_attribute("max", "400")
    expect(runs.room).to_contain_text("25 of 400 done · loss")
    expect(runs.toggle).to_have_text("6 %")
    loss = runs.room.locator(".run-progress .number")
    expect(loss).to_have_attribute("data-value", repr(advance(explorer, document, 25)["losses"][25]))
    # The picture is still that of training step 1, and can be stepped through meanwhile.
    explorer.expect_training_step(1)
    runs.cancel.click()
    explorer.expect_training_step(26)
    expect(runs.known).to_contain_text("training steps 1 to 26")
    slow.let_go()
    expect(runs.start).to_be_visible()
    runs.room.get_by_role("button", name="Go on to training step 401").click()
    explorer.expect_training_step(401)
    assert weight(explorer) == advance(explorer, document, 400)["document"]["layers"][0]["w"][0][1]
    expect(runs.room.get_by_role("button", name="Go on to")).to_have_count(0)
    undo = explorer.page.get_by_role("button", name="Undo: training step 26 → 401")
    undo.click()
    explorer.page.get_by_role("button", name="Undo: training step 1 → 26").click()
    explorer.expect_training_step(1)


def test_a_second_run_is_refused_in_words_and_never_mixed_with_the_first(explorer: Explorer, runs: Runs) -> None:
    document = explorer.example("chapter")
    slow = Slow(explorer)
    runs.begin(100)
    expect(runs.room).to_contain_text("25 of 100 done")
    expect(runs.count).not_to_be_editable()
    runs.count.press("Enter")
    number = explorer.timeline.get_by_role("textbox", name="Training step")
    expect(number).not_to_be_editable()
    explorer.page.get_by_role("heading", name="Backprop Explorer").click()
    explorer.press("n")
    expect(runs.note).to_contain_text("A run is in progress. Cancel it, or wait until it is done.")
    runs.curve.focus()
    explorer.press("Home")
    explorer.press("Enter")
    expect(runs.note).to_contain_text("A run is in progress")
    explorer.expect_training_step(1)
    # Escape in it cancels, as its button does.
    slow.let_go()
    explorer.expect_training_step(101)
    expect(runs.note).to_have_text("")
    assert weight(explorer) == advance(explorer, document, 100)["document"]["layers"][0]["w"][0][1]
    expect(runs.known).to_contain_text("training steps 1 to 101")


def test_an_edit_ends_a_run_and_nothing_of_it_gets_into_the_new_line(explorer: Explorer, runs: Runs) -> None:
    slow = Slow(explorer)
    runs.begin(100)
    expect(runs.room).to_contain_text("25 of 100 done")
    explorer.field("/x/0/0").fill("0.7")
    explorer.page.keyboard.press("Tab")
    slow.let_go()
    expect(runs.start).to_be_visible()
    explorer.expect_training_step(1)
    expect(runs.known).to_contain_text("The loss of training step 1 is known.")
    expect(explorer.field("/x/0/0")).to_have_attribute("data-value", "0.7")
    expect(runs.room.get_by_role("button", name="Go on to")).to_have_count(0)
    explorer.press("Control+z")
    expect(runs.known).to_contain_text("training steps 1 to 26")


def test_ten_thousand_diverging_steps_name_the_place_and_keep_the_last_good_one(explorer: Explorer, runs: Runs) -> None:
    document = explorer.example("chapter") | {"optimizer": {"type": "sgd", "lr": 50.0}}
    answer = advance(explorer, document, 10_000)
    last = len(answer["hashes"])
    drop(explorer, "wild.json", json.dumps(document).encode())
    expect(explorer.field("/optimizer/lr")).to_have_value("50")
    runs.begin(10_000)
    explorer.expect_training_step(last)
    expect(runs.note).to_contain_text(f"It ends at training step {last}:")
    expect(runs.note).to_contain_text("is no longer a finite number there.")
    assert weight(explorer) == answer["document"]["layers"][0]["w"][0][1]
    expect(runs.known).to_contain_text(f"training steps 1 to {last}")
    expect(runs.room.get_by_role("button", name="Go on to")).to_have_count(0)
    # The curve covers all orders of magnitude, and each of its training steps can be reached.
    expect(runs.room.get_by_role("radio", name="log")).to_be_checked()
    runs.curve.focus()
    explorer.press("Home")
    explorer.press("ArrowRight")
    explorer.press("Enter")
    explorer.expect_training_step(2)
    explorer.press("End")
    explorer.press("Enter")
    explorer.expect_training_step(last)


def test_a_server_that_goes_in_mid_run_leaves_what_is_computed_and_the_run_goes_on(
    explorer: Explorer, runs: Runs, watch: Watch
) -> None:
    watch.refusals_expected = True
    document = explorer.example("chapter")
    gone = threading.Event()

    def second_piece(route: Route) -> None:
        if gone.is_set():
            route.abort("connectionrefused")
        else:
            gone.set()
            route.continue_()

    def others(route: Route) -> None:
        if gone.is_set():
            route.abort("connectionrefused")
        else:
            route.continue_()

    explorer.page.route("**/api/**", others)
    explorer.page.route("**/api/advance", second_piece)
    runs.begin(500)
    expect(runs.note).to_contain_text("The server stopped answering at training step 26.")
    expect(runs.known).to_contain_text("training steps 1 to 26")
    explorer.expect_training_step(1)
    explorer.page.unroute("**/api/advance", second_piece)
    explorer.page.unroute("**/api/**", others)
    explorer.page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(runs.note).to_have_text("")
    steps_requested: list[int] = []
    explorer.page.on(
        "request",
        lambda request: (
            steps_requested.append(json.loads(request.post_data or "{}").get("steps", 0))
            if request.url.endswith("/api/advance")
            else None
        ),
    )
    runs.room.get_by_role("button", name="Go on to training step 501").click()
    explorer.expect_training_step(501)
    # No existing step is computed a second time.
    assert sum(steps_requested) == 475
    assert weight(explorer) == advance(explorer, document, 500)["document"]["layers"][0]["w"][0][1]
