"""No formula is wider than its column: it breaks, and nothing has to be scrolled sideways."""

import pytest
from playwright.sync_api import expect

from tests.browser.explorer import Explorer, derivative

# What is cut off at the side of a formula, in CSS pixels.
OVERFLOW = "all => all.map(one => one.scrollWidth - one.clientWidth)"


@pytest.mark.parametrize("width", [1280, 1000, 360])
@pytest.mark.parametrize("slug", ["softmax-classifier", "two-layers"])
def test_every_formula_of_a_sample_fits_into_its_column(explorer: Explorer, slug: str, width: int) -> None:
    trace = explorer.choose(slug)
    explorer.page.set_viewport_size({"width": width, "height": 720})
    explorer.press("End")
    for part in [*trace["nodes"], *(edge for edge in trace["edges"] if edge["ref"])]:
        explorer.part(part["id"]).dispatch_event("click")
        gradient = derivative(part["ref"], "grad")
        expect(explorer.inspector.locator(f'.formula [data-ref="{gradient}"][data-value]')).to_have_count(1)
        assert max(explorer.inspector.locator(".formula").evaluate_all(OVERFLOW)) <= 1, part["ref"]
    explorer.part("loss").dispatch_event("click")
    expect(explorer.inspector.locator('.formula [data-ref="loss"]')).to_have_count(1)
    assert max(explorer.inspector.locator(".formula").evaluate_all(OVERFLOW)) <= 1
