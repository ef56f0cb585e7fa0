"""Building a network from layers: all views follow, and errors are reported at the layer."""

import pytest
from playwright.sync_api import expect

from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer, Watch, numbers_of


@pytest.fixture
def panel(ongoing: Explorer) -> BuildPanel:
    """The panel with a network of three layers."""
    ongoing.begin("two-layers")
    return BuildPanel(ongoing)


def value(explorer: Explorer, ref: str) -> float:
    return float(explorer.diagram.locator(f'[data-ref="{ref}"]').first.get_attribute("data-value") or "nan")


def test_a_layer_is_added_and_everything_follows(panel: BuildPanel) -> None:
    explorer = panel.explorer
    panel.add("tanh" if panel.panel.get_by_role("option", name="tanh", exact=True).count() else "Tanh")
    panel.expect_layers("fc_1", "relu_1", "fc_2", "tanh_1")
    document = explorer.example("two-layers")
    document["layers"].append({"type": "Tanh", "name": "tanh_1"})
    explorer.press("End")
    numbers = numbers_of(explorer.trace(document))
    for ref, shown in explorer.shown(explorer.diagram).items():
        assert shown == numbers[ref], ref


def test_a_new_linear_layer_is_as_wide_as_the_targets_and_is_drawn_from_the_seed(panel: BuildPanel) -> None:
    panel.add("Linear")
    panel.expect_layers("fc_1", "relu_1", "fc_2", "fc_3")
    document = panel.explorer.example("two-layers")
    document["layers"].append({"type": "Linear", "output_dim": 2})
    drawn = panel.explorer.trace(document)["document"]["layers"][3]["w"]
    for row, weights in enumerate(drawn):
        for column, weight in enumerate(weights):
            expect(panel.explorer.field(f"/layers/3/w/{row}/{column}")).to_have_attribute("data-value", repr(weight))
    assert panel.explorer.field("/layers/0/w/0/1").get_attribute("data-value") == "0.25"


def test_a_layer_is_carried_to_another_place_with_the_pointer(panel: BuildPanel) -> None:
    grip, target = panel.grip("relu_1"), panel.layer("fc_1").locator(".layer-head")
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), target.bounding_box()
    assert start
    assert end
    mouse = panel.page.mouse
    mouse.move(start["x"] + 8, start["y"] + 8)
    mouse.down()
    mouse.move(start["x"] + 8, start["y"] - 10, steps=3)
    mouse.move(start["x"] + 8, end["y"] - 4, steps=5)
    expect(panel.layer("fc_1")).to_have_class("layer above")
    mouse.up()
    panel.expect_layers("relu_1", "fc_1", "fc_2")
    expect(panel.panel.locator(".above, .carried")).to_have_count(0)


def test_a_layer_is_moved_with_the_arrow_keys_and_keeps_the_focus(panel: BuildPanel) -> None:
    panel.grip("relu_1").focus()
    panel.explorer.press("ArrowDown")
    panel.expect_layers("fc_1", "fc_2", "relu_1")
    expect(panel.grip("relu_1")).to_be_focused()
    expect(panel.panel.get_by_text("relu_1 is now layer 3 of 3")).to_be_attached()
    panel.explorer.press("ArrowUp", 2)
    panel.expect_layers("relu_1", "fc_1", "fc_2")


def test_the_menu_changes_the_kind_and_leaves_the_weights(panel: BuildPanel) -> None:
    panel.open_menu("relu_1").get_by_role("combobox", name="Kind").select_option(label="Sigmoid")
    panel.expect_layers("fc_1", "sigmoid_1", "fc_2")
    assert panel.explorer.field("/layers/0/w/0/1").get_attribute("data-value") == "0.25"
    panel.open_menu("sigmoid_1").get_by_role("button", name="Remove").click()
    panel.expect_layers("fc_1", "fc_2")
    panel.open_menu("fc_1").get_by_role("combobox", name="Add below").select_option(label="Dropout")
    panel.expect_layers("fc_1", "dropout_1", "fc_2")


def test_the_menu_goes_after_a_choice_with_escape_and_when_one_goes_elsewhere(panel: BuildPanel) -> None:
    dots, explorer = panel.layer("fc_1").locator(".dots"), panel.explorer
    menu = panel.open_menu("fc_1")
    expect(menu.get_by_role("combobox", name="Kind")).to_be_focused()
    explorer.press("Escape")
    expect(menu).to_have_count(0)
    expect(dots).to_be_focused()
    panel.open_menu("fc_1")
    menu.get_by_role("button", name="Move down").focus()
    explorer.press("ArrowDown")
    expect(menu.get_by_role("button", name="Duplicate")).to_be_focused()
    explorer.press("Enter")
    expect(panel.panel.locator("[data-layer]")).to_have_count(4)
    expect(menu).to_have_count(0)
    panel.open_menu("fc_1")
    panel.panel.get_by_role("heading", name="Training").click()
    expect(menu).to_have_count(0)
    panel.open_menu("fc_1")
    dots.click()
    expect(menu).to_have_count(0)


