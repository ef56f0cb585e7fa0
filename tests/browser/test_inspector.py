"""The formula of each number."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.explorer import WALKED, Explorer, derivative


@pytest.mark.parametrize("slug", WALKED)
def test_every_node_and_edge_explains_itself_with_the_services_numbers(ongoing: Explorer, slug: str) -> None:
    trace = ongoing.begin(slug)
    ongoing.press("End")
    for part in [*trace["nodes"], *(edge for edge in trace["edges"] if edge["ref"])]:
        ongoing.part(part["id"]).dispatch_event("click")
        gradient = derivative(part["ref"], "grad")
        formula = ongoing.inspector.locator(f'.formula [data-ref="{gradient}"][data-value]')
        expect(formula).to_have_count(1)
        for ref, value in ongoing.shown(ongoing.inspector).items():
            assert value == ongoing.explain(trace["document"], ref)["value"], ref


def test_a_formula_is_shown_in_symbols_with_numbers_and_its_result(explorer: Explorer) -> None:
    explorer.press("End")
    explorer.part("ŷ_1").click()
    quantity = explorer.inspector.locator(".quantity").filter(has_text="Value")
    lines = quantity.locator(".formula .side")
    expect(lines).to_have_count(3)
    assert [line.replace("\n", "") for line in lines.all_text_contents()] == [
        "x1·w11(1)+x2·w21(1)+b1(1)",
        "0.1·0.15+0.5·0.25+0.35",
        "0.49",
    ]
    expect(quantity.locator(".law")).to_have_text(re.compile(r"^Yˆ\u200b?=Xw\u200b?\+b$"))


def test_it_follows_the_steps_until_something_is_selected(explorer: Explorer) -> None:
    explorer.press("ArrowRight")
    expect(explorer.inspector.get_by_role("heading", level=3)).to_contain_text("output")
    explorer.part("fc_1.w[0,0]").dispatch_event("click")
    expect(explorer.inspector.get_by_role("heading", level=3)).to_contain_text("weight")
    explorer.press("ArrowRight")
    expect(explorer.inspector.get_by_role("heading", level=3)).to_contain_text("weight")
    explorer.inspector.get_by_role("button", name="Follow the steps").click()
    expect(explorer.inspector.get_by_role("heading", level=3)).to_contain_text("output")


def test_a_number_ahead_of_the_cursor_names_the_pass_that_computes_it(explorer: Explorer) -> None:
    explorer.part("fc_1.w[0,0]").dispatch_event("click")
    waiting = explorer.inspector.locator(".quantity")
    expect(waiting.nth(1)).to_contain_text("The backward pass computes it.")
    expect(waiting.nth(2)).to_contain_text("The update computes it.")
    explorer.part("loss").click()
    expect(explorer.inspector).to_contain_text("The loss, after the forward pass, computes it.")


def test_every_number_leads_to_its_own_explanation_and_a_trail_leads_back(explorer: Explorer) -> None:
    explorer.press("End")
    explorer.part("fc_1.w[0,1]").dispatch_event("click")
    heading = explorer.inspector.get_by_role("heading", level=3)
    explorer.inspector.get_by_role("button", name="Explain nabla 2 of layer 1, −0.37").first.click()
    expect(heading).to_contain_text("output")
    explorer.inspector.locator('.formula [data-ref="y[0,1]"]').first.click()
    expect(heading).to_contain_text("target")
    back = explorer.inspector.get_by_role("button", name="Back", exact=False).filter(has_text="Back")
    back.click()
    expect(heading).to_contain_text("output")
    back.click()
    expect(heading).to_contain_text("weight")
    expect(back).to_have_count(0)


def test_pointing_at_a_number_lights_up_where_it_lives(explorer: Explorer) -> None:
    explorer.press("End")
    explorer.part("fc_1.w[0,1]").dispatch_event("click")
    explorer.inspector.get_by_role("button", name="Explain x 1, 0.1").first.hover()
    expect(explorer.part("x_1")).to_have_class("part node input lit")


def test_a_weight_can_be_changed_where_it_is_explained(explorer: Explorer) -> None:
    explorer.part("fc_1.w[0,1]").dispatch_event("click")
    explorer.inspector.get_by_label("w 1 2 of layer 1").fill("0.9")
    expect(explorer.diagram.locator('[data-ref="fc_1.w[0,1]"]')).to_have_attribute("data-value", "0.9")
    expect(explorer.field("/layers/0/w/0/1")).to_have_value("0.9")


def test_a_line_is_selected_with_the_mouse(explorer: Explorer) -> None:
    box = explorer.diagram.locator('[data-ref="fc_1.w[1,0]"]').bounding_box()
    assert box
    explorer.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(explorer.part("fc_1.w[1,0]")).to_have_attribute("aria-pressed", "true")
    expect(explorer.inspector.get_by_role("heading", level=3)).to_contain_text("weight")


def test_until_its_formulas_arrive_the_next_number_is_not_shown(explorer: Explorer) -> None:
    explorer.press("End")
    heading = explorer.inspector.get_by_role("heading", level=3)
    expect(heading).to_contain_text("weight")
    expect(explorer.inspector).to_have_attribute("aria-busy", "false")
    before = heading.text_content()
    # Every pair of lines that the head of the inspector can show.
    explorer.inspector.evaluate(
        """inspector => {
            const head = () => ['.eyebrow', 'h3'].map(of => inspector.querySelector(of).textContent);
            window.heads = [head()];
            const keep = () => window.heads.push(head());
            new MutationObserver(keep).observe(inspector, {childList: true, characterData: true, subtree: true});
        }"""
    )
    held: list[Route] = []
    explorer.page.route("**/api/explanations", lambda route: held.append(route))
    with explorer.page.expect_request("**/api/explanations"):
        explorer.part("x_1").dispatch_event("click")
    expect(explorer.inspector).to_have_attribute("aria-busy", "true")
    expect(heading).to_contain_text("input")
    expect(explorer.inspector).to_have_attribute("aria-busy", "true")
    for route in held:
        route.continue_()
    explorer.page.unroute("**/api/explanations")
    expect(explorer.inspector).to_have_attribute("aria-busy", "false")
    expect(explorer.quantity("Gradient").locator(".formula").first).to_be_visible()
    heads = explorer.page.evaluate("window.heads")
    assert ["Selected", before] not in heads, heads
    assert ["Selected", heading.text_content()] in heads, heads


# Content that the inspector's head cuts through: headings, and parts of formulas.
CUT = """frame => {
    const head = frame.querySelector('.subject').getBoundingClientRect().bottom;
    const cut = ({top, bottom}) => top < head - 1 && bottom > head + 1;
    const parts = [...frame.querySelectorAll('.quantity h4, .quantity math, .quantity p')];
    return parts.filter(one => cut(one.getBoundingClientRect())).map(one => one.textContent);
}"""


def test_what_a_step_computes_is_brought_into_view_and_no_formula_is_cut(explorer: Explorer) -> None:
    document = explorer.example("two-layers")
    document["optimizer"] = {"type": "adam", "lr": 0.01}
    explorer.bring(document)
    explorer.press("End")
    steps = explorer.position()[1]
    seen = 0
    for _ in range(steps):
        expect(explorer.inspector).to_have_attribute("aria-busy", "false")
        heading = explorer.inspector.locator(".quantity.focused h4")
        if heading.count():
            seen += 1
            expect(heading).to_be_in_viewport()
            assert explorer.inspector.evaluate(CUT) == []
        explorer.press("ArrowLeft")
    assert seen > steps / 2
