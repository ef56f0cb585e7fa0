"""The same page in Firefox, where there is one that can be driven."""

import shutil

import pytest
from playwright.sync_api import Browser, Error, Playwright, expect

from tests.browser.explorer import Explorer, Watch, numbers_of


@pytest.fixture
def firefox(playwright: Playwright) -> Browser:
    """Debian's Firefox; it is no part of the set-up, and not every version can be driven."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        pytest.skip("no Firefox on this machine")
    try:
        return playwright.firefox.launch(executable_path=path, channel="moz-firefox")
    except Error as error:
        pytest.skip(f"this Firefox cannot be driven: {error.message.splitlines()[0]}")


def test_firefox_shows_the_same_numbers_and_formulas(firefox: Browser, origin: str, watch: Watch) -> None:
    page = firefox.new_page(viewport={"width": 1280, "height": 720})
    watch.follow(page)
    explorer = Explorer(page, origin)
    explorer.open()
    numbers = numbers_of(explorer.choose("two-layers"))
    explorer.press("End")
    for ref, value in explorer.shown(explorer.diagram).items():
        assert value == numbers[ref], ref
    explorer.part("h_1^(1)").click()
    expect(explorer.inspector.locator(".formula")).to_have_count(4)
    firefox.close()
    watch.verify()
