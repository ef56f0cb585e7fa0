"""The Matrices view: each layer a product of matrices, forward and backward."""

import re

import pytest
from playwright.sync_api import Page, Route, ViewportSize, expect

from tests.browser.axe import assert_accessible
from tests.browser.explorer import WALKED, Explorer, Watch
from tests.browser.matrices_view import MatricesView, numbers_in
from tests.browser.test_keyboard import tab_to

TALL: ViewportSize = {"width": 1280, "height": 4800}


def test_its_code_is_loaded_when_it_is_first_opened(explorer: Explorer) -> None:
    loaded: list[str] = []
    explorer.page.on("request", lambda request: loaded.append(request.url))
    MatricesView(explorer).open()
    assert any("Matrices-" in url for url in loaded)
    assert explorer.page.url.endswith("#matrices")


def test_the_view_reports_that_equations_are_loading_or_unavailable(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    page, view = explorer.page, MatricesView(explorer)
    page.route("**/api/equations", lambda route: route.abort())
    page.get_by_role("link", name="Matrices").click()
    message = view.region.get_by_role("alert").filter(has_text="The server cannot be reached")
    expect(message).to_be_visible()
    expect(view.region.locator("[data-equation]")).to_have_count(0)
    held: list[Route] = []
    page.unroute("**/api/equations")
    page.route("**/api/equations", lambda route: held.append(route))
    message.get_by_role("button", name="Try again").click()
    expect(message).to_be_hidden()
    expect(view.region.get_by_text("Writing the equations")).to_be_visible()
    held[0].continue_()
    page.unroute("**/api/equations")
    expect(view.equation("fc_1 forward")).to_be_visible()
    expect(view.region.get_by_text("Writing the equations")).to_have_count(0)


@pytest.mark.parametrize("slug", WALKED)
def test_every_number_is_the_service_s(ongoing_matrices: MatricesView, slug: str) -> None:
    ongoing_matrices.page.set_viewport_size(TALL)
    trace = ongoing_matrices.choose(slug)
    ongoing_matrices.explorer.press("End")
    expect(ongoing_matrices.region.locator("td.unknown")).to_have_count(0)
    shown = ongoing_matrices.explorer.shown(ongoing_matrices.region)
    due = numbers_in(trace)
    assert shown == {ref: due[ref] for ref in shown}
    assert set(shown) == set(due), "all of the step stands there"


def test_what_is_not_reached_yet_is_an_empty_place(matrices: MatricesView) -> None:
    explorer = matrices.explorer
    matrices.choose("two-layers")
    assert set(explorer.shown(matrices.equation("fc_1 forward"))) == {
        *(f"x[0,{i}]" for i in range(2)),
        *(f"fc_1.w[{j},{k}]" for j in range(2) for k in range(2)),
        *(f"fc_1.b[{k}]" for k in range(2)),
    }
    explorer.press("ArrowRight")
    assert matrices.entries("fc_1 forward", "of-step") == ["fc_1.output[0,0]"]
    assert matrices.entries("fc_1 forward", "unknown") == ["fc_1.output[0,1]"]
    expect(matrices.entry("fc_1 forward", "fc_1.output[0,1]")).to_have_attribute("title", "not computed yet")


def test_hovering_lights_the_row_and_the_column_and_the_same_number_elsewhere(matrices: MatricesView) -> None:
    matrices.page.set_viewport_size(TALL)
    matrices.choose("batch-of-three")
    matrices.explorer.press("End")
    matrices.entry("fc_2 weights", "fc_2.w.grad[2,1]").hover()
    assert matrices.entries("fc_2 weights", "meets") == [
        *(f"relu_1.output[{n},2]" for n in range(3)),
        *(f"fc_2.output.grad[{n},1]" for n in range(3)),
    ]
    assert matrices.entries("fc_2 biases", "meets") == []
    matrices.entry("fc_2 weights", "relu_1.output[1,2]").hover()
    for equation in ("fc_2 weights", "fc_2 forward", "relu_1 forward"):
        assert matrices.entries(equation, "lit") == ["relu_1.output[1,2]"]
    assert matrices.entries("relu_1 forward", "meets") == ["fc_1.output[1,2]"]


def test_a_number_of_a_formula_lights_up_in_the_matrices(matrices: MatricesView) -> None:
    matrices.page.set_viewport_size(TALL)
    matrices.explorer.press("End")
    matrices.entry("fc_1 weights", "fc_1.w.grad[0,1]").click()
    matrices.page.mouse.move(640, 3)
    matrices.explorer.inspector.locator('.formula [data-ref="x[0,0]"]').first.hover()
    assert matrices.entries("fc_1 weights", "lit") == ["x[0,0]"]


def test_an_entry_leads_to_its_explanation_and_in_the_diagram_to_its_edge(matrices: MatricesView) -> None:
    explorer = matrices.explorer
    explorer.press("End")
    matrices.entry("fc_1 forward", "fc_1.w[0,1]").click()
    expect(explorer.inspector).to_contain_text("Selected")
    expect(explorer.inspector.get_by_role("heading", level=3)).to_contain_text("weight")
    matrices.page.get_by_role("link", name="Diagram").click()
    expect(explorer.part("fc_1.w[0,1]")).to_have_attribute("aria-pressed", "true")


def test_a_matrix_is_walked_with_the_arrow_keys_and_an_entry_is_selected_and_let_go(matrices: MatricesView) -> None:
    explorer = matrices.explorer
    explorer.press("End")
    explorer.expect_position(11, 11)
    tab_to(explorer, '[data-entry="fc_1.w[0,0]"]')
    focused = matrices.page.locator("td:focus")
    expect(focused).to_have_attribute("aria-label", "w 1 1 of layer 1, 0.15, row 1, column 1")
    explorer.press("ArrowRight")
    explorer.press("ArrowDown")
    expect(focused).to_have_attribute("aria-label", "w 2 2 of layer 1, 0.3, row 2, column 2")
    explorer.press("ArrowDown")
    expect(focused).to_have_attribute("data-entry", "fc_1.w[1,1]")
    assert matrices.entries("fc_1 forward", "lit") == ["fc_1.w[1,1]"]
    explorer.press("Enter")
    expect(focused).to_have_attribute("aria-selected", "true")
    expect(explorer.inspector).to_contain_text("Selected")
    explorer.press("Escape")
    expect(explorer.inspector).to_contain_text("This step")
    explorer.expect_position(11, 11)  # keys within a matrix take no steps
    explorer.press("Tab")
    expect(focused).to_have_attribute("data-entry", "fc_1.b[0]")


def test_the_transpose_is_a_grid_with_its_own_name_and_size(matrices: MatricesView) -> None:
    matrices.choose("batch-of-three")
    matrices.law("weights")
    grid = matrices.equation("fc_1 weights").get_by_role("grid", name="X, transposed: 3 rows, 3 columns")
    expect(grid.locator("td").nth(1)).to_have_attribute("data-entry", "x[1,0]")
    expect(grid.get_by_role("columnheader")).to_have_text(
        ["sample 1, which the diagram shows1", "sample 22", "sample 33"]
    )
    matrices.region.get_by_role("combobox", name="Sample").select_option(label="2")
    expect(grid.locator("th.shown")).to_have_text("sample 2, which the diagram shows2")


def test_relations_stand_under_each_other_and_the_update_is_an_equation(matrices: MatricesView) -> None:
    matrices.page.set_viewport_size(TALL)
    for slug in ("two-layers", "softmax-classifier"):
        matrices.choose(slug)
        matrices.explorer.press("End")
        equals = matrices.region.locator(".left-side + .chunk > .relation")
        expect(equals).to_have_count(matrices.region.locator("[data-equation]").count())
        lefts = equals.evaluate_all("all => all.map(one => one.getBoundingClientRect().left)")
        assert max(lefts) - min(lefts) < 1, slug
    update = matrices.equation("fc_1 w update")
    expect(update.get_by_role("heading")).to_have_text("w of fc_1 after the update: Gradient descent")
    expect(update.locator("td.unknown")).to_have_count(0)


def test_numbers_grow_with_the_room(matrices: MatricesView) -> None:
    matrices.choose("two-layers")
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    before = matrices.region.locator(".set-matrix").first.evaluate(size)
    matrices.page.set_viewport_size({"width": 1920, "height": 1080})
    expect(matrices.region.locator(".equations")).to_have_css("font-size", re.compile("^2"))
    assert before < 20 <= matrices.region.locator(".set-matrix").first.evaluate(size)


def test_term_by_term_the_factors_are_marked_and_the_running_sum_is_shown(matrices: MatricesView) -> None:
    explorer = matrices.explorer
    explorer.press("4")
    explorer.press("ArrowRight", 2)
    expect(matrices.equation("fc_1 forward").locator("td.term-now")).to_have_count(2)
    assert matrices.entries("fc_1 forward", "term-now") == ["x[0,1]", "fc_1.w[1,0]"]
    expect(matrices.entry("fc_1 forward", "fc_1.output[0,0]").locator(".sofar")).to_have_text("0.140000")


def test_one_law_or_one_layer_is_shown_alone(matrices: MatricesView) -> None:
    matrices.choose("two-layers")
    matrices.law("weights")
    assert matrices.names() == ["fc_2 weights", "fc_2 biases", "fc_1 weights", "fc_1 biases"]
    expect(matrices.region.get_by_role("heading", level=4).first).to_contain_text("Law 1")
    matrices.law("inputs")
    assert matrices.names() == ["loss gradient", "fc_2 inputs", "relu_1 back", "fc_1 inputs"]
    matrices.law("all")
    matrices.region.get_by_role("combobox", name=re.compile("^of")).select_option("fc_2")
    assert matrices.names() == [
        *(f"fc_2 {kind}" for kind in ("forward", "weights", "biases", "inputs", "w update", "b update"))
    ]


def test_edits_are_followed(matrices: MatricesView) -> None:
    document = matrices.explorer.example("chapter")
    document["layers"][0]["w"][0][1] = 0.7
    matrices.explorer.press("End")
    matrices.explorer.field("/layers/0/w/0/1").fill("0.7")
    due = numbers_in(matrices.explorer.trace(document))
    value = f"{due['fc_1.output[0,1]']}"
    cell = matrices.entry("fc_1 forward", "fc_1.output[0,1]").locator("[data-value]")
    expect(cell).to_have_attribute("data-value", value)


def test_a_rounding_zero_is_marked_with_its_exact_value_on_hover(matrices: MatricesView) -> None:
    document = matrices.explorer.example("chapter")
    document["layers"][0] |= {"w": [[0.1, 0.5], [0.2, 0.5]], "b": [-0.3, 0.5]}
    document["x"] = [[1, 1]]
    trace = matrices.explorer.bring(document)
    assert trace["rounding"] == ["fc_1.output[0,0]"]
    matrices.explorer.press("End")
    entry = matrices.entry("fc_1 forward", "fc_1.output[0,0]")
    expect(entry).to_have_text("0 (rounding)")
    expect(entry).to_have_attribute("aria-label", re.compile("0 up to rounding"))
    expect(entry.locator(".number")).to_have_attribute("title", re.compile(r"^\d\.\d+e-17$"))


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (820, 1180), (420, 900)])
def test_nothing_is_cut_off(ongoing_matrices: MatricesView, width: int, height: int) -> None:
    ongoing_matrices.page.set_viewport_size({"width": width, "height": height})
    for slug in WALKED[1:]:
        ongoing_matrices.choose(slug)
        ongoing_matrices.explorer.press("End")
        assert overflow(ongoing_matrices.page) <= width
        frame = ongoing_matrices.region.bounding_box()
        assert frame
        # Read at once: an answer that arrives replaces them.
        ends = ongoing_matrices.region.locator(".operand").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(({ width, right }) => width > 0 ? right : null)"
        )
        assert ends
        assert None not in ends
        assert max(ends) <= frame["x"] + frame["width"] + 1


def test_axe_finds_no_violation(explorer: Explorer) -> None:
    view = MatricesView(explorer)
    view.open()
    assert_accessible(explorer)
    view.choose("batch-of-three")
    explorer.press("2")
    explorer.press("ArrowRight", 6)
    view.entry("fc_2 weights", "fc_2.w.grad[0,0]").click()
    assert_accessible(explorer)
    explorer.page.get_by_label("Example").select_option("digits-cnn")
    expect(view.region.locator(".heat-cells").first).to_be_visible()
    explorer.press("End")
    view.region.locator(".heat-cells").first.focus()
    assert_accessible(explorer)


def overflow(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width
