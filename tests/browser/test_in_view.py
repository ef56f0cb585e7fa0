"""Parts that are drawn only in view are drawn before they are painted, without waiting for the browser's observers."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from benchmarks.page_steps import document
from tests.browser.build_panel import BuildPanel
from tests.browser.check_view import CheckView
from tests.browser.explorer import Explorer
from tests.browser.matrices_view import MatricesView
from tests.browser.shared_page import SharedPage

# On a busy machine observers notify long after the change has been painted; here they never do.
NO_NOTICES = """
    class Never { observe() {} unobserve() {} disconnect() {} }
    window.IntersectionObserver = Never;
    window.ResizeObserver = Never;
"""
# The state just before the browser paints: a frame begins with the scroll events.
BEFORE_PAINTING = "await new Promise(requestAnimationFrame);"
UNDRAWN = """
    const outer = frame.getBoundingClientRect();
    return [...frame.querySelectorAll('[data-near]')].filter(place => {
        const { top, bottom } = place.getBoundingClientRect();
        return top < outer.bottom && bottom > outer.top && place.childElementCount === 0;
    }).map(place => place.dataset.near);
"""


@pytest.fixture(scope="module")
def shared(chromium: Browser, origin: str) -> Iterator[SharedPage]:
    shared = SharedPage(chromium, origin, NO_NOTICES)
    yield shared
    shared.close()


@pytest.fixture
def unnoticed(unopened: Explorer) -> Explorer:
    """The page in a browser whose observers never notify; with a large network to choose."""

    def examples(route: Route) -> None:
        wide = {"slug": "wide", "name": "Wide", "title": "Wide", "document": document([40, 60, 30]) | {"name": "Wide"}}
        route.fulfill(json=[*route.fetch().json(), wide])

    unopened.page.route("**/api/examples?*", examples)
    unopened.open()
    return unopened


def undrawn(frame: Locator, before: str = "") -> list[str]:
    """The equations in view that would be painted as empty places."""
    found: list[str] = frame.evaluate(f"async frame => {{ {before}; {BEFORE_PAINTING} {UNDRAWN} }}")
    return found


def test_equations_in_view_are_drawn_before_they_are_painted(unnoticed: Explorer) -> None:
    view = MatricesView(unnoticed)
    view.open()
    view.choose("batch-of-three")
    frame = view.region.locator(".equations")
    assert frame.evaluate(f"frame => {{ {UNDRAWN} }}") == [], "drawn in the task that brought them"
    for share in (0.5, 1, 0.25, 0):
        assert undrawn(frame, f"frame.scrollTop = {share} * frame.scrollHeight") == []
    assert frame.locator("[data-near]:empty").count() > 0, "what is far from view is not drawn"
    view.page.set_viewport_size({"width": 1280, "height": 6000})
    assert undrawn(frame) == []
    assert frame.locator("[data-near]:empty").count() == 0


def test_steps_bring_their_equation_drawn(unnoticed: Explorer) -> None:
    view = MatricesView(unnoticed)
    view.open()
    view.choose("batch-of-three")
    unnoticed.press("2")
    for _ in range(unnoticed.position()[1]):
        unnoticed.press("ArrowRight")
        assert undrawn(view.region.locator(".equations")) == []


def test_the_equation_with_the_focus_stays_while_it_is_scrolled_away(unnoticed: Explorer) -> None:
    view = MatricesView(unnoticed)
    view.open()
    view.choose("batch-of-three")
    frame = view.region.locator(".equations")
    entry = view.entry("fc_1 forward", "fc_1.w[0,0]")
    entry.focus()
    assert undrawn(frame, "frame.scrollTop = frame.scrollHeight") == []
    expect(entry).to_be_focused()
    expect(entry).not_to_be_in_viewport()


def drawn_rows(frame: Locator, rows: str, before: str) -> tuple[float, float]:
    """How far the drawn rows reach beyond the frame above and below, just before painting."""
    found: Any = frame.evaluate(
        f"""async frame => {{
            {before}; {BEFORE_PAINTING}
            const all = [...frame.querySelectorAll('{rows}')].map(row => row.getBoundingClientRect());
            const {{ top, bottom }} = frame.getBoundingClientRect();
            return [top - Math.min(...all.map(row => row.top)), Math.max(...all.map(row => row.bottom)) - bottom];
        }}"""
    )
    return found


@pytest.mark.parametrize("share", [0.4, 0.9])
def test_rows_in_view_are_drawn_before_they_are_painted(unnoticed: Explorer, share: float) -> None:
    unnoticed.page.get_by_label("Example").select_option("wide")
    view = CheckView(unnoticed)
    view.open()
    expect(view.table).to_have_attribute("aria-rowcount", str(1 + 40 * 60 + 60 + 60 * 30 + 30 + 40))
    frame = view.region.locator(".table-frame")
    scroll = f"frame.scrollTop = {share} * frame.scrollHeight"
    assert min(drawn_rows(frame, "[data-row]", scroll)) >= 0


def test_the_end_of_a_list_that_became_shorter_is_drawn_before_it_is_painted(unnoticed: Explorer) -> None:
    unnoticed.page.get_by_label("Example").select_option("wide")
    view = CheckView(unnoticed)
    view.open()
    frame = view.region.locator(".table-frame")
    assert min(drawn_rows(frame, "[data-row]", "frame.scrollTop = 0.9 * frame.scrollHeight")) >= 0
    count = view.region.evaluate(
        """region => {
            const menu = region.querySelector('select');
            menu.value = 'fc_2';
            menu.dispatchEvent(new Event('change', { bubbles: true }));
            return Promise.resolve().then(() => new Promise(queueMicrotask)).then(() => {
                const frame = region.querySelector('.table-frame').getBoundingClientRect();
                return [...region.querySelectorAll('[data-row]')].filter(row => {
                    const { top, bottom } = row.getBoundingClientRect();
                    return bottom > frame.top && top < frame.bottom;
                }).length;
            });
        }"""
    )
    assert count > 3


def test_cells_in_view_are_drawn_before_they_are_painted(unnoticed: Explorer) -> None:
    unnoticed.choose("xor")
    panel = BuildPanel(unnoticed)
    panel.paste(panel.explorer.field("/x/0/0"), "\n".join(f"{row / 1000}\t0\t1" for row in range(1000)))
    expect(panel.panel.get_by_text("1,000 samples of at most 10,000")).to_be_visible()
    sheet = panel.panel.locator(".cells").first
    for place in (500, 970, 3):
        above, below = drawn_rows(sheet, "[data-cell]", f"frame.scrollTop = {place} * 30")
        assert above >= 0 or place == 3
        assert below >= 0
    unnoticed.field("/x/3/0").focus()
    unnoticed.press("ArrowDown", 30)
    expect(unnoticed.field("/x/33/0")).to_be_focused()


def test_a_large_matrix_is_drawn_where_it_is_scrolled_to(unnoticed: Explorer) -> None:
    unnoticed.page.get_by_label("Example").select_option("wide")
    view = MatricesView(unnoticed)
    view.open()
    frame = view.region.locator(".heat-frame").filter(has=view.page.locator('[data-heat="fc_1.w"]')).first
    for left, top in ((0, 0), (500, 200), (9999, 9999)):
        above, below = drawn_rows(frame, "canvas", f"frame.scrollTo({left}, {top})")
        assert above >= -20, "below its heads"
        assert below >= -20


def places(explorer: Explorer) -> list[list[float]]:
    """The positions of the circles, just before painting."""
    found: list[list[float]] = explorer.diagram.locator(".canvas").evaluate(
        f"""async canvas => {{
            {BEFORE_PAINTING}
            return [...canvas.querySelectorAll('.body')].map(body => {{
                const {{ left, top }} = body.getBoundingClientRect();
                return [Math.round(left), Math.round(top)];
            }});
        }}"""
    )
    return found


def test_the_picture_takes_the_room_that_it_gets(unnoticed: Explorer) -> None:
    before = places(unnoticed)
    for width in (1500, 1100):
        unnoticed.page.set_viewport_size({"width": width, "height": 700})
        resized = places(unnoticed)
        assert resized != before
        unnoticed.open()
        assert resized == places(unnoticed), "as if it had been opened in this window"
