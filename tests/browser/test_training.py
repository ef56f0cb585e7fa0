"""From training step to training step: what an update leaves is what the next one begins with, in both directions."""

import json
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Route, expect

from tests.browser.explorer import Explorer, Watch
from tests.browser.links import settled, visit
from tests.browser.test_files import drop

WEIGHT = "/layers/0/w/0/1"


def button(explorer: Explorer, name: str) -> Locator:
    return explorer.timeline.get_by_role("button", name=name)


def number(explorer: Explorer) -> Locator:
    return explorer.timeline.get_by_role("textbox", name="Training step")


def note(explorer: Explorer) -> Locator:
    return explorer.timeline.get_by_role("alert")


def go_to(explorer: Explorer, step: int) -> None:
    number(explorer).fill(str(step))
    number(explorer).press("Enter")
    explorer.expect_training_step(step)
    explorer.page.get_by_role("heading", name="Backprop Explorer").click()


def advance(explorer: Explorer, document: dict[str, Any], steps: int) -> dict[str, Any]:
    return explorer.ask("/api/advance", {"document": document, "steps": steps})


def value(explorer: Explorer, pointer: str) -> float:
    return float(explorer.field(pointer).get_attribute("data-value") or "nan")


def test_after_the_update_the_main_button_goes_to_the_next_training_step(explorer: Explorer) -> None:
    document = explorer.example("chapter")
    explorer.press("End")
    updated = explorer.shown(explorer.diagram)["fc_1.w.next[0,1]"]
    button(explorer, "Next training step").click()
    explorer.expect_training_step(2)
    explorer.expect_position(0, 11)
    assert value(explorer, WEIGHT) == updated
    assert updated == advance(explorer, document, 1)["document"]["layers"][0]["w"][0][1]
    button(explorer, "Step forward").click()
    explorer.expect_position(1, 11)
    explorer.press("n")
    explorer.press("n")
    explorer.expect_training_step(4)
    assert value(explorer, WEIGHT) == advance(explorer, document, 3)["document"]["layers"][0]["w"][0][1]


@pytest.mark.parametrize(("slug", "grain"), [("chapter", "4"), ("batch-of-three", "2")])
def test_three_training_steps_and_back_find_the_same_numbers(explorer: Explorer, slug: str, grain: str) -> None:
    explorer.choose(slug)
    explorer.press(grain)
    _, steps = explorer.position()
    seen: list[dict[str, float]] = []
    for training_step in (1, 2, 3):
        explorer.expect_training_step(training_step)
        for done in range(steps + 1):
            explorer.expect_position(done, steps)
            seen.append(explorer.shown(explorer.diagram))
            if done < steps or training_step < 3:
                explorer.press("ArrowRight")
        if training_step < 3:
            explorer.expect_training_step(training_step + 1)
    assert len({json.dumps(look) for look in seen}) > steps, "the picture hardly moved"
    for training_step in (3, 2, 1):
        explorer.expect_training_step(training_step)
        for done in reversed(range(steps + 1)):
            explorer.expect_position(done, steps)
            assert explorer.shown(explorer.diagram) == seen.pop()
            if done > 0 or training_step > 1:
                explorer.press("ArrowLeft")
        if training_step > 1:
            explorer.expect_training_step(training_step - 1)
    assert seen == []
    expect(button(explorer, "One step back")).to_have_attribute("aria-disabled", "true")


def test_before_the_first_training_step_there_is_nothing_to_say(explorer: Explorer) -> None:
    for key in ("ArrowLeft", "Shift+N", "Home"):
        explorer.press(key)
        expect(note(explorer)).to_have_text("")
    button(explorer, "One step back").dispatch_event("click")
    expect(note(explorer)).to_have_text("")
    explorer.expect_training_step(1)
    explorer.expect_position(0, 11)


def test_a_key_that_is_pressed_while_the_next_one_is_on_its_way_counts(explorer: Explorer) -> None:
    explorer.press("1")
    explorer.press("ArrowRight", 4 + 1 + 4 + 1 + 2)
    explorer.expect_training_step(3)
    expect(explorer.page.get_by_role("slider")).to_have_value("2")
    explorer.press("ArrowLeft", 2 + 1 + 4 + 1)
    explorer.expect_training_step(1)
    expect(explorer.page.get_by_role("slider")).to_have_value("4")


def test_home_goes_to_the_start_of_the_training_step_and_from_there_to_the_first(explorer: Explorer) -> None:
    go_to(explorer, 5)
    explorer.press("End")
    explorer.press("Home")
    explorer.expect_training_step(5)
    explorer.expect_position(0, 11)
    button(explorer, "Back to training step 1").click()
    explorer.expect_training_step(1)
    assert value(explorer, WEIGHT) == 0.2
    explorer.press("Shift+N")
    explorer.expect_training_step(1)


def test_the_field_goes_to_any_training_step_within_its_limits(explorer: Explorer) -> None:
    document = explorer.example("chapter")
    go_to(explorer, 1500)
    assert value(explorer, WEIGHT) == advance(explorer, document, 1499)["document"]["layers"][0]["w"][0][1]
    go_to(explorer, 1001)
    assert value(explorer, WEIGHT) == advance(explorer, document, 1000)["document"]["layers"][0]["w"][0][1]
    number(explorer).press("ArrowUp")
    explorer.expect_training_step(1002)
    for typed in ("0", "-3", "11003", "2.5", "many", ""):
        number(explorer).fill(typed)
        number(explorer).press("Enter")
        expect(note(explorer)).to_contain_text(
            f"“{typed}” is not a training step that can be reached from here. "
            "Please give a whole number from 1 to 11,002."
        )
        expect(number(explorer)).to_have_attribute("aria-invalid", "true")
    number(explorer).press("Escape")
    expect(note(explorer)).to_have_text("")
    explorer.expect_training_step(1002)
    go_to(explorer, 11002)


