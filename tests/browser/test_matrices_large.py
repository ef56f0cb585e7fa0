"""Matrices too large to typeset are maps, of which only the part in view is drawn."""

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.explorer import Explorer
from tests.browser.matrices_view import MatricesView, numbers_in


def large() -> dict[str, Any]:
    layers = [
        {"type": "Linear", "name": "fc_1", "output_dim": 128},
        {"type": "ReLu", "name": "relu_1"},
        {"type": "Linear", "name": "fc_2", "output_dim": 10},
    ]
    return {
        "format": "tinyml-network/1",
        "name": "Large",
        "input_shape": [784],
        "layers": layers,
        "loss": {"type": "softmax_cross_entropy"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[(i * (n + 3) % 17) / 17 for i in range(784)] for n in range(2)],
        "y": [3, 1],
        "seed": 0,
    }


@pytest.fixture
def wide(unopened: Explorer) -> MatricesView:
    """The view of a network of 784-128-10."""
    page = unopened.page

    def examples(route: Route) -> None:
        route.fulfill(
            json=[*route.fetch().json(), {"slug": "large", "name": "Large", "title": "Large", "document": large()}]
        )

    page.route("**/api/examples?*", examples)
    unopened.open()
    view = MatricesView(unopened)
    view.open()
    page.get_by_label("Example").select_option("large")
    expect(view.map("fc_1 forward", "fc_1.w")).to_be_visible()
    return view


def test_a_large_matrix_is_a_map_of_which_only_what_is_in_view_is_drawn(wide: MatricesView) -> None:
    page, weights = wide.page, wide.map("fc_1 forward", "fc_1.w")
    due = numbers_in(wide.explorer.trace(large()))
    expect(weights).to_have_attribute("aria-rowcount", "784")
    size = weights.bounding_box()
    assert size
    assert size["height"] == 784 * 14
    assert page.locator(".matrices-view *").count() < 3000
    for row, column in ((0, 0), (783, 127), (400, 64)):
        weights.evaluate(
            "(cells, [row, column]) => cells.closest('.heat-frame').scrollTo((column - 10) * 14, (row - 8) * 14)",
            [row, column],
        )
        weights.hover(position={"x": column * 14 + 7, "y": row * 14 + 7})
        reading = wide.equation("fc_1 forward").locator(f'.reading [data-ref="fc_1.w[{row},{column}]"]')
        expect(reading).to_have_attribute(
            "data-value", re.compile(re.escape(f"{due[f'fc_1.w[{row},{column}]']:.12}"[:9]))
        )
        painted = weights.locator("canvas").bounding_box()
        assert painted
        assert painted["height"] < 600
        assert painted["y"] <= size["y"] + 784 * 14


def test_the_keys_walk_through_a_large_matrix_and_scroll_it(wide: MatricesView) -> None:
    weights = wide.map("fc_1 forward", "fc_1.w")
    weights.focus()
    wide.explorer.press("PageDown")
    wide.explorer.press("End")
    here = weights.get_by_role("gridcell")
    expect(here).to_contain_text("row 784, column 128")
    mark = weights.locator(".heat-mark.focus")
    expect(mark).to_be_in_viewport()
    wide.explorer.press("Enter")
    expect(wide.explorer.inspector).to_contain_text("Selected")


def test_numbers_are_written_into_the_cells_where_asked(wide: MatricesView) -> None:
    wide.region.get_by_label("numbers", exact=True).check(force=True)
    weights = wide.map("fc_1 forward", "fc_1.w")
    cells = weights.locator(".heat-numbers span")
    expect(cells.first).to_have_attribute("data-ref", "fc_1.w[0,0]")
    assert cells.count() <= 400
    due = numbers_in(wide.explorer.trace(large()))
    for ref, value, text in cells.evaluate_all(
        "all => all.map(one => [one.dataset.ref, one.dataset.value, one.textContent])"
    ):
        assert float(value) == due[ref]
        assert text.startswith("−") == (due[ref] < 0)
