"""The batch as a sheet: by keyboard, pasted, and from a file."""

import pytest
from playwright.sync_api import expect

from benchmarks.page_steps import document
from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer
from tests.browser.feature_maps import FeatureMaps
from tests.browser.test_large import opened


@pytest.fixture
def panel(ongoing: Explorer) -> BuildPanel:
    """The panel with a batch of four samples of two inputs and a target."""
    ongoing.begin("xor")
    return BuildPanel(ongoing)


def test_keys_go_from_cell_to_cell_as_in_a_spreadsheet(panel: BuildPanel) -> None:
    field = panel.explorer.field
    field("/x/0/0").click()
    for key, pointer in [
        ("ArrowDown", "/x/1/0"),
        ("ArrowRight", "/x/1/1"),
        ("ArrowRight", "/y/1/0"),
        ("ArrowLeft", "/x/1/1"),
        ("Enter", "/x/2/1"),
        ("Shift+Enter", "/x/1/1"),
        ("ArrowUp", "/x/0/1"),
        ("ArrowUp", "/x/0/1"),
        ("Tab", "/y/0/0"),
    ]:
        panel.page.keyboard.press(key)
        expect(field(pointer)).to_be_focused()
    panel.page.keyboard.type("0,5")
    panel.page.keyboard.press("Enter")
    expect(field("/y/1/0")).to_be_focused()
    expect(panel.explorer.diagram.locator('[data-ref="y[0,0]"]')).to_have_attribute("data-value", "0.5")


def test_alt_and_an_arrow_change_the_number_itself(panel: BuildPanel) -> None:
    panel.explorer.field("/x/0/0").focus()
    panel.page.keyboard.press("Alt+ArrowUp")
    expect(panel.explorer.diagram.locator('[data-ref="x[0,0]"]')).to_have_attribute("data-value", "0.01")
    expect(panel.explorer.field("/x/0/0")).to_be_focused()


def test_rows_are_added_and_removed_where_one_looks(panel: BuildPanel) -> None:
    panel.panel.get_by_role("button", name="Draw sample 2").click()
    expect(panel.explorer.diagram.locator('[data-ref="x[1,1]"]')).to_have_attribute("data-value", "1")
    expect(panel.explorer.diagram.get_by_label("Sample")).to_have_value("1")
    panel.panel.get_by_role("button", name="+ sample").click()
    expect(panel.explorer.field("/x/4/0")).to_be_visible()
    assert panel.rows() == [[0, 0, 0], [0, 1, 1], [0, 1, 1], [1, 0, 1], [1, 1, 0]]
    panel.panel.get_by_role("button", name="Draw sample 5").click()
    for _ in range(4):
        panel.panel.get_by_role("button", name="− sample").click()
    expect(panel.explorer.field("/x/1/0")).to_have_count(0)
    assert panel.rows() == [[0, 0, 0]]
    expect(panel.panel.get_by_role("button", name="− sample")).to_be_disabled()
    expect(panel.explorer.diagram.locator('[data-ref="x[0,1]"]')).to_have_attribute("data-value", "0")


def test_a_table_is_pasted_from_a_spreadsheet(panel: BuildPanel) -> None:
    panel.paste(panel.explorer.field("/x/2/1"), "0,25\t1/4\n0,75\t1e-1\n2\t−3")
    expect(panel.explorer.field("/x/4/1")).to_have_attribute("data-value", "2")
    assert panel.rows() == [[0, 0, 0], [0, 1, 1], [1, 0.25, 0.25], [1, 0.75, 0.1], [1, 2, -3]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1\tabc", "Row 1, column 2: “abc” is not a number. Nothing was changed."),
        ("\n".join(["1\t2"] * 10_006), "10,006 samples, but a batch has at most 10,000."),
    ],
)
def test_an_invalid_paste_is_refused_and_changes_nothing(panel: BuildPanel, text: str, message: str) -> None:
    panel.paste(panel.explorer.field("/x/0/1"), text)
    expect(panel.panel.get_by_text(message)).to_be_visible()
    assert panel.rows() == [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]


def test_classes_can_be_typed_as_numbers_for_each_output(explorer: Explorer) -> None:
    explorer.choose("softmax-classifier")
    panel = BuildPanel(explorer)
    panel.panel.get_by_role("radio", name="numbers").check()
    expect(explorer.field("/y/5/2")).to_have_attribute("data-value", "1")
    panel.panel.get_by_role("radio", name="classes").check()
    expect(explorer.field("/y/5")).to_have_attribute("data-value", "2")


