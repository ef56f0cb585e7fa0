"""A link to the exact view: copied, reloaded, duplicated, pasted, stored."""

import json
import re
import urllib.error
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.explorer import Explorer, Watch
from tests.browser.links import STATE, held, notice, payload, settled, visit


def prepare(explorer: Explorer) -> None:
    """A state with all that a link can contain."""
    explorer.choose("batch-of-three")
    explorer.field("/layers/0/w/0/1").fill("1/3")
    explorer.press("Tab")
    explorer.page.evaluate("document.activeElement.blur()")
    explorer.diagram.get_by_label("Sample").select_option(label="3")
    explorer.press("End")
    explorer.press("4")
    explorer.press("ArrowLeft", 9)
    explorer.select("h_2^(1)")
    explorer.notation("Chain rule").check()
    # The previous content disappears when this is shown.
    expect(explorer.inspector.locator(".formula.chain").first).to_be_visible()
    expect(explorer.inspector).to_have_attribute("aria-busy", "false")
    explorer.inspector.locator(".formula button").first.click()
    expect(explorer.inspector.get_by_role("navigation")).to_be_visible()


def look(explorer: Explorer) -> dict[str, Any]:
    """The visible state, for comparison."""
    expect(explorer.sentence).to_have_attribute("aria-busy", "false")
    return {
        "numbers": explorer.shown(explorer.diagram),
        "position": explorer.position(),
        "grain": explorer.page.get_by_role("radio", name="term").is_checked(),
        "sample": explorer.diagram.get_by_label("Sample").input_value(),
        "trail": explorer.inspector.get_by_role("navigation").inner_text(),
        "sentence": explorer.sentence.inner_text(),
    }


def test_a_copied_link_shows_someone_else_the_very_same(explorer: Explorer, tabs: BrowserContext, watch: Watch) -> None:
    tabs.grant_permissions(["clipboard-read", "clipboard-write"])
    prepare(explorer)
    explorer.page.get_by_role("button", name="Share").click()
    panel = explorer.page.get_by_role("dialog", name="Share")
    panel.get_by_role("button", name="Copy link").click()
    expect(panel).to_contain_text("Link copied.")
    # All ways to share are visible in a common window, without scrolling.
    explorer.page.set_viewport_size({"width": 1280, "height": 720})
    assert panel.evaluate("one => one.scrollHeight - one.clientHeight") <= 0
    link = explorer.page.evaluate("navigator.clipboard.readText()")
    match = STATE.search(link)
    assert match
    expect(panel).to_contain_text(f"It ends in {match[3]}.")
    assert held(link)["document"]["layers"][0]["w"][0][1] == 1 / 3
    explorer.press("Escape")
    other = visit(tabs, watch, link, explorer.origin)
    expect(other.inspector.get_by_role("navigation")).to_be_visible()
    assert look(other) == look(explorer)
    other.page.get_by_role("button", name="Share").click()
    expect(other.page.get_by_role("dialog", name="Share")).to_contain_text(f"It ends in {match[3]}.")


def test_the_server_never_sees_what_a_link_holds(explorer: Explorer, tabs: BrowserContext, watch: Watch) -> None:
    explorer.field("/x/0/0").fill("0.123456789")
    link = settled(explorer)
    page = tabs.new_page()
    watch.follow(page)
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url.split("#")[0]))
    page.goto(link)
    expect(Explorer(page, explorer.origin).field("/x/0/0")).to_have_value("0.123457")
    secret = link.split("&s=")[1][:40]
    assert addresses
    assert not any(secret in address or "%23" in address for address in addresses)


def test_a_reload_and_a_duplicated_tab_show_the_same(explorer: Explorer, tabs: BrowserContext, watch: Watch) -> None:
    prepare(explorer)
    before = look(explorer)
    twin = visit(tabs, watch, settled(explorer), explorer.origin)
    expect(twin.inspector.get_by_role("navigation")).to_be_visible()
    assert look(twin) == before
    explorer.page.reload()
    expect(explorer.inspector.get_by_role("navigation")).to_be_visible()
    assert look(explorer) == before


def test_a_reload_right_after_a_change_keeps_it(explorer: Explorer) -> None:
    explorer.field("/x/0/0").fill("0.77")
    expect(explorer.diagram.locator('[data-ref="x[0,0]"]')).to_have_attribute("data-value", "0.77")
    explorer.page.reload()
    expect(explorer.field("/x/0/0")).to_have_value("0.77")


