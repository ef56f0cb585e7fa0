"""Two layers that the page does not know, one elementwise and one with windows: they are built, drawn, narrated,
explained and checked in every view. The page shows what the service answers.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.build_panel import BuildPanel
from tests.browser.check_view import CheckView
from tests.browser.explorer import Explorer, numbers_of
from tests.browser.feature_maps import FeatureMaps
from tests.browser.links import settled
from tests.browser.matrices_view import MatricesView, numbers_in
from tests.browser.test_files import share
from tests.browser.test_flow import Strip
from tests.browser.test_maps import numbers_of as image_numbers_of
from tests.browser.test_matrices import TALL
from tests.browser.test_picture import parsed, save
from tests.browser.test_tables import NOT_YET, switch
from tests.browser.test_truth import READ, sides_of
from tests.support.lines import equations_in, lines_hold
from tests.support.networks import Document
from tests.support.server import running

INSTALL = "from tests.support import toy_layers; toy_layers.install()"
REST: Document = {
    "format": "tinyml-network/1",
    "loss": {"type": "half_squared_error"},
    "optimizer": {"type": "sgd", "lr": 0.1},
}
ROWS: Document = {
    **REST,
    "name": "Rows",
    "input_shape": [2],
    "layers": [
        {"type": "Linear", "name": "fc_1", "output_dim": 2, "w": [[0.15, -0.2], [0.25, 0.3]], "b": [0.35, 0.45]},
        {"type": "LogSigmoid", "name": "logsig_1"},
        {"type": "Linear", "name": "fc_2", "output_dim": 1, "w": [[0.4], [0.5]], "b": [-0.6]},
        {"type": "LogSigmoid", "name": "logsig_2"},
    ],
    "x": [[0.1, 0.5]],
    "y": [[0.01]],
}
IMAGES: Document = {
    **REST,
    "name": "Images",
    "input_shape": [1, 3, 3],
    "layers": [
        {"type": "SumPool2D", "name": "sum_1", "size": 2, "stride": 1},
        {"type": "LogSigmoid", "name": "logsig_1"},
        {"type": "Flatten", "name": "flat"},
        {"type": "Linear", "name": "fc_1", "output_dim": 1, "w": [[0.4], [-0.3], [0.2], [0.1]], "b": [0.2]},
    ],
    "x": [[[[0.1, 0.25, -0.3], [0.45, 0.15, 0.6], [-0.2, 0.35, 0.05]]]],
    "y": [[0.5]],
}


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with both layers, shared by the tests of this file."""
    with running(tmp_path_factory.mktemp("data"), INSTALL) as server:
        yield server.url


def bare(sentence: str) -> str:
    """A sentence without what the page and plain text typeset differently: sub- and superscripts, spaces."""
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", sentence.replace("ˆ", "")))
    return re.sub(r"[\s/_^()\u0302\u200b\u2061\u2062]|\u0302", "", letters)


def speak(explorer: Explorer, name: str, tag: str) -> None:
    """Choose a language, which reloads the page."""
    explorer.page.get_by_role("radio", name=name).check(force=True)
    expect(explorer.page.locator("html")).to_have_attribute("lang", tag)
    expect(explorer.page.locator("[data-layer]").first).to_be_visible()


def steps_of(explorer: Explorer, document: Document, language: str, by: str) -> list[dict[str, Any]]:
    """Every step as the service words it."""
    request = {"document": document, "by": by, "language": language, "limit": 100}
    answer: dict[str, list[dict[str, Any]]] = explorer.ask("/api/steps", request)
    return answer["steps"]


def walk(explorer: Explorer, steps: list[dict[str, Any]], by: str) -> None:
    """Go to every step and compare its sentence with the service's."""
    explorer.press({"node": "3", "term": "4"}[by])
    slider, sentence = explorer.page.get_by_role("slider"), explorer.page.locator(".sentence")
    for place, step in enumerate(steps, 1):
        slider.fill(str(place))
        expect(sentence).to_have_attribute("aria-busy", "false")
        assert bare(sentence.text_content() or "").startswith(bare(step["sentence"])), (place, step)


def explained(explorer: Explorer, document: Document, *refs: str) -> None:
    """Wait for these in the inspector, and compare every number there with the service's."""
    for ref in refs:
        expect(explorer.inspector.locator(f'[data-ref="{ref}"]').first).to_be_visible()
    expect(explorer.inspector).to_have_attribute("aria-busy", "false")
    for ref, value in explorer.shown(explorer.inspector).items():
        assert value == explorer.explain(document, ref)["value"], ref


def written(explorer: Explorer, numbers: dict[str, float], *equations: str) -> list[str]:
    """Equations of the Matrices view in symbols, after comparing all numbers with the service's."""
    view = MatricesView(explorer)
    view.open()
    explorer.press("End")
    view.region.get_by_role("combobox", name=re.compile("^of")).select_option(equations[0].split()[0])
    symbols = [view.equation(name).locator(".in-symbols") for name in equations]
    for one in symbols:
        expect(one).to_be_visible()
    shown = explorer.shown(view.region)
    assert shown == {ref: numbers[ref] for ref in shown}
    return [re.sub(r"\s", "", one.text_content() or "") for one in symbols]


