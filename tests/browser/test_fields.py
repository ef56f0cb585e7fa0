"""A number's field: what counts as one change, what it highlights, its matrix's labels, and pasting into it."""

import re

from playwright.sync_api import expect

from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer
from tests.browser.test_history import titles

WEIGHT = "/layers/0/w/0/0"


def test_each_value_kept_with_enter_is_a_change_and_escape_gives_back_the_last_of_them(explorer: Explorer) -> None:
    field = explorer.field(WEIGHT)
    field.click()
    for text in ("0.5", "0.6", "0.7"):
        explorer.page.keyboard.type(text)
        explorer.press("Enter")
    explorer.page.keyboard.type("0.8")
    explorer.press("Escape")
    expect(field).to_have_value("0.7")
    explorer.page.keyboard.type("abc")
    explorer.press("Escape")
    expect(field).to_have_value("0.7")
    expect(field).to_have_attribute("aria-invalid", "false")
    assert [title.rpartition(" ")[2] for title in titles(explorer)[1:]] == ["0.5", "0.6", "0.7"]
    for value in ("0.6", "0.5", "0.15"):
        explorer.press("Control+z")
        expect(field).to_have_attribute("data-value", value)


def test_a_field_and_its_number_in_the_picture_light_each_other(explorer: Explorer) -> None:
    lit = explorer.diagram.locator(".part.lit")
    for pointer, part in ((WEIGHT, "fc_1.w[0,0]"), ("/layers/0/b/1", "fc_1.b[1]"), ("/x/0/1", "x_2")):
        explorer.field(pointer).focus()
        expect(lit).to_have_attribute("data-part", part)
    explorer.field("/y/0/0").hover()
    expect(explorer.part("truth-0")).to_have_class(re.compile(r"\blit\b"))
    explorer.page.evaluate("document.activeElement.blur()")
    explorer.page.mouse.move(0, 0)
    expect(lit).to_have_count(0)
    marked = explorer.build.locator(".number-field.marked")
    explorer.part("x_1").hover()
    expect(marked).to_have_attribute("data-pointer", "/x/0/0")
    explorer.page.mouse.move(0, 0)
    expect(marked).to_have_count(0)
    explorer.press("End")
    # The line shows the updated weight then; the field is that of the weight.
    explorer.select("fc_1.w[1,0]")
    expect(marked).to_have_attribute("data-pointer", "/layers/0/w/1/0")


def test_small_matrices_name_their_rows_and_columns_as_the_picture_does(explorer: Explorer) -> None:
    explorer.choose("two-layers")
    heads = BuildPanel(explorer).layer("fc_1").locator(".numbers .head")
    expect(heads.filter(has=explorer.page.locator("math"))).to_have_count(5)
    read = [re.sub(r"\s", "", text) for text in heads.all_inner_texts()]
    assert read == ["", "ℎ1(1)", "ℎ2(1)", "𝑥1", "𝑥2", "𝑥0"]
    outputs = BuildPanel(explorer).layer("fc_2").locator(".numbers .head").all_inner_texts()
    assert [re.sub(r"\s", "", text) for text in outputs][3:] == ["ℎ1(1)", "ℎ2(1)", "ℎ0(1)"]


def test_rows_are_pasted_into_a_matrix_and_go_on_in_its_biases(explorer: Explorer) -> None:
    panel = BuildPanel(explorer)
    field = explorer.field(WEIGHT)
    panel.paste(field, "1\t2\n3\t4\n5\t6")
    for place, value in (("w/0/0", "1"), ("w/0/1", "2"), ("w/1/1", "4"), ("b/0", "5"), ("b/1", "6")):
        expect(explorer.field(f"/layers/0/{place}")).to_have_attribute("data-value", value)
    expect(field).to_have_value("1")
    explorer.press("Control+z")
    expect(explorer.field("/layers/0/w/1/1")).to_have_attribute("data-value", "0.3")
    expect(explorer.field("/layers/0/b/1")).to_have_attribute("data-value", "0.45")
    # A printed matrix of a program may be transposed: a dialog shows it first.
    panel.paste(field, "tensor([[1., 2.],\n        [3., 4.]])")
    dialog = explorer.page.get_by_role("dialog", name="Set all numbers")
    expect(dialog.get_by_label("Numbers", exact=True)).to_have_value("tensor([[1., 2.],\n        [3., 4.]])")
    dialog.get_by_role("radio", name="output").check()
    dialog.get_by_role("button", name="Use them").click()
    expect(explorer.field("/layers/0/w/0/1")).to_have_attribute("data-value", "3")
