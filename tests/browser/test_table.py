"""A table is shown before it is used: typical tables, their usual faults, and files of other kinds."""

import json
import random

import pytest
from playwright.sync_api import expect

from tests.browser.axe import run
from tests.browser.explorer import Explorer
from tests.browser.table_dialog import TableDialog

SHOP = 'rooms,price,sold\n3,"1,408",1\n4,"2,250",0\n2,"950",1\n'


def flowers(rows: int = 30) -> str:
    """Id, four lengths and the species in words, generated from a seed."""
    draw = random.Random(1)
    species = ["Iris-setosa", "Iris-versicolor", "Iris-virginica"]
    lines = ["Id,SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm,Species"]
    for row in range(rows):
        kind = row * 3 // rows
        lengths = [draw.gauss(center + 0.5 * kind, 0.3) for center in (5.0, 3.0, 2.0, 0.8)]
        lines.append(",".join([str(row + 1), *(f"{one:.1f}" for one in lengths), species[kind]]))
    return "\n".join(lines)


@pytest.fixture
def table(explorer: Explorer) -> TableDialog:
    return TableDialog(explorer)


def test_flowers_are_shown_and_used_with_one_press_and_undone_with_one(table: TableDialog) -> None:
    """From the first network: the Id is unused, the loss and the width are adapted, weights that fit are kept."""
    explorer = table.explorer
    table.open().choose("iris.csv", flowers())
    expect(table.dialog.locator(".found")).to_have_text("30 rows, 6 columns")
    assert table.roles() == ["unused", "input", "input", "input", "input", "class"]
    expect(table.dialog).to_contain_text("Iris-setosa (10), Iris-versicolor (10), Iris-virginica (10)")
    expect(table.outcome).to_contain_text("30 samples with 4 inputs in 3 classes.")
    expect(table.outcome).to_contain_text("The loss is now Softmax cross entropy")
    # Until it is used, the network is unchanged.
    expect(explorer.diagram.locator(".node.input")).to_have_count(2)
    expect(table.use).to_have_text("Use, and fit the network")
    table.use.click()
    expect(table.dialog).to_have_count(0)
    expect(explorer.diagram.locator(".node.input")).to_have_count(4)
    expect(explorer.diagram.locator(".node.output")).to_have_count(3)
    expect(explorer.field("/layers/0/w/0/0")).to_have_attribute("data-value", "0.15")
    expect(explorer.field("/layers/0/w/1/1")).to_have_attribute("data-value", "0.3")
    expect(explorer.build).to_contain_text("Classes: 0 = Iris-setosa, 1 = Iris-versicolor, 2 = Iris-virginica")
    explorer.press("Control+z")
    expect(explorer.diagram.locator(".node.input")).to_have_count(2)
    expect(explorer.field("/x/0/1")).to_have_attribute("data-value", "0.5")


def test_scaled_inputs_show_what_enters_the_network_and_the_sheet_what_the_table_gives(table: TableDialog) -> None:
    explorer = table.explorer
    table.open().choose("t.csv", "a,b,y\n1,10,0\n2,30,1\n3,20,1\n")
    table.dialog.get_by_label("Scale the inputs").select_option(label="0 to 1")
    expect(table.use).to_be_enabled()
    table.use.click()
    expect(explorer.field("/data/rows/x/1/1")).to_have_attribute("data-value", "30")
    expect(explorer.diagram.locator('[data-ref="x[0,1]"]')).to_have_attribute("data-value", "0")
    # The number of the table is edited; the scaled ones follow.
    explorer.field("/data/rows/x/0/1").fill("25")
    expect(explorer.diagram.locator('[data-ref="x[0,1]"]')).to_have_attribute("data-value", "0.5")
    explorer.build.get_by_label("Scale the inputs").select_option(label="no")
    expect(explorer.diagram.locator('[data-ref="x[0,1]"]')).to_have_attribute("data-value", "25")
    explorer.press("Control+z")
    expect(explorer.diagram.locator('[data-ref="x[0,1]"]')).to_have_attribute("data-value", "0.5")


def test_a_table_comes_back_from_a_link_with_its_columns_and_scale(table: TableDialog) -> None:
    explorer = table.explorer
    table.open().choose("t.csv", "a,b,y\n1,10,0\n2,30,1\n3,20,1\n")
    table.dialog.get_by_label("Scale the inputs").select_option(label="0 to 1")
    table.use.click()
    expect(explorer.diagram.locator('[data-ref="x[0,1]"]')).to_have_attribute("data-value", "0")
    explorer.page.reload()
    expect(explorer.diagram.locator('[data-ref="x[0,1]"]')).to_have_attribute("data-value", "0")
    expect(explorer.field("/data/rows/x/1/1")).to_have_attribute("data-value", "30")
    expect(explorer.build.get_by_label("Scale the inputs")).to_have_value("minmax")


