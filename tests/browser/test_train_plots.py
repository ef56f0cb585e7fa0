"""The plots of the Train view: saved as files, read off, compared between two moments, in windows of every size."""

import csv
import struct
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.axe import assert_accessible
from tests.browser.clashes import clashes
from tests.browser.explorer import Explorer
from tests.browser.test_forced_colours import style
from tests.browser.test_sizes import SIZES
from tests.browser.test_train import PATIENCE, TrainView, advanced, network

SVG = "{http://www.w3.org/2000/svg}"
PLOTS = ["In the plane", "Loss", "Accuracy", "The network", "Gradients of the layers", "Weights and activations"]
CONFUSION = "Predicted classes of the held-out rows"


def saved(train: TrainView, plot: str, kind: str) -> Path:
    region = train.here.get_by_role("region", name=plot, exact=True)
    if not region.locator("details.save[open]").count():
        region.locator("details.save summary").click()
    with train.page.expect_download(timeout=PATIENCE) as download:
        region.get_by_role("button", name=kind, exact=True).click()
    stem = f"Spiral-{plot.replace(' ', '-')}"
    assert download.value.suggested_filename == f"{stem}.{kind.lower()}"
    return Path(download.value.path())


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture
def trained(explorer: Explorer) -> tuple[TrainView, dict[str, Any]]:
    """A training that has paused after an epoch of 24 steps, with its histograms."""
    train, document = TrainView(explorer), network()
    train.open(document)
    train.press("One epoch")
    expect(train.status).to_contain_text("Training step 25 is open in", timeout=PATIENCE)
    train.press("Show")
    expect(train.here.locator(".histogram .bin").first).to_be_visible()
    return train, document


def test_plots_are_files_with_the_numbers_of_the_service_and_moments_stand_side_by_side(
    explorer: Explorer, trained: tuple[TrainView, dict[str, Any]]
) -> None:
    train, document = trained
    there = advanced(explorer, document, 24)
    explorer.page.emulate_media(color_scheme="dark")

    # The numbers of the files are those of other routes of the service, with all their digits.
    losses = explorer.ask("/api/advance", {"document": document, "steps": 24})["losses"]
    found = {int(row["training_step"]): row for row in rows(saved(train, "Loss", "CSV"))}
    assert {step: float(row["mini_batch_loss"]) for step, row in found.items() if row["mini_batch_loss"]} == {
        step + 1: loss for step, loss in enumerate(losses[:24])
    }
    assert float(found[25]["held_out_loss"]) == pytest.approx(train.number("held-out loss"), rel=1e-5)
    flow = explorer.ask("/api/gradient-flow", {"document": there})["rows"]
    assert [float(row["output_gradient_rms"]) for row in rows(saved(train, "Gradients of the layers", "CSV"))] == [
        row["gradient"] for row in flow
    ]
    tensors = explorer.ask("/api/trace", there)["tensors"]
    bins = [row for row in rows(saved(train, "Weights and activations", "CSV")) if row["tensor"] == "fc_1.w"]
    edges = [float(row["from"]) for row in bins] + [float(bins[-1]["to"])]
    assert [int(row["count"]) for row in bins] == np.histogram(tensors["fc_1.w"], edges)[0].tolist()
    assert sum(int(row[name]) for row in rows(saved(train, CONFUSION, "CSV")) for name in row if name != "class") == 60
    weights = {row["parameter"]: float(row["value"]) for row in rows(saved(train, "The network", "CSV"))}
    assert len(weights) == 2 * 16 + 16 + 16 * 16 + 16 + 16 + 1
    assert [weights[f"fc_1.w[1,{unit}]"] for unit in range(16)] == tensors["fc_1.w"][1]
    plane = rows(saved(train, "In the plane", "CSV"))
    assert len(plane) == 50 * 50
    assert all(0 <= float(row["probability_1"]) <= 1 for row in plane)

    # The pictures are light, with their texts as texts.
    for plot in [*PLOTS, CONFUSION]:
        root = ElementTree.parse(saved(train, plot, "SVG")).getroot()
        assert root.tag == f"{SVG}svg"
        assert root.find(f"{SVG}rect").get("fill") == "#fdfcf9"  # type: ignore[union-attr]
        texts = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
        assert plot.split()[0] in texts
        assert "Save" not in texts
        assert len(list(root.iter())) > 15
    image = saved(train, "In the plane", "PNG").read_bytes()
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert min(struct.unpack(">II", image[16:24])) > 900
    explorer.page.emulate_media(color_scheme="light")

    # A bin and a point are read off with a pointer and with keys.
    drawn = train.here.get_by_role("slider", name="parameters fc_1.w")
    drawn.focus()
    explorer.press("End")
    expect(drawn).to_have_attribute("aria-valuetext", f"{float(bins[-1]['from']):g} to {edges[-1]:g}: "
                                   f"{bins[-1]['count']} of 32")  # fmt: skip
    train.here.locator(".surface-square").hover()
    expect(train.here.locator(".surface-plane .plane-reading")).to_contain_text("x₁ = ")

    # The pinned training step beside another one.
    train.press("Pin training step 25")
    train.press("One epoch")
    expect(train.status).to_contain_text("Training step 49 is open in", timeout=PATIENCE)
    moments = train.here.get_by_role("region", name="Two moments")
    line = moments.get_by_role("row", name="mini-batch")
    shown = [
        float(one) for one in line.locator("[data-value]").evaluate_all("all => all.map(one => one.dataset.value)")
    ]
    after = explorer.ask("/api/advance", {"document": document, "steps": 48})["losses"]
    assert shown == [after[24], after[48]]
    cell = moments.get_by_role("row", name="parameters fc_1.w").locator("[data-value]").first
    size = float(cell.get_attribute("data-value") or "nan")
    assert size == pytest.approx(np.sqrt(np.mean(np.square(tensors["fc_1.w"]))), rel=1e-12)
    expect(moments.locator("figure canvas")).to_have_count(2)
    assert_accessible(explorer)
    moments.get_by_role("button", name="Open training step 25").click()
    expect(train.status).to_contain_text("Training step 25 is open in", timeout=PATIENCE)


def test_no_control_of_the_plots_lies_on_another_and_forced_colours_keep_the_data(
    explorer: Explorer, trained: tuple[TrainView, dict[str, Any]]
) -> None:
    train, _ = trained
    train.press("Pin training step 25")
    train.press("One step")
    expect(train.here.locator("figure canvas")).to_have_count(2, timeout=PATIENCE)
    found: list[str] = []
    # The last one is a laptop at 200 %.
    for width, height in (*SIZES, (640, 360)):
        explorer.page.set_viewport_size({"width": width, "height": height})
        found += [f"{width}: {clash}" for clash in clashes(explorer.page)]
    assert not found, "\n".join(found)
    explorer.page.emulate_media(forced_colors="active")
    colours = {style(train.here.locator(part).first, "fill") for part in (".bin", ".above", ".below")}
    assert len(colours) == 3
    for lines in (".curve.training", ".curve.held-out"):
        assert style(train.here.locator(lines).first, "stroke") not in ("none", style(train.here, "backgroundColor"))
