"""One number in four notations: switched, followed, highlighted, copied."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.explorer import WALKED, Explorer

GRADIENT = "fc_1.w.grad[0,1]"


@pytest.fixture
def weight(ongoing: Explorer) -> Explorer:
    """The gradient of a weight of two layers, after all steps, in scalars."""
    ongoing.begin("two-layers")
    ongoing.press("End")
    ongoing.select("fc_1.w[0,1]")
    ongoing.notation("Scalar").check()
    expect(ongoing.quantity("Gradient").locator(".formula.scalar")).to_have_count(1)
    return ongoing


@pytest.mark.parametrize("slug", WALKED[1:3])
def test_every_notation_shows_the_services_own_numbers(ongoing: Explorer, slug: str) -> None:
    trace = ongoing.begin(slug)
    ongoing.press("End")
    ongoing.select("fc_1.w[0,0]")
    gradient = ongoing.quantity("Gradient")
    for name, form in {"Chain rule": "chain", "Matrix": "matrices", "Paths": "paths"}.items():
        ongoing.notation(name).check()
        expect(gradient.locator(f".formula.{form}")).to_have_count(1)
        shown = ongoing.shown(gradient)
        assert shown["fc_1.w.grad[0,0]"] == ongoing.explain(trace["document"], "fc_1.w.grad[0,0]")["value"], name
        for ref, value in shown.items():
            assert value == ongoing.explain(trace["document"], ref)["value"], (name, ref)


def test_the_choice_is_made_by_keyboard_and_stays_while_moving(weight: Explorer) -> None:
    weight.notation("Scalar").focus()
    weight.press("ArrowRight")
    expect(weight.notation("Chain rule")).to_be_checked()
    expect(weight.quantity("Gradient").locator(".formula.chain")).to_have_count(1)
    weight.select("fc_2.w[0,0]")
    expect(weight.quantity("Gradient").locator(".formula.chain")).to_have_count(1)
    # A target has no such form; the choice is restored for a number that has one.
    weight.part("truth-0").click()
    expect(weight.inspector.locator(".formula")).to_have_count(0)
    weight.select("fc_1.w[0,0]")
    expect(weight.notation("Chain rule")).to_be_checked()


def test_only_notations_that_the_number_has_can_be_chosen(explorer: Explorer) -> None:
    explorer.press("ArrowRight")
    expect(explorer.notation("Matrix")).to_be_enabled()
    expect(explorer.notation("Paths")).to_be_disabled()
    expect(explorer.notation("Chain rule")).to_be_disabled()


def test_the_chain_rule_sets_upstream_and_local_apart_in_words_too(weight: Explorer) -> None:
    weight.notation("Chain rule").check()
    formula = weight.quantity("Gradient").locator(".formula.chain")
    expect(formula.locator(".role-name")).to_have_text(["upstream", "local"])
    lines = formula.locator(".side")
    assert [line.replace("\n", "") for line in lines.all_text_contents()] == [
        "∂ℓ∂z2(1)⏟upstream·∂z2(1)∂w12(1)⏟local",
        "∇2(1)·x1",
        "0.469513·0.25",
        "0.117378",
    ]
    colours = [
        formula.locator(f".{role}").first.evaluate("one => getComputedStyle(one).color")
        for role in ("upstream", "local")
    ]
    assert colours[0] != colours[1]


def test_matrices_stand_with_the_row_and_the_column_lit_that_meet(explorer: Explorer) -> None:
    trace = explorer.choose("batch-of-three")
    explorer.press("End")
    explorer.select("fc_1.w[1,2]")
    explorer.notation("Matrix").check()
    table = explorer.quantity("Gradient").locator(".falk")
    expect(table.locator(".entry.local")).to_have_count(3)
    expect(table.locator(".entry.upstream")).to_have_count(3)
    row = [float(cell.get_attribute("data-value") or "nan") for cell in table.locator(".entry.local .number").all()]
    column = [
        float(cell.get_attribute("data-value") or "nan") for cell in table.locator(".entry.upstream .number").all()
    ]
    met = table.locator(".entry.met .number")
    value = explorer.explain(trace["document"], "fc_1.w.grad[1,2]")["value"]
    assert float(met.get_attribute("data-value") or "nan") == value
    assert sum(left * right for left, right in zip(row, column, strict=True)) == pytest.approx(value)
    expect(explorer.quantity("Gradient").locator(".law")).to_have_text(re.compile(r"^Law 1: ∂ℓ/∂w\u200b?=XT∇$"))


def test_pointing_at_a_cell_lights_its_node_and_the_other_way_round(explorer: Explorer) -> None:
    explorer.choose("batch-of-three")
    explorer.press("End")
    explorer.select("fc_1.w[1,2]")
    explorer.notation("Matrix").check()
    cell = explorer.inspector.locator('.falk .entry:has([data-ref="x[0,1]"])')
    cell.hover()
    expect(explorer.part("x_2")).to_contain_class("lit")
    explorer.part("x_2").hover()
    expect(cell).to_contain_class("lit")
    cell.click()
    expect(explorer.inspector.get_by_role("heading", level=3)).to_contain_text("input")


def test_a_node_pointed_at_lights_its_numbers_in_the_formula(weight: Explorer) -> None:
    leads = weight.quantity("Gradient").locator('.leads[data-ref="x[0,0]"]')
    expect(leads).to_have_count(2)
    expect(weight.inspector.locator(".leads.lit")).to_have_count(0)
    weight.part("x_1").hover()
    expect(leads.first).to_have_class("leads lit")
    expect(leads.last).to_have_class("leads lit")
    weight.diagram.hover(position={"x": 5, "y": 5})
    expect(weight.inspector.locator(".leads.lit")).to_have_count(0)


def test_paths_are_ranked_and_light_their_way_through_the_picture(weight: Explorer) -> None:
    weight.notation("Paths").check()
    paths = weight.quantity("Gradient").locator(".path")
    trace = weight.trace(weight.example("two-layers"))
    answer = weight.explain(trace["document"], GRADIENT, "paths")["paths"]
    expect(paths).to_have_count(len(answer["items"]))
    sizes = [abs(float(path.locator(".weight .number").get_attribute("data-value") or "nan")) for path in paths.all()]
    assert sizes == sorted(sizes, reverse=True)
    paths.first.hover()
    # Through the second hidden unit and its larger weight to the second output.
    for part in ("fc_2.w[1,1]", "h_2^(1)", "x_1", "loss"):
        expect(weight.part(part)).to_contain_class("lit")
    expect(weight.part("fc_2.w[1,0]")).not_to_contain_class("lit")


def test_each_place_of_the_trail_leads_back(weight: Explorer) -> None:
    for ref in ("fc_1.output.grad[0,1]", "relu_1.output.grad[0,1]", "fc_2.w[1,0]"):
        weight.inspector.locator(f'.leads[data-ref="{ref}"]').first.click()
        heading = weight.inspector.get_by_role("heading", level=3)
        expect(weight.inspector.locator(".crumb[aria-current]")).to_have_count(1)
    expect(heading).to_contain_text("weight")
    crumbs = weight.inspector.get_by_role("navigation", name="Path to this number").get_by_role("button")
    names = ["w 1 2 of layer 1, updated", "nabla 2 of layer 1", "gradient of h 2 of layer 1", "w 2 1 of layer 2"]
    expect(crumbs).to_have_count(4)
    for crumb, name in zip(crumbs.all(), names, strict=True):
        expect(crumb).to_have_accessible_name(name)
    crumbs.nth(1).click()
    expect(crumbs).to_have_count(2)
    expect(heading).to_contain_text("hidden")


def test_a_formula_is_copied_as_latex(weight: Explorer) -> None:
    weight.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=weight.origin)
    gradient = weight.quantity("Gradient")
    for name in ("scalar", "chain"):
        weight.notation({"scalar": "Scalar", "chain": "Chain rule"}[name]).check()
        expect(gradient.locator(f".formula.{name}")).to_have_count(1)
        gradient.get_by_role("button", name="copy LaTeX").click()
        expect(gradient.get_by_text("copied")).to_be_visible()
        trace = weight.trace(weight.example("two-layers"))
        expected = weight.explain(trace["document"], GRADIENT, name)["latex"]
        assert weight.page.evaluate("navigator.clipboard.readText()") == expected


def test_a_long_sum_is_folded_and_opens(unopened: Explorer) -> None:
    document = unopened.example("chapter")
    wide = {
        **document,
        "name": "Wide",
        "input_shape": [40],
        "x": [[((3 * i) % 11) / 10 - 0.5 for i in range(40)]],
        "layers": [{"type": "Linear", "name": "fc_1", "output_dim": 2}],
    }
    unopened.page.route(
        "**/api/examples?*",
        lambda route: route.fulfill(json=[{"slug": "wide", "name": "Wide", "title": "Wide", "document": wide}]),
    )
    unopened.page.goto(unopened.origin)
    expect(unopened.part("x_40,")).to_be_attached()
    unopened.press("ArrowRight")
    value = unopened.quantity("Value")
    more = value.get_by_role("button", name="more terms")
    expect(more).to_contain_text("… 28 more terms (total")
    answer = unopened.ask("/api/explain", {"document": wide, "ref": "fc_1.output[0,0]", "terms": 12})
    folded = answer["expression"]["args"][0]["folded"]
    expect(more.locator(".number")).to_have_attribute("data-value", str(folded["value"]))
    more.click()
    expect(more).to_have_count(0)
    expect(value.locator(".leads")).to_have_count(2 * 81)
