"""A busy, broken or slow server: a message in both languages explains it, and a button tries again."""

import json
import re
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer, Watch
from tests.browser.links import notice
from tests.browser.test_files import drop
from tests.browser.test_language import choose
from tests.browser.test_refusals import SYNTAX

Language = Literal["en", "zh"]
AGAIN = {"en": "Try again", "zh": "重试"}
BROKEN = {"en": "Something went wrong in the server, not in what you did.", "zh": "服务器出了问题，与你的操作无关。"}
BUSY = {"en": "The server is busy and does not answer at the moment.", "zh": "服务器繁忙，暂时没有应答。"}
GONE = {"en": "The server cannot be reached.", "zh": "无法连接服务器。"}
STORAGE = {"en": "cannot read or write its stored networks now", "zh": "服务器现在无法读写存储的网络"}


@pytest.fixture(scope="module", params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> Language:
    """The language of the page; all tests in one come before those in the other."""
    chosen: Language = request.param
    return chosen


@pytest.fixture
def page_in_language(explorer: Explorer, watch: Watch, language: Language) -> Explorer:
    """The page, opened."""
    return in_language(explorer, watch, language)


@pytest.fixture
def ongoing_in_language(ongoing: Explorer, watch: Watch, language: Language) -> Explorer:
    """The page as the test before left it, for tests that end with the first network as it was, or open it."""
    return in_language(ongoing, watch, language)


def in_language(explorer: Explorer, watch: Watch, language: Language) -> Explorer:
    watch.refusals_expected = True
    if language == "zh":
        if explorer.page.locator("html").get_attribute("lang") != "zh-Hans":
            choose(explorer.page, "简体中文")
        # By kind, as the names are translated.
        explorer.diagram = explorer.page.locator(".diagram")
        explorer.build = explorer.page.locator(".build")
        explorer.timeline = explorer.page.locator(".timeline")
    return explorer


def answering(status: int) -> Any:
    """An answer with the given status from the service, or from a proxy in front of it."""

    def answer(route: Route) -> None:
        if status == 500:
            problem = {"title": "Internal Server Error", "status": 500, "detail": "…", "key": "internal", "values": {}}
            route.fulfill(status=500, content_type="application/problem+json", body=json.dumps(problem))
        elif status:
            route.fulfill(status=status, content_type="text/html", body="<h1>no</h1>")
        else:
            route.abort("timedout")

    return answer


def retry_button(message: Locator, text: str, language: Language) -> Locator:
    """The button beside the message."""
    expect(message).to_contain_text(text)
    assert not SYNTAX.search(message.inner_text())
    return message.get_by_role("button", name=AGAIN[language])


FAULTS = {500: BROKEN, 503: BUSY, 504: BUSY, 0: GONE}


@pytest.mark.parametrize("status", FAULTS)
def test_an_edit_is_kept_and_worked_out_at_a_press(
    ongoing_in_language: Explorer, language: Language, status: int
) -> None:
    explorer = ongoing_in_language
    explorer.page.route("**/api/trace?**", answering(status))
    explorer.field("/x/0/0").fill("0.9")
    # A change that makes the server fail is undone, with a message at its field; a change that finds it busy waits.
    message = explorer.build.locator(".data .message") if status == 500 else explorer.diagram.locator(".notice")
    button = retry_button(message, FAULTS[status][language], language)
    expect(explorer.field("/x/0/0")).to_have_value("0.9")
    explorer.page.unroute("**/api/trace?**")
    button.click()
    expect(explorer.diagram.locator('[data-ref="x[0,0]"]')).to_have_attribute("data-value", "0.9")
    expect(message).to_have_text([] if status == 500 else "")
    explorer.press("Control+z")
    expect(explorer.diagram.locator('[data-ref="x[0,0]"]')).to_have_attribute("data-value", "0.1")


@pytest.mark.parametrize("status", [500, 503])
def test_a_page_without_a_working_server_says_so_and_opens_on_retry(
    ongoing_in_language: Explorer, language: Language, status: int
) -> None:
    explorer = ongoing_in_language
    explorer.page.route("**/api/examples?*", answering(status))
    explorer.page.goto("about:blank")
    explorer.page.goto(explorer.origin)
    button = retry_button(explorer.diagram.locator(".notice"), FAULTS[status][language], language)
    explorer.page.unroute("**/api/examples?*")
    button.click()
    expect(explorer.diagram.locator(".edge")).to_have_count(6)
    expect(explorer.diagram.locator(".notice")).to_have_text("")


def test_a_stored_network_that_cannot_be_read_now_is_opened_at_a_press(
    ongoing_in_language: Explorer, language: Language
) -> None:
    explorer = ongoing_in_language
    stored = explorer.ask("/api/networks", explorer.example("two-layers"))["id"]
    problem = {"title": "Service Unavailable", "status": 503, "detail": "…", "key": "storage", "values": {}}
    explorer.page.route(
        "**/api/networks/*",
        lambda route: route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(problem)),
    )
    explorer.page.evaluate("id => { location.hash = `#diagram&n=${id}`; }", stored)
    button = retry_button(notice(explorer), STORAGE[language], language)
    explorer.page.unroute("**/api/networks/*")
    button.click()
    expect(explorer.diagram.locator(".edge")).to_have_count(12)
    expect(notice(explorer)).to_have_text("")


