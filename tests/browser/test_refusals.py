"""Errors are explained in plain words, with a button for the remedy."""

import json
import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer, Watch
from tests.browser.links import notice
from tests.browser.test_files import drop

SYNTAX = re.compile(r"\w\[\d|MAX_|; send |; write it|/api/|_dim|_filter|_shape|_error|_entropy|null")


def test_at_a_field_the_button_takes_the_nearest_that_works(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    explorer.field("/optimizer/lr").fill("-1")
    message = explorer.build.locator(".training .message")
    expect(message).to_contain_text("Learning rate must be at least 0.")
    message.get_by_role("button", name="Use 0").click()
    expect(explorer.field("/optimizer/lr")).to_have_attribute("data-value", "0")
    expect(message).to_have_count(0)
    explorer.press("Control+z")
    expect(explorer.field("/optimizer/lr")).to_have_attribute("data-value", "0.5")


def test_fewer_outputs_than_classes_get_as_many_at_a_press(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    explorer.choose("softmax-classifier")
    explorer.build.get_by_label("Width of fc_1").fill("2")
    message = explorer.build.locator(".layer .message")
    expect(message).to_contain_text("The targets have more classes than the network has outputs: 3 are needed.")
    message.get_by_role("button", name="Use 3").click()
    expect(message).to_have_count(0)
    expect(explorer.diagram.locator(".node.output")).to_have_count(3)


def test_nothing_that_a_person_can_provoke_in_build_speaks_of_fields(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    panel = BuildPanel(explorer)
    explorer.page.get_by_label("Example").select_option("digits-cnn")
    panel.expect_layers("conv_1", "relu_1", "max_pool_1", "flatten_1", "fc_1")
    for label, text in (
        ("Filters of conv_1", "0"), ("Filters of conv_1", "99999"), ("Filter height of conv_1", "40"),
        ("Stride of conv_1", "0"), ("Window of max_pool_1", "30"), ("Width of fc_1", "3"), ("Width of fc_1", "1000000"),
    ):  # fmt: skip
        field = panel.panel.get_by_label(label)
        if not field.count():
            panel.panel.get_by_role("button", name=re.compile(f"{label.split()[-1]}: settings")).click()
        field.first.fill(text)
        expect(panel.panel.locator(".message")).not_to_have_count(0)
        assert not SYNTAX.search(panel.panel.inner_text()), (label, text)


CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "unknown layer": (
        {"layers": [{"type": "Dense", "output_dim": 2}]},
        "Linear is probably meant",
        "Use Linear, and open it",
    ),
    "targets": ({"y": [[1, 2, 3]]}, "The targets: there are too many numbers, or too few", "Make it fit, and open it"),
    "rate": ({"optimizer": {"type": "sgd", "lr": -1}}, "Learning rate must be at least 0.", "Use 0, and open it"),
    "no bias": (
        {"layers": [{"type": "Linear", "output_dim": 2, "bias": False, "b": [1, 2]}]},
        "Layer 1 has no bias, but values of a bias are given.",
        "Leave it out, and open it",
    ),
    "no bias to freeze": (
        {"layers": [{"type": "Linear", "output_dim": 2, "bias": False, "frozen": ["w", "b"]}]},
        "Layer 1 has no bias, but values of a bias are given.",
        "Leave it out, and open it",
    ),
    "nothing can be frozen": (
        {"layers": [{"type": "Linear", "output_dim": 2}, {"type": "ReLu", "frozen": ["w"]}]},
        "Frozen of Layer 2: this cannot be given here.",
        "Leave it out, and open it",
    ),
    "images": (
        {
            "layers": [{"type": "AvgPool2D", "size": 1, "stride": 1}, {"type": "Linear", "output_dim": 2}],
            "input_shape": [4],
            "x": [[1, 2, 3, 4]],
        },
        "takes images, but its input is 4 numbers per sample.",
        "Take samples as images of 1 × 2 × 2, and open it",
    ),
    "batch": ({"x": [[0, 0]] * 20_000, "y": [[0, 0]] * 20_000}, "Samples of a batch", "Take the first"),
}


def test_a_file_that_does_not_fit_is_opened_as_advised(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    chapter = explorer.example("chapter")
    for case, (changes, message, button) in CASES.items():
        drop(explorer, f"{case}.json", json.dumps(chapter | changes).encode())
        expect(notice(explorer)).to_contain_text(message)
        assert not SYNTAX.search(notice(explorer).inner_text()), case
        notice(explorer).get_by_role("button", name=button).click()
        expect(notice(explorer)).to_have_text("")
        undo = explorer.page.get_by_role("button", name=re.compile(f"^Undo: file “{case}.json” opened"))
        expect(undo).to_be_visible()
