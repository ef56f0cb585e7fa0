"""The Check view of a network with too many numbers to check all: a sample, another one, and by layer."""

import re
from typing import Any

import pytest
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


@pytest.fixture
def sampled(ongoing: Explorer) -> CheckView:
    """The view of all layers by the first sample. Each test leaves it so, and only the last one draws another."""
    view = CheckView(ongoing)
    return view if share(view).count() else opened(ongoing)


def test_axe_finds_nothing_in_the_view_of_a_sample(sampled: CheckView) -> None:
    expect(share(sampled)).to_be_visible()
    for width in (1280, 360):
        sampled.page.set_viewport_size({"width": width, "height": 720})
        assert_accessible(sampled.explorer)
        assert sampled.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_layer_of_a_large_network_is_checked_by_itself(sampled: CheckView) -> None:
    menu = sampled.region.get_by_role("combobox")
    assert menu.locator("option").all_inner_texts() == ["all layers", "fc_1", "fc_2", "the inputs x"]
    for layer in ("fc_1", "fc_2"):
        menu.select_option(layer)
        answer = check_answer(sampled, 0, layer)
        expected = (
            f"All {answer['total']:,} numbers of {layer} are checked."
            if answer["seed"] is None
            else f"{answer['checked']:,} of {answer['total']:,} numbers of {layer} checked, drawn by seed 0."
        )
        expect(share(sampled)).to_contain_text(expected, timeout=SLOW)
        shows(sampled, answer)
    # A whole layer needs no sample.
    menu.select_option("x")
    expect(share(sampled)).to_contain_text("All 784 numbers of the inputs x are checked.", timeout=SLOW)
    expect(sampled.region.get_by_role("button", name="Another sample")).to_have_count(0)
    expect(sampled.region.locator(".summary")).not_to_contain_text("sample")
    menu.select_option("")


def test_a_large_network_is_checked_by_a_sample_and_another_one_can_be_drawn(sampled: CheckView) -> None:
    first, second = check_answer(sampled, 0), check_answer(sampled, 1)
    total = 785 * HIDDEN + (HIDDEN + 1) * 10 + 784
    for seed, answer in ((0, first), (1, second)):
        expected = f"{answer['checked']:,} of {total:,} numbers checked, drawn by seed {seed}."
        expect(share(sampled)).to_contain_text(expected, timeout=SLOW)
        shows(sampled, answer)
        # The verdict claims no more than was checked.
        expect(sampled.region.locator(".summary")).to_contain_text(re.compile("of the sample|sampled derivatives"))
        expect(sampled.curve.locator("[data-epsilon]").first).to_be_visible(timeout=SLOW)
        if seed == 0:
            sampled.region.get_by_role("button", name="Another sample").click()
    assert {row["ref"] for row in first["rows"]} != {row["ref"] for row in second["rows"]}
    # A small network is checked completely again, and all its layers are in the menu.
    menu = sampled.region.get_by_role("combobox")
    menu.select_option("x")
    sampled.page.get_by_label("Example").select_option("two-layers")
    expect(share(sampled)).to_have_count(0, timeout=SLOW)
    menu.select_option("")
    expect(sampled.region.locator(".summary")).to_contain_text("derivatives agree", timeout=SLOW)
