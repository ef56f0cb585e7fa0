"""Printing: a sheet with picture, sentence, formulas and numbers, and without controls."""

import re
from collections.abc import Sequence
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PageObject, PdfReader

from tests.browser.check_view import CheckView
from tests.browser.clashes import SETTLED
from tests.browser.explorer import Explorer
from tests.browser.feature_maps import FeatureMaps
from tests.browser.matrices_view import MatricesView

# Controls, which are of no use on paper.
CONTROLS = ("Step forward", "Share", "History", "As a table", "copy LaTeX", "Check numerically", "+ sample", "Run …")

# The position and colours of every element, its scroll offset, and its painted content.
LOOKS = """() => [...document.querySelectorAll('body *')].map(one => {
    const { x, y, width, height } = one.getBoundingClientRect();
    const { color, fill, stroke, backgroundColor, opacity } = getComputedStyle(one);
    const painted = one instanceof HTMLCanvasElement ? one.toDataURL() : '';
    const state = [one.scrollTop, one.scrollLeft, one.checked, one.value, document.activeElement === one];
    const colours = [color, fill, stroke, backgroundColor, opacity];
    return [one.localName, x, y, width, height, ...colours, painted, ...state].join();
})"""


def at_rest(page: Page) -> list[str]:
    """The look of the page once nothing changes any more."""
    before: list[str] = []
    while (now := page.evaluate(LOOKS)) != before:
        before = now
        page.wait_for_timeout(500)
    return before


def printed(explorer: Explorer) -> list[str]:
    """The text of each printed page, extracted from the PDF."""
    return [page.extract_text() for page in sheets(explorer)]


def sheets(explorer: Explorer) -> Sequence[PageObject]:
    """The printed pages. Extracting the text of one with a table takes a tenth of a second."""
    # The first key of the shortcut, which loads the sheet's code.
    with explorer.page.expect_response(re.compile(r"/sheet-[\w-]+\.js")) as code:
        explorer.press("Control")
    # Until its code has run, the page itself is printed. A second import of a module ends after the first.
    explorer.page.evaluate("async url => { await import(url) }", code.value.url)
    explorer.page.evaluate(SETTLED)
    return PdfReader(BytesIO(explorer.page.pdf(format="A4", print_background=True))).pages