def test_a_width_keeps_the_weights_that_fit_and_comes_back_with_the_others(panel: BuildPanel) -> None:
    width = panel.panel.get_by_label("Width of fc_1")
    width.focus()
    panel.explorer.press("ArrowUp")
    expect(panel.explorer.diagram.locator(".node.hidden")).to_have_count(3)
    expect(panel.layer("fc_1").locator(".layer-shape")).to_have_text("2 → 3")
    expect(panel.layer("fc_2").locator(".layer-shape")).to_have_text("3 → 2")
    expect(panel.explorer.field("/layers/0/w/0/0")).to_have_attribute("data-value", "0.2")
    expect(panel.panel.locator(".fitted")).to_contain_text("those that are new (3) start as in a new layer")
    panel.explorer.press("ArrowDown", 2)
    expect(panel.explorer.diagram.locator(".node.hidden")).to_have_count(1)
    panel.explorer.press("ArrowUp")
    expect(panel.explorer.field("/layers/0/w/0/1")).to_have_attribute("data-value", "0.25")
    expect(panel.explorer.field("/layers/2/w/1/1")).to_have_attribute("data-value", "0.65")
    expect(panel.panel.locator(".fitted")).to_have_count(0)


def test_an_invalid_change_is_not_made_and_reported_at_the_top(panel: BuildPanel, watch: Watch) -> None:
    watch.refusals_expected = True
    explorer = panel.explorer
    explorer.press("End")
    before = explorer.shown(explorer.diagram)
    panel.add("Max pooling")
    expect(panel.panel.locator(".outcome .message")).to_contain_text("takes images")
    panel.expect_layers("fc_1", "relu_1", "fc_2")
    assert explorer.shown(explorer.diagram) == before
    panel.add("Tanh")
    panel.expect_layers("fc_1", "relu_1", "fc_2", "tanh_1")
    expect(panel.panel.locator(".outcome .message")).to_have_count(0)


def test_a_setting_out_of_bounds_is_reported_at_its_field_while_typing(panel: BuildPanel, watch: Watch) -> None:
    watch.refusals_expected = True
    width = panel.panel.get_by_label("Width of fc_1")
    width.fill("0")
    expect(width).to_have_attribute("aria-invalid", "true")
    expect(width).to_have_accessible_description("Width of fc_1 must be at least 1. Use 1")
    width.fill("2")
    expect(width).to_have_attribute("aria-invalid", "false")
    expect(panel.explorer.field("/layers/0/w/0/1")).to_have_attribute("data-value", "0.25")


def test_another_width_at_the_end_gives_the_targets_a_column_and_one_undo_takes_both(panel: BuildPanel) -> None:
    panel.panel.get_by_label("Width of fc_2").fill("3")
    expect(panel.explorer.diagram.locator(".node.output")).to_have_count(3)
    assert panel.rows() == [[0.25, 0.65, 0.99, 0.01, 0]]
    expect(panel.panel.locator(".fitted")).to_contain_text("The targets now have 3 columns; new ones are 0.")
    panel.panel.locator(".fitted").get_by_role("button", name="Undo").click()
    expect(panel.explorer.diagram.locator(".node.output")).to_have_count(2)
    expect(panel.panel.get_by_label("Width of fc_2")).to_have_value("2")
    assert panel.rows() == [[0.25, 0.65, 0.99, 0.01]]
    panel.explorer.press("Control+y")
    expect(panel.explorer.diagram.locator(".node.output")).to_have_count(3)


def test_new_weights_another_seed_and_rule(panel: BuildPanel) -> None:
    explorer = panel.explorer
    first = explorer.field("/layers/0/w/0/0")
    document = explorer.example("two-layers")
    for layer in document["layers"]:
        layer.pop("w", None)
        layer.pop("b", None)

    def expect_start(**changes: object) -> None:
        drawn = explorer.trace(document | changes)["document"]["layers"][0]["w"][0][0]
        expect(first).to_have_attribute("data-value", repr(drawn))

    typed = first.get_attribute("data-value")
    draw = panel.open_start().get_by_role("button", name="Draw new weights")
    question = panel.panel.get_by_role("group", name="These weights were typed, imported or changed since")
    # Replacing typed weights requires a confirmation; it gets the focus, and pressing on keeps the weights.
    for keeping in ("Enter", "Escape"):
        draw.focus()
        explorer.press("Enter")
        expect(question.get_by_role("button", name="Keep these")).to_be_focused()
        expect(first).to_have_attribute("data-value", str(typed))
        explorer.press(keeping)
        expect(question).to_have_count(0)
        expect(first).to_have_attribute("data-value", str(typed))
    draw.click()
    expect(question).to_contain_text("seed 0 does not give them")
    question.get_by_role("button", name="Draw them").click()
    expect_start()
    expect(question).to_have_count(0)
    # Weights from the seed, also trained ones, are drawn from the next seed without a confirmation.
    explorer.page.get_by_role("heading", name="Backprop Explorer").click()
    explorer.press("n")
    explorer.expect_training_step(2)
    draw.click()
    expect_start(seed=1)
    explorer.expect_training_step(1)
    expect(panel.panel.get_by_label("Seed", exact=True)).to_have_value("1")
    explorer.page.get_by_role("button", name="Undo: new weights drawn from seed 1").click()
    explorer.expect_training_step(2)
    explorer.page.get_by_role("button", name="Undo: training step 1 → 2").click()
    explorer.page.get_by_role("button", name="Undo: new weights drawn from seed 0").click()
    expect(first).to_have_attribute("data-value", str(typed))
    panel.panel.get_by_label("Seed", exact=True).fill("7")
    expect_start(seed=7)
    panel.panel.get_by_role("combobox", name="Weights").select_option(label="He, normal")
    ruled = [
        layer | ({"initialiser": "he_normal"} if layer["type"] == "Linear" else {}) for layer in document["layers"]
    ]
    expect_start(seed=7, layers=ruled)


