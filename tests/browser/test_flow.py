"""The gradient-flow strip: how large the gradient is at each layer, and which units stop it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.axe import assert_accessible
from tests.browser.explorer import Explorer, Watch, read

Document = dict[str, Any]


class Strip:
    """The strip and its operations."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.page = explorer.page
        self.button = explorer.diagram.get_by_role("button", name="Gradient flow")
        self.region = explorer.diagram.get_by_role("region", name="Gradient flow")
        self.bars = self.region.get_by_role("group", name="Size of the gradient at each layer").get_by_role("button")
        self.verdict = self.region.locator(".flow-verdict")
        self.reading = self.region.locator(".flow-reading")
        self.notes = self.region.get_by_role("listitem")

    def bar(self, layer: str) -> Locator:
        return self.region.get_by_role("button", name=re.compile(f"^{layer}, "))

    def open(self) -> None:
        self.button.click()
        self.region.get_by_role("button", name="Go to the end of the backward pass").click()
        expect(self.bars).not_to_have_count(0)

    def values(self) -> list[float]:
        drawn: list[float] = self.region.locator(".flow-track").evaluate_all(
            "tracks => tracks.map(track => Number(track.dataset.value))"
        )
        return drawn


def opened(explorer: Explorer, document: Document) -> Strip:
    """The page with this network instead of its examples, and the strip open."""
    example = {
        "slug": "flow",
        "name": document["name"],
        "title": document["name"],
        "description": "",
        "document": document,
    }

    def answer(route: Route) -> None:
        route.fulfill(json=[example])

    explorer.page.route("**/api/examples?*", answer)
    explorer.open()
    strip = Strip(explorer)
    strip.open()
    return strip


def network(name: str, layers: list[Document], outputs: int) -> Document:
    return {
        "name": name,
        "input_shape": [2],
        "layers": layers,
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.5},
        "x": [[0.1, 0.5], [1.0, 0.2]],
        "y": [[0.01, 0.99][:outputs]] * 2,
        "seed": 1,
    }


def vanishing() -> Document:
    """Seven layers with sigmoids between them, whose slopes of at most ¼ multiply."""
    layers: list[Document] = []
    for _ in range(6):
        layers += [{"type": "Linear", "output_dim": 3}, {"type": "Sigmoid"}]
    return network("vanishing", [*layers, {"type": "Linear", "output_dim": 2}], 2)


def stuck() -> Document:
    """The second and fourth unit of the rectifier are dead, the second of the sigmoid is saturated."""
    layers: list[Document] = [
        {"type": "Linear", "output_dim": 4, "w": [[1, -1, 0.5, -2], [1, -1, -0.2, -1]], "b": [0.1, -0.5, 0.1, -3]},
        {"type": "ReLu"},
        {"type": "Linear", "output_dim": 3, "w": [[1, 5, 0.1], [0, 9, 0], [0, 9, 0], [1, 1, 1]], "b": [0, 6, 0]},
        {"type": "Sigmoid"},
        {"type": "Linear", "output_dim": 2, "w": [[1, 0.5], [0.4, 0.3], [0.3, -0.2]], "b": [0, 0]},
    ]
    return network("stuck", layers, 2)


def flow_answer(explorer: Explorer, document: Document) -> Document:
    answer: Document = explorer.ask("/api/gradient-flow", {"document": document})
    return answer


@pytest.fixture
def requests(explorer: Explorer) -> list[str]:
    """The addresses that the page requests from now on."""
    seen: list[str] = []
    explorer.page.on("request", lambda request: seen.append(request.url))
    return seen


def test_closed_it_asks_nothing_and_its_code_comes_when_it_is_opened(explorer: Explorer, requests: list[str]) -> None:
    strip = Strip(explorer)
    explorer.press("End")
    expect(strip.button).to_have_attribute("aria-expanded", "false")
    expect(strip.region).to_have_count(0)
    assert not any("Flow-" in url or "gradient-flow" in url for url in requests)
    strip.button.click()
    expect(strip.bars).to_have_count(1)
    expect(strip.button).to_have_attribute("aria-expanded", "true")
    assert any("Flow-" in url for url in requests)
    strip.button.click()
    expect(strip.region).to_have_count(0)
    requests.clear()
    explorer.field("/x/0/0").fill("0.2")
    explorer.page.keyboard.press("Enter")
    expect(explorer.node("x 1")).to_contain_text("0.2")
    assert not any("gradient-flow" in url for url in requests)


