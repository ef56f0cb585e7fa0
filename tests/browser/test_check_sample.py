"""The Check view of a network with too many numbers to check all: a sample, another one, and by layer."""

import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.axe import assert_accessible
from tests.browser.check_view import CheckView
from tests.browser.explorer import Explorer
from tests.browser.test_big import digits

SLOW = 60_000
HIDDEN = 128


def small_digits() -> dict[str, Any]:
    document = digits()
    document["layers"][0]["output_dim"] = HIDDEN
    return document


def share(view: CheckView) -> Locator:
    return view.region.get_by_role("status", name="Sample that is checked")


def opened(explorer: Explorer) -> CheckView:
    explorer.bring(small_digits())
    view = CheckView(explorer)
    explorer.page.get_by_role("link", name="Check").click()
    expect(view.table.locator("[data-row]").first).to_be_visible(timeout=SLOW)
    return view


def check_answer(view: CheckView, seed: int, layer: str | None = None) -> dict[str, Any]:
    wish = {"document": small_digits(), "sample": {"seed": seed}, "layer": layer}
    answer: dict[str, Any] = view.explorer.ask("/api/gradient-check", wish)
    return answer


def shows(view: CheckView, answer: dict[str, Any]) -> None:
    """The rows in view are the first of the answer, with its numbers."""
    expect(view.table).to_have_attribute("aria-rowcount", str(answer["checked"] + 1), timeout=SLOW)
    expect(view.row(answer["rows"][0]["ref"])).to_be_attached(timeout=SLOW)
    shown = view.numbers()
    assert len(shown) > 3
    rows = {row["ref"]: row for row in answer["rows"]}
    assert list(shown) == list(rows)[: len(shown)]
    assert all(numbers["analytic"] == rows[ref]["analytic"] for ref, numbers in shown.items())
    assert all(numbers["numeric"] == rows[ref]["numeric"] for ref, numbers in shown.items())


def test_a_large_network_is_checked_by_a_sample_and_another_one_can_be_drawn(explorer: Explorer) -> None:
    view = opened(explorer)
    first, second = check_answer(view, 0), check_answer(view, 1)
    total = 785 * HIDDEN + (HIDDEN + 1) * 10 + 784
    for seed, answer in ((0, first), (1, second)):
        expected = f"{answer['checked']:,} of {total:,} numbers checked, drawn by seed {seed}."
        expect(share(view)).to_contain_text(expected, timeout=SLOW)
        shows(view, answer)
        # The verdict claims no more than was checked.
        expect(view.region.locator(".summary")).to_contain_text(re.compile("of the sample|sampled derivatives"))
        expect(view.curve.locator("[data-epsilon]").first).to_be_visible(timeout=SLOW)
        if seed == 0:
            view.region.get_by_role("button", name="Another sample").click()
    assert {row["ref"] for row in first["rows"]} != {row["ref"] for row in second["rows"]}


def test_a_layer_of_a_large_network_is_checked_by_itself(explorer: Explorer) -> None:
    view = opened(explorer)
    menu = view.region.get_by_role("combobox")
    assert menu.locator("option").all_inner_texts() == ["all layers", "fc_1", "fc_2", "the inputs x"]
    for layer in ("fc_1", "fc_2"):
        menu.select_option(layer)
        answer = check_answer(view, 0, layer)
        expected = (
            f"All {answer['total']:,} numbers of {layer} are checked."
            if answer["seed"] is None
            else f"{answer['checked']:,} of {answer['total']:,} numbers of {layer} checked, drawn by seed 0."
        )
        expect(share(view)).to_contain_text(expected, timeout=SLOW)
        shows(view, answer)
    # A whole layer needs no sample.
    menu.select_option("x")
    expect(share(view)).to_contain_text("All 784 numbers of the inputs x are checked.", timeout=SLOW)
    expect(view.region.get_by_role("button", name="Another sample")).to_have_count(0)
    expect(view.region.locator(".summary")).not_to_contain_text("sample")
    # A small network is checked completely again, and all its layers are in the menu.
    explorer.page.get_by_label("Example").select_option("two-layers")
    expect(share(view)).to_have_count(0, timeout=SLOW)
    menu.select_option("")
    expect(view.region.locator(".summary")).to_contain_text("derivatives agree", timeout=SLOW)


def test_axe_finds_nothing_in_the_view_of_a_sample(explorer: Explorer) -> None:
    view = opened(explorer)
    expect(share(view)).to_be_visible()
    for width in (1280, 360):
        explorer.page.set_viewport_size({"width": width, "height": 720})
        assert_accessible(explorer)
        assert explorer.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
