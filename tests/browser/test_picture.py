"""The picture as a file: it shows what the page shows, and is independent of the page."""

import base64
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.explorer import Explorer
from tests.browser.feature_maps import FeatureMaps

NAMES = {"svg": "http://www.w3.org/2000/svg"}
# The visible position and colour of each text; texts without ink are left out.
TEXTS = """root => {
    const found = [];
    const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
    const paint = Object.assign(canvas, { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
    const inked = colour => {
        paint.clearRect(0, 0, 1, 1);
        paint.fillStyle = colour;
        paint.fillRect(0, 0, 1, 1);
        return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3).join();
    };
    for (const one of root.querySelectorAll('text')) {
        const text = [...one.childNodes].filter(n => n.nodeName !== 'title').map(n => n.textContent).join('');
        const { left, top, width } = one.getBoundingClientRect();
        if (width > 0) found.push({ text, left, top, width, ink: inked(getComputedStyle(one).fill) });
    }
    return found;
}"""
PIXEL = """async ([address, x, y]) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return [...context.getImageData(Math.round(x * image.width), Math.round(y * image.height), 1, 1).data];
}"""


def save(page: Page, kind: str) -> bytes:
    page.get_by_role("button", name="Share").click()
    panel = page.get_by_role("dialog", name="Share")
    with page.expect_download() as download:
        panel.get_by_role("button", name=f"Save as {kind}").click()
    expect(panel).to_contain_text(f"Saved as {download.value.suggested_filename}.")
    page.keyboard.press("Escape")
    return Path(download.value.path()).read_bytes()


def parsed(svg: bytes) -> ET.Element:
    root = ET.fromstring(svg)
    assert root.tag == f"{{{NAMES['svg']}}}svg"
    return root


def words(root: ET.Element, name: str) -> str:
    [found] = root.findall(f"svg:{name}", NAMES)
    return found.text or ""


def elsewhere(page: Page, svg: bytes) -> Page:
    """The file by itself, opened outside of the page."""
    other = page.context.new_page()
    other.goto("data:image/svg+xml;base64," + base64.b64encode(svg).decode())
    other.evaluate("Promise.all([...document.fonts].map(face => face.load())).then(() => true)")
    return other


def same_places(shown: list[dict[str, Any]], saved: list[dict[str, Any]]) -> None:
    assert [one["text"] for one in saved] == [one["text"] for one in shown]
    assert len(shown) > 5
    across = {round(a["left"] - b["left"]) for a, b in zip(saved, shown, strict=True)}
    down = {round(a["top"] - b["top"]) for a, b in zip(saved, shown, strict=True)}
    # All moved by the same offset: to the left and up, to the picture's origin.
    assert max(across) - min(across) <= 1
    assert max(down) - min(down) <= 1
    for a, b in zip(saved, shown, strict=True):
        assert a["width"] == pytest.approx(b["width"], abs=1)
        assert a["ink"] == b["ink"], a["text"]


def test_every_letter_and_number_stands_where_the_page_has_it(themed: Explorer) -> None:
    themed.choose("two-layers")
    for steps in (0, 4, 5):
        themed.press("ArrowRight", steps)
        expect(themed.sentence).to_have_attribute("aria-busy", "false")
        svg = save(themed.page, "SVG")
        shown = themed.page.locator(".picture").evaluate(TEXTS)
        other = elsewhere(themed.page, svg)
        saved = other.evaluate(f"({TEXTS})(document.documentElement)")
        # The legend beneath the picture comes after it.
        same_places(shown, saved[: len(shown)])
        assert any("Edge values" in one["text"] for one in saved[len(shown) :])
        other.close()


def test_it_needs_nothing_of_the_page_and_runs_nothing(explorer: Explorer) -> None:
    svg = save(explorer.page, "SVG").decode()
    root = parsed(svg.encode())
    for element in root.iter():
        assert element.tag.removeprefix(f"{{{NAMES['svg']}}}") not in {"script", "foreignObject", "use"}
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert not re.search(r"var\(|light-dark|color-mix|oklab|currentColor|https?:|url\((?!#)", value), (
                name,
                value,
            )
    [style] = root.findall("svg:style", NAMES)
    faces = re.findall(r"font-family:'([^']+)'[^}]*url\(data:font/woff2;base64,([A-Za-z0-9+/=]+)\)", style.text or "")
    assert {name for name, _ in faces} == {"Explorer Sans", "Explorer Math"}
    assert all(base64.b64decode(data)[:4] == b"wOF2" for _, data in faces)


def test_its_title_and_description_contain_the_numbers(explorer: Explorer) -> None:
    trace = explorer.choose("batch-of-three")
    explorer.press("End")
    expect(explorer.sentence).to_contain_text("training step is complete")
    root = parsed(save(explorer.page, "SVG"))
    assert words(root, "title") == "A batch of three, training step 1, sample 1 of 3"
    description = words(root, "desc")
    for node in trace["nodes"]:
        if node["role"] == "output":
            assert f"value {node['value']:.6g}".replace("-", "−") in description
    assert f"loss, value {trace['loss']['value']:.6g}" in description
    assert "training step is complete" in description


def test_a_png_has_the_colours_of_the_roles(themed: Explorer) -> None:
    png = save(themed.page, "PNG")
    svg = parsed(save(themed.page, "SVG"))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (3 * int(svg.attrib["width"]), 3 * int(svg.attrib["height"]))
    address = "data:image/png;base64," + base64.b64encode(png).decode()
    circles = [one for one in svg.iter() if one.tag.endswith("circle") and one.get("fill") not in {None, "none"}]
    assert len(circles) >= 5
    for circle in circles:
        [a, *_, e, f] = map(float, re.findall(r"-?[\d.]+", circle.attrib["transform"]))
        shift = [float(part) for part in re.findall(r"-?[\d.]+", svg.findall("svg:g", NAMES)[0].attrib["transform"])]
        # The left part of the circle, where there are no letters.
        x = (e + shift[0] - 0.8 * a * float(circle.attrib["r"])) / int(svg.attrib["width"])
        y = (f + shift[1]) / int(svg.attrib["height"])
        red, green, blue, alpha = themed.page.evaluate(PIXEL, [address, x, y])
        assert alpha == 255
        assert f"#{red:02x}{green:02x}{blue:02x}" == circle.attrib["fill"]


def test_the_maps_are_in_it_pixel_by_pixel(maps: FeatureMaps) -> None:
    maps.open("digits-cnn")
    maps.explorer.press("ArrowRight", 3)
    shown = maps.page.locator(".columns canvas").evaluate_all("all => all.map(one => one.toDataURL('image/png'))")
    root = parsed(save(maps.page, "SVG"))
    pictures = [one.attrib["href"] for one in root.iter() if one.tag.endswith("image")]
    assert len(pictures) > 10
    assert pictures == shown
    titles = [one.text for one in root.iter() if one.tag.endswith("}text")]
    assert {"input", "target", "not computed yet"} <= set(titles)


def test_where_the_diagram_is_not_in_sight_it_is_a_click_away(explorer: Explorer) -> None:
    explorer.page.goto(f"{explorer.origin}/#check")
    explorer.page.get_by_role("button", name="Share").click()
    panel = explorer.page.get_by_role("dialog", name="Share")
    expect(panel.get_by_role("button", name="Save as SVG")).to_have_count(0)
    panel.get_by_role("button", name="Show the diagram").click()
    expect(panel.get_by_role("button", name="Save as SVG")).to_be_visible()
    expect(explorer.node("x 1")).to_be_visible()