def test_a_reload_keeps_what_was_left_at_an_address_that_was_written_in_between(explorer: Explorer) -> None:
    explorer.choose("two-layers")
    explorer.press("ArrowRight", 3)
    shown = explorer.shown(explorer.diagram)
    # As on a busy page, which writes its address between the start of a reload and the reload.
    explorer.page.evaluate(
        """() => {
          const key = 'backprop-explorer.left';
          addEventListener('pagehide', () => {
            const [, ...state] = sessionStorage.getItem(key).split('\\n');
            sessionStorage.setItem(key, ['#diagram&s=older', ...state].join('\\n'));
          });
          history.replaceState(null, '', '#diagram');
        }"""
    )
    explorer.page.reload()
    expect(explorer.page.get_by_label("Example")).to_have_value("two-layers")
    assert explorer.shown(explorer.diagram) == shown


def test_an_example_that_was_only_stepped_through_is_still_that_example(explorer: Explorer) -> None:
    explorer.choose("xor")
    explorer.press("ArrowRight", 2)
    settled(explorer, example="xor")
    explorer.page.reload()
    expect(explorer.page.get_by_label("Example")).to_have_value("xor")
    explorer.expect_position(2)


def test_the_address_is_plain_as_long_as_nothing_was_done(explorer: Explorer) -> None:
    explorer.press("ArrowRight")
    settled(explorer, cursor=3)
    explorer.press("Home")
    explorer.page.wait_for_url(re.compile(r"/#diagram$"))


def test_back_goes_from_view_to_view_and_takes_nothing_away(explorer: Explorer) -> None:
    explorer.field("/x/0/0").fill("0.9")
    settled(explorer)
    explorer.page.get_by_role("link", name="Check").click()
    expect(explorer.page.get_by_role("region", name="Gradient check")).to_be_visible()
    explorer.field("/x/0/0").fill("0.8")
    assert settled(explorer).split("&")[0].endswith("#check")
    explorer.page.go_back()
    expect(explorer.diagram).to_be_visible()
    expect(explorer.field("/x/0/0")).to_have_value("0.8")
    settled(explorer)
    assert held(explorer.page.url)["document"]["x"][0][0] == 0.8


def test_a_link_that_is_pasted_into_the_open_page_is_opened_and_can_be_undone(explorer: Explorer) -> None:
    document = explorer.example("two-layers")
    explorer.page.goto(f"{explorer.origin}/#check&s={payload({'document': document, 'cursor': 4})}")
    expect(explorer.page.get_by_role("region", name="Gradient check")).to_be_visible()
    expect(explorer.field("/layers/2/w/0/0")).to_be_visible()
    undo = explorer.page.get_by_role("button", name="Undo: “Two layers with ReLU” opened from a link")
    undo.click()
    expect(explorer.field("/layers/2/w/0/0")).to_have_count(0)


def test_minus_zero_and_the_edges_of_float64_come_back_exactly(explorer: Explorer) -> None:
    document = explorer.example("chapter")
    document["layers"][0]["w"] = [[-0.0, 5e-324], [1e-308, 0.1 + 0.2]]
    explorer.page.goto(f"{explorer.origin}/#diagram&s={payload({'document': document})}")
    expect(explorer.field("/layers/0/w/0/0")).to_have_attribute("data-value", "-0")
    expect(explorer.field("/layers/0/w/0/1")).to_have_attribute("data-value", "5e-324")
    explorer.press("ArrowRight")
    weights = held(settled(explorer))["document"]["layers"][0]["w"]
    assert [[number.hex() for number in row] for row in weights] == [
        [number.hex() for number in row] for row in document["layers"][0]["w"]
    ]


def large(explorer: Explorer, width: int) -> dict[str, Any]:
    layers = [{"type": "Linear", "name": "wide", "output_dim": width}]
    layers.append({"type": "Linear", "name": "out", "output_dim": 2})
    return explorer.trace(explorer.example("chapter") | {"layers": layers})["document"]