def test_a_person_decides_what_1408_with_a_comma_means(table: TableDialog) -> None:
    table.open().paste(SHOP)
    question = table.dialog.get_by_role("group", name="What is “1,408” in row 2, column 2?")
    expect(question.get_by_role("button")).to_have_text(["1408 commas separate thousands", "1.408 a decimal comma"])
    expect(table.use).to_be_disabled()
    question.get_by_role("button", name="1408 commas").click()
    expect(question).to_have_count(0)
    expect(table.use).to_be_enabled()
    table.use.click()
    expect(table.explorer.field("/data/rows/x/1/1")).to_have_attribute("data-value", "2250")
    assert table.panel.rows() == [[3, 1408, 1], [4, 2250, 0], [2, 950, 1]]


def test_columns_are_used_as_a_person_chooses(table: TableDialog) -> None:
    table.open().paste("1,14.23,1.71,2.43\n2,12.37,0.94,1.36\n3,12.86,1.35,2.32\n")
    table.role("1").select_option("class")
    table.role("4").select_option("input")
    expect(table.outcome).to_contain_text("3 samples with 3 inputs in 3 classes.")
    table.use.click()
    expect(table.explorer.field("/data/rows/y/2")).to_have_attribute("data-value", "2")
    assert table.panel.rows() == [[14.23, 1.71, 2.43, 0], [12.37, 0.94, 1.36, 1], [12.86, 1.35, 2.32, 2]]


def test_rows_with_gaps_are_named_and_left_out_when_asked(table: TableDialog) -> None:
    text = "PassengerId,Survived,Pclass,Name,Age\n" + "\n".join(
        f'{row},{row % 2},{1 + row % 3},"Person, Mr. {row}",{"" if row == 5 else 20 + row}' for row in range(1, 13)
    )
    table.open().choose("people.csv", text)
    assert table.roles() == ["unused", "target", "input", "unused", "input"]
    expect(table.dialog.get_by_role("alert")).to_contain_text(
        "Column 5 (Age): 1 cell empty, the first in row 6. Leave such rows out, or do not use the column."
    )
    expect(table.use).to_be_disabled()
    table.dialog.get_by_label("Leave out rows with empty cells").check()
    expect(table.outcome).to_contain_text("11 samples with 2 inputs and 1 target.")
    table.role("Name").select_option("input")
    expect(table.dialog.get_by_role("alert")).to_contain_text(
        "Column 4 (Name): “Person, Mr. 1” in row 2 is not a number (12 cells)."
    )


WRONG = [
    ("a,b,y\n1,2,1\n3,4", "Row 3 has 2 cells, the others have 3."),
    ("a,b,y\n1,2,1\n3,1e400,0", "“1e400” in row 3 is larger than any number that can be stored"),
    ("a,b,y\n1,1e400,1\n3,1e400,0", "2 numbers larger than any that can be stored, the first in row 2"),
    ('a,b,y\n1,2,1\n3,"4,0\n5,6,1', "A quotation that begins in row 3 never ends."),
    ("a\n1\n2\n3", "There is only one column"),
    ("a,b,a\n1,2,1\n3,4,0", "Columns 1 and 3 have the same heading “a”"),
    ("a,b,y\n1," + "x" * 5_000_000 + ",1\n2,3,0", "in row 2 is not a number"),
    ("\n".join(["1,2,3"] * 200_000), "200,000 rows; a batch has 10,000 samples at most."),
    ("\n".join([",".join(["1.5"] * 10_000)] * 3), "9,999 columns have this role; a layer takes 4,096 at most."),
]


def test_errors_name_row_and_column_and_the_network_stays(table: TableDialog) -> None:
    for text, message in WRONG:
        table.open().choose("wrong.csv", text)
        if "x" * 100 in text:
            table.role("b").select_option("input")
        expect(table.dialog).to_contain_text(message, timeout=60_000)
        table.dialog.get_by_role("button", name="Cancel").click()
        expect(table.dialog).to_have_count(0)
        expect(table.explorer.diagram.locator(".node.input")).to_have_count(2)
        expect(table.explorer.field("/x/0/1")).to_have_attribute("data-value", "0.5")
        expect(table.explorer.page.get_by_role("button", name="Table …")).to_be_focused()


def test_while_a_long_table_is_read_no_task_of_the_page_is_long(table: TableDialog) -> None:
    """Counted, not timed: the reading runs in a worker, so that the page's main thread parses nothing."""
    page = table.explorer.page
    with page.expect_worker() as worker:
        table.open()
    assert "worker" in worker.value.url
    table.choose("long.csv", "\n".join(["1.5,2,3"] * 200_000))
    expect(table.dialog).to_contain_text("200,000 rows, 3 columns", timeout=60_000)
    table.dialog.get_by_label("Use only the first 10,000 rows").check()
    expect(table.outcome).to_contain_text("10,000 samples with 2 inputs", timeout=60_000)


