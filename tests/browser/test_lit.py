"""The operands of a formula can be read in the highlighted parts of the picture: weights, gradients, inputs, terms."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.explorer import WALKED, Explorer
from tests.browser.feature_maps import FeatureMaps


def leaves(expression: dict[str, Any]) -> list[str]:
    if "ref" in expression:
        return [expression["ref"]]
    cases = [case["value"] for case in expression.get("cases", [])]
    return [ref for part in [*expression.get("args", []), *cases] for ref in leaves(part)]


def step_of(explorer: Explorer, document: dict[str, Any], by: str, number: int, sample: int = 0) -> dict[str, Any]:
    request = {"document": document, "by": by, "from": number, "limit": 1, "sample": sample}
    [step] = explorer.ask("/api/steps", request)["steps"]
    return step  # type: ignore[no-any-return]


def made_of_refs(explorer: Explorer, document: dict[str, Any], step: dict[str, Any]) -> set[str]:
    """The numbers in the formulas of a step."""
    found = {ref for one in step["refs"] for ref in leaves(explorer.explain(document, one)["expression"])}
    return {ref for ref in found if "[" in ref}


def go(explorer: Explorer, step: int) -> None:
    explorer.slider.fill(str(step))
    expect(explorer.page.locator(".sentence")).to_have_attribute("aria-busy", "false")


def test_the_weights_of_a_formula_stand_on_the_lit_lines(explorer: Explorer) -> None:
    looked = 0
    for slug in WALKED:
        document = explorer.choose(slug)["document"]
        explorer.press("3")
        for step in range(1, explorer.position()[1] + 1):
            go(explorer, step)
            found = made_of_refs(explorer, document, step_of(explorer, document, "node", step - 1))
            made_of = {ref for ref in found if ".w" in ref or ".b" in ref}
            lit = explorer.shown(explorer.diagram.locator(".edge-number.current"))
            assert made_of <= lit.keys(), (slug, step)
            looked += len(made_of)
    assert looked > 150


def test_the_inputs_and_gradients_of_a_formula_stand_on_the_nodes(explorer: Explorer) -> None:
    document = explorer.choose("two-layers")["document"]
    explorer.press("3")
    for step in range(1, explorer.position()[1] + 1):
        go(explorer, step)
        made_of = made_of_refs(explorer, document, step_of(explorer, document, "node", step - 1))
        assert made_of <= explorer.shown(explorer.diagram).keys(), step


def test_sums_over_the_batch_are_marked_and_those_of_one_sample_are_not(explorer: Explorer) -> None:
    trace = explorer.choose("batch-of-three")
    explorer.press("3")
    stage = next(s for s in trace["stages"] if s["computes"] == "input_gradient" and s["layer"] == "fc_2")
    go(explorer, explorer.position()[1] * 3 // 4)
    marked = explorer.diagram.locator(".edge-number text", has_text="Σ𝑛")
    expect(marked.first).to_be_visible()
    gradients = explorer.diagram.locator('.edge-number text[data-ref*=".grad"]')
    expect(marked).to_have_count(gradients.count())
    assert gradients.count() > 8
    expect(explorer.diagram.get_by_text("Σ𝑛: 3 samples")).to_be_visible()
    explorer.choose("two-layers")
    explorer.press("3")
    go(explorer, explorer.position()[1] * 3 // 4)
    expect(explorer.diagram.locator('.edge-number text[data-ref*=".grad"]').first).to_be_visible()
    expect(explorer.diagram.get_by_text("Σ𝑛")).to_have_count(0)
    assert stage["reads"] == ["fc_2.w"]


def test_a_term_of_another_sample_names_it_and_leads_there(explorer: Explorer) -> None:
    trace = explorer.choose("batch-of-three")
    stage = next(s for s in trace["stages"] if s["computes"] == "parameter_gradients" and s["layer"] == "fc_2")
    explorer.press("4")
    go(explorer, stage["start"] + 2)
    expect(explorer.sentence).to_contain_text("Sample 2 of 3")
    show = explorer.diagram.get_by_role("button", name="This term is of sample 2: show it")
    show.click()
    expect(explorer.diagram.get_by_label("Sample", exact=False).first).to_have_value("1")
    expect(show).to_have_count(0)
    term = step_of(explorer, trace["document"], "term", stage["start"] + 1, sample=1)["term"]
    for ref in term["factors"]:
        expect(explorer.diagram.locator(f'[data-ref="{ref}"][data-value]').first).to_be_attached()
    assert set(term["factors"]) <= explorer.shown(explorer.diagram).keys()


def test_maps_show_what_the_step_multiplies_by(maps: FeatureMaps) -> None:
    document = maps.open("convolution")["document"]
    explorer = maps.explorer
    explorer.press("3")
    looked = 0
    for step in range(1, explorer.position()[1] + 1):
        go(explorer, step)
        current = step_of(explorer, document, "node", step - 1)
        if current["phase"] not in {"forward", "backward"}:
            continue
        # A map shows one number per pixel: if its gradient is computed from the value, the inspector has the value.
        computed = {ref.partition("[")[0].removesuffix(".grad") for ref in current["refs"]}
        made_of = {ref for ref in made_of_refs(explorer, document, current) if ref.partition("[")[0] not in computed}
        shown = maps.region.locator("[data-map] [data-ref]").evaluate_all("all => all.map(one => one.dataset.ref)")
        assert {ref for ref in made_of if ".b[" not in ref} <= set(shown), step
        looked += len(made_of)
    assert looked > 80
