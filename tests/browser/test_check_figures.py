"""The figures of the Check view: the error over the network, and against the step ε."""

from playwright.sync_api import expect

from tests.browser.check_view import CheckView
from tests.browser.explorer import Explorer

W12 = "fc_1.w[0,1]"


def test_a_row_shows_its_curve(view: CheckView) -> None:
    document = view.explorer.example("xor")
    view.page.get_by_label("Example").select_option("xor")
    for ref in ("fc_1.w[0,1]", "fc_2.b[0]"):
        view.row(ref).click()
        answer = view.curve_answer(document, ref)
        first = answer["points"][0]
        dot = view.curve.locator(f'[data-epsilon="{first["epsilon"]}"]')
        expect(dot).to_have_attribute("data-value", str(first["relative_error"]))
        assert view.points() == {point["epsilon"]: point["relative_error"] for point in answer["points"]}
        expect(view.row(ref).get_by_role("button")).to_have_attribute("aria-pressed", "true")
        expect(view.curve).to_contain_text("truncation ∝ 𝜀")
        expect(view.curve).to_contain_text("rounding ∝ 1/𝜀")
        expect(view.curve).to_contain_text("A third estimate")


def test_a_parabola_has_no_truncation_and_a_rectifier_no_third_witness(view: CheckView) -> None:
    expect(view.curve).to_contain_text("No truncation error")
    expect(view.curve).not_to_contain_text("truncation ∝")
    expect(view.head("Complex step")).to_be_visible()
    view.page.get_by_label("Example").select_option("two-layers")
    expect(view.curve).to_contain_text("no third estimate here")
    expect(view.curve).to_contain_text("relu_1 is defined for real numbers only")
    expect(view.head("Complex step")).to_have_count(0)


def test_a_cross_entropy_is_not_called_a_parabola(view: CheckView) -> None:
    view.page.get_by_label("Example").select_option("softmax-classifier")
    expect(view.curve.locator(".dot")).to_have_count(45)
    expect(view.curve).to_contain_text("A third estimate")
    expect(view.curve).not_to_contain_text("parabola")


def test_a_point_of_the_curve_shows_its_numbers(view: CheckView) -> None:
    view.row(W12).click()
    points = view.curve_answer(view.explorer.example("chapter"), W12)["points"]
    [at] = [point for point in points if point["epsilon"] == 1e-3]
    view.curve.locator('[data-epsilon="0.001"] .reach').hover()
    reading = view.curve.locator(".reading [data-value]")
    expect(reading.first).to_have_attribute("data-value", "0.001")
    values = [float(value) for value in reading.evaluate_all("all => all.map(one => one.dataset.value)")]
    assert values == [at[column] for column in ("epsilon", "left", "right", "numeric", "relative_error")]


def test_the_curve_is_walked_by_key_and_sets_the_step(view: CheckView) -> None:
    chosen = view.curve.get_by_role("button", pressed=True)
    expect(chosen).to_have_attribute("data-epsilon", "0.00001")
    chosen.focus()
    view.page.keyboard.press("ArrowRight")
    view.page.keyboard.press("ArrowRight")
    expect(view.curve.locator(".reading [data-value]").first).to_have_attribute("data-value", "0.001")
    expect(view.epsilon).to_have_value("1e-5")
    view.page.keyboard.press("Enter")
    expect(view.epsilon).to_have_value("0.001")
    view.shows(view.check_answer(view.explorer.example("chapter"), 1e-3))


def test_the_formula_of_a_row_is_one_press_away(view: CheckView) -> None:
    view.row(W12).click()
    view.curve.get_by_role("button", name="Its formula").click()
    expect(view.explorer.inspector).to_contain_text("Selected")
    shown = view.explorer.inspector.locator('[data-ref="fc_1.w.grad[0,1]"]')
    expect(shown.first).to_have_attribute("data-value", "-0.037")
    # The selection follows after a delay.
    assert view.page.url.partition("#")[2].partition("&")[0] == "diagram"


def test_what_is_selected_in_the_diagram_is_current_in_the_check(explorer: Explorer) -> None:
    explorer.part(W12).focus()
    explorer.press("Enter")
    view = CheckView(explorer)
    view.open()
    expect(view.row(W12).get_by_role("button")).to_have_attribute("aria-pressed", "true")


def test_a_line_of_the_map_and_its_row_light_each_other(view: CheckView) -> None:
    view.row(W12).hover()
    expect(view.mark(W12)).to_have_class("mark lit")
    view.point_at_mark("fc_1.b[1]")
    expect(view.row("fc_1.b[1]")).to_have_class("lit")
    expect(view.mark(W12)).to_have_class("mark")


def test_a_line_of_the_map_brings_its_row_into_view(view: CheckView) -> None:
    view.page.get_by_label("Example").select_option("batch-of-three")
    expect(view.mark("fc_2.b[1]")).to_be_visible()
    expect(view.row("fc_2.b[1]")).not_to_be_in_viewport()
    view.point_at_mark("fc_2.b[1]")
    expect(view.row("fc_2.b[1]")).to_be_in_viewport()