def test_of_many_samples_only_those_in_view_are_drawn(panel: BuildPanel) -> None:
    panel.paste(panel.explorer.field("/x/0/0"), "\n".join(f"{row / 1000}\t0\t1" for row in range(1000)))
    expect(panel.panel.get_by_text("1,000 samples of at most 10,000")).to_be_visible()
    assert len(panel.rows()) < 40
    panel.explorer.field("/x/0/0").focus()
    sheet = panel.panel.locator(".cells").first
    sheet.evaluate("box => { box.scrollTop = 500 * 30; }")
    expect(panel.explorer.field("/x/503/0")).to_have_attribute("data-value", "0.503")
    panel.explorer.field("/x/503/0").focus()
    panel.explorer.press("ArrowDown", 12)
    expect(panel.explorer.field("/x/515/0")).to_be_focused()


def test_images_have_no_sheet_and_the_sample_can_still_be_chosen(unopened: Explorer) -> None:
    pictured = {
        "name": "Two images",
        "input_shape": [1, 2, 2],
        "layers": [{"type": "Flatten"}, {"type": "Linear", "output_dim": 1}],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[[[1, 2], [3, 4]]], [[[5, 6], [7, 8]]]],
        "y": [[0], [1]],
    }
    answer = [{"slug": "images", "name": "Two images", "title": "Two images", "document": pictured}]
    unopened.page.route("**/api/examples?*", lambda route: route.fulfill(json=answer))
    unopened.page.goto(unopened.origin)
    expect(unopened.build).to_contain_text("Each sample is an image of 1×2×2 numbers; the diagram shows it.")
    with unopened.page.expect_request(lambda request: "/api/trace?sample=1" in request.url):
        unopened.build.get_by_label("Sample drawn").select_option(label="2")


def test_a_class_beyond_the_outputs_gets_outputs_and_both_are_undone_together(explorer: Explorer) -> None:
    explorer.choose("softmax-classifier")
    explorer.field("/y/0").fill("4")
    expect(explorer.diagram.locator(".node.output")).to_have_count(5)
    outcome = explorer.build.locator(".fitted")
    expect(outcome).to_contain_text("fc_1 now has 5 outputs.")
    outcome.get_by_role("button", name="Undo").click()
    expect(explorer.diagram.locator(".node.output")).to_have_count(3)
    expect(explorer.field("/y/0")).to_have_attribute("data-value", "0")


def test_all_columns_of_a_sheet_are_gone_through_with_tab_and_what_is_typed_in_stays(unopened: Explorer) -> None:
    opened(unopened, 20, 20, 4)
    for column in range(20):
        field = unopened.field(f"/x/0/{column}")
        if column == 0:
            field.focus()
        expect(field).to_be_focused()
        unopened.press("Tab")
    field = unopened.field("/layers/0/w/0/0")
    field.focus()
    field.locator("xpath=ancestor::div[@class='cells']").evaluate("sheet => { sheet.scrollTop = sheet.scrollHeight; }")
    expect(unopened.field("/layers/0/w/19/0")).to_be_visible()
    unopened.page.keyboard.type("7")
    expect(field).to_have_attribute("data-value", "7")
    # Without the focus a sheet has only the visible fields and a few more: typing has scrolled back to the first.
    expect(unopened.field("/layers/0/w/19/19")).to_have_count(1)
    unopened.page.get_by_label("Example").focus()
    expect(unopened.field("/layers/0/w/19/19")).to_have_count(0)


def test_no_column_is_out_of_sight_without_a_sign(explorer: Explorer) -> None:
    explorer.choose("batch-of-three")
    sheet = explorer.build.locator(".sheet")
    more = sheet.locator(".sideways-sign")
    for row in range(3):
        for pointer in (f"/x/{row}/0", f"/x/{row}/2", f"/y/{row}/1"):
            expect(explorer.field(pointer)).to_be_in_viewport(ratio=1)
    expect(more).to_have_count(0)
    # Numbers in one line continue in the next.
    FeatureMaps(explorer).open("digits-cnn")
    for bias in range(4):
        field = explorer.field(f"/layers/0/b/{bias}")
        field.scroll_into_view_if_needed()
        expect(field).to_be_in_viewport(ratio=1)
    # If columns do not fit, an arrow at the edge shows this and scrolls to them.
    explorer.bring(document([20, 2, 2]))
    expect(more).to_have_attribute("title", "More to the right")
    more.click()
    expect(more).to_have_count(2)
    sheet.locator(".cells").evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    expect(more).to_have_count(1)
    expect(more).to_have_attribute("title", "More to the left")
    expect(explorer.field("/y/0/1")).to_be_in_viewport(ratio=1)
