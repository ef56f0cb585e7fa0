"""Networks on images: the number under the pointer is highlighted, and every number is the service's."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.feature_maps import IMAGE_EXAMPLES, FeatureMaps
from tests.support.traces import entries, numbers_by_ref


def numbers_of(trace: dict[str, Any]) -> dict[str, float]:
    """Every number of a network on images, by its ref."""
    numbers = numbers_by_ref(trace, ".grad", ".next")
    gradients = entries(trace["tensors"].get("loss.p.grad", []))
    return numbers | {f"loss.p.grad[{','.join(map(str, index))}]": value for index, value in gradients}


def numbers_in(shown: Locator) -> list[float]:
    """The numbers with all their digits."""
    return shown.evaluate_all("all => all.map(one => Number(one.dataset.value))")  # type: ignore[no-any-return]


@pytest.mark.parametrize("slug", IMAGE_EXAMPLES)
def test_every_number_on_the_way_is_the_services_own(maps: FeatureMaps, slug: str) -> None:
    numbers = numbers_of(maps.open(slug))
    maps.explorer.press("2")
    seen: set[str] = set()
    for _ in range(maps.explorer.position()[1] + 1):
        for ref, value in maps.region.locator("[data-ref][data-value]").evaluate_all(
            "all => all.map(one => [one.dataset.ref, Number(one.dataset.value)])"
        ):
            assert value == numbers[ref], ref
            seen.add(ref)
        maps.explorer.press("ArrowRight")
    assert len(seen) > 20


def test_what_a_step_has_not_reached_is_not_shown(maps: FeatureMaps) -> None:
    maps.open("convolution")
    for done in range(5):
        expect(maps.map("conv_1.output[0,0]").locator("[data-ref]")).to_have_count(done)
        painted = [pixel[3] > 0 for row in maps.pixels("conv_1.output[0,0]") for pixel in row]
        assert painted == [place < done for place in range(4)]
        maps.explorer.press("ArrowRight")
    maps.explorer.press("ArrowLeft", 2)
    expect(maps.map("conv_1.output[0,0]").locator("[data-ref]")).to_have_count(3)


def test_the_example_shows_the_documented_numbers(maps: FeatureMaps) -> None:
    maps.open("convolution")
    maps.explorer.press("ArrowRight", 4)
    expect(maps.map("conv_1.output[0,0]").locator("[data-ref]")).to_have_text(["37", "47", "67", "77"])


def test_pointing_at_an_output_lights_its_window_its_filter_and_its_terms(maps: FeatureMaps) -> None:
    trace = maps.open("convolution")
    maps.explorer.press("End")
    maps.chosen("values")
    maps.point("conv_1.output[0,0]", 1, 0, (2, 2))
    expect(maps.map("x[0,0]").locator(".frame.field")).to_have_count(1)
    assert maps.frames("x[0,0]", "field", (3, 3)) == [(1, 0, 2, 2)]
    assert maps.frames("conv_1.output[0,0]", "own", (2, 2)) == [(1, 0, 1, 1)]
    assert maps.frames("conv_1.w[0,0]", "kernel", (2, 2)) == [(0, 0, 2, 2)]
    expect(maps.terms.locator("tbody tr")).to_have_count(5)
    expect(maps.terms.locator(".product")).to_have_text(["4", "10", "21", "32", "0"])
    expect(maps.terms.locator(".running")).to_have_text(["4", "14", "35", "67", "67"])
    answer = maps.explorer.explain(trace["document"], "conv_1.output[0,0,1,0]")
    assert answer["value"] == 67
    maps.page.mouse.move(2, 2)
    expect(maps.map("x[0,0]").locator(".frame.field")).to_have_count(0)


def test_the_terms_of_any_output_add_up_to_it(maps: FeatureMaps) -> None:
    trace = maps.open("digits-cnn")
    maps.explorer.press("End")
    maps.chosen("values")
    for f, r, s in ((0, 0, 0), (1, 3, 4), (3, 7, 2)):
        maps.point(f"conv_1.output[0,{f}]", r, s, (8, 8))
        output = trace["tensors"]["conv_1.output"][0][f][r][s]
        expect(maps.close_up.locator(".subject code")).to_have_text(f"conv_1.output[0,{f},{r},{s}]")
        last = maps.terms.locator(".last .running .number")
        expect(last).to_have_attribute("data-value", str(output))
        products = numbers_in(maps.terms.locator(".product .number"))
        assert sum(products) == pytest.approx(output, rel=1e-12)
    # A window that extends beyond the border is drawn there, and its padding is 0.
    maps.point("conv_1.output[0,0]", 0, 7, (8, 8))
    expect(maps.close_up.locator("td.padding")).to_have_count(5)
    assert maps.frames("x[0,0]", "field", (8, 8)) == [(-1, 6, 3, 3)]


def test_a_maximum_lights_its_winner(maps: FeatureMaps) -> None:
    trace = maps.open("digits-cnn")
    maps.explorer.press("End")
    maps.chosen("values")
    maps.point("max_pool_1.output[0,1]", 1, 2, (4, 4))
    expect(maps.map("relu_1.output[0,1]").locator(".frame.winner")).to_have_count(1)
    [(row, column, *_)] = maps.frames("relu_1.output[0,1]", "winner", (8, 8))
    image = trace["tensors"]["relu_1.output"][0][1]
    assert image[row][column] == trace["tensors"]["max_pool_1.output"][0][1][1][2]
    assert maps.frames("relu_1.output[0,1]", "field", (8, 8)) == [(2, 4, 2, 2)]
    won = maps.close_up.locator("td.won .number")
    expect(won).to_have_attribute("data-ref", f"relu_1.output[0,1,{row},{column}]")


def test_the_current_number_lights_in_its_map_and_a_click_selects(maps: FeatureMaps) -> None:
    maps.open("convolution")
    maps.explorer.press("ArrowRight", 2)
    assert maps.frames("conv_1.output[0,0]", "own", (2, 2)) == [(0, 1, 1, 1)]
    maps.point("x[0,0]", 2, 2, (3, 3))
    maps.page.mouse.down()
    maps.page.mouse.up()
    expect(maps.explorer.inspector.get_by_text("Selected")).to_be_visible()
    expect(maps.explorer.inspector.locator('[data-ref="x[0,0,2,2]"]').first).to_be_visible()
    maps.page.mouse.move(2, 2)
    assert maps.frames("x[0,0]", "selected", (3, 3)) == [(2, 2, 1, 1)]


def test_pointing_at_a_number_in_the_inspector_lights_its_pixel(maps: FeatureMaps) -> None:
    maps.open("convolution")
    maps.explorer.press("ArrowRight")
    maps.explorer.inspector.get_by_role("button", name="Explain x 1 2 2, 5").first.hover()
    expect(maps.map("x[0,0]").locator(".frame.lit")).to_have_count(1)
    assert maps.frames("x[0,0]", "lit", (3, 3)) == [(1, 1, 1, 1)]


def test_term_by_term_the_pixel_and_the_weight_light_up(maps: FeatureMaps) -> None:
    maps.open("convolution")
    maps.explorer.press("4")
    maps.explorer.press("ArrowRight", 3)
    expect(maps.map("x[0,0]").locator(".frame.term")).to_have_count(1)
    assert maps.frames("x[0,0]", "term", (3, 3)) == [(1, 0, 1, 1)]
    assert maps.frames("conv_1.w[0,0]", "term", (2, 2)) == [(1, 0, 1, 1)]


def test_gradients_come_on_the_way_back_and_can_be_chosen(maps: FeatureMaps) -> None:
    maps.open("convolution")
    maps.explorer.press("1")
    maps.explorer.press("ArrowRight", 2)
    expect(maps.map("conv_1.output[0,0]").locator("[data-ref]")).to_have_text(["37", "47", "67", "77"])
    maps.explorer.press("ArrowRight")
    expect(maps.map("conv_1.output[0,0]").locator("[data-ref]")).to_have_text(["−3", "−3", "7", "7"])
    expect(maps.map("x[0,0]").locator('[data-ref="x.grad[0,0,2,1]"]')).to_have_text("49")
    expect(maps.map("conv_1.w[0,0]").locator("[data-ref]")).to_have_text(["54", "62", "78", "86"])
    maps.chosen("values")
    expect(maps.map("conv_1.output[0,0]").locator("[data-ref]")).to_have_text(["37", "47", "67", "77"])
    maps.chosen("gradients")
    expect(maps.map("x[0,0]").locator('[data-ref="x.grad[0,0,2,1]"]')).to_have_text("49")


def test_both_signs_have_their_own_colours_and_one_scale_can_serve_all(maps: FeatureMaps) -> None:
    maps.open("convolution")
    maps.explorer.press("End")
    [[negative, _], [positive, _]] = maps.pixels("conv_1.output[0,0]")
    assert negative[0] > negative[2]
    assert positive[2] > positive[0]
    maps.chosen("shared")
    [[_, _], [weaker, _]] = maps.pixels("conv_1.output[0,0]")
    assert sum(weaker[:3]) > sum(positive[:3])


def test_the_convolution_is_one_product_of_matrices(maps: FeatureMaps) -> None:
    maps.open("convolution")
    maps.explorer.press("End")
    maps.chosen("values")
    maps.chosen("matrix product")
    maps.point("conv_1.output[0,0]", 1, 0, (2, 2))
    expect(maps.close_up.get_by_text("patches 4 × 4")).to_be_visible()
    patches, filters, outputs = maps.close_up.locator("table").all()
    expect(patches.locator("tr").nth(2).locator("td")).to_have_text(["4", "5", "7", "8"])
    expect(patches.locator("td.bright")).to_have_text(["4", "5", "7", "8"])
    expect(filters.locator("td.bright")).to_have_text(["1", "2", "3", "4"])
    expect(outputs.locator("td")).to_have_text(["37", "47", "67", "77"])
    expect(outputs.locator("td.bright")).to_have_text(["67"])


def test_a_map_is_one_tab_stop_and_the_arrows_walk_in_it(maps: FeatureMaps) -> None:
    maps.open("convolution")
    maps.explorer.press("End")
    _, steps = maps.explorer.position()
    maps.explorer.expect_position(steps, steps)
    maps.chosen("values")
    maps.map("x[0,0]").focus()
    maps.explorer.press("ArrowRight")
    maps.explorer.press("ArrowDown")
    # The arrow keys moved within the map, and took no step.
    maps.explorer.expect_position(steps, steps)
    cell = maps.map("x[0,0]").get_by_role("gridcell")
    expect(cell).to_have_text("x 1 2 2, x[0,0,1,1], 5")
    expect(cell).to_have_attribute("aria-rowindex", "2")
    assert maps.map("x[0,0]").get_attribute("aria-activedescendant") == cell.get_attribute("id")
    maps.explorer.press("Enter")
    expect(maps.explorer.inspector.locator('[data-ref="x[0,0,1,1]"]').first).to_be_visible()
    maps.explorer.press("Escape")
    expect(maps.explorer.inspector.get_by_text("This step")).to_be_visible()
    maps.explorer.press("Tab")
    expect(maps.page.locator(":focus")).to_have_attribute("data-map", "conv_1.w[0,0]")
    maps.explorer.press("Tab")
    expect(maps.page.locator(":focus")).to_have_attribute("data-map", "conv_1.output[0,0]")


def test_larger_maps_have_numbers_in_them(maps: FeatureMaps) -> None:
    maps.open("digits-cnn")
    assert maps.map("x[0,0]").locator("[data-ref]").count() == 0
    for _ in range(5):
        maps.region.get_by_role("button", name="Larger maps").click()
    expect(maps.map("x[0,0]").locator("[data-ref]")).to_have_count(64)
    expect(maps.region.get_by_role("button", name="Larger maps")).to_have_attribute("aria-disabled", "true")


def test_another_sample_can_be_drawn(maps: FeatureMaps) -> None:
    trace = maps.open("digits-cnn")
    maps.explorer.press("End")
    maps.chosen("values")
    maps.region.get_by_label("Sample").select_option(label="3")
    expect(maps.map("fc_1.output[2]")).to_be_visible()
    assert numbers_in(maps.map("fc_1.output[2]").locator("[data-ref]")) == trace["tensors"]["fc_1.output"][2]


def test_what_does_not_fit_is_counted_and_can_be_opened(maps: FeatureMaps) -> None:
    maps.open("digits-cnn")
    maps.page.set_viewport_size({"width": 1280, "height": 620})
    flat = maps.map("flatten_1.output[0]")
    expect(flat).not_to_have_attribute("aria-rowcount", "64")
    more = maps.region.get_by_title("others of Flatten")
    assert int(flat.get_attribute("aria-rowcount") or 0) + int(more.inner_text().split()[1]) == 64
    more.click()
    expect(flat).to_have_attribute("aria-rowcount", "64")
    maps.region.get_by_role("button", name="fewer").click()
    expect(flat).not_to_have_attribute("aria-rowcount", "64")