def test_an_edit_keeps_the_number_and_the_steps_before_belong_to_other_numbers(explorer: Explorer) -> None:
    go_to(explorer, 3)
    third = value(explorer, WEIGHT)
    explorer.field("/x/0/0").fill("0.7")
    explorer.press("Tab")
    explorer.press("Escape")
    explorer.page.get_by_role("heading", name="Backprop Explorer").click()
    explorer.expect_training_step(3)
    explorer.press("ArrowLeft")
    expect(note(explorer)).to_contain_text("The network was edited in training step 3")
    explorer.expect_training_step(3)
    explorer.press("n")
    explorer.expect_training_step(4)
    expect(note(explorer)).to_have_text("")
    explorer.press("Shift+N")
    explorer.expect_training_step(3)
    assert value(explorer, "/x/0/0") == 0.7
    explorer.press("Control+z")
    expect(explorer.field("/x/0/0")).to_have_attribute("data-value", "0.1")
    assert value(explorer, WEIGHT) == third
    explorer.press("Shift+N")
    explorer.expect_training_step(2)


def test_a_walk_is_one_entry_of_the_history_and_a_jump_another(explorer: Explorer) -> None:
    for step in (2, 3, 4):
        explorer.press("n")
        explorer.expect_training_step(step)
    go_to(explorer, 50)
    undo = explorer.page.get_by_role("button", name="Undo: training step 4 → 50")
    undo.click()
    explorer.expect_training_step(4)
    explorer.page.get_by_role("button", name="Undo: training step 1 → 4").click()
    explorer.expect_training_step(1)
    assert value(explorer, WEIGHT) == 0.2
    expect(explorer.page.get_by_role("button", name="Nothing to undo")).to_be_visible()
    explorer.press("Control+Shift+z")
    explorer.press("Control+Shift+z")
    explorer.expect_training_step(50)


def test_where_numbers_grow_beyond_all_bounds_it_says_so_and_keeps_the_last_good_ones(explorer: Explorer) -> None:
    document = explorer.example("chapter") | {"optimizer": {"type": "sgd", "lr": 50.0}}
    answer = advance(explorer, document, 10_000)
    last = len(answer["hashes"])
    assert answer["stopped"]["step"] == last
    drop(explorer, "wild.json", json.dumps(document).encode())
    expect(explorer.field("/optimizer/lr")).to_have_value("50")
    number(explorer).fill("2000")
    number(explorer).press("Enter")
    explorer.expect_training_step(last)
    expect(note(explorer)).to_contain_text(f"It ends at training step {last}:")
    expect(note(explorer)).to_contain_text("is no longer a finite number there.")
    assert value(explorer, WEIGHT) == answer["document"]["layers"][0]["w"][0][1]
    # The step can be looked at, and it cannot be left forwards.
    explorer.page.get_by_role("heading", name="Backprop Explorer").click()
    explorer.press("End")
    button(explorer, "Next training step").click()
    explorer.expect_training_step(last)
    expect(note(explorer)).to_contain_text(f"It ends at training step {last}:")
    explorer.press("Shift+N")
    explorer.expect_training_step(last - 1)


def test_a_server_that_is_gone_keeps_the_training_step(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True

    def unreachable(route: Route) -> None:
        route.abort("connectionrefused")

    explorer.press("End")
    explorer.page.route("**/api/**", unreachable)
    button(explorer, "Next training step").click()
    expect(note(explorer)).to_contain_text("The server stopped answering at training step 1.")
    expect(explorer.diagram.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    explorer.expect_training_step(1)
    explorer.expect_position(11, 11)
    explorer.page.unroute("**/api/**", unreachable)
    explorer.page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(note(explorer)).to_have_text("")
    button(explorer, "Next training step").click()
    explorer.expect_training_step(2)


def test_a_training_step_that_comes_out_as_another_one_is_told_and_one_can_go_on(explorer: Explorer) -> None:
    go_to(explorer, 5)

    def otherwise(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"hash": "0" * 64})

    explorer.page.route("**/api/trace*", otherwise)
    explorer.press("Shift+N")
    explorer.expect_training_step(4)
    expect(note(explorer)).to_contain_text("Training step 4 has other numbers than when it was first computed")
    explorer.page.unroute("**/api/trace*", otherwise)
    button(explorer, "Go on with the new numbers").click()
    expect(note(explorer)).to_have_text("")
    explorer.expect_training_step(4)
    expect(explorer.page.get_by_role("button", name="Undo: training step 4 computed again")).to_be_visible()
    explorer.press("n")
    explorer.expect_training_step(5)
    document = explorer.example("chapter")
    assert value(explorer, WEIGHT) == advance(explorer, document, 4)["document"]["layers"][0]["w"][0][1]


def test_a_link_and_a_reload_keep_the_training_step_and_say_that_it_begins_there(
    explorer: Explorer, context: BrowserContext, watch: Watch
) -> None:
    explorer.choose("two-layers")
    for _ in range(2):
        explorer.press("n")
    explorer.expect_training_step(3)
    explorer.press("ArrowRight")
    link = settled(explorer, step=3)
    shown = explorer.shown(explorer.diagram)
    other = visit(context, watch, link, explorer.origin)
    for one in (other, explorer):
        if one is explorer:
            one.page.reload()
            expect(one.node("x 1")).to_be_visible()
        one.expect_training_step(3)
        assert one.shown(one.diagram) == shown
        one.press("Home")
        one.press("ArrowLeft")
        expect(one.page.locator(".training-note")).to_contain_text("The link begins at training step 3")
        one.expect_training_step(3)
