"""The table of the Check view: its order, its filter, and navigation by key."""

import pytest
from playwright.sync_api import expect

from tests.browser.check_view import CheckView
from tests.browser.explorer import Explorer

W12 = "fc_1.w[0,1]"


@pytest.mark.parametrize(
    ("name", "column"), [("Analytic", "analytic"), ("Right loss", "right"), ("Numeric", "numeric")]
)
def test_a_column_sorts_by_click_and_by_key(ongoing_view: CheckView, name: str, column: str) -> None:
    rows = ongoing_view.check_answer(ongoing_view.explorer.example("chapter"))["rows"]
    ascending = [row["ref"] for row in sorted(rows, key=lambda row: row[column])]
    ongoing_view.head(name).get_by_role("button").click()
    expect(ongoing_view.head(name)).to_have_attribute("aria-sort", "ascending")
    assert ongoing_view.refs() == ascending
    ongoing_view.page.keyboard.press("Enter")
    expect(ongoing_view.head(name)).to_have_attribute("aria-sort", "descending")
    assert ongoing_view.refs() == ascending[::-1]
    assert ongoing_view.table.locator("[aria-sort]").count() == 1


def test_the_worst_come_worst_first(view: CheckView) -> None:
    document = view.explorer.example("batch-of-three")
    view.page.get_by_label("Example").select_option("batch-of-three")
    view.page.set_viewport_size({"width": 1280, "height": 1800})
    rows = view.check_answer(document)["rows"]
    expect(view.table.locator("[data-row]")).to_have_count(len(rows))
    view.page.get_by_label("20 largest errors").check(force=True)
    expect(view.table.locator("[data-row]")).to_have_count(20)
    assert view.refs() == [row["ref"] for row in sorted(rows, key=lambda row: -row["relative_error"])][:20]
    expect(view.head("Relative error")).to_have_attribute("aria-sort", "descending")


def test_the_rows_of_one_layer_can_be_had_alone(view: CheckView) -> None:
    document = view.explorer.example("two-layers")
    view.page.get_by_label("Example").select_option("two-layers")
    menu = view.region.get_by_role("combobox")
    menu.select_option("fc_2")
    refs = [row["ref"] for row in view.check_answer(document)["rows"] if row["ref"].startswith("fc_2.")]
    expect(view.table.locator("[data-row]")).to_have_count(len(refs))
    assert view.refs() == refs
    view.page.get_by_label("Example").select_option("chapter")
    expect(menu).to_have_value("")
    expect(view.row(W12)).to_be_visible()


def test_rows_are_walked_by_key(view: CheckView) -> None:
    refs = view.refs()
    view.row(refs[0]).get_by_role("button").focus()
    view.page.keyboard.press("ArrowDown")
    expect(view.row(refs[1]).get_by_role("button")).to_be_focused()
    expect(view.mark(refs[1])).to_have_class("mark lit")
    view.page.keyboard.press("End")
    expect(view.row(refs[-1]).get_by_role("button")).to_be_focused()
    expect(view.row(refs[-1])).to_be_in_viewport()
    view.page.keyboard.press("Enter")
    expect(view.row(refs[-1]).get_by_role("button")).to_have_attribute("aria-pressed", "true")
    view.page.keyboard.press("Home")
    expect(view.row(refs[0]).get_by_role("button")).to_be_focused()
    # One tab stop for all rows: the next one is in the field after the table, or the page's end.
    assert view.table.locator('tbody button[tabindex="0"]').count() == 1


def test_of_thousands_of_rows_only_those_in_view_are_drawn(unopened: Explorer) -> None:
    name = "Wide"
    document = {
        "name": name,
        "input_shape": [20],
        "layers": [{"type": "Linear", "output_dim": 90}, {"type": "Tanh"}, {"type": "Linear", "output_dim": 30}],
        "loss": {"type": "mean_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[0.05 * i for i in range(20)]],
        "y": [[0.0] * 30],
    }
    examples = [*unopened.ask("/api/examples"), {"slug": "wide", "name": name, "title": name, "document": document}]
    unopened.page.route("**/api/examples?*", lambda route: route.fulfill(json=examples))
    unopened.open()
    view = CheckView(unopened)
    view.open()
    view.page.get_by_label("Example").select_option("wide")
    count = 20 * 90 + 90 + 90 * 30 + 30 + 20
    expect(view.summary).to_contain_text(f"All {count} derivatives agree")
    expect(view.table).to_have_attribute("aria-rowcount", str(count + 1))
    assert view.table.locator("[data-row]").count() < 60
    first = view.refs()[0]
    view.row(first).get_by_role("button").focus()
    view.page.keyboard.press("End")
    expect(view.row("x[0,19]").get_by_role("button")).to_be_focused()
    assert view.table.locator("[data-row]").count() < 60
    view.page.keyboard.press("Home")
    expect(view.row(first).get_by_role("button")).to_be_focused()


def test_the_numbers_of_a_row_stand_on_one_line(view: CheckView) -> None:
    cells = view.row(view.refs()[0]).locator("td:not(.verdict) [data-value]")
    lines = cells.evaluate_all(
        """all => all.map(one => {
            const { top, height } = one.getBoundingClientRect();
            return [Math.round(top + height / 2), getComputedStyle(one).fontSize];
        })"""
    )
    assert len(lines) >= 5
    heights, sizes = zip(*lines, strict=True)
    assert max(heights) - min(heights) <= 1
    assert len(set(sizes)) == 1
