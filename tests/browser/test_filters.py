"""Filters in Build: tensors of more than two axes are edited in grids, up to a limit."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer
from tests.browser.feature_maps import FeatureMaps

MOST_IN_GRIDS = 200


def with_filters(count: int, width: int) -> dict[str, Any]:
    return {
        "input_shape": [1, 1, 5],
        "layers": [
            {"type": "Conv2D", "n_filter": count, "h_filter": 1, "w_filter": width},
            {"type": "Flatten"},
            {"type": "Linear", "output_dim": 1},
        ],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[[[1.0, 2.0, 3.0, 4.0, 5.0]]]],
        "y": [[1.0]],
    }


def test_a_filter_of_four_numbers_is_typed_where_it_stands(maps: FeatureMaps) -> None:
    explorer = maps.explorer
    document = maps.open("convolution")["document"]
    field = explorer.field("/layers/0/w/0/0/1/0")
    expect(field).to_have_value(re.compile(f"^{document['layers'][0]['w'][0][0][1][0]:g}$"))
    assert field.get_attribute("aria-label") == "w 1 1 2 1 of layer 1"
    field.fill("0.5")
    explorer.page.keyboard.press("Enter")
    document["layers"][0]["w"][0][0][1][0] = 0.5
    loss = explorer.trace(document)["loss"]["value"]
    explorer.page.evaluate("document.activeElement.blur()")
    explorer.press("End")
    expect(explorer.diagram.locator('[data-ref="loss"]').first).to_have_attribute("data-value", f"{loss!r}")
    # Pasted rows are shown before they are used.
    field.focus()
    explorer.page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData('text/plain', '1 2\\n3 4');
            document.activeElement.dispatchEvent(
                new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(explorer.page.get_by_role("dialog")).to_contain_text("Filters of conv_1")


def test_of_many_filters_one_is_sent_to_all_at_once(explorer: Explorer) -> None:
    # At the limit, and one filter beyond it.
    for count, grids in ((MOST_IN_GRIDS // 4, MOST_IN_GRIDS // 4), (MOST_IN_GRIDS // 4 + 1, 0)):
        explorer.bring(with_filters(count, 4))
        panel = BuildPanel(explorer)
        layer = panel.panel.locator('[data-layer="conv_1"]')
        if not layer.locator(".parameter").count():
            layer.get_by_role("button", name=re.compile("conv_1|Convolution")).first.click()
        expect(layer.locator(".grid")).to_have_count(grids)
        expect(layer.locator(".too-many")).to_have_count(int(grids == 0))
