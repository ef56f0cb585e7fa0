"""Common sizes in the page, 10,000 rows through 2-8-8-1 and 784-256-10: they open, step, explain and train on."""

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.explorer import Explorer, numbers_of

ROWS = 10_000


def rows_of_data(width: int = 8) -> dict[str, Any]:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(ROWS, 2)).round(4)
    return {
        "name": "Rows",
        "input_shape": [2],
        "layers": [
            {"type": "Linear", "output_dim": width},
            {"type": "Tanh"},
            {"type": "Linear", "output_dim": width},
            {"type": "Tanh"},
            {"type": "Linear", "output_dim": 1},
        ],
        "loss": {"type": "binary_cross_entropy"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": x.tolist(),
        "y": (x.prod(axis=1, keepdims=True) > 0).astype(float).tolist(),
    }


def digits() -> dict[str, Any]:
    rng = np.random.default_rng(0)
    return {
        "name": "Digits",
        "input_shape": [784],
        "layers": [{"type": "Linear", "output_dim": 256}, {"type": "ReLu"}, {"type": "Linear", "output_dim": 10}],
        "loss": {"type": "softmax_cross_entropy"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": rng.uniform(size=(1, 784)).round(3).tolist(),
        "y": [3],
    }


@pytest.fixture(scope="module")
def brought() -> list[dict[str, Any]]:
    """The network of ten thousand rows with its weights, once it has been opened."""
    return []


@pytest.fixture
def rows(ongoing: Explorer, brought: list[dict[str, Any]]) -> dict[str, Any]:
    """Ten thousand rows in the picture, before the first step."""
    ongoing.page.get_by_role("link", name="Diagram").click()
    if ongoing.diagram.get_by_text("of 10,000").count() == 0:
        brought[:] = [ongoing.bring(rows_of_data())["document"]]
    ongoing.press("Home")
    ongoing.expect_position(0)
    return brought[0]


def test_ten_thousand_rows_are_too_many_for_a_link(ongoing: Explorer, rows: dict[str, Any]) -> None:
    ongoing.page.get_by_role("button", name="Share").click()
    expect(ongoing.page.get_by_role("alert").filter(has_text="too large for a link")).to_be_visible()
    ongoing.press("Escape")
    expect(ongoing.page.get_by_role("dialog")).to_have_count(0)


def test_the_sheet_of_ten_thousand_rows_draws_those_in_view(ongoing: Explorer, rows: dict[str, Any]) -> None:
    cells = ongoing.build.locator('.data [data-pointer^="/x/"]')
    expect(ongoing.field("/x/0/0")).to_be_visible()
    assert cells.count() < 200
    ongoing.build.locator(".data .cells").evaluate("sheet => { sheet.scrollTop = sheet.scrollHeight; }")
    last = ongoing.field(f"/y/{ROWS - 1}/0")
    expect(last).to_be_attached(timeout=30_000)
    assert cells.count() < 200
    expect(last).to_have_value(f"{rows['y'][-1][0]:g}")


def test_a_number_of_ten_thousand_rows_explains_itself(ongoing: Explorer, rows: dict[str, Any]) -> None:
    ongoing.press("End")
    explained = ongoing.explain(rows, "fc_3.w.grad[0,0]")
    number = ongoing.inspector.locator('[data-ref="fc_3.w.grad[0,0]"]').first
    expect(number).to_have_attribute("data-value", str(explained["value"]), timeout=30_000)


def test_matrices_of_ten_thousand_rows_have_the_row_of_the_sample(ongoing: Explorer, rows: dict[str, Any]) -> None:
    ongoing.press("End")
    ongoing.page.get_by_role("link", name="Matrices").or_(
        ongoing.page.get_by_role("radio", name="Matrices")
    ).first.click()
    view = ongoing.page.get_by_role("region", name="Matrices")
    expect(view.get_by_text("Of the 10,000 samples only the one in the diagram is shown")).to_be_attached()
    trace = ongoing.trace(rows)
    # The view has scrolled to the update: only what is in view is drawn.
    expect(view.locator(".matrix-equation.current")).to_be_in_viewport()
    view.locator(".matrix-equation.current").hover()
    ongoing.page.mouse.wheel(0, -10_000)
    row = view.locator('[data-equation="fc_1 forward"] [data-ref^="fc_1.output[0,"]')
    expect(row).to_have_count(8)
    shown = [float(value) for value in row.evaluate_all("all => all.map(one => one.dataset.value)")]
    assert shown == trace["tensors"]["fc_1.output"][0]


def test_ten_thousand_rows_show_the_numbers_of_the_chosen_sample(ongoing: Explorer, rows: dict[str, Any]) -> None:
    field = ongoing.diagram.get_by_role("textbox", name=re.compile("^Sample"))
    expect(ongoing.diagram.get_by_text("of 10,000")).to_be_visible()
    ongoing.press("End")
    ongoing.diagram.get_by_role("button", name="As a table").click()
    for sample in (0, 9_875):
        if sample:
            field.fill(str(sample + 1))
            field.press("Enter")
        expect(ongoing.diagram.locator(f'[data-ref="fc_3.output[{sample},0]"]').first).to_be_attached(timeout=30_000)
        trace = ongoing.trace(rows, sample)
        assert trace["sampled"]
        numbers = numbers_of(trace)
        shown = ongoing.shown(ongoing.diagram)
        of_sample = {ref: value for ref, value in shown.items() if ".output[" in ref or ".output.grad[" in ref}
        assert len(of_sample) > 30
        assert {ref: numbers[ref] for ref in of_sample} == of_sample
    field.fill("10001")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.press("Escape")
    expect(field).to_have_value("9876")
    ongoing.diagram.get_by_role("button", name="As a table").click()
    expect(ongoing.diagram.locator("[data-part]").first).to_be_attached()


def test_ten_thousand_rows_train_on(ongoing: Explorer, rows: dict[str, Any]) -> None:
    ongoing.press("End")
    ongoing.press("ArrowRight")
    expect(ongoing.timeline.get_by_role("textbox", name="Training step")).to_have_value("2", timeout=30_000)
    after = ongoing.ask("/api/advance", {"document": rows, "steps": 1})
    ongoing.press("End")
    expect(ongoing.diagram.locator('[data-ref="loss"]').first).to_have_attribute("data-value", str(after["losses"][1]))


def test_784_256_10_opens_steps_and_trains_on(explorer: Explorer) -> None:
    document = explorer.bring(digits())["document"]
    trace = explorer.trace(document)
    explorer.press("ArrowRight")
    expect(explorer.inspector.locator('[data-ref="fc_1.output[0,0]"]').first).to_have_attribute(
        "data-value", str(trace["tensors"]["fc_1.output"][0][0]), timeout=20_000
    )
    explorer.press("End")
    assert explorer.shown(explorer.diagram)["loss"] == trace["loss"]["value"]
    explorer.press("ArrowRight")
    expect(explorer.timeline.get_by_role("textbox", name="Training step")).to_have_value("2", timeout=60_000)
    after = explorer.ask("/api/advance", {"document": document, "steps": 1})
    explorer.press("End")
    expect(explorer.diagram.locator('[data-ref="loss"]').first).to_have_attribute(
        "data-value", str(after["losses"][1]), timeout=20_000
    )
