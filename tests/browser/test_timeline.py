"""Stepping through the training step, forward and back, comparing every number with the service's."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.explorer import WALKED, Explorer, numbers_of


@pytest.mark.parametrize("slug", WALKED)
def test_every_number_on_the_way_is_the_services_own(ongoing: Explorer, slug: str) -> None:
    # Wide enough for all numbers; in a smaller window z and its gradient are the first to be omitted.
    ongoing.page.set_viewport_size({"width": 2560, "height": 1440})
    numbers = numbers_of(ongoing.begin(slug))
    seen: set[str] = set()
    _, steps = ongoing.position()
    for step in range(1, steps + 1):
        ongoing.press("ArrowRight")
        ongoing.expect_position(step, steps)
        for ref, value in ongoing.shown(ongoing.diagram).items():
            assert value == numbers[ref], (step, ref)
            seen.add(ref)
    # After all steps, every number that the picture can show has been shown.
    # The derivative of a bias's constant is shown only if gradients are chosen.
    constants = {ref for ref in numbers if re.search(r"\.one\.grad\[", ref)}
    assert constants
    assert seen == set(numbers) - constants
    choice = ongoing.page.get_by_label("Node values")
    before = choice.input_value()
    choice.select_option("gradient")
    assert constants <= ongoing.shown(ongoing.diagram).keys()
    choice.select_option(before)


def test_the_scrubber_goes_anywhere(explorer: Explorer) -> None:
    slider = explorer.page.get_by_role("slider")
    slider.fill("7")
    explorer.expect_position(7, 11)
    slider.press("ArrowLeft")
    explorer.expect_position(6, 11)


def test_play_goes_on_from_training_step_to_training_step_until_it_is_paused(explorer: Explorer) -> None:
    # Time advances only with `run_for`: on a busy machine a second passes between two lines of a test.
    explorer.page.clock.install(time=datetime(2026, 1, 1, tzinfo=UTC))
    explorer.page.clock.pause_at(datetime(2026, 1, 1, 1, tzinfo=UTC))
    explorer.press("1")
    explorer.press("Space")
    expect(explorer.timeline.get_by_role("button", name="Pause")).to_be_visible()
    explorer.page.clock.run_for(4 * 1200 + 50)  # and a moment to draw
    explorer.expect_position(4, 4)
    for step in (2, 3):
        explorer.page.clock.run_for(1200)
        explorer.expect_training_step(step)
        explorer.expect_position(0, 4)
        explorer.page.clock.run_for(4 * 1200 + 50)
        explorer.expect_position(4, 4)
    explorer.press("Space")
    explorer.page.clock.run_for(20_000)
    explorer.expect_position(4, 4)
    explorer.expect_training_step(3)
    expect(explorer.timeline.get_by_role("button", name="Play")).to_be_visible()


def test_the_step_marks_what_it_touches(explorer: Explorer) -> None:
    explorer.press("ArrowRight")
    expect(explorer.diagram.locator(".node.current")).to_have_count(1)
    expect(explorer.node("y hat 1")).to_have_class("part node output current")
    expect(explorer.diagram.locator(".line.current")).to_have_count(3)


def test_keys_typed_into_a_field_stay_there(explorer: Explorer) -> None:
    explorer.field("/x/0/0").click()
    explorer.press("ArrowRight")
    explorer.press("End")
    explorer.expect_position(0, 11)
