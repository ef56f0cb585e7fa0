"""The probabilities of a softmax: in the picture, the sentence, the inspector, the table and Matrices."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.explorer import Explorer, Watch
from tests.browser.matrices_view import MatricesView


@pytest.fixture
def softmax(explorer: Explorer) -> Explorer:
    explorer.choose("softmax-classifier")
    return explorer


def test_each_probability_has_its_own_step_and_is_between_score_and_target(
    softmax: Explorer,
) -> None:
    trace = softmax.trace(softmax.example("softmax-classifier"))
    softmax.press("ArrowRight", 4)  # three scores, then p₁
    expect(softmax.sentence).to_contain_text("Softmax turns the scores into probabilities")
    part = softmax.part("p_1")
    expect(part).to_have_class(re.compile("current"))
    shown = softmax.shown(part)
    assert shown == {"loss.p[0,0]": trace["tensors"]["loss.p"][0][0]}
    places = [softmax.part(name).bounding_box() for name in ("ŷ_1", "p_1", "truth-0", "loss")]
    left = [box["x"] for box in places if box]
    assert left == sorted(left)
    assert len(left) == 4


def test_the_loss_is_explained_through_p_and_p_through_the_scores(softmax: Explorer) -> None:
    softmax.press("End")
    softmax.part("loss").click()
    softmax.inspector.locator('.formula [data-ref="loss.p[0,0]"]').first.click()
    expect(softmax.inspector.get_by_role("heading", level=3)).to_contain_text("probability")
    law = softmax.inspector.locator(".law").first
    expect(law).to_contain_text("softmax")
    softmax.inspector.locator('.formula [data-ref="fc_1.output[0,1]"]').first.click()
    expect(softmax.inspector.locator(".law").last).to_contain_text("p−yN")


def test_the_stable_form_is_there_on_demand(softmax: Explorer) -> None:
    softmax.press("End")
    softmax.part("loss").click()
    expect(softmax.inspector.locator(".law")).to_have_count(1)
    expect(softmax.inspector.locator(".law")).to_contain_text("ylogpN")
    softmax.inspector.get_by_role("radio", name="Stable").check()
    expect(softmax.inspector).to_contain_text("straight from the scores")


def test_the_table_lists_them_with_their_gradients(softmax: Explorer) -> None:
    softmax.press("End")
    softmax.page.get_by_role("button", name="As a table").click()
    table = softmax.page.get_by_role("table", name="Probabilities")
    expect(table.get_by_role("row")).to_have_count(4)
    expect(table).to_contain_text("0.532838")


def test_matrices_show_them_and_the_gradient_as_a_difference(softmax: Explorer) -> None:
    trace = softmax.trace(softmax.example("softmax-classifier"))
    softmax.press("End")
    matrices = MatricesView(softmax)
    matrices.open()
    # Only the equations in view are drawn.
    matrices.law("forward")
    equation = matrices.equation("probabilities")
    expect(equation).to_be_visible()
    assert softmax.shown(equation)["loss.p[5,2]"] == trace["tensors"]["loss.p"][5][2]
    matrices.law("inputs")
    expect(matrices.equation("loss gradient").locator(".in-symbols")).to_contain_text("P")


def test_classes_are_weighted_in_build_and_a_refused_weight_keeps_its_text(softmax: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    document = softmax.example("softmax-classifier")
    weighted = softmax.trace(document | {"loss": {"type": "softmax_cross_entropy", "weight": [1, 3, 1]}})
    softmax.press("End")
    softmax.part("loss").click()
    law = softmax.inspector.locator(".law").first
    softmax.build.get_by_role("checkbox", name="Class weights").click()
    expect(law).to_contain_text("tlogpC")
    field = softmax.field("/loss/weight/1")
    field.fill("0")
    expect(softmax.build).to_contain_text("Class weights must be more than 0.")
    expect(field).to_have_value("0")
    field.fill("3")
    expect(softmax.build).not_to_contain_text("Class weights must be more than 0.")
    expect(softmax.part("loss").locator("[data-ref=loss]").first).to_have_attribute(
        "data-value", str(weighted["loss"]["value"])
    )
