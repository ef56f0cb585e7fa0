"""The same page in Firefox, if one can be automated: every view, with the service's numbers."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Playwright, ViewportSize, expect

from tests.browser.check_view import CheckView
from tests.browser.clashes import clashes
from tests.browser.explorer import Explorer, Watch, numbers_of
from tests.browser.feature_maps import FeatureMaps
from tests.browser.links import settled, visit
from tests.browser.matrices_view import MatricesView, numbers_in
from tests.browser.test_build_numbers import drag

LAPTOP: ViewportSize = {"width": 1280, "height": 720}
TALL: ViewportSize = {"width": 1280, "height": 4000}

# Elements with a scroll bar: it takes space, even if it is thin.
BARS = """all => all.filter(({offsetHeight, clientHeight, offsetWidth, clientWidth}) =>
    offsetHeight > clientHeight || offsetWidth > clientWidth).map(({innerText}) => innerText)"""


@pytest.fixture(scope="module")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Firefox; it is not part of the set-up, and not every version can be automated."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        pytest.skip("no Firefox on this machine")
    try:
        browser = playwright.firefox.launch(executable_path=path, channel="moz-firefox")
    except Error as error:
        pytest.skip(f"this Firefox cannot be driven: {error.message.splitlines()[0]}")
    yield browser
    browser.close()


@pytest.fixture
def visitor(firefox: Browser) -> Iterator[BrowserContext]:
    context = firefox.new_context(viewport=LAPTOP, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def explorer(visitor: BrowserContext, origin: str, watch: Watch) -> Iterator[Explorer]:
    page = visitor.new_page()
    watch.follow(page)
    explorer = Explorer(page, origin)
    explorer.open()
    yield explorer
    watch.verify()


def test_the_diagram_its_formulas_and_tables(explorer: Explorer) -> None:
    trace = explorer.choose("two-layers")
    numbers = numbers_of(trace)
    explorer.press("ArrowRight", 2)
    explorer.expect_position(2)
    explorer.press("End")
    shown = explorer.shown(explorer.diagram)
    assert shown == {ref: numbers[ref] for ref in shown}
    explorer.part("h_1^(1)").click()
    expect(explorer.inspector.locator(".formula")).to_have_count(4)
    # Formulas are typeset: a fraction is higher than its line.
    assert explorer.inspector.locator("mfrac").first.evaluate("one => one.getBoundingClientRect().height") > 24
    assert clashes(explorer.page) == []
    explorer.diagram.get_by_role("button", name="As a table").click()
    tables = explorer.diagram.get_by_role("region", name="Network as tables")
    expect(tables.get_by_text("not yet")).to_have_count(0)
    expect(tables.get_by_role("table").last).to_be_visible()
    assert explorer.shown(tables) == numbers


def test_a_number_is_dragged_taken_back_and_shared(explorer: Explorer, visitor: BrowserContext, watch: Watch) -> None:
    explorer.press("End")
    drag(explorer, explorer.field("/layers/0/w/0/0"), 20)
    expect(explorer.field("/layers/0/w/0/0")).to_have_attribute("data-value", "0.35")
    document = explorer.example("chapter")
    document["layers"][0]["w"][0][0] = 0.35
    numbers = numbers_of(explorer.trace(document))
    loss = explorer.diagram.locator('[data-ref="loss"]')
    expect(loss).to_have_attribute("data-value", repr(numbers["loss"]))
    shown = explorer.shown(explorer.diagram)
    assert shown == {ref: numbers[ref] for ref in shown}
    other = visit(visitor, watch, settled(explorer, document=document), explorer.origin)
    expect(other.diagram.locator('[data-ref="loss"]')).to_have_attribute("data-value", repr(numbers["loss"]))
    assert other.shown(other.diagram) == shown
    other.page.close()
    explorer.page.get_by_role("button", name="History").click()
    explorer.page.locator(".history li button").last.click()
    expect(explorer.field("/layers/0/w/0/0")).to_have_attribute("data-value", "0.15")


def test_the_maps_of_images(explorer: Explorer) -> None:
    maps = FeatureMaps(explorer)
    numbers = numbers_in(maps.open("digits-cnn"))
    explorer.press("End")
    maps.chosen("values")
    painted = [cell for row in maps.pixels("conv_1.output[0,0]") for cell in row]
    assert all(alpha == 255 for *_, alpha in painted)
    assert len({tuple(cell) for cell in painted}) > 4
    maps.map("conv_1.output[0,0]").focus()
    explorer.press("Enter")
    expect(maps.terms).to_be_visible()
    value = float(maps.close_up.locator(".subject [data-value]").get_attribute("data-value") or "nan")
    assert value == numbers["conv_1.output[0,0,0,0]"]


def test_the_matrices_and_the_check(explorer: Explorer) -> None:
    explorer.page.set_viewport_size(TALL)
    matrices = MatricesView(explorer)
    matrices.open()
    trace = matrices.choose("batch-of-three")
    explorer.press("End")
    expect(matrices.region.locator("td.unknown")).to_have_count(0)
    assert explorer.shown(matrices.region) == numbers_in(trace)
    matrices.choose("two-layers")
    expect(matrices.region.locator(".operand")).not_to_have_count(0)
    assert matrices.region.locator(".operand").evaluate_all(BARS) == [], "scroll bars at matrices that have room"
    matrices.choose("batch-of-three")
    view = CheckView(explorer)
    view.open()
    view.shows(view.check_answer(trace["document"]))
    expect(view.curve).to_be_visible()


def test_the_page_in_chinese(explorer: Explorer) -> None:
    shown = explorer.shown(explorer.diagram)
    explorer.page.get_by_role("radio", name="简体中文").check(force=True)
    expect(explorer.page.locator("html")).to_have_attribute("lang", "zh-Hans")
    picture = explorer.page.locator(".diagram")
    expect(picture.locator(".edge").first).to_be_visible()
    assert explorer.shown(picture) == shown
    expect(explorer.page.get_by_role("heading", name="怎样看这幅图")).to_be_visible()