def squeezed(text: str) -> str:
    """Without white space, whose position depends on the font."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("steps", [0, 9])
def test_the_first_page_has_picture_sentence_formula_and_table(explorer: Explorer, steps: int) -> None:
    trace = explorer.choose("two-layers")
    explorer.press("ArrowRight", steps)
    expect(explorer.sentence).to_have_attribute("aria-busy", "false")
    expect(explorer.inspector).to_have_attribute("aria-busy", "false")
    pages = printed(explorer)
    first = squeezed(pages[0])
    assert first.startswith("TwolayerswithReLU,trainingstep1")
    for node in trace["nodes"]:
        # Numbers not yet computed are missing, as on the screen.
        if node["role"] == "input" or steps:
            assert f"{node['value']:.6g}" in first
    if steps:
        assert "Backwardstartsattheloss" in first
        assert "0.88325−0.01" in first
    else:
        assert "isready" in first
    assert "Weightsandbiasesoffc_1" in squeezed("".join(pages))
    assert not [word for word in CONTROLS if squeezed(word) in squeezed("".join(pages))]
    assert len(pages) <= 2


def test_the_page_is_as_it_was_afterwards(themed: Explorer) -> None:
    themed.choose("two-layers")
    themed.press("ArrowRight", 4)
    expect(themed.sentence).to_have_attribute("aria-busy", "false")
    expect(themed.inspector).to_have_attribute("aria-busy", "false")
    themed.page.mouse.move(640, 700)
    before = at_rest(themed.page)
    assert len(before) > 500
    printed(themed)
    expect(themed.page.locator(".print-sheet")).to_have_count(0)
    assert at_rest(themed.page) == before


def test_paper_is_light_in_a_dark_page(explorer: Explorer) -> None:
    explorer.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    explorer.press("ArrowRight", 3)
    with explorer.page.expect_response(re.compile(r"/sheet-[\w-]+\.js")) as code:
        explorer.press("Control")
    # Until its code has run, the page itself is printed. A second import of a module ends after the first.
    explorer.page.evaluate("async url => { await import(url) }", code.value.url)
    explorer.page.evaluate(SETTLED)
    explorer.page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce")
    explorer.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    sheet = explorer.page.locator(".print-sheet")
    expect(sheet).to_be_visible()
    expect(explorer.page.locator("#app")).to_be_hidden()
    inks = sheet.locator("circle").evaluate_all("all => all.map(one => one.getAttribute('fill'))")
    assert {"#80ff80", "#ff8080", "#fff49e"} <= set(inks)
    assert sheet.evaluate("sheet => getComputedStyle(sheet).color") == "rgb(31, 29, 26)"
    explorer.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(sheet).to_have_count(0)
    explorer.page.emulate_media(media="null", color_scheme="dark", reduced_motion="reduce")
    assert "#80ff80" not in explorer.diagram.locator(".node .body").evaluate_all(
        "all => all.map(one => getComputedStyle(one).fill)"
    )


def test_a_choice_on_the_page_is_still_made_afterwards(explorer: Explorer) -> None:
    """A copy of a checked radio button would uncheck the original."""
    explorer.choose("two-layers")
    explorer.select("fc_1.w[0,0]")
    explorer.press("End")
    explorer.notation("Chain rule").check()
    printed(explorer)
    expect(explorer.notation("Chain rule")).to_be_checked()


def test_maps_matrices_and_the_check_are_printed_too(maps: FeatureMaps) -> None:
    explorer = maps.explorer
    maps.open("convolution")
    explorer.press("ArrowRight", 4)
    expect(explorer.sentence).to_have_attribute("aria-busy", "false")
    text = squeezed("".join(printed(explorer)))
    assert "input:values" in text
    assert "Conv2D" in text
    for view, expected in {"check": "agree", "matrices": "Convolution,trainingstep1"}.items():
        explorer.page.goto(f"{explorer.origin}/#{view}")
        if view == "check":
            expect(explorer.page.get_by_role("table").first).to_be_visible()
        pages = PdfReader(BytesIO(explorer.page.pdf(format="A4"))).pages
        assert expected in squeezed("".join(page.extract_text() for page in pages))


def scrolled(explorer: Explorer, frame: str, rows: float) -> float:
    """Scroll a frame down by this many of its heights, and return the offset once it has settled."""
    within = explorer.page.locator(frame)
    within.evaluate("(frame, rows) => frame.scrollTo(0, rows * frame.clientHeight)", rows)
    explorer.page.evaluate(SETTLED)
    return float(within.evaluate("frame => frame.scrollTop"))


def test_all_rows_of_the_check_are_printed_and_it_is_where_it_was(explorer: Explorer) -> None:
    explorer.page.get_by_label("Example").select_option("digits-cnn")
    view = CheckView(explorer)
    view.open()
    expect(view.summary).to_contain_text("882")
    place = scrolled(explorer, ".table-frame", 5)
    assert place > 0
    drawn = view.refs()
    text = "".join(printed(explorer))
    # The losses left and right of each number.
    assert len(re.findall(r"0\.\d{10}", text)) >= 2 * 882
    assert "are printed" not in text
    # The text beside the curve fades in on the screen.
    assert re.search(r"left\s*0\.\d{10}", text)
    assert explorer.page.locator(".table-frame").evaluate("frame => frame.scrollTop") == place
    assert view.refs() == drawn


def test_a_note_tells_how_many_rows_are_printed(explorer: Explorer) -> None:
    layers = [{"type": "Linear", "name": f"fc_{n}", "output_dim": width} for n, width in ((1, 400), (2, 2))]
    explorer.bring(explorer.example("chapter") | {"name": "Wide", "layers": layers})
    view = CheckView(explorer)
    view.open()
    expect(view.table).to_have_attribute("aria-rowcount", "2005")
    # The note is beneath the table, on the last pages.
    texts = (squeezed(page.extract_text()) for page in reversed(sheets(explorer)))
    counts = next(filter(None, (re.search(r"([\d,]+)of2,004areprinted", text) for text in texts)), None)
    assert counts
    assert int(counts[1].replace(",", "")) >= 1000
    # A note also reports a matrix that does not fit on any page.
    matrices = MatricesView(explorer)
    matrices.open()
    expect(matrices.map("fc_1 forward", "fc_1.w")).to_be_visible()
    explorer.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    figures = explorer.page.locator(".print-sheet figure")
    cut = figures.filter(has=explorer.page.locator("[data-heat='fc_1.w']")).first
    expect(cut).to_contain_text(re.compile(r"\d+ of 800 are printed"))
    explorer.page.evaluate("window.dispatchEvent(new Event('afterprint'))")


def test_all_equations_are_printed_and_the_page_is_where_it_was(explorer: Explorer) -> None:
    explorer.choose("vanishing")
    explorer.press("End")
    view = MatricesView(explorer)
    view.open()
    names = view.names()
    scrolled(explorer, ".equations", 3)
    where = "all => Object.fromEntries(all.map(one => [one.dataset.equation, one.getBoundingClientRect().top]))"
    drawn = view.region.locator("[data-equation]")
    before = drawn.evaluate_all(where)
    assert 0 < len(before) < len(names)
    assert "areprinted" not in squeezed("".join(printed(explorer)))
    after = drawn.evaluate_all(where)
    # Drawn rows stay a little longer than they would appear; scrolling is by whole pixels.
    assert {name: round(top - after[name]) for name, top in before.items()} == dict.fromkeys(before, 0)
    assert len(after) < len(names)
    explorer.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    sheet = explorer.page.locator(".print-sheet [data-equation]")
    assert sheet.evaluate_all("all => all.map(one => one.dataset.equation)") == names
    explorer.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