def test_it_reports_that_the_gradients_are_not_computed_yet(explorer: Explorer, requests: list[str]) -> None:
    strip = Strip(explorer)
    explorer.choose("two-layers")
    strip.button.click()
    expect(strip.region).to_contain_text("The gradients are not computed yet.")
    explorer.press("1")
    explorer.press("ArrowRight", 2)
    expect(strip.region).to_contain_text("The gradients are not computed yet.")
    assert not any("gradient-flow" in url for url in requests)
    explorer.press("ArrowRight")
    expect(strip.bars).not_to_have_count(0)
    explorer.press("ArrowLeft")
    expect(strip.bars).to_have_count(0)
    strip.region.get_by_role("button", name="Go to the end of the backward pass").click()
    expect(strip.bars).not_to_have_count(0)
    explorer.expect_position(3)


def test_the_picture_makes_room_and_is_not_covered(unopened: Explorer) -> None:
    strip = opened(unopened, stuck())
    for shut in (False, True):
        if shut:
            strip.button.click()
            expect(strip.region).to_have_count(0)
        edge = strip.button if shut else strip.region
        top = edge.evaluate("one => one.getBoundingClientRect().top")
        bottoms = unopened.diagram.locator(".legend, .node").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().bottom)"
        )
        assert len(bottoms) > 10
        assert max(bottoms) <= top


def test_a_vanishing_gradient_is_reported_with_its_ratio(unopened: Explorer) -> None:
    strip = opened(unopened, vanishing())
    answer = flow_answer(unopened, vanishing())
    assert answer["ratio"] < 1e-3
    assert strip.values() == [row["gradient"] for row in answer["rows"]]
    expect(strip.verdict).to_contain_text("The gradient vanishes")
    ratio = strip.verdict.locator(".number").first
    assert float(ratio.get_attribute("data-value") or 0) == pytest.approx(1 / answer["ratio"])
    assert read(ratio.inner_text()) == pytest.approx(1 / answer["ratio"], rel=0.05)
    heights = strip.region.locator(".flow-fill").evaluate_all("all => all.map(one => one.offsetHeight)")
    linear = heights[::2]
    assert linear == sorted(linear)
    expect(strip.reading).to_contain_text("No unit is dead or saturated.")


def test_pointing_at_a_bar_shows_its_numbers_to_six_digits(unopened: Explorer) -> None:
    strip = opened(unopened, stuck())
    first, second = flow_answer(unopened, stuck())["rows"][:2]
    strip.bar("fc_1").hover()
    expect(strip.reading).to_contain_text("fc_1 (Linear)")
    numbers = strip.reading.locator(".number").evaluate_all("all => all.map(one => one.dataset.value)")
    assert [float(number) for number in numbers] == [first["gradient"], first["parameters"]]
    strip.bar("relu_1").focus()
    strip.page.mouse.move(0, 0)
    expect(strip.reading).to_contain_text("relu_1 (ReLU)")
    assert read(strip.reading.locator(".number").inner_text()) == pytest.approx(second["gradient"], rel=1e-5)


def test_dead_and_saturated_units_are_marked_and_lead_to_themselves(unopened: Explorer) -> None:
    strip = opened(unopened, stuck())
    expect(strip.bar("relu_1")).to_have_accessible_name(re.compile("2 of 4 units dead$"))
    expect(strip.bar("sigmoid_1")).to_have_accessible_name(re.compile("1 of 3 units saturated$"))
    expect(strip.bar("relu_1").locator(".flow-badge")).to_have_text("2")
    expect(strip.notes).to_have_count(2)
    expect(strip.notes.first).to_contain_text("of relu_1 are dead: their slope is 0 in every sample")
    expect(strip.notes.last).to_contain_text("of sigmoid_1 is saturated: its slope is under 1 % of the steepest")
    strip.notes.first.get_by_role("button", name="h 4 of layer 1").click()
    expect(unopened.part("h_4^(1)")).to_have_attribute("aria-pressed", "true")
    expect(unopened.inspector.get_by_text("Selected")).to_be_visible()
    strip.notes.last.get_by_role("button", name="h 2 of layer 2").click()
    expect(unopened.part("h_2^(2)")).to_have_attribute("aria-pressed", "true")


