"""The reference of the API at /docs: every call, with a form that sends it; all from the service's own files."""

import json
import urllib.request

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import examine
from tests.browser.explorer import Explorer, Watch

# A receipt cannot be made up; the form says what is wrong with an empty one.
REFUSED = {"/api/verify"}


def call(page: Page, id: str) -> Locator:
    """One call, opened."""
    found = page.locator(f"#{id}")
    if found.get_attribute("open") is None:
        found.locator("> summary").click()
    return found


def send(found: Locator) -> Locator:
    """The status of the answer to what the form has."""
    found.get_by_role("button", name="Send").click()
    status = found.locator(".status")
    expect(status).to_have_count(1)
    return status


def test_every_call_can_be_read_and_sent(unopened: Explorer, origin: str, watch: Watch) -> None:
    page = unopened.page
    watch.refusals_expected = True
    page.goto(f"{origin}/docs")
    with urllib.request.urlopen(f"{origin}/openapi.json") as answer:
        paths = json.load(answer)["paths"]
    calls = [(method.upper(), path) for path, methods in paths.items() for method in methods]
    expect(page.get_by_role("heading", level=3)).to_have_count(len(calls))
    for method, path in calls:
        expect(page.get_by_role("heading", name=f"{method} {path}", exact=True)).to_have_count(1)
    examine(page)

    # Each is filled in with what the service accepts.
    for method, path in calls:
        if "{" not in path:
            place = f"{method.lower()}{path.replace('/', '-')}"
            status = send(call(page, place)).inner_text()
            assert status.startswith("422" if path in REFUSED else "20"), f"{path}: {status}"
            page.locator(f"#{place} > summary").click()

    # What is stored is read by its key, and a refusal has its reason.
    key = json.loads(call(page, "post-api-networks").locator("pre").inner_text())["id"]
    page.get_by_role("searchbox", name="Search").fill("delete forget")
    expect(page.get_by_role("heading", level=3)).to_have_count(1)
    forget = call(page, "delete-api-networks-id")
    expect(forget.get_by_role("button", name="Send")).to_be_disabled()
    forget.get_by_role("textbox", name="id").fill(key)
    assert send(forget).inner_text().startswith("428")
    expect(forget.get_by_role("region", name="Answer")).to_contain_text("If-Match")
    examine(page)
    forget.get_by_role("textbox", name="if-match").fill("*")
    forget.get_by_role("button", name="Send").click()
    expect(forget.locator(".status")).to_contain_text("204")
    page.get_by_role("searchbox", name="Search").fill("no such call")
    expect(page.get_by_text("No call has these words.")).to_be_visible()
    watch.verify()


def test_the_help_leads_to_it_and_it_keeps_theme_and_language(explorer: Explorer) -> None:
    page = explorer.page
    page.evaluate("localStorage.setItem('backprop-explorer.theme', 'dark')")
    page.get_by_role("button", name="Keyboard and reading help").click()
    licences = page.get_by_role("link", name="Licences of the fonts and packages")
    expect(licences).to_have_attribute("href", "/THIRD-PARTY.txt")
    link = page.get_by_role("link", name="Every call of the API")
    expect(link).to_have_attribute("href", "/docs")
    page.evaluate("localStorage.setItem('backprop-explorer.language', 'zh')")
    # By keyboard, on a phone, at the call that the address names.
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{explorer.origin}/docs#post-api-explain")
    opened = page.locator("#post-api-explain")
    expect(opened).to_be_in_viewport()
    opened.get_by_role("button", name="发送").press("Enter")
    expect(opened.locator(".status")).to_have_text("200 OK")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