def test_one_layer_draws_new_weights_and_asks_too(panel: BuildPanel) -> None:
    explorer = panel.explorer
    first, second = explorer.field("/layers/0/w/0/0"), explorer.field("/layers/2/w/0/0")
    typed, kept = first.get_attribute("data-value"), second.get_attribute("data-value")
    panel.open_menu("fc_1")
    panel.panel.get_by_role("button", name="Draw new weights").first.click()
    question = panel.panel.get_by_role("group", name="The weights of fc_1 were typed")
    question.get_by_role("button", name="Draw them").click()
    document = explorer.example("two-layers")
    for part in ("w", "b"):
        document["layers"][0].pop(part)
    drawn = explorer.trace(document)["document"]["layers"][0]["w"][0][0]
    expect(first).to_have_attribute("data-value", repr(drawn))
    assert second.get_attribute("data-value") == kept
    explorer.page.get_by_role("button", name="Undo: new weights drawn for fc_1").click()
    expect(first).to_have_attribute("data-value", str(typed))


def test_new_weights_without_a_server_are_asked_about(panel: BuildPanel, watch: Watch) -> None:
    watch.refusals_expected = True
    explorer = panel.explorer
    explorer.page.route("**/api/**", lambda route: route.abort("connectionrefused"))
    panel.open_start().get_by_role("button", name="Draw new weights").click()
    question = panel.panel.get_by_role("group", name="These weights were typed")
    expect(question).to_be_visible()
    question.get_by_role("button", name="Keep these").click()
    expect(question).to_have_count(0)


def test_the_optimizer_has_all_its_settings(panel: BuildPanel) -> None:
    explorer = panel.explorer
    explorer.press("End")
    panel.panel.get_by_label("Optimizer").select_option("adam")
    panel.panel.get_by_text("More settings").click()
    panel.panel.get_by_label("Betas 1").fill("0,5")
    panel.panel.get_by_label("Weight decay").fill("1/10")
    document = explorer.example("two-layers")
    panel.panel.get_by_label("Clipping", exact=True).select_option("norm")
    panel.panel.get_by_label("Norm of Clipping").fill("0.01")
    clip = {"norm": 0.01}
    document["optimizer"] = {"type": "adam", "lr": 0.1, "betas": [0.5, 0.999], "weight_decay": 0.1, "clip": clip}
    expected = numbers_of(explorer.trace(document))["fc_2.w.next[0,1]"]
    expect(explorer.diagram.locator('[data-ref="fc_2.w.next[0,1]"]')).to_have_attribute("data-value", repr(expected))


def test_momentum_comes_with_nesterov_and_goes_with_it(explorer: Explorer) -> None:
    explorer.choose("two-layers")
    panel = BuildPanel(explorer)
    panel.panel.get_by_text("More settings").click()
    panel.panel.get_by_label("Nesterov").check()
    momentum = panel.panel.get_by_label("Momentum", exact=True)
    expect(momentum).to_have_attribute("data-value", "0.9")
    expect(panel.panel.locator(".fitted")).to_contain_text("Momentum is now 0.9: Nesterov needs momentum.")
    momentum.fill("")
    expect(panel.panel.get_by_label("Nesterov")).not_to_be_checked()
    expect(momentum).to_have_attribute("placeholder", "none")
    expect(momentum).to_have_attribute("aria-invalid", "false")


def test_predicting_drops_nothing(panel: BuildPanel) -> None:
    explorer = panel.explorer
    panel.add("Dropout")
    panel.expect_layers("fc_1", "relu_1", "fc_2", "dropout_1")
    panel.open_start().get_by_label("Mode").select_option("predict")
    explorer.press("End")
    expected = explorer.trace(explorer.example("two-layers"))["tensors"]["fc_2.output"][0][0]
    expect(explorer.diagram.locator('[data-ref="dropout_1.output[0,0]"]')).to_have_attribute(
        "data-value", repr(expected)
    )
