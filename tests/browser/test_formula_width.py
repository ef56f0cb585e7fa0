"""No formula is wider than its column: it breaks, or scrolls with a marker in Matrices, where it is one line."""

import pytest
from playwright.sync_api import expect

from tests.browser.explorer import Explorer, derivative
from tests.browser.matrices_view import MatricesView

# How far the side of a formula is cut off, in CSS pixels.
OVERFLOW = "all => all.map(one => one.scrollWidth - one.clientWidth)"


@pytest.mark.parametrize("slug", ["softmax-classifier", "two-layers"])
def test_every_formula_of_a_sample_fits_into_its_column(ongoing: Explorer, slug: str) -> None:
    trace = ongoing.begin(slug)
    ongoing.press("End")
    for width in (1280, 1000, 360):
        ongoing.page.set_viewport_size({"width": width, "height": 720})
        for part in [*trace["nodes"], *(edge for edge in trace["edges"] if edge["ref"])]:
            ongoing.part(part["id"]).dispatch_event("click")
            gradient = derivative(part["ref"], "grad")
            expect(ongoing.inspector.locator(f'.formula [data-ref="{gradient}"][data-value]')).to_have_count(1)
            assert max(ongoing.inspector.locator(".formula").evaluate_all(OVERFLOW)) <= 1, (width, part["ref"])
        ongoing.part("loss").dispatch_event("click")
        expect(ongoing.inspector.locator('.formula [data-ref="loss"]')).to_have_count(1)
        assert max(ongoing.inspector.locator(".formula").evaluate_all(OVERFLOW)) <= 1, width


def test_an_optimizer_s_formula_that_is_wider_than_the_screen_scrolls(explorer: Explorer) -> None:
    page = explorer.page
    explorer.build.get_by_label("Optimizer").select_option("adam")
    MatricesView(explorer).open()
    page.set_viewport_size({"width": 1280, "height": 4800})  # only what is in view is drawn
    update = page.locator('[data-equation="fc_1 w update"] header')
    symbols, fade = update.locator(".in-symbols"), update.locator(".sideways-fade.right")
    expect(fade).to_have_count(0)
    assert symbols.get_attribute("tabindex") is None, "what does not scroll is no stop of the Tab key"
    page.set_viewport_size({"width": 360, "height": 4800})
    expect(fade).to_be_visible()
    width = page.evaluate("document.documentElement.clientWidth")
    assert symbols.evaluate("one => one.getBoundingClientRect().right") <= width
    symbols.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    expect(fade).to_have_count(0)