@pytest.mark.parametrize(("width", "message"), [(1000, "would have"), (4096, "it has 20,49")])
def test_a_network_too_large_for_a_link_is_reported_and_survives_a_reload(
    explorer: Explorer, width: int, message: str
) -> None:
    document = large(explorer, width)
    file = {"name": "large.json", "mimeType": "application/json", "buffer": json.dumps(document).encode()}
    explorer.page.get_by_role("banner").locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(explorer.diagram.locator(".heat").first).to_be_visible()
    panel = open_share(explorer.page)
    expect(panel.get_by_role("alert")).to_contain_text("This network is too large for a link")
    expect(panel.get_by_role("alert")).to_contain_text(message)
    expect(panel.get_by_role("button", name="Copy link")).to_have_count(0)
    explorer.page.reload()
    expect(explorer.diagram.locator(".heat").first).to_be_visible()


def open_share(page: Page) -> Locator:
    page.get_by_role("button", name="Share").click()
    panel = page.get_by_role("dialog", name="Share")
    expect(panel.get_by_role("heading", name="File")).to_be_visible()
    return panel


def kept_for_30_days(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, json=answer.json() | {"kept_days": 30})


def test_a_stored_network_is_opened_from_its_link(explorer: Explorer, context: BrowserContext, watch: Watch) -> None:
    explorer.field("/x/0/0").fill("0.9")
    expect(explorer.diagram.locator('[data-ref="x[0,0]"]')).to_have_attribute("data-value", "0.9")
    panel = open_share(explorer.page)
    explorer.page.route("**/api/networks", kept_for_30_days)
    panel.get_by_role("button", name="Store it and copy its link").click()
    expect(panel.get_by_text("It is deleted after 30 days without use.")).to_be_visible()
    link = panel.locator(".stored a").get_attribute("href")
    assert link
    assert re.search(r"#diagram&n=[\w-]+$", link)
    other = visit(context, watch, link, explorer.origin)
    expect(other.field("/x/0/0")).to_have_value("0.9")


def test_stored_networks_are_deleted_where_they_were_stored_at_a_second_press(explorer: Explorer, watch: Watch) -> None:
    panel = open_share(explorer.page)
    for stored in (1, 2):
        panel.get_by_role("button", name="Store it and copy its link").click()
        expect(panel.locator(".stored-here li")).to_have_count(stored)
    keys = panel.locator(".stored-here a").evaluate_all("all => all.map(one => one.href.split('n=')[1])")
    assert [explorer.ask(f"/api/networks/{key}")["document"]["name"] for key in keys]
    # By keyboard: Enter twice keeps it, since the first choice is to keep.
    latest = panel.locator(".stored-here li").first
    name = latest.get_by_role("link").inner_text()
    latest.get_by_role("button").press("Enter")
    expect(latest.get_by_text("Delete it for good?")).to_be_visible()
    expect(latest.get_by_role("button", name="Keep it")).to_be_focused()
    explorer.press("Enter")
    expect(latest.get_by_role("button")).to_have_count(1)
    expect(latest.get_by_role("button")).to_be_focused()
    explorer.press("Enter")
    latest.get_by_role("button", name="Delete").press("Enter")
    expect(panel.locator(".stored-here li")).to_have_count(1)
    expect(panel.get_by_text(f"“{name}” was deleted from this server.")).to_be_visible()
    expect(panel.locator(".stored-here li button")).to_be_focused()
    # After a reload the other one is still listed; one that is gone already is only taken from the list.
    explorer.page.reload()
    open_share(explorer.page)
    expect(panel.locator(".stored-here a")).to_have_attribute("href", re.compile(f"n={keys[1]}$"))
    (other,) = json.loads(explorer.page.evaluate("localStorage.getItem('backprop-explorer.stored')"))
    request = urllib.request.Request(f"{explorer.origin}/api/networks/{other['id']}", method="DELETE")
    request.add_header("If-Match", "*")
    urllib.request.urlopen(request, timeout=10).close()
    watch.refusals_expected = True
    panel.locator(".stored-here li").get_by_role("button").click()
    panel.get_by_role("button", name="Delete").click()
    expect(panel.locator(".stored-here li")).to_have_count(0)
    for key in keys:
        with pytest.raises(urllib.error.HTTPError, match="404"):
            explorer.ask(f"/api/networks/{key}")
    expect(panel.locator(".stored-here")).to_be_focused()


def test_a_missing_stored_network_is_reported(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    for identifier in ("0123456789abcdef0123456789abcdef", "../examples", "%3Cscript%3E"):
        explorer.page.evaluate("id => { location.hash = `#diagram&n=${id}` }", identifier)
        expect(notice(explorer)).to_contain_text("This server has no network under that address")
        notice(explorer).get_by_role("button", name="Close this message").click()