def test_arrow_keys_go_from_bar_to_bar_and_take_no_step(unopened: Explorer) -> None:
    strip = opened(unopened, stuck())
    before = unopened.position()
    strip.bar("fc_1").focus()
    for key, layer in (("ArrowRight", "relu_1"), ("ArrowLeft", "fc_1"), ("ArrowLeft", "fc_1"), ("End", "fc_3")):
        unopened.press(key)
        expect(strip.bar(layer)).to_be_focused()
    unopened.expect_position(*before)
    assert strip.bars.evaluate_all("all => all.filter(one => one.tabIndex === 0).length") == 1
    unopened.press("Enter")
    expect(unopened.part("ŷ_1")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("width", [390, 640, 1280])
def test_it_stays_where_it_is_while_one_points_at_its_bars(unopened: Explorer, width: int) -> None:
    unopened.page.set_viewport_size({"width": width, "height": 844})
    layers: list[Document] = [
        {"type": "Linear", "output_dim": 2},
        {"type": "Sigmoid"},
        {"type": "Linear", "output_dim": 2},
    ]
    strip = opened(unopened, network("healthy", layers, 2))
    expect(strip.region).to_contain_text("No unit is dead or saturated.")
    tall = "one => one.getBoundingClientRect().height"
    heights = {strip.region.evaluate(tall)}
    for layer in ("fc_1", "sigmoid_1", "fc_2"):
        strip.bar(layer).hover()
        expect(strip.reading).to_contain_text(layer)
        heights.add(strip.region.evaluate(tall))
    assert len(heights) == 1, heights


def test_it_follows_an_edit(unopened: Explorer) -> None:
    strip = opened(unopened, stuck())
    expect(strip.notes).to_have_count(2)
    edited = stuck()
    edited["layers"][0]["b"] = [0.1, -0.5, 0.1, 9]
    unopened.field("/layers/0/b/3").fill("9")
    unopened.page.keyboard.press("Enter")
    expect(strip.notes.first).to_contain_text("of relu_1 is dead")
    assert strip.values() == [row["gradient"] for row in flow_answer(unopened, edited)["rows"]]


def test_images_have_channels_and_the_strip_stands_below_their_maps(explorer: Explorer) -> None:
    explorer.page.get_by_label("Example").select_option("digits-cnn")
    maps = explorer.diagram.locator(".feature-maps")
    expect(maps).to_be_visible()
    strip = Strip(explorer)
    foot = maps.evaluate("one => one.getBoundingClientRect().bottom")
    assert foot <= strip.button.evaluate("one => one.getBoundingClientRect().top")
    strip.open()
    answer = flow_answer(explorer, explorer.example("digits-cnn"))
    assert strip.values() == [row["gradient"] for row in answer["rows"]]
    strip.bar("conv_1").click()
    expect(explorer.inspector.get_by_text("Selected")).to_be_visible()


def test_non_finite_numbers_are_reported(unopened: Explorer) -> None:
    document = network("diverged", [{"type": "Linear", "output_dim": 1, "w": [[1e308], [1e308]], "b": [1e308]}] * 2, 1)
    document["layers"][1] = {"type": "Linear", "output_dim": 1, "w": [[1e308]], "b": [0]}
    strip = opened(unopened, document)
    expect(strip.verdict).to_have_text("Some gradients are not finite numbers, so they cannot be compared.")
    expect(strip.region.locator(".flow-said").first).to_have_text(re.compile("∞|NaN"))


def test_an_unreachable_server_is_reported_and_the_request_repeated(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    explorer.page.route("**/api/gradient-flow", lambda route: route.abort())
    strip = Strip(explorer)
    explorer.press("End")
    strip.button.click()
    expect(strip.region.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    explorer.page.unroute("**/api/gradient-flow")
    strip.region.get_by_role("button", name="Try again").click()
    expect(strip.bars).to_have_count(1)
    expect(strip.region.get_by_role("alert")).to_be_empty()


def test_axe_finds_nothing(explorer: Explorer) -> None:
    Strip(explorer).button.click()
    assert_accessible(explorer)
    explorer.page.unroute_all()
    strip = opened(explorer, stuck())
    assert_accessible(explorer)
    strip.bar("relu_1").hover()
    assert_accessible(explorer)
