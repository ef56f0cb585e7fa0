"""Networks with too many edges for one element each: all lines in one drawing, wide columns in part, a weight map."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from benchmarks.page_steps import document
from tests.browser.explorer import Explorer, read


def opened(explorer: Explorer, *sizes: int) -> dict[str, Any]:
    """The page with a network of these sizes instead of its examples; and the service's trace of it."""
    network = document(list(sizes))

    def answer(route: Route) -> None:
        route.fulfill(
            json=[
                {
                    "slug": "large",
                    "name": network["name"],
                    "title": network["name"],
                    "description": "",
                    "document": network,
                }
            ]
        )

    explorer.page.route("**/api/examples?*", answer)
    explorer.page.goto(explorer.origin)
    expect(explorer.node("x 1")).to_be_visible()
    return explorer.trace(network)


def lines(page: Page) -> int:
    return int(page.locator(".plane.lines").get_attribute("data-lines") or 0)


def painted(page: Page, kind: str) -> int:
    """The number of pixels of a canvas that are not transparent."""
    count: int = page.locator(kind).evaluate(
        """canvas => {
            const { width, height } = canvas;
            const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
            copy.drawImage(canvas, 0, 0);
            const { data } = copy.getImageData(0, 0, width, height);
            return data.filter((part, place) => place % 4 === 3 && part > 0).length;
        }"""
    )
    return count


def test_many_lines_are_one_drawing_and_each_is_found_where_it_is(unopened: Explorer) -> None:
    trace = opened(unopened, 20, 20, 4)
    page = unopened.page
    assert lines(page) == len(trace["edges"]) == 504
    assert painted(page, ".plane.lines") > 10_000
    expect(unopened.diagram.locator(".edge")).to_have_count(0)
    # A quarter of the way from one circle to the other, where no other line is nearer.
    source, target = (unopened.part(name).locator(".body").bounding_box() for name in ("x_20,", "h_20,^(1)"))
    assert source
    assert target
    x = source["x"] + source["width"] / 2 + (target["x"] - source["x"]) * 0.25
    page.mouse.move(x, source["y"] + source["height"] / 2)
    expect(unopened.part("fc_1.w[19,19]")).to_be_visible()
    page.mouse.click(x, source["y"] + source["height"] / 2)
    expect(unopened.inspector).to_contain_text("Selected")
    shown = unopened.shown(unopened.inspector)
    assert shown["fc_1.w[19,19]"] == trace["tensors"]["fc_1.w"][19][19]


def test_wide_columns_are_drawn_in_part_and_every_unit_can_be_seen(unopened: Explorer) -> None:
    trace = opened(unopened, 30, 40, 2)
    gap = unopened.diagram.get_by_role("button", name="Units 11 to 38 are hidden")
    expect(gap).to_be_visible()
    expect(unopened.node("h 11 of layer 1")).to_have_count(0)
    gap.press("Enter")
    expect(unopened.node("h 11 of layer 1")).to_be_visible()
    expect(unopened.node("h 40 of layer 1")).to_be_visible()
    unopened.diagram.get_by_role("button", name="Units 1 to 10 are hidden").click()
    expect(unopened.node("h 1 of layer 1")).to_be_visible()
    # The step is always in view; zoomed out without numbers, which the inspector has.
    unopened.press("3")
    unopened.press("ArrowRight", 25)
    expect(unopened.part("h_25,^(1)")).to_have_class(re.compile("current"))
    node = next(node for node in trace["nodes"] if node["id"] == "h_25,^(1)")
    shown = unopened.inspector.locator(f'[data-ref="{node["pre"]["ref"]}"][data-value]').first
    expect(shown).to_have_attribute("data-value", repr(node["pre"]["value"]))