@pytest.mark.parametrize("status", [500, 503])
def test_a_check_that_breaks_is_made_at_a_press(page_in_language: Explorer, language: Language, status: int) -> None:
    explorer = page_in_language
    explorer.page.route("**/api/gradient-check", answering(status))
    explorer.page.locator("header nav a").nth(2).click()
    view = explorer.page.locator("section.check")
    button = retry_button(view.locator("[role=alert]").first, FAULTS[status][language], language)
    explorer.page.unroute("**/api/gradient-check")
    button.click()
    expect(view.locator("tbody tr").first).to_be_visible()


def test_a_training_step_that_breaks_is_taken_at_the_next_press(page_in_language: Explorer, language: Language) -> None:
    explorer = page_in_language
    explorer.page.route("**/api/advance", answering(500))
    explorer.press("End")
    explorer.timeline.locator(".transport .primary").click()
    expect(explorer.timeline.locator(".training-note")).to_contain_text(BROKEN[language])
    explorer.page.unroute("**/api/advance")
    explorer.timeline.locator(".transport .primary").click()
    expect(explorer.timeline.locator(".training-step input")).to_have_value("2")
    expect(explorer.timeline.locator(".training-note")).to_have_text("")


TOO_LARGE = {"en": "too large for a link", "zh": "放不进链接"}
SHARE = {"en": "Share", "zh": "分享"}
SAVE = {"en": "Save as a file", "zh": "存为文件"}
STORE = {"en": "Store it and copy its link", "zh": "保存并复制链接"}


def test_what_is_too_large_for_a_link_is_saved_or_stored_in_the_same_panel(
    page_in_language: Explorer, language: Language
) -> None:
    explorer = page_in_language
    document = explorer.example("chapter")
    large = document | {"x": document["x"] * 6_000, "y": document["y"] * 6_000}
    drop(explorer, "large.json", json.dumps(large).encode())
    expect(explorer.diagram.get_by_text(re.compile("6,?000"))).to_be_visible(timeout=30_000)
    explorer.page.get_by_role("button", name=SHARE[language], exact=True).click()
    panel = explorer.page.get_by_role("dialog")
    expect(panel.get_by_role("alert")).to_contain_text(TOO_LARGE[language])
    assert not SYNTAX.search(panel.inner_text())
    with explorer.page.expect_download() as download:
        panel.get_by_role("button", name=SAVE[language]).click()
    assert json.loads(download.value.path().read_text("utf-8"))["x"] == large["x"]
    panel.get_by_role("button", name=STORE[language]).click()
    link = panel.locator(".stored a")
    expect(link).to_be_visible(timeout=30_000)
    stored = explorer.ask(f"/api/networks/{(link.get_attribute('href') or '').split('n=')[1]}")
    assert stored["document"]["y"] == large["y"]


MOST = 10_000
FEWER = {"en": f"Take the first {MOST:,} rows", "zh": f"只取前 {MOST:,} 行"}
FIRST_ONLY = {"en": f"Use only the first {MOST:,} rows", "zh": f"只用前 {MOST:,} 行"}


@pytest.mark.parametrize("way", ["dropped", "pasted"])
def test_of_a_table_with_too_many_rows_the_first_are_taken_at_a_press(
    page_in_language: Explorer, language: Language, way: str
) -> None:
    explorer = page_in_language
    panel = BuildPanel(explorer)
    rows = [f"{i / 100},0.5,1,{i % 7}" for i in range(MOST + 5)]
    if way == "dropped":
        panel.drop("many.csv", "\n".join(["a,b,c,d", *rows]))
        dialog = explorer.page.locator(".table-dialog")
        dialog.get_by_label(FIRST_ONLY[language]).check(timeout=30_000)
        dialog.locator(".primary").click()
    else:
        panel.paste(explorer.field("/x/0/0"), "\n".join(rows))
        panel.panel.locator(".sheet .message").get_by_role("button", name=FEWER[language]).click()
    expect(explorer.diagram.get_by_text(re.compile("10,?000"))).to_be_visible(timeout=30_000)
    expect(panel.panel.locator(".sheet .message")).to_have_count(0)
    at = "/data/rows/x/1/0" if way == "dropped" else "/x/1/0"
    expect(explorer.field(at)).to_have_attribute("data-value", "0.01")
    assert explorer.page.evaluate("document.querySelector('.sheet .cells').ariaRowCount") in {None, str(MOST + 1)}
