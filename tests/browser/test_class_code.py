"""A learner enters a class code, in the help or by its link, and the page says until when it holds."""

import time
from pathlib import Path

from playwright.sync_api import Browser, expect

from app.class_codes import made
from app.store import SqliteStore
from tests.browser.explorer import Explorer, Watch
from tests.support.server import running


def test_a_class_code_is_entered_in_the_help_and_by_a_link(chromium: Browser, tmp_path: Path) -> None:
    secret = SqliteStore(tmp_path).secret(make=True)
    assert secret is not None
    code = made(secret, 1, 3, time.time())
    with running(tmp_path, options=["--guest"]) as server:
        first = chromium.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
        second = chromium.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
        with first, second:
            page = first.new_page()
            watch = Watch(server.url, refusals_expected=True)
            watch.follow(page)
            Explorer(page, server.url).open()
            page.keyboard.press("?")
            part = page.get_by_role("region", name="Class code")
            field = part.get_by_role("textbox", name="Class code")
            field.fill("abcd-efgh")
            field.press("Enter")
            expect(part.get_by_role("alert")).to_contain_text("Compare it letter by letter")
            expect(field).to_be_focused()
            field.fill(code.shown.upper())
            part.get_by_role("button", name="Enter the class").click()
            expect(part.get_by_role("status")).to_contain_text("Your class code holds until")
            expect(part.get_by_role("status")).to_be_focused()
            expect(field).to_have_count(0)
            watch.verify()
            # The class has one place: the page of the next one says so, by the link, and has its picture all the same.
            page = second.new_page()
            page.goto(f"{server.url}/?class={code.shown}")
            notice = page.get_by_role("alert").filter(has_text="places of this class are taken")
            expect(notice).to_be_visible()
            expect(Explorer(page, server.url).node("x 1")).to_be_visible()
            assert "class" not in page.url
            # The first one can open the link again.
            page = first.new_page()
            page.goto(f"{server.url}/?class={code.shown}")
            expect(page.get_by_role("alert").filter(has_text="holds until")).to_be_visible()
