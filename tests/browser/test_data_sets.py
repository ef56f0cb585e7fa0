"""Data of Build that the service draws: sets with their settings, as points of the plane."""

from playwright.sync_api import Locator, expect

from tests.browser.axe import assert_accessible
from tests.browser.explorer import Explorer, Watch
from tinyml.data import SETS, Batches, draw


def choose(explorer: Explorer, title: str) -> None:
    explorer.build.get_by_role("combobox", name="From", exact=True).select_option(label=title)


def points(explorer: Explorer, kind: str = "") -> Locator:
    return explorer.build.locator(f".surface-dots circle{kind}")


def test_a_set_is_chosen_divided_seen_and_taken_back(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    menu = explorer.build.get_by_role("combobox", name="From", exact=True)
    titles = [one["title"] for one in explorer.ask("/api/catalog")["sets"]]
    assert len(titles) == len(SETS)
    assert menu.locator("option").all_inner_texts() == ["rows of your own", *titles]
    choose(explorer, "Spiral")
    expect(points(explorer)).to_have_count(200)
    # The chapter's network has two outputs, the set one target: the service says what it changed.
    expect(explorer.build.locator(".fitted")).to_contain_text("fc_1 now has 1 output.")
    expect(explorer.field("/layers/0/output_dim")).to_have_attribute("data-value", "1")
    explorer.field("/data/batch").fill("10")
    explorer.field("/data/held_out").fill("0.2")
    batches = Batches(200, 10, "shuffled", 0.2, 0)
    expect(explorer.build).to_contain_text("160 rows are trained on, 40 held out. An epoch has 16 training steps.")
    expect(points(explorer, ".held-out")).to_have_count(40)
    expect(points(explorer, ".in-batch")).to_have_count(10)
    rows = ", ".join(str(row + 1) for row in batches.rows(0, 0))
    expect(explorer.build).to_contain_text(f"Mini-batch 1 of 16, epoch 1: rows {rows}.")
    first = batches.rows(0, 0)[0]
    x, _ = draw("spiral", 200, 0.0, 0)
    expect(explorer.diagram.locator('[data-ref="x[0,0]"]')).to_have_attribute("data-value", repr(x[first, 0].item()))
    assert_accessible(explorer)

    # A number that does not fit is explained at its field, with a way out; what works stays.
    explorer.field("/data/batch").fill("170")
    message = explorer.build.locator(".message", has_text="there are 160")
    message.get_by_role("button", name="Use 160").click()
    expect(explorer.field("/data/batch")).to_have_attribute("data-value", "160")
    expect(explorer.build).to_contain_text("An epoch has 1 training step.")

    explorer.build.get_by_role("button", name="Draw other points").click()
    expect(explorer.field("/data/seed")).to_have_attribute("data-value", "1")
    choose(explorer, "rows of your own")
    # The same rows, mini-batches and numbers: only their place has changed.
    expect(explorer.field("/data/rows/x/0/0")).to_be_visible()
    expect(points(explorer, ".held-out")).to_have_count(40)
    for _ in range(6):
        explorer.press("Control+z")
    expect(menu).to_have_value("")
    expect(explorer.field("/x/0/0")).to_have_attribute("data-value", "0.1")
    expect(explorer.field("/layers/0/output_dim")).to_have_attribute("data-value", "2")


def test_rows_of_ones_own_become_mini_batches(explorer: Explorer) -> None:
    explorer.begin("xor")
    explorer.build.get_by_text("Mini-batches and held-out rows").click()
    division = explorer.build.locator("details.more", has_text="Mini-batches")
    division.get_by_role("combobox", name="Mini-batch").select_option(label="rows:")
    expect(explorer.field("/data/batch")).to_have_attribute("data-value", "4")
    explorer.field("/data/batch").fill("3")
    rows = Batches(4, 3, "shuffled", 0.0, 0).rows(0, 0)
    expect(explorer.build.locator(".sample-head.in-batch")).to_have_count(3)
    marked = explorer.build.locator(".sample-head.in-batch").all_inner_texts()
    assert sorted(marked) == sorted(str(row + 1) for row in rows)
    expect(points(explorer, ".in-batch")).to_have_count(3)


def test_points_are_changed_by_hand_and_taken_back(explorer: Explorer) -> None:
    choose(explorer, "Exclusive or")
    explorer.field("/data/samples").fill("40")
    expect(points(explorer)).to_have_count(40)
    explorer.build.get_by_role("button", name="Change points by hand").click()
    plane = explorer.build.get_by_role("application")
    menu = explorer.build.get_by_role("combobox", name="From", exact=True)
    plane.focus()
    explorer.press("PageDown")
    explorer.press("Shift+ArrowLeft", 2)
    # The points of the set are now rows of the document, and the others are as they were.
    expect(menu).to_have_value("")
    x, _ = draw("xor", 40, 0.0, 0)
    moved = explorer.field("/data/rows/x/0/0")
    expect(moved).not_to_have_attribute("data-value", repr(x[0, 0].item()))
    assert float(moved.get_attribute("data-value") or "nan") < x[0, 0]
    expect(explorer.field("/data/rows/x/1/0")).to_have_attribute("data-value", repr(x[1, 0].item()))
    expect(explorer.build).to_contain_text("Rows of your own are now in place of the set “Exclusive or”.")
    explorer.press("Delete")
    expect(points(explorer)).to_have_count(39)
    explorer.press("Enter")
    expect(points(explorer)).to_have_count(40)
    box = plane.bounding_box()
    assert box is not None
    # By pointer: the point that was added is dragged, and an empty corner gets another one.
    dot = points(explorer).last.bounding_box()
    assert dot is not None
    explorer.page.mouse.move(dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2)
    explorer.page.mouse.down()
    explorer.page.mouse.move(box["x"] + box["width"] * 0.98, box["y"] + box["height"] * 0.5, steps=3)
    explorer.page.mouse.up()
    expect(points(explorer)).to_have_count(40)
    explorer.page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    expect(points(explorer)).to_have_count(41)
    for _ in range(5):
        explorer.press("Control+z")
    expect(menu).to_have_value("xor")
    expect(points(explorer)).to_have_count(40)
    assert_accessible(explorer)
    # A training has the rows that were changed.
    for _ in range(5):
        explorer.press("Control+Shift+z")
    expect(points(explorer)).to_have_count(41)
    titles = points(explorer).locator("title").all_text_contents()
    explorer.page.get_by_role("link", name="Train", exact=True).click()
    train = explorer.page.get_by_role("region", name="Training", exact=True)
    train.get_by_role("button", name="One step", exact=True).click()
    trained = train.locator(".surface-panel .surface-dots circle title")
    expect(trained).to_have_count(41, timeout=60_000)
    # Build also says which of them are in the mini-batch.
    for shown, title in zip(trained.all_text_contents(), titles, strict=True):
        assert title.startswith(shown)
