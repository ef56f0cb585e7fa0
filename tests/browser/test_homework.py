"""The usual exercise: two inputs, two hidden units, two outputs, Sigmoid, one training step by hand."""

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer
from tests.browser.test_build import shortest

MOST_ACTIONS = 20

HIDDEN = "0.15\t0.25\n0.2\t0.3\n0.35\t0.35"
OUTPUT = "0.4\t0.5\n0.45\t0.55\n0.6\t0.6"
ROW = "0.05\t0.1\t0.01\t0.99"
LOSS = 0.2983711087600027


class Hands:
    """Counts a user's actions: each click, each key, each pasted text."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.actions = 0

    def click(self, target: Locator, **options: Any) -> None:
        self.actions += 1
        target.click(**options)

    def press(self, key: str) -> None:
        self.actions += 1
        self.explorer.press(key)

    def choose(self, menu: Locator, label: str) -> None:
        """One click opens the menu, another one chooses."""
        self.actions += 2
        menu.select_option(label=label)

    def paste(self, field: Locator, text: str) -> None:
        self.click(field)
        self.actions += 1
        BuildPanel(self.explorer).paste(field, text)


def test_the_homework_takes_at_most_twenty_actions_from_the_cold_page(explorer: Explorer) -> None:
    hands = Hands(explorer)
    panel = BuildPanel(explorer)
    add = panel.panel.get_by_role("combobox", name="Add a layer")
    for kind in ("Sigmoid", "Linear", "Sigmoid"):
        hands.choose(add, kind)
    panel.expect_layers("fc_1", "sigmoid_1", "fc_2", "sigmoid_2")
    hands.paste(explorer.field("/x/0/0"), ROW)
    hands.paste(explorer.field("/layers/0/w/0/0"), HIDDEN)
    hands.paste(explorer.field("/layers/2/w/0/0"), OUTPUT)
    expect(explorer.field("/layers/2/b/1")).to_have_attribute("data-value", "0.6")
    # One click on the weight, and its gradient is checked.
    hands.click(explorer.diagram.locator('.picture [data-ref="fc_1.w[0,0]"]'))
    expect(explorer.part("fc_1.w[0,0]")).to_have_attribute("aria-pressed", "true")
    hands.click(explorer.timeline.get_by_role("button", name="To the end of the training step"))
    hands.press("c")
    document = {
        "input_shape": [2],
        "layers": [
            {"type": "Linear", "name": "fc_1", "output_dim": 2, "w": [[0.15, 0.25], [0.2, 0.3]], "b": [0.35, 0.35]},
            {"type": "Sigmoid", "name": "sigmoid_1"},
            {"type": "Linear", "name": "fc_2", "output_dim": 2, "w": [[0.4, 0.5], [0.45, 0.55]], "b": [0.6, 0.6]},
            {"type": "Sigmoid", "name": "sigmoid_2"},
        ],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.5},
        "x": [[0.05, 0.1]],
        "y": [[0.01, 0.99]],
    }
    gradient = explorer.trace(document)["tensors"]["fc_1.w.grad"][0][0]
    shown = explorer.quantity("Gradient").locator('[data-ref="fc_1.w.grad[0,0]"][data-value]').first
    expect(shown).to_have_attribute("data-value", shortest(gradient))
    expect(explorer.inspector.locator(".numeric-check")).to_contain_text("agrees")
    expect(explorer.diagram.locator('[data-ref="loss"]')).to_have_attribute("data-value", shortest(LOSS))
    assert hands.actions <= MOST_ACTIONS
