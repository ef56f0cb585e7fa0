"""The activation function is drawn at the unit, and a unit that blocks the gradient is marked."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer


def functions(explorer: Explorer, part: str) -> Locator:
    return explorer.part(part).locator("[data-function]")


def test_the_function_of_a_unit_is_there_before_the_first_step_and_z_comes_with_it(explorer: Explorer) -> None:
    trace = explorer.choose("xor")
    explorer.expect_position(0)
    hidden, output = functions(explorer, "h_1^(1)"), functions(explorer, "ŷ_1")
    expect(hidden).to_have_attribute("data-function", "Tanh")
    expect(output).to_have_attribute("data-function", "Sigmoid")
    expect(explorer.part("h_1^(1)")).to_have_accessible_name(re.compile("Tanh"))
    expect(functions(explorer, "x_1")).to_have_count(0)
    values = next(layer["activation"]["values"] for layer in trace["layers"] if layer["type"] == "Tanh")
    curve = hidden.locator(".curve").get_attribute("d") or ""
    heights = [float(point.split(" ")[1]) for point in curve[1:].split("L")]
    assert len(heights) == len(values) == 25
    # The heights on the screen follow the service's numbers, from the smallest to the largest.
    share = (heights[0] - heights[-1]) / (values[-1] - values[0])
    for height, value in zip(heights, values, strict=True):
        assert abs(height - (heights[0] - share * (value - values[0]))) < 0.011
    expect(hidden.locator(".here")).to_have_count(0)
    explorer.press("End")
    expect(hidden.locator(".here")).to_have_count(1)


def test_an_edit_of_the_functions_shows_where_it_landed(explorer: Explorer) -> None:
    expect(explorer.diagram.locator("[data-function]")).to_have_count(0)
    BuildPanel(explorer).add("Sigmoid")
    for unit in ("ŷ_1", "ŷ_2"):
        expect(functions(explorer, unit)).to_have_attribute("data-function", "Sigmoid")
    explorer.page.keyboard.press("Control+z")
    expect(explorer.diagram.locator("[data-function]")).to_have_count(0)


def test_a_dead_unit_is_marked_and_its_zeros_have_the_reason(explorer: Explorer) -> None:
    explorer.choose("dead-relu")
    unit = explorer.part("h_2^(1)")
    expect(unit).not_to_have_class(re.compile("dead"))
    explorer.press("End")
    expect(unit).to_have_class(re.compile("dead"))
    expect(unit).to_have_accessible_name(re.compile("dead"))
    expect(unit.get_by_text("dead", exact=True)).to_be_visible()
    expect(explorer.part("h_1^(1)")).not_to_have_class(re.compile("dead"))
    note = explorer.inspector.get_by_role("note")
    for part in ("h_2^(1)", "fc_1.w[0,1]", "fc_1.b[1]"):
        explorer.select(part)
        expect(note).to_contain_text("dead: its slope is 0 in every sample, so no gradient passes back")
    for part in ("h_1^(1)", "fc_1.w[0,0]", "x_1"):
        explorer.select(part)
        expect(note).to_have_count(0)
    # Nothing is shown before its pass has computed it.
    explorer.press("Home")
    explorer.select("h_2^(1)")
    expect(note).to_have_count(0)


def test_what_is_selected_and_what_the_step_is_about_look_different(explorer: Explorer) -> None:
    explorer.choose("two-layers")
    explorer.press("ArrowRight")
    explorer.select("h_2^(1)")
    step = explorer.diagram.locator(".node.current .ring").evaluate("one => getComputedStyle(one).stroke")
    pick = explorer.part("h_2^(1)").locator(".pick")
    expect(pick).to_be_visible()
    assert pick.evaluate("one => getComputedStyle(one).stroke") != step
    # Both marks are visible at once.
    explorer.select("h_1^(1)")
    both = explorer.part("h_1^(1)")
    expect(both).to_have_class(re.compile("current"))
    expect(both.locator(".pick")).to_be_visible()
    assert both.locator(".ring").evaluate("one => getComputedStyle(one).stroke") == step
    explorer.press("Escape")
    expect(explorer.diagram.locator(".pick")).to_have_count(0)


def test_the_legend_explains_the_signs_and_shows_no_number_ahead_of_the_cursor(explorer: Explorer) -> None:
    explorer.choose("two-layers")
    scale = explorer.diagram.locator(".legend-scale")
    expect(scale).to_contain_text("0.65")
    explorer.page.get_by_label("Edge values").select_option("gradient")
    assert not re.search(r"\d", scale.inner_text())
    explorer.press("End")
    expect(scale).to_contain_text(re.compile(r"\d"))
    anatomy = explorer.diagram.locator(".anatomy")
    expect(anatomy).to_be_visible()
    expect(anatomy).to_contain_text("∇ = ∂ℓ/∂")
    explorer.choose("chapter")
    expect(anatomy).to_contain_text("gradient of the loss")


def test_what_is_no_curve_is_called_by_its_name_with_its_factor_and_its_share(explorer: Explorer) -> None:
    trace = explorer.bring(
        {
            "name": "Names",
            "input_shape": [2],
            "layers": [
                {"type": "Linear", "output_dim": 4},
                {"type": "BatchNorm", "name": "norm"},
                {"type": "Dropout", "probability": 0.5, "name": "drop"},
                {"type": "Linear", "output_dim": 3},
                {"type": "Softmax"},
            ],
            "loss": {"type": "half_squared_error"},
            "optimizer": {"type": "sgd", "lr": 0.1},
            "x": [[0.1, 0.5], [0.7, -0.2], [0.3, 0.9]],
            "y": [[0, 1, 0], [1, 0, 0], [0, 0, 1]],
            "seed": 3,
        }
    )
    hidden, output = functions(explorer, "h_1^(2)"), functions(explorer, "ŷ_1")
    expect(hidden.locator("text")).to_have_text(["norm", "dropout"])
    expect(output.locator("text")).to_have_text("softmax")
    expect(output.locator(".share")).to_have_count(0)
    # Running means, which cannot be frozen, use the full width for parameters.
    mean = explorer.field("/layers/1/running_mean/3")
    mean.scroll_into_view_if_needed()
    expect(mean).to_be_in_viewport(ratio=1)
    explorer.press("1")
    explorer.press("ArrowRight")
    mask = trace["tensors"]["drop.mask"]
    for unit, factor in enumerate(mask[0], start=1):
        expect(functions(explorer, f"h_{unit}^(2)").locator("text").last).to_have_text(f"× {factor:g}")
    [share] = output.locator(".share").evaluate_all("all => all.map(one => Number(one.dataset.value))")
    assert share == trace["tensors"]["softmax_1.output"][0][0]
