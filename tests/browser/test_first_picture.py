"""The first picture of the page needs few bytes."""

from playwright.sync_api import BrowserContext, expect

from tests.static.test_size import FIRST_VIEW


def test_what_the_first_picture_takes_from_the_service_is_within_its_budget(
    context: BrowserContext, origin: str
) -> None:
    """Including headers and the answers of the service, as transferred."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    taken: dict[str, float] = {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on("Network.loadingFinished", lambda event: taken.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(origin)
    expect(page.locator(".diagram .node").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    size = sum(length for request, length in taken.items() if kinds[request] != "Font")
    assert {"Document", "Script", "Stylesheet", "Fetch"} <= set(kinds.values())
    assert size <= FIRST_VIEW, f"{size:.0f} bytes"