def test_both_are_added_from_the_menu_and_everything_follows(explorer: Explorer) -> None:
    panel = BuildPanel(explorer)
    document = explorer.example("two-layers")
    explorer.choose("two-layers")
    panel.add("LogSigmoid")
    panel.expect_layers("fc_1", "relu_1", "fc_2", "logsig_1")
    expect(panel.grip("logsig_1")).to_have_accessible_name(re.compile("^Move LogSigmoid logsig_1, layer 4 of 4"))
    document["layers"].append({"type": "LogSigmoid", "name": "logsig_1"})
    explorer.press("End")
    assert explorer.shown(explorer.diagram).items() <= numbers_of(explorer.trace(document)).items()
    expect(explorer.part("ŷ_1").locator("[data-function=LogSigmoid] .curve")).to_have_count(1)
    panel.open_menu("relu_1").get_by_role("combobox", name="Kind").select_option(label="LogSigmoid")
    panel.expect_layers("fc_1", "logsig_2", "fc_2", "logsig_1")
    maps = FeatureMaps(explorer)
    maps.open("digits-cnn")
    panel.open_menu("relu_1").get_by_role("combobox", name="Add below").select_option(label="Sum pooling")
    panel.expect_layers("conv_1", "relu_1", "sum_pool_1", "max_pool_1", "flatten_1", "fc_1")
    panel.layer("sum_pool_1").get_by_role("button", name="Sum pooling sum_pool_1: settings and numbers").click()
    panel.layer("sum_pool_1").get_by_label("Window of sum_pool_1").fill("3")
    # The service adjusts the stride so that no row is left over.
    expect(panel.layer("sum_pool_1").locator(".layer-shape")).to_have_text("4×8×8 → 4×6×6")
    expect(panel.panel.locator(".outcome")).to_contain_text("fc_1 keeps the numbers that still fit")
    expect(maps.map("sum_pool_1.output[0,3]")).to_have_attribute("aria-rowcount", "6")


def test_a_row_s_numbers_are_the_services_in_every_view(explorer: Explorer) -> None:
    trace = explorer.bring(ROWS)
    explorer.press("End")
    numbers = numbers_of(trace)
    drawn = explorer.shown(explorer.diagram)
    assert drawn == {ref: numbers[ref] for ref in drawn}
    assert {"logsig_1.output[0,1]", "logsig_2.output[0,0]", "fc_1.output.grad[0,0]"} <= drawn.keys()
    # Each unit has its curve, with a mark at its z.
    refs = {node["id"]: node["ref"] for node in trace["nodes"]}
    for unit in ("h_1^(1)", "ŷ_1"):
        expect(explorer.part(unit).locator("[data-function=LogSigmoid] circle.here")).to_have_count(1)
        explorer.select(unit)
        # All notations consist of the same parts for any unit.
        for notation in ("Chain rule", "Matrix", "Paths", "Scalar")[-1 if unit == "ŷ_1" else 0 :]:
            explorer.notation(notation).check()
            explained(explorer, ROWS, refs[unit], refs[unit].replace("[", ".grad["))
    explorer.select("fc_1.w[0,1]")
    explorer.press("c")
    expect(explorer.inspector.locator(".numeric-check").first).to_contain_text("agrees")
    explorer.press("Escape")
    svg = "".join(parsed(save(explorer.page, "SVG")).itertext())
    assert "LogSigmoid" in svg
    for ref in ("logsig_1.output[0,0]", "logsig_1.output[0,1]", "logsig_2.output[0,0]"):
        assert f"{numbers[ref]:.6g}".replace("-", "−") in svg, ref
    strip = Strip(explorer)
    strip.button.click()
    expect(strip.bars).to_have_count(4)
    flow = explorer.ask("/api/gradient-flow", {"document": ROWS})
    assert strip.values() == [layer["gradient"] for layer in flow["rows"]]
    strip.button.click()
    explorer.press("End")
    region = switch(explorer)
    expect(region.get_by_text(NOT_YET)).to_have_count(0)
    assert explorer.shown(region) == numbers
    assert written(explorer, numbers, "logsig_1 forward", "logsig_1 back") == [
        "H(1)=LogSigmoidZ(1)",
        "∇(1)=∂ℓ/∂H(1)⊙LogSigmoid′Z(1)",
    ]
    view = CheckView(explorer)
    view.open()
    view.shows(view.check_answer(ROWS))


