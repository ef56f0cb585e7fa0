"""Touch: on a phone the diagram is moved, zoomed and tapped, and all targets are large enough."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, expect

from tests.browser.axe import run
from tests.browser.explorer import Explorer, Watch, visitor
from tests.browser.runs_panel import Runs

Point = tuple[float, float]


@pytest.fixture
def phone(chromium: Browser, watch: Watch) -> Iterator[Explorer]:
    """The page on a phone."""
    window = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with visitor(chromium, watch, reduced_motion="reduce", **window) as explorer:
        yield explorer


class Fingers:
    """Several touches at once, which Playwright's own touch screen does not support."""

    def __init__(self, explorer: Explorer) -> None:
        self.session: CDPSession = explorer.page.context.new_cdp_session(explorer.page)

    def _send(self, kind: str, *places: Point) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def move(self, *ways: tuple[Point, Point]) -> None:
        """Put one finger down for each path, move it along the path, and lift it."""
        self._send("touchStart", *(start for start, _ in ways))
        for part in (0.25, 0.5, 0.75, 1):
            self._send("touchMove", *(between(start, end, part) for start, end in ways))
        self._send("touchEnd")


def between(start: Point, end: Point, part: float) -> Point:
    return (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)


def box(part: Locator) -> Any:
    found = part.bounding_box()
    assert found
    return found


def test_one_finger_moves_the_diagram_two_spread_it_and_a_tap_selects(phone: Explorer) -> None:
    fingers = Fingers(phone)
    room = box(phone.diagram.locator(".picture"))
    middle = (room["x"] + room["width"] / 2, room["y"] + room["height"] / 2)
    node = phone.part("ŷ_1").locator(".body")
    before = box(node)
    fingers.move((middle, (middle[0] - 40, middle[1] + 30)))
    after = box(node)
    assert after["x"] - before["x"] == pytest.approx(-40, abs=1)
    assert after["y"] - before["y"] == pytest.approx(30, abs=1)
    assert after["width"] == pytest.approx(before["width"], rel=0.01)
    # The page does not scroll.
    assert phone.page.evaluate("scrollY") == 0
    left, right = (middle[0] - 40, middle[1]), (middle[0] + 40, middle[1])
    fingers.move((left, (left[0] - 40, left[1])), (right, (right[0] + 40, right[1])))
    assert box(node)["width"] == pytest.approx(2 * before["width"], rel=0.05)
    fingers.move((left, (middle[0] - 20, left[1])), (right, (middle[0] + 20, right[1])))
    assert box(node)["width"] == pytest.approx(before["width"], rel=0.05)
    phone.part("ŷ_1").tap()
    expect(phone.part("ŷ_1")).to_have_attribute("aria-pressed", "true")
    expect(phone.inspector).to_contain_text("Selected")
    phone.diagram.get_by_role("button", name="Zoom to what is selected").tap()
    assert box(node)["width"] >= 100
    # A double tap is a double click: back again.
    at = box(node)
    for _ in range(2):
        phone.page.touchscreen.tap(at["x"] + 50, at["y"] + 50)
    assert box(node)["width"] == pytest.approx(before["width"], rel=0.05)


def test_whatever_is_tapped_is_large_enough_and_not_cut_off(phone: Explorer) -> None:
    hit(phone)
    assert phone.timeline.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    phone.press("End")
    phone.part("ŷ_1").tap()
    expect(phone.inspector.locator(".formula")).not_to_have_count(0)
    hit(phone)
    for name in ("Matrices", "Check"):
        phone.page.get_by_role("link", name=name).tap()
        expect(phone.page.locator("main tbody tr").first).to_be_visible()
        hit(phone)
    phone.page.get_by_role("link", name="Diagram").tap()
    phone.page.get_by_label("Example").select_option("convolution")
    expect(phone.diagram.get_by_role("grid").first).to_be_visible()
    hit(phone)
    phone.diagram.get_by_role("button", name="As a table").tap()
    expect(phone.diagram.get_by_role("table").last).to_be_visible()
    hit(phone)


def hit(explorer: Explorer) -> None:
    """Targets are 24 pixels wide and high, or as far apart: WCAG 2.2, 2.5.8."""
    results = run(explorer.page, {"runOnly": ["target-size"], "rules": {"target-size": {"enabled": True}}})
    assert results.violations_count == 0, results.generate_report()


def test_a_finger_reads_the_curve_of_losses_and_a_tap_opens_a_training_step(phone: Explorer) -> None:
    runs = Runs(phone)
    runs.toggle.tap()
    # No keyboard opens over half of the screen.
    expect(runs.count).to_be_visible()
    expect(runs.count).not_to_be_focused()
    runs.start.tap()
    phone.expect_training_step(101)
    expect(runs.known).to_contain_text("training steps 1 to 101")
    runs.curve.scroll_into_view_if_needed()
    room = box(runs.curve)
    # The axis begins right of its numbers; its middle is training step 51.
    left, right, y = room["x"] + 62, room["x"] + room["width"] - 24, room["y"] + 70
    phone.page.touchscreen.tap(left + (right - left) / 5, y)
    phone.expect_training_step(21)
    expect(runs.room.locator(".loss-reading")).to_contain_text("training step 21 ·")
    Fingers(phone).move(((left + 20, y), ((left + right) / 2, y)))
    # The finger has left, and the result can still be read.
    expect(runs.room.locator(".loss-reading")).to_contain_text("training step 51 ·")
    phone.expect_training_step(21)
