"""Undo and redo of everything, by name, and the differences from a pinned snapshot."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.axe import assert_accessible
from tests.browser.explorer import Explorer, Watch

WEIGHT = "/layers/0/w/0/1"


def titles(explorer: Explorer) -> list[str]:
    """The changes, oldest first, as text: symbols are given by their letters and indices."""
    explorer.page.get_by_role("button", name="History").click()
    titles_shown = explorer.page.locator(".history li .title").all_inner_texts()
    explorer.press("Escape")
    return [" ".join(title.split()) for title in reversed(titles_shown)]


def value(explorer: Explorer, pointer: str) -> str | None:
    return explorer.field(pointer).get_attribute("data-value")


def button(explorer: Explorer, name: str) -> Locator:
    return explorer.page.get_by_role("button", name=name)


def test_what_is_typed_is_one_change_with_a_name_and_is_undone_by_its_button(explorer: Explorer) -> None:
    field = explorer.field(WEIGHT)
    field.click()
    field.press_sequentially("0.35")
    expect(button(explorer, "Undo: w 1 2 of layer 1 0.2 → 0.35")).to_be_visible()
    explorer.press("Tab")
    button(explorer, "Undo").click()
    expect(field).to_have_value("0.2")
    expect(explorer.diagram.locator('[data-ref="fc_1.w[0,1]"]')).to_have_attribute("data-value", "0.2")
    expect(button(explorer, "Nothing to undo")).to_have_attribute("aria-disabled", "true")
    button(explorer, "Redo: w 1 2 of layer 1 0.2 → 0.35").click()
    expect(field).to_have_value("0.35")
    expect(button(explorer, "Nothing to redo")).to_be_visible()


def test_the_keys_go_back_and_forth_within_a_field_too(explorer: Explorer) -> None:
    rate = explorer.field("/optimizer/lr")
    rate.fill("0.1")
    explorer.field("/x/0/0").fill("0.9")
    explorer.press("Control+z")
    expect(explorer.field("/x/0/0")).to_have_value("0.1")
    expect(explorer.field("/x/0/0")).to_be_focused()
    explorer.press("Control+z")
    expect(rate).to_have_value("0.5")
    explorer.press("Control+Shift+z")
    expect(rate).to_have_value("0.1")
    explorer.press("Control+y")
    expect(explorer.field("/x/0/0")).to_have_value("0.9")
    explorer.press("Meta+z")
    expect(explorer.field("/x/0/0")).to_have_value("0.1")


def test_everything_has_its_entry(explorer: Explorer) -> None:
    explorer.choose("two-layers")
    explorer.field("/optimizer/lr").fill("0.3")
    explorer.field("/y/0/0").fill("1/2")
    explorer.build.get_by_label("Loss").select_option("huber")
    explorer.build.get_by_label("Optimizer").select_option("adam")
    expect(explorer.build.get_by_label("Optimizer")).to_have_value("adam")
    *earlier, target, loss, optimizer = titles(explorer)
    assert earlier == ["“Fully connected layer” opened", "“Two layers with ReLU” opened", "learning rate 0.1 → 0.3"]
    assert target.endswith("0.99 → 0.5")
    assert (loss, optimizer) == ("loss Half squared error → Huber", "optimizer Gradient descent → Adam")


def test_one_jumps_to_any_entry_of_the_list(explorer: Explorer) -> None:
    for rate in ("0.1", "0.2", "0.3"):
        explorer.field("/optimizer/lr").fill(rate)
        explorer.press("Tab")
    explorer.page.get_by_role("button", name="History").click()
    entries = explorer.page.get_by_role("dialog", name="History").get_by_role("listitem")
    expect(entries).to_have_count(4)
    entries.filter(has_text="0.5 → 0.1").get_by_role("button").click()
    expect(explorer.field("/optimizer/lr")).to_have_value("0.1")
    expect(entries.filter(has_text="shown now")).to_contain_text("0.5 → 0.1")
    entries.filter(has_text="0.2 → 0.3").get_by_role("button").click()
    expect(explorer.field("/optimizer/lr")).to_have_value("0.3")


def test_what_the_service_refused_is_undone_too(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    explorer.field("/optimizer/lr").fill("-1")
    expect(explorer.field("/optimizer/lr")).to_have_attribute("aria-invalid", "true")
    explorer.press("Control+z")
    expect(explorer.field("/optimizer/lr")).to_have_value("0.5")
    expect(explorer.field("/optimizer/lr")).to_have_attribute("aria-invalid", "false")


def test_differences_to_a_pinned_snapshot_are_sorted_by_size(explorer: Explorer) -> None:
    before = explorer.trace(explorer.example("chapter"))
    explorer.press("p")
    differences = explorer.page.get_by_role("region", name="Differences")
    expect(differences).to_contain_text("None of 24 numbers differs from the snapshot after")
    explorer.field(WEIGHT).fill("0.35")
    document = explorer.example("chapter")
    document["layers"][0]["w"][0][1] = 0.35
    after = explorer.trace(document)
    row = differences.locator('tr[data-difference="loss"]')
    expect(row).to_be_visible()
    cells = [float(one.get_attribute("data-value") or "") for one in row.locator("[data-value]").all()]
    assert cells == [before["loss"]["value"], after["loss"]["value"], cells[1] - cells[0]]
    sizes = [
        abs(float(one.get_attribute("data-value") or ""))
        for one in differences.locator("td:last-child [data-value]").all()
    ]
    assert sizes == sorted(sizes, reverse=True)
    expect(differences).to_contain_text(f"{len(sizes)} of 24 numbers differ from the snapshot after")


def test_a_pin_names_its_training_step_and_so_do_differences_and_history(explorer: Explorer) -> None:
    document = explorer.example("chapter")
    explorer.press("p")
    differences = explorer.page.get_by_role("region", name="Differences")
    expect(differences).not_to_contain_text("training step")
    for step in (2, 3):
        explorer.press("n")
        explorer.expect_training_step(step)
    expect(differences).to_contain_text("training step 1 ↔ training step 3")
    expect(differences.get_by_role("columnheader", name="Pinned, step 1")).to_be_visible()
    expect(differences.get_by_role("columnheader", name="Now, step 3")).to_be_visible()
    row = differences.locator('tr[data-difference="loss"]')
    cells = [float(one.get_attribute("data-value") or "") for one in row.locator("[data-value]").all()]
    losses = explorer.ask("/api/advance", {"document": document, "steps": 2})["losses"]
    assert cells[:2] == [losses[0], losses[2]]
    differences.get_by_role("button", name="Pin now").click()
    explorer.press("Shift+N")
    expect(differences).to_contain_text("training step 3 ↔ training step 2")
    expect(button(explorer, "Pinned")).to_have_attribute("title", re.compile("training step 3 is pinned"))
    # Changes made in a later training step say so in the history; steps between training steps by their titles.
    explorer.field(WEIGHT).fill("0.35")
    explorer.page.keyboard.press("Tab")
    explorer.page.get_by_role("button", name="History").click()
    entries = explorer.page.get_by_role("list", name="Changes, newest first").get_by_role("listitem")
    expect(entries.nth(0)).to_contain_text("0.35training step 2")
    expect(entries.nth(1)).to_contain_text("training step 1 → 2")
    expect(entries.nth(1).locator(".at-step")).to_have_count(0)
    expect(entries.nth(2).locator(".at-step")).to_have_count(0)


def test_a_difference_leads_to_its_formula(explorer: Explorer) -> None:
    explorer.press("p")
    explorer.field(WEIGHT).fill("0.35")
    differences = explorer.page.get_by_role("region", name="Differences")
    differences.get_by_role("button", name="gradient of w 1 2 of layer 1", exact=True).click()
    expect(explorer.inspector).to_contain_text("Selected")
    expect(explorer.part("fc_1.w[0,1]")).to_have_attribute("aria-pressed", "true")


def test_the_header_shows_a_pinned_snapshot_until_it_is_unpinned(explorer: Explorer) -> None:
    mark = button(explorer, "Pinned")
    expect(mark).to_have_count(0)
    explorer.page.get_by_role("button", name="History").click()
    button(explorer, "Pin a snapshot to compare with").click()
    explorer.press("Escape")
    differences = explorer.page.get_by_role("region", name="Differences")
    expect(differences).to_be_visible()
    mark.click()
    expect(differences).to_have_count(0)
    explorer.press("p")
    differences.get_by_role("button", name="Unpin").click()
    expect(differences).to_have_count(0)
    expect(mark).to_have_count(0)


def test_only_some_kind_of_numbers_is_compared_when_asked(explorer: Explorer) -> None:
    explorer.press("p")
    explorer.field(WEIGHT).fill("0.35")
    differences = explorer.page.get_by_role("region", name="Differences")
    differences.get_by_label("given").check(force=True)
    expect(differences.locator("tbody tr")).to_have_count(1)
    expect(differences).to_contain_text("1 of 11 numbers differs")


def test_axe_finds_nothing_in_the_open_panels(explorer: Explorer) -> None:
    explorer.field(WEIGHT).fill("0.35")
    explorer.press("Tab")
    explorer.page.evaluate("document.activeElement.blur()")
    explorer.press("p")
    explorer.field("/x/0/0").fill("-2")
    explorer.press("Control+z")
    explorer.page.get_by_role("button", name="History").click()
    expect(explorer.page.get_by_role("dialog", name="History")).to_be_visible()
    assert_accessible(explorer)
    explorer.press("Escape")
    explorer.page.get_by_role("button", name="Share").click()
    expect(explorer.page.get_by_role("button", name="Copy link")).to_be_visible()
    assert_accessible(explorer)


def test_the_panels_fit_on_a_tablet(explorer: Explorer) -> None:
    explorer.page.set_viewport_size({"width": 820, "height": 1180})
    explorer.press("p")
    explorer.field(WEIGHT).fill("0.35")
    for name in ("History", "Share"):
        explorer.page.get_by_role("button", name=name).click()
        box = explorer.page.get_by_role("dialog", name=name).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 820
        explorer.press("Escape")
    assert explorer.page.evaluate("document.documentElement.scrollWidth") <= 820
