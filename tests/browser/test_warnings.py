"""Warnings about unsuitable settings are shown at the layer, with a button for a remedy that can be undone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.app.test_warnings import ONCE, TWICE
from tests.browser.explorer import Explorer


def test_a_suitable_network_has_no_warnings(ongoing: Explorer) -> None:
    ongoing.begin("xor")
    expect(ongoing.page.locator(".warning")).to_have_count(0)


def test_the_warning_of_a_sigmoid_before_the_logistic_loss_is_resolved_by_keyboard(ongoing: Explorer) -> None:
    ongoing.bring(TWICE)
    sign = ongoing.build.locator('[data-layer="s"] .warning')
    expect(sign).to_have_count(1)
    expect(ongoing.build.locator('[data-layer="i"] .warning')).to_have_count(0)
    sentence = sign.locator("p").first
    expect(sentence).to_be_hidden()
    summary = sign.locator("summary")
    expect(summary).to_have_accessible_name("Warning: s")
    summary.focus()
    ongoing.press("Enter")
    expect(sentence).to_contain_text("the logistic function is applied twice")
    expect(sentence).to_contain_text("between 0.5 and 0.731059")
    ongoing.press("Tab")
    expect(sign.get_by_role("button", name="Remove s")).to_be_focused()
    ongoing.press("Enter")
    expect(ongoing.page.locator(".warning")).to_have_count(0)
    expect(ongoing.build.locator("[data-layer]")).to_have_count(1)
    ongoing.press("End")
    expect(ongoing.diagram.locator('[data-ref="loss"]').first).to_have_attribute(
        "data-value", str(ongoing.trace(ONCE)["loss"]["value"])
    )
    ongoing.press("Control+z")
    expect(ongoing.build.locator('[data-layer="s"] .warning')).to_have_count(1)


def test_the_warning_is_in_the_picture_too(ongoing: Explorer) -> None:
    ongoing.bring(TWICE)
    beside = ongoing.diagram.get_by_role("region", name="Warnings about this network")
    beside.locator("summary").click()
    expect(beside).to_contain_text("applied twice")
    beside.get_by_role("button", name="Remove s").click()
    expect(beside).to_have_count(0)


CLASSES = TWICE | {"layers": TWICE["layers"][:1], "loss": {"type": "softmax_cross_entropy"}}


@pytest.mark.parametrize(
    ("document", "button", "loss"),
    [
        (CLASSES, "Use 2 outputs", "softmax_cross_entropy"),
        (CLASSES, "Use Binary cross entropy", "binary_cross_entropy"),
        (CLASSES | {"y": [0]}, "Use 2 outputs", "softmax_cross_entropy"),
        (ONCE | {"y": [[2]]}, "Use Mean squared error", "mean_squared_error"),
    ],
    ids=["outputs", "loss", "outputs of classes", "targets"],
)
def test_each_button_leads_to_a_network_that_suits(
    ongoing: Explorer, document: dict[str, Any], button: str, loss: str
) -> None:
    ongoing.bring(document)
    sign = ongoing.build.locator(".warning").first
    sign.locator("summary").click()
    sign.get_by_role("button", name=button).click()
    expect(ongoing.page.locator(".warning")).to_have_count(0)
    expect(ongoing.build.get_by_label("Loss")).to_have_value(loss)
    expect(ongoing.page.locator(".message")).to_have_count(0)
    ongoing.press("Control+z")
    expect(ongoing.build.locator(".warning")).to_have_count(1)


def test_targets_that_do_not_sum_to_one_are_shared(ongoing: Explorer) -> None:
    two = {"type": "Linear", "name": "fc", "output_dim": 2, "w": [[1, 2]], "b": [0, 0]}
    ongoing.bring(CLASSES | {"layers": [two], "y": [[1, 3]]})
    # The warning about a target above 1 precedes that about its sum.
    expect(ongoing.build.locator('.data [data-warning="warning.targets.softmax"]')).to_have_count(1)
    ongoing.bring(CLASSES | {"layers": [two], "y": [[1, 1]]})
    sign = ongoing.build.locator('.data [data-warning="warning.shares"]')
    expect(sign.locator("summary")).to_have_accessible_name("Warning: targets")
    sign.locator("summary").click()
    sign.get_by_role("button", name="Divide each sample’s targets by their sum").click()
    expect(ongoing.field("/y/0/0")).to_have_value("0.5")
    expect(ongoing.page.locator(".warning")).to_have_count(0)