def test_an_image_s_numbers_are_the_services_in_every_view(explorer: Explorer) -> None:
    maps, numbers = FeatureMaps(explorer), image_numbers_of(explorer.bring(IMAGES))
    explorer.press("End")
    maps.chosen("values")
    maps.point("sum_1.output[0,0]", 1, 0, (2, 2))
    assert maps.frames("x[0,0]", "field", (3, 3)) == [(1, 0, 2, 2)]
    expect(maps.terms.locator(".running")).to_have_text(["0.450000", "0.600000", "0.400000", "0.750000"])
    maps.page.mouse.down()
    maps.page.mouse.up()
    expect(explorer.inspector.get_by_text("Selected")).to_be_visible()
    explained(explorer, IMAGES, "x[0,0,1,0]", "x[0,0,2,1]", "sum_1.output[0,0,1,0]")
    maps.point("logsig_1.output[0,0]", 0, 1, (2, 2))
    assert maps.frames("sum_1.output[0,0]", "field", (2, 2)) == [(0, 1, 1, 1)]
    maps.chosen("gradients")
    maps.point("x[0,0]", 1, 1, (3, 3))
    assert maps.frames("sum_1.output[0,0]", "field", (2, 2)) == [(0, 0, 2, 2)]
    maps.page.mouse.down()
    maps.page.mouse.up()
    explained(explorer, IMAGES, *(f"sum_1.output.grad[0,0,{r},{s}]" for r in (0, 1) for s in (0, 1)))
    explorer.press("c")
    expect(explorer.inspector.locator(".numeric-check").first).to_contain_text("agrees")
    explorer.press("Escape")
    seen: dict[str, float] = {}
    region = switch(explorer)
    for choice in ("by step", "values", "gradients"):
        maps.chosen(choice)
        expect(region.get_by_text(NOT_YET)).to_have_count(0)
        seen |= explorer.shown(region)
    assert seen == {ref: numbers[ref] for ref in seen}
    assert {ref for ref in numbers if re.match(r"(x|sum_1|logsig_1)", ref)} <= seen.keys()
    forward, back = written(explorer, numbers, "sum_1 forward", "sum_1 back")
    assert (forward, back) == ("A(0)=SumPool2Dim2col(X)", "∂ℓ/∂X=∑i,jim2col(∂ℓ/∂A(0))⊙∂A(0)/∂X")
    # All rows of the table at once, below the reason why there is no complex step.
    explorer.page.set_viewport_size(TALL)
    view = CheckView(explorer)
    view.open()
    view.shows(view.check_answer(IMAGES))


def test_every_number_is_in_the_matrices(explorer: Explorer) -> None:
    matrices = MatricesView(explorer)
    explorer.page.set_viewport_size(TALL)
    trace = explorer.bring(ROWS)
    explorer.press("End")
    matrices.open()
    expect(matrices.region.locator("td.unknown")).to_have_count(0)
    assert explorer.shown(matrices.region) == numbers_in(trace)
    expect(matrices.equation("logsig_1 forward")).to_contain_text("LogSigmoid")
    matrices.entry("logsig_1 back", "fc_1.output.grad[0,1]").hover()
    assert matrices.entries("logsig_1 back", "meets") == ["logsig_1.output.grad[0,1]", "fc_1.output[0,1]"]
    due = numbers_in(explorer.bring(IMAGES))
    explorer.press("End")
    expect(matrices.equation("flat back")).to_be_visible()
    expect(matrices.region.locator("td.unknown")).to_have_count(0)
    shown = explorer.shown(matrices.region)
    assert shown == {ref: due[ref] for ref in shown}
    assert {ref for ref in due if ref.startswith(("logsig_1", "fc_1", "sum_1.output["))} <= shown.keys()


@pytest.mark.parametrize("document", [ROWS, IMAGES], ids=["rows", "images"])
def test_every_step_has_the_sentence_of_the_service_in_both_languages(explorer: Explorer, document: Document) -> None:
    explorer.bring(document)
    steps = steps_of(explorer, document, "en", "term")
    walk(explorer, steps, "term")
    assert sum(equations_in(step["sentence"]) for step in steps) > 20
    # Sums over windows grow term by term; backward, the sums of gradients from several windows.
    growing = [place for place, step in enumerate(steps, 1) if step["layer"] == "sum_1" and "Term " in step["sentence"]]
    for number in growing[2::5]:
        explorer.page.get_by_role("slider").fill(str(number))
        expect(explorer.inspector.locator(".growing .side").last).to_be_visible()
        expect(explorer.inspector).to_have_attribute("aria-busy", "false")
        assert sum(map(lines_hold, sides_of(explorer.page.evaluate(READ)["sides"]))) > 0
    speak(explorer, "简体中文", "zh-Hans")
    walk(explorer, steps_of(explorer, document, "zh", "node"), "node")


def test_they_live_in_links_and_files(explorer: Explorer) -> None:
    explorer.bring(ROWS)
    explorer.press("ArrowRight", 4)
    shown = explorer.shown(explorer.diagram)
    link = settled(explorer)
    panel = share(explorer.page)
    with explorer.page.expect_download() as download:
        panel.get_by_role("button", name="Save as a file").click()
    saved = json.loads(download.value.path().read_text())
    assert saved == explorer.trace(ROWS)["document"]
    explorer.page.goto("about:blank")
    explorer.page.goto(link)
    explorer.expect_position(4)
    assert explorer.shown(explorer.diagram) == shown
    explorer.bring(saved)
    expect(explorer.sentence).to_contain_text("“Rows” is ready")
