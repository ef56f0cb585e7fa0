"""Term by term: a sum grows with each step, forward and back."""

import pytest
from playwright.sync_api import expect

from tests.browser.explorer import WALKED, Explorer


def test_the_fourth_key_takes_the_steps_term_by_term(explorer: Explorer) -> None:
    _, nodes = explorer.position()
    explorer.press("4")
    explorer.expect_position(0, 26)
    assert nodes == 11
    explorer.press("ArrowRight", 2)
    explorer.expect_position(2, 26)
    explorer.press("3")
    # From within a node the next step completes it.
    explorer.press("ArrowRight")
    explorer.expect_position(1, 11)


def test_the_sum_of_a_unit_grows_in_the_formula_the_picture_and_the_sentence(explorer: Explorer) -> None:
    explorer.press("4")
    last = explorer.inspector.locator(".growing .side").last
    for step, value in {1: "0.015", 2: "0.14", 3: "0.49"}.items():
        explorer.press("ArrowRight")
        expect(explorer.sentence).to_contain_text(f"Term {step} of 3")
        expect(explorer.sentence).to_contain_text(value)
        expect(last.locator("mrow[data-value]")).to_have_attribute("data-value", value)
        expect(explorer.inspector.locator(".growing .term.current")).to_have_count(2)
        expect(explorer.inspector.locator(".growing .term.done")).to_have_count(2 * (step - 1))
        expect(explorer.inspector.locator(".growing .term.coming")).to_have_count(3 - step)
        expect(explorer.diagram.locator(".line.current")).to_have_count(1)
    # Complete, it is the number itself; before that it was marked as a partial sum.
    expect(explorer.diagram.locator('[data-ref="fc_1.output[0,0]"]')).to_have_attribute("data-value", "0.49")
    explorer.press("ArrowLeft")
    partial = explorer.diagram.locator('[data-partial="fc_1.output[0,0]"]')
    expect(partial).to_have_attribute("data-value", "0.14")
    expect(partial).to_contain_text("Σ")
    expect(explorer.node("y hat 1")).to_have_accessible_name("output y hat 1, value 0.14 so far")
    expect(explorer.diagram.locator(".progress")).to_have_count(1)


# Keys as fast as they repeat; numbers outside of the current step are written without delay.
HURRIED = """keys => new Promise(done => {
    for (const key of keys) window.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
    requestAnimationFrame(() => requestAnimationFrame(() =>
        done(document.querySelectorAll('.inspector .quantity:not(.focused) .formula').length)));
})"""


def test_in_a_hurry_one_follows_the_wanted_number_alone_and_at_rest_the_others_are_explained_too(
    explorer: Explorer,
) -> None:
    trace = explorer.choose("two-layers")
    stage = next(s for s in trace["stages"] if s["computes"] == "output" and s["layer"] == "relu_1")
    others = explorer.inspector.locator(".quantity:not(.focused) .formula")
    explorer.press("4")
    # The unit's sum is complete, and no longer part of the current step.
    explorer.page.get_by_role("slider").fill(str(stage["start"] + 1))
    expect(others).to_have_count(1)
    explorer.press("ArrowLeft")
    expect(explorer.inspector.locator(".growing")).to_have_count(1)
    assert explorer.page.evaluate(HURRIED, ["ArrowRight", "ArrowLeft", "ArrowRight"]) == 0
    expect(others).to_have_count(1)


def test_the_gradients_of_a_batch_grow_sample_by_sample_and_stay(explorer: Explorer) -> None:
    trace = explorer.choose("batch-of-three")
    gradient = trace["tensors"]["fc_2.w.grad"]
    explorer.press("4")
    stage = next(s for s in trace["stages"] if s["computes"] == "parameter_gradients")
    slider = explorer.page.get_by_role("slider")
    slider.fill(str(stage["start"] + 2))
    expect(explorer.sentence).to_contain_text("Sample 2 of 3")
    expect(explorer.diagram.locator('[data-partial="fc_2.w.grad[0,0]"]')).to_contain_text("Σ")
    slider.fill(str(stage["start"] + 4))
    # The next weight's gradient has begun; the first one stays.
    first = explorer.diagram.locator('[data-ref="fc_2.w.grad[0,0]"]')
    expect(first).to_have_attribute("data-value", str(gradient[0][0]))
    expect(explorer.sentence).to_contain_text("Sample 1 of 3: the sum for gradient of w 2 1 of layer 2 begins")


def test_a_gradient_adds_up_what_comes_back_along_each_edge(explorer: Explorer) -> None:
    trace = explorer.choose("two-layers")
    stage = next(s for s in trace["stages"] if s["computes"] == "input_gradient" and s["layer"] == "fc_2")
    explorer.press("4")
    explorer.page.get_by_role("slider").fill(str(stage["start"] + 1))
    expect(explorer.part("fc_2.w[0,0]").locator(".line")).to_have_class("line current")
    products = explorer.explain(trace["document"], "relu_1.output.grad[0,0]")["expression"]["args"]
    expect(explorer.diagram.locator('[data-partial="relu_1.output.grad[0,0]"]')).to_have_attribute(
        "data-value", str(products[0]["value"])
    )
    explorer.press("ArrowRight")
    expect(explorer.part("fc_2.w[0,1]").locator(".line")).to_have_class("line current")
    expect(explorer.diagram.locator('[data-ref="relu_1.output.grad[0,0]"]')).to_have_count(1)


@pytest.mark.parametrize("slug", WALKED)
def test_going_back_term_by_term_shows_what_going_forward_showed(ongoing: Explorer, slug: str) -> None:
    ongoing.begin(slug)
    ongoing.press("4")
    ongoing.page.get_by_role("slider").fill(str(ongoing.position()[1] // 2))

    def look() -> tuple[dict[str, float], tuple[int, int]]:
        # The service names the numbers of a term together with its sentence; the picture marks them then.
        expect(ongoing.page.locator("p.sentence")).to_have_attribute("aria-busy", "false")
        return ongoing.shown(ongoing.diagram), ongoing.position()

    there = [look()]
    for _ in range(6):
        ongoing.press("ArrowRight")
        there.append(look())
    back = [look()]
    for _ in range(6):
        ongoing.press("ArrowLeft")
        back.append(look())
    assert back[::-1] == there


def test_the_picture_shows_the_running_sum_while_something_else_is_selected(explorer: Explorer) -> None:
    explorer.part("x_1").click()
    explorer.press("4")
    explorer.press("ArrowRight", 2)
    expect(explorer.inspector.get_by_role("heading", level=3)).to_contain_text("input")
    partial = explorer.diagram.locator('[data-partial="fc_1.output[0,0]"]')
    expect(partial).to_have_attribute("data-value", "0.14")
