"""Layers on images in the Matrices view: the entries of windows, the chosen ones, and where each number goes."""

import re

from playwright.sync_api import expect

from tests.browser.matrices_view import MatricesView
from tests.browser.test_matrices import TALL
from tests.static.record import LAYERS


def test_a_convolution_is_a_product_and_a_large_pool_marks_what_it_chose(matrices: MatricesView) -> None:
    page = matrices.page
    page.set_viewport_size(TALL)
    page.get_by_label("Example").select_option("convolution")
    matrices.explorer.press("End")
    forward = matrices.equation("conv_1 forward")
    expect(forward.get_by_role("grid", name="windows of X: 4 rows, 4 columns")).to_be_visible()
    matrices.entry("conv_1 forward", "conv_1.output[0,0,1,0]").hover()
    seen = [f"x[0,0,{r},{s}]" for r in (1, 2) for s in (0, 1)]
    assert matrices.entries("conv_1 forward", "meets") == [
        *seen,
        *(f"conv_1.w[0,0,{i},{j}]" for i in (0, 1) for j in (0, 1)),
        "conv_1.b[0]",
    ]
    assert matrices.names() == [
        *("conv_1 forward", "loss", "loss gradient", "conv_1 weights", "conv_1 biases", "conv_1 inputs"),
        *("conv_1 w update", "conv_1 b update"),
    ]
    # A pixel occurs once for each window that contains it.
    matrices.entry("conv_1 forward", "x[0,0,1,1]").first.hover()
    assert matrices.entries("conv_1 forward", "lit") == ["x[0,0,1,1]"] * 4
    page.get_by_label("Example").select_option("digits-cnn")
    matrices.explorer.press("End")
    matrices.region.get_by_role("combobox", name=re.compile("^of")).select_option("max_pool_1")
    expect(matrices.equation("max_pool_1 forward").locator(".heat-numbers .chosen").first).to_be_visible()


def test_a_pool_marks_what_it_chose_once_it_has_and_flattening_lights_the_same_number(matrices: MatricesView) -> None:
    matrices.page.set_viewport_size(TALL)
    trace = matrices.explorer.bring(LAYERS["pools"])
    matrices.explorer.press("Home")
    assert matrices.entries("max_pool_1 forward", "chosen") == []
    matrices.explorer.press("End")
    chosen = trace["layers"][1]["unrolled"]["chosen"][0]
    taken = [
        f"avg_pool_1.output[0,{c},0,{column + tap % 2}]"
        if tap < 2
        else f"avg_pool_1.output[0,{c},1,{column + tap % 2}]"
        for c in range(2)
        for column, tap in enumerate(chosen[c][0])
    ]
    assert matrices.entries("max_pool_1 forward", "chosen") == taken
    first = matrices.equation("max_pool_1 forward").locator("td.chosen").first
    expect(first).to_have_attribute("aria-label", re.compile(r", chosen, row 1, column \d"))
    # In the backward pass the gradient of each window is where its number was taken from.
    assert len(matrices.entries("max_pool_1 back", "chosen")) == len(taken)
    matrices.entry("flatten_1 forward", "flatten_1.output[0,3]").hover()
    assert matrices.entries("flatten_1 forward", "meets") == ["max_pool_1.output[0,1,0,1]"]
    matrices.entry("avg_pool_1 forward", "avg_pool_1.output[0,0,0,0]").hover()
    lit = [f"x[0,0,{r},{s}]" for r in (0, 1) for s in (0, 1)]
    assert [ref for ref in matrices.entries("avg_pool_1 forward", "meets") if ref] == lit
