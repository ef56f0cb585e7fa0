"""The page that tests share: whatever a test changes, the next test finds it in a new visitor's state."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.explorer import Explorer
from tests.browser.shared_page import LAPTOP, SharedPage

SEEN = """() => ({
    stored: localStorage.length + sessionStorage.length,
    cookies: document.cookie,
    address: location.pathname + location.hash,
    behind: history.length,
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    still: matchMedia('(prefers-reduced-motion: reduce)').matches,
    forced: matchMedia('(forced-colors: active)').matches,
    print: matchMedia('print').matches,
    room: [innerWidth, innerHeight],
    online: navigator.onLine,
    language: document.documentElement.lang,
    hovered: document.querySelectorAll('main *:hover').length,
    focused: document.activeElement.tagName,
    zone: new Date().getTimezoneOffset(),
    year: new Date().getFullYear() > 2020,
    left: window.left ?? null,
})"""


def change_language(page: Page) -> None:
    page.get_by_role("radio", name="简体中文").check(force=True)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def edit(page: Page) -> None:
    page.locator('[data-pointer="/layers/0/w/0/0"]').fill("7")
    page.keyboard.press("Tab")
    page.keyboard.press("3")
    page.keyboard.press("End")
    page.get_by_role("link", name="Matrices").click()
    page.wait_for_url("**/#matrices*")


def hold(page: Page) -> None:
    page.keyboard.down("Shift")
    page.mouse.move(400, 300)
    page.mouse.down()


def freeze(page: Page) -> None:
    page.clock.install(time=datetime(2001, 1, 1, tzinfo=UTC))


def travel(page: Page) -> None:
    page.context.new_cdp_session(page).send("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Tokyo"})


def open_another(page: Page) -> None:
    page.context.new_page().goto("about:blank")


CHANGES: dict[str, Callable[[Page], object]] = {
    "language": change_language,
    "network": edit,
    "theme": lambda page: page.get_by_role("radio", name="Dark").check(force=True),
    "storage": lambda page: page.evaluate("() => { localStorage.x = sessionStorage.x = document.cookie = 'x=1'; }"),
    "media": lambda page: page.emulate_media(
        media="print", color_scheme="dark", reduced_motion="no-preference", forced_colors="active", contrast="more"
    ),
    "window": lambda page: page.set_viewport_size({"width": 390, "height": 844}),
    "route": lambda page: page.route("**/api/**", lambda route: route.abort()),
    "route of all pages": lambda page: page.context.route("**/api/**", lambda route: route.abort()),
    "network gone": lambda page: page.context.set_offline(True),
    "keys and buttons held": hold,
    "clock": freeze,
    "script": lambda page: page.add_init_script("window.left = 1"),
    "time zone": travel,
    "function": lambda page: page.expose_function("left", lambda: 1),
    "another page": open_another,
    "closed": lambda page: page.close(),
}


@pytest.fixture(scope="module")
def unused(shared: SharedPage) -> dict[str, object]:
    """The view of a first visitor."""
    page = shared.fresh()
    Explorer(page, shared.origin).open()
    found: dict[str, object] = page.evaluate(SEEN)
    return found


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_left_of_a_test(shared: SharedPage, unused: dict[str, object], change: str) -> None:
    # Opened if this is the first or the one before failed.
    page = shared.as_left()
    if page is None:
        page = shared.fresh()
        Explorer(page, shared.origin).open()
    page.emulate_media(color_scheme="dark")
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url))
    CHANGES[change](page)
    after = shared.fresh()
    heard.clear()
    Explorer(after, shared.origin).open()
    assert after.evaluate(SEEN) == unused
    assert after.viewport_size == LAPTOP
    assert len(after.context.pages) == 1
    assert heard == [], "no listener of the test before is left"
    after.evaluate("() => { onkeydown = event => { window.shift = event.shiftKey; }; }")
    after.keyboard.press("a")
    assert after.evaluate("window.shift") is False
    shared.leave()


def test_who_goes_on_finds_the_network_and_nothing_else_of_the_test_before(shared: SharedPage) -> None:
    page = shared.fresh("dark")
    Explorer(page, shared.origin).open()
    assert shared.as_left() is None, "it was not left"
    edit(page)
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url))
    page.set_viewport_size({"width": 390, "height": 844})
    page.route("**/api/**", lambda route: route.abort())
    page.context.set_offline(True)
    hold(page)
    shared.leave()
    assert shared.as_left() is page
    heard.clear()
    expect(page.locator('[data-pointer="/layers/0/w/0/0"]')).to_have_value("7")
    assert page.evaluate("fetch('/api/examples').then(answer => answer.ok)")
    assert heard == []
    seen = page.evaluate(SEEN)
    assert (seen["room"], seen["dark"], seen["online"], seen["hovered"]) == ([1280, 720], False, True, 0)
    assert shared.as_left() is None, "for each test it has to be left again"
    shared.leave()
    page.add_init_script("window.left = 1")
    assert shared.as_left() is None


def test_it_is_the_same_page_unless_a_change_is_for_good(shared: SharedPage) -> None:
    page = shared.fresh()
    page.set_viewport_size({"width": 390, "height": 844})
    assert shared.fresh() is page
    page.add_init_script("window.left = 1")
    assert shared.fresh() is not page


def test_who_has_a_context_in_hand_has_its_page(context: BrowserContext, explorer: Explorer) -> None:
    assert explorer.page.context == context
