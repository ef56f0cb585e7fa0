"""Networks that are too large for the address: a reload restores them, or a message warns before they are lost."""

import json
from typing import Any

import numpy as np
from playwright.sync_api import BrowserContext, expect

from tests.browser.explorer import Explorer
from tests.browser.links import notice
from tests.browser.test_big import digits

# The number of documents in the browser's database.
DOCUMENTS = """() => new Promise(done => {
    const opening = indexedDB.open('keyval-store');
    opening.onsuccess = () => {
        const { result } = opening;
        if (!result.objectStoreNames.contains('keyval')) return result.close(), done(0);
        const counting = result.transaction('keyval').objectStore('keyval').count();
        counting.onsuccess = () => { result.close(); done(counting.result); };
    };
})"""
KEPT = "async () => await (" + DOCUMENTS + ")() > 0"


def digits_with_data() -> dict[str, Any]:
    """784-256-10 with its batch: more than the five million characters of a tab's session storage."""
    rng = np.random.default_rng(1)
    x = rng.uniform(size=(200, 784)).round(4)
    return digits() | {"name": "Own digits", "x": x.tolist(), "y": rng.integers(0, 10, 200).tolist()}


def test_784_256_10_with_its_own_data_survives_a_reload(context: BrowserContext, explorer: Explorer) -> None:
    explorer.bring(digits_with_data())
    explorer.press("2")
    explorer.press("ArrowRight", 2)
    explorer.page.wait_for_function(KEPT, timeout=30_000)
    place = explorer.position()
    weight = explorer.field("/layers/0/w/0/0").get_attribute("data-value")
    label = explorer.field("/y/7").get_attribute("data-value") if explorer.field("/y/7").count() else None
    explorer.page.reload()
    expect(explorer.build.locator("[data-layer]")).to_have_count(3, timeout=60_000)
    expect(explorer.field("/layers/0/w/0/0")).to_have_attribute("data-value", str(weight), timeout=60_000)
    explorer.expect_position(*place)
    if label is not None:
        expect(explorer.field("/y/7")).to_have_attribute("data-value", label)


def test_without_session_storage_a_notice_offers_to_save_the_network(
    context: BrowserContext, explorer: Explorer
) -> None:
    explorer.page.evaluate("Object.defineProperty(window, 'indexedDB', { get: () => undefined })")
    document = digits_with_data()
    explorer.bring(document)
    expect(notice(explorer)).to_contain_text("the browser does not let the page store it", timeout=30_000)
    leaving = """() => {
        const event = new Event('beforeunload', { cancelable: true });
        window.dispatchEvent(event);
        return event.defaultPrevented;
    }"""
    assert explorer.page.evaluate(leaving)
    with explorer.page.expect_download(timeout=60_000) as download:
        notice(explorer).get_by_role("button", name="Save as a file").click()
    assert json.loads(download.value.path().read_text("utf-8"))["x"] == document["x"]
    expect(notice(explorer)).to_have_text("")
    assert not explorer.page.evaluate(leaving)


def test_without_any_storage_a_network_too_large_for_the_address_gives_a_notice(
    context: BrowserContext, explorer: Explorer
) -> None:
    explorer.page.evaluate(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('forbidden'); } })"
    )
    small = explorer.example("chapter")
    explorer.bring(small | {"x": small["x"] * 6_000, "y": small["y"] * 6_000})
    expect(notice(explorer)).to_contain_text("a reload loses it", timeout=30_000)


def test_a_lost_network_is_reported_and_no_other_opens_instead(context: BrowserContext, explorer: Explorer) -> None:
    explorer.bring(digits_with_data())
    explorer.page.wait_for_function(KEPT, timeout=30_000)
    other = context.new_page()
    other.goto(f"{explorer.origin}/api/parked")
    other.evaluate(
        "new Promise(done => { indexedDB.deleteDatabase('keyval-store').onsuccess = done; setTimeout(done, 3000) })"
    )
    explorer.page.reload()
    expect(notice(explorer)).to_contain_text("the browser has not kept it", timeout=60_000)
    # No other network replaces it without a request of the user.
    explorer.diagram.get_by_role("button", name="Open the example “Fully connected layer”").click()
    expect(explorer.node("x 1")).to_be_visible()
    expect(notice(explorer)).to_have_text("")