@pytest.mark.parametrize("sizes", [(784, 128, 10), (45, 45, 3)])
def test_weights_into_a_wide_layer_are_a_heat_map_with_readable_cells(
    unopened: Explorer, sizes: tuple[int, ...]
) -> None:
    trace = opened(unopened, *sizes)
    heat = unopened.diagram.locator(".heat")
    expect(heat).to_have_count(1)
    inputs, units = sizes[0], sizes[1]
    assert painted(unopened.page, ".heat canvas") == inputs * units
    box = heat.locator("canvas").bounding_box()
    assert box
    row, column = inputs // 3, units // 2
    x = box["x"] + box["width"] * (column + 0.5) / units
    y = box["y"] + box["height"] * (row + 0.5) / inputs
    unopened.page.mouse.move(x, y)
    unopened.page.mouse.click(x, y)
    expect(unopened.inspector).to_contain_text("Selected")
    weights = trace["tensors"]["fc_1.w"]
    # If rows are narrower than a pixel, one of those beneath it.
    near = {f"fc_1.w[{r},{column}]": weights[r][column] for r in range(row - 2, row + 3)}
    shown = unopened.shown(unopened.inspector)
    [selected] = near.keys() & shown.keys()
    assert shown[selected] == near[selected]
    reading = re.search(r"w_(\d+),(\d+)\^\(1\) = (.*)", heat.locator(".heat-reading").inner_text())
    assert reading
    assert read(reading[3]) == pytest.approx(weights[int(reading[1]) - 1][int(reading[2]) - 1], rel=1e-5)
    # Stepping back, the gradients appear unit by unit.
    unopened.press("Escape")
    unopened.press("3")
    unopened.press("Home")
    unopened.page.get_by_label("Edge values").select_option("gradient")
    assert painted(unopened.page, ".heat canvas") == 0
    legend = unopened.diagram.locator(".legend-scale")
    assert not re.search(r"\d", legend.inner_text())
    unopened.press("End")
    assert painted(unopened.page, ".heat canvas") == inputs * units
    expect(legend).to_contain_text(re.compile(r"\d"))
    # Products are another request; each is of a weight and an input.
    unopened.page.get_by_label("Edge values").select_option("product")
    unopened.page.mouse.move(x, y + 1)
    unopened.page.mouse.move(x, y)
    product = re.compile(r"w_(\d+),(\d+)\^\(1\) · x_(\d+),? = (.*)")
    expect(heat.locator(".heat-reading")).to_have_text(product)
    factors = product.search(heat.locator(".heat-reading").inner_text())
    assert factors
    weight, given = weights[int(factors[1]) - 1][int(factors[2]) - 1], trace["tensors"]["x"][0][int(factors[3]) - 1]
    assert read(factors[4]) == pytest.approx(weight * given, rel=1e-5)
    assert painted(unopened.page, ".heat canvas") == inputs * units


def test_a_picture_of_weights_keeps_its_colours_where_others_are_forced(unopened: Explorer) -> None:
    unopened.page.emulate_media(forced_colors="active")
    opened(unopened, 45, 45, 3)
    colours: int = unopened.page.locator(".heat canvas").evaluate(
        """canvas => {
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
            copy.drawImage(canvas, 0, 0);
            return new Set(new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
        }"""
    )
    assert colours > 20


def test_lines_show_what_one_chooses(explorer: Explorer) -> None:
    trace = explorer.choose("two-layers")
    edges = {edge["id"]: edge for edge in trace["edges"]}
    chosen = explorer.page.get_by_label("Edge values")
    chosen.select_option("product")
    expect(explorer.part("fc_1.w[0,0]")).to_have_attribute("aria-label", re.compile("not computed yet"))
    explorer.press("End")
    for name in ("fc_1.w[0,0]", "fc_2.b[1]"):
        label = re.compile(f"product −?{abs(edges[name]['product']):.6g}")
        expect(explorer.part(name)).to_have_attribute("aria-label", label)
    chosen.select_option("gradient")
    assert explorer.shown(explorer.diagram)["fc_1.w.grad[0,0]"] == edges["fc_1.w[0,0]"]["gradient"]
    chosen.select_option("weight")
    assert explorer.shown(explorer.diagram)["fc_1.w[0,0]"] == edges["fc_1.w[0,0]"]["weight"]
    chosen.select_option("auto")
    assert explorer.shown(explorer.diagram)["fc_1.w.next[0,0]"] == edges["fc_1.w[0,0]"]["next"]


def test_nodes_show_what_one_chooses(explorer: Explorer) -> None:
    trace = explorer.choose("two-layers")
    explorer.press("End")
    hidden = next(node for node in trace["nodes"] if node["id"] == "h_1^(1)")
    gradient = hidden["ref"].replace("output", "output.grad")
    own = explorer.part("h_1^(1)")
    choice = explorer.page.get_by_label("Node values")
    assert {hidden["ref"], gradient} <= explorer.shown(own).keys()
    choice.select_option("value")
    assert gradient not in explorer.shown(own)
    choice.select_option("gradient")
    shown = explorer.shown(own)
    assert hidden["ref"] not in shown
    assert shown[gradient] == hidden["gradient"]
