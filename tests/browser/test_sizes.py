"""The page in windows of every size: nothing overlaps, and nothing is cut off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.app.test_warnings import TWICE
from tests.browser.clashes import clashes
from tests.browser.explorer import Explorer
from tests.browser.feature_maps import FeatureMaps
from tests.browser.runs_panel import Runs
from tests.browser.test_big import rows_of_data

SIZES = [(1280, 720), (1920, 1080), (1180, 820), (820, 1180), (390, 844), (360, 740)]
PHONE = (390, 844)


def selected(explorer: Explorer) -> None:
    """Long numbers everywhere, and a column of formulas."""
    explorer.choose("softmax-classifier")
    explorer.press("End")
    explorer.select("ŷ_3")


def flowing(explorer: Explorer) -> None:
    explorer.choose("vanishing")
    explorer.press("End")
    explorer.page.get_by_role("button", name="Gradient flow").click()
    expect(explorer.page.locator(".flow-verdict")).to_be_visible()


def images(explorer: Explorer) -> None:
    explorer.page.get_by_role("button", name="Gradient flow").click()
    FeatureMaps(explorer).open("digits-cnn")
    explorer.press("End")
    explorer.page.locator(".map").nth(2).focus()
    explorer.press("Enter")
    expect(explorer.page.locator(".close-up .subject")).to_contain_text("=")


def matrices(explorer: Explorer) -> None:
    explorer.choose("batch-of-three")
    explorer.press("End")
    explorer.page.get_by_role("link", name="Matrices").click()
    expect(explorer.page.locator(".equation").first).to_be_visible()


def check(explorer: Explorer) -> None:
    explorer.page.get_by_role("link", name="Check").click()
    expect(explorer.page.locator(".table-frame tbody tr").first).to_be_visible()
    expect(explorer.page.locator(".epsilon")).to_be_visible()


def table(explorer: Explorer) -> None:
    explorer.page.get_by_role("link", name="Diagram").click()
    explorer.page.get_by_role("button", name="As a table").click()
    expect(explorer.page.locator(".tables table").first).to_be_visible()


def comparing(explorer: Explorer) -> None:
    explorer.page.get_by_role("button", name="As a table").click()
    explorer.press("p")
    explorer.field("/x/0/0").fill("0.9")
    explorer.page.keyboard.press("Tab")
    expect(explorer.page.locator(".compare tbody tr").first).to_be_visible()


def running(explorer: Explorer) -> None:
    runs = Runs(explorer)
    runs.open()
    runs.run(100)


def running_as_rows(explorer: Explorer) -> None:
    explorer.page.locator(".loss-figure").get_by_role("button", name="As a table").click()
    expect(explorer.page.locator(".loss-rows tbody tr").first).to_be_visible()


def warned(explorer: Explorer) -> None:
    explorer.bring(TWICE)
    explorer.build.locator('[data-layer="s"] .warning summary').click()
    expect(explorer.build.get_by_role("button", name="Remove s")).to_be_visible()


def of_many_rows(explorer: Explorer) -> None:
    explorer.bring(rows_of_data())
    explorer.press("End")
    expect(explorer.sentence).to_contain_text("training step is complete")


VIEWS: list[Callable[[Explorer], None]] = [
    selected,
    flowing,
    images,
    matrices,
    check,
    table,
    comparing,
    running,
    running_as_rows,
    warned,
    of_many_rows,
]


def test_no_control_lies_on_another_in_a_window_of_any_size(explorer: Explorer) -> None:
    found: list[str] = []
    for width in (390, 375, 360):
        explorer.page.set_viewport_size({"width": width, "height": 740})
        cut = explorer.page.locator("h1").evaluate("title => title.scrollWidth - title.clientWidth")
        found += [f"title {width}: cut by {cut} px"] if cut > 0 else []
    for view in VIEWS:
        explorer.page.set_viewport_size({"width": 1280, "height": 720})
        view(explorer)
        for width, height in SIZES:
            explorer.page.set_viewport_size({"width": width, "height": height})
            found += [f"{view.__name__} {width}: {clash}" for clash in clashes(explorer.page)]
    for width, height in (SIZES[0], SIZES[-1]):
        explorer.page.set_viewport_size({"width": width, "height": height})
        for name in ("History", "Share"):
            explorer.page.get_by_role("button", name=name, exact=name == "Share").first.click()
            found += [f"{name} {width}: {clash}" for clash in clashes(explorer.page)]
            explorer.page.keyboard.press("Escape")
        open_help(explorer.page)
        found += [f"help {width}: {clash}" for clash in clashes(explorer.page)]
        explorer.page.keyboard.press("Escape")
    assert not found, "\n".join(found)


def open_help(page: Page) -> None:
    """In view if there is space, and behind a button on a phone."""
    settings = page.get_by_role("button", name="Language, colours and help")
    if settings.is_visible():
        settings.click()
    page.get_by_role("button", name="Keyboard and reading help").click()
    expect(page.get_by_role("dialog", name="Help")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Help", exact=True)).to_be_in_viewport()


@pytest.fixture
def phone(explorer: Explorer) -> Explorer:
    explorer.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    return explorer


def test_on_a_phone_one_steps_wherever_one_has_scrolled_to(phone: Explorer) -> None:
    forward = phone.timeline.get_by_role("button", name="Take the first step")
    expect(forward).to_be_in_viewport(ratio=1)
    forward.click()
    phone.build.locator(".starting").scroll_into_view_if_needed()
    step = phone.timeline.get_by_role("button", name="Step forward")
    expect(step).to_be_in_viewport(ratio=1)
    step.click()
    phone.expect_position(2)
    expect(phone.page.get_by_role("slider", name="Position in the training step")).to_be_in_viewport(ratio=1)