FOREIGN = [
    ("data.csv", b"PK\x03\x04\x00\x00[Content_Types].xml xl/workbook.xml", "an Excel workbook. Save the sheet as CSV"),
    ("model.pt", b"PK\x03\x04\x00\x00model/data.pkl", "a PyTorch file."),
    ("weights.h5", b"\x89HDF\r\n\x1a\n" + b"\0" * 50, "an HDF5 file"),
    ("model.keras", b"PK\x03\x04\x00\x00metadata.json", "a Keras model."),
    ("model.onnx", b"\x08\x07\x12\x07pytorch", "an ONNX network."),
    ("model.json", b'{"modelTopology": {}, "weightsManifest": []}', "a TensorFlow.js model without its weights"),
    ("cat.csv", b"\x89PNG\r\n\x1a\n\0\0", "an image."),
    ("table.csv", b"\x01\x02\x00\x05\x06", "not text, whatever its name."),
]


def test_files_of_other_programs_are_named_for_what_they_are(table: TableDialog) -> None:
    explorer = table.explorer
    for name, content, message in FOREIGN:
        drop(explorer, name, content)
        expect(explorer.page.locator(".page-notice")).to_contain_text(f"“{name}” is {message}")
        table.open().choose(name, content)
        expect(table.dialog.get_by_role("alert")).to_contain_text(message)
        expect(explorer.field("/x/0/1")).to_have_attribute("data-value", "0.5")
        table.dialog.get_by_role("button", name="Cancel").click()
        expect(table.dialog).to_have_count(0)


def drop(explorer: Explorer, name: str, content: bytes) -> None:
    """Drop a file on the middle of the page."""
    transfer = explorer.page.evaluate_handle(
        """([name, bytes]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(bytes)], name));
            return transfer;
        }""",
        [name, list(content)],
    )
    explorer.diagram.dispatch_event("dragover", {"dataTransfer": transfer})
    explorer.diagram.dispatch_event("drop", {"dataTransfer": transfer})


def test_a_table_is_dropped_on_the_picture_and_a_network_is_opened(table: TableDialog) -> None:
    explorer = table.explorer
    drop(explorer, "points.csv", b"a,b,c,out\n0.1,0.2,0.3,1\n0.4,0.5,0.6,0\n")
    expect(table.dialog.locator(".found")).to_have_text("2 rows, 4 columns")
    table.dialog.get_by_role("button", name="Cancel").click()
    network = {
        "input_shape": [1], "layers": [{"type": "Linear", "output_dim": 1}], "loss": {"type": "mean_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "data": {"rows": {"x": [[2], [4]], "y": [[1], [0]]}, "scale": "minmax"},
    }  # fmt: skip
    drop(explorer, "network.json", json.dumps(network).encode())
    expect(explorer.field("/data/rows/x/1/0")).to_have_attribute("data-value", "4")
    expect(explorer.diagram.locator('[data-ref="x[0,0]"]')).to_have_attribute("data-value", "0")


def test_rows_pasted_with_their_heading_open_the_dialog(table: TableDialog) -> None:
    table.panel.paste(table.explorer.field("/x/0/0"), "a\tb\ty\n0.1\t0.2\t1\n0.4\t0.5\t0")
    expect(table.dialog.locator(".found")).to_have_text("2 rows, 3 columns")
    table.explorer.press("Escape")
    expect(table.explorer.page.locator(".table-dialog")).to_have_count(0)
    table.explorer.page.locator("body").evaluate(
        """(body) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text', 'a,b\\n1,2\\n3,4');
            body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
        }"""
    )
    expect(table.dialog.locator(".found")).to_have_text("2 rows, 2 columns")


def test_the_dialog_is_used_by_keyboard_alone(table: TableDialog) -> None:
    explorer = table.explorer
    button = explorer.build.get_by_role("button", name="Table …")
    button.focus()
    explorer.press("Enter")
    table.dialog.get_by_label("Rows of the table").focus()
    explorer.page.keyboard.insert_text("a;b;y\n1;2;0\n3;4;1")
    explorer.press("Tab")
    expect(table.dialog.locator(".found")).to_have_text("2 rows, 3 columns")
    expect(table.use).to_be_enabled()
    table.use.focus()
    explorer.press("Enter")
    expect(explorer.field("/data/rows/x/1/0")).to_have_attribute("data-value", "3")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_dialog_has_no_violation_of_accessibility_and_fits(table: TableDialog, scheme: str, width: int) -> None:
    page = table.explorer.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 740})
    table.open().paste(SHOP)
    expect(table.dialog.locator(".columns")).to_be_visible()
    assert run(page, {}).response["violations"] == []
    box = table.dialog.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
