"""Stores files of this version, for every later one to open: `python -m tests.compatibility.make`.

It starts the service and the page as a user does, and writes a folder named after the version: a data folder with the
expected answers, links, a saved file, and receipts. Run it once when a version is released, after `python3 dev.py
build`; an existing folder is never overwritten.
"""

import json
import re
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page, expect, sync_playwright

from app import VERSION
from dev import BROWSERS
from tests.support.server import running

HERE = Path(__file__).parent
# Layers and an optimizer that have a state from training step to training step.
REMEMBERING: dict[str, Any] = {
    "name": "What moves on",
    "input_shape": [2],
    "layers": [
        {"type": "Linear", "output_dim": 2},
        {"type": "BatchNorm"},
        {"type": "Dropout", "probability": 0.25},
        {"type": "Tanh"},
        {"type": "Linear", "output_dim": 2, "frozen": ["b"]},
    ],
    "loss": {"type": "softmax_cross_entropy"},
    "optimizer": {"type": "adam", "lr": 0.01, "weight_decay": 0.1},
    "x": [[0.5, -1], [2, 1e-3]],
    "y": [0, 1],
    "seed": 7,
}


def made(folder: Path) -> None:
    """Write everything into a folder."""
    with running(folder / "data") as server, httpx.Client(base_url=server.url, timeout=60) as client:
        write(folder / "networks.json", stored(client))
        write(
            folder / "receipt.json",
            answer(client, "/api/receipt", client.get("/api/examples/two-layers").json()["document"]),
        )
        write(folder / "receipts.json", answer(client, "/api/receipts", {"document": REMEMBERING, "steps": 2}))
        from_the_page(server.url, folder)
    with closing(sqlite3.connect(folder / "data" / "networks.sqlite3")) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # one file, which git keeps


def stored(client: httpx.Client) -> list[dict[str, Any]]:
    """Networks in the data folder, each with the answers about it."""
    chapter = example(client, "chapter")
    networks = []
    for document, moves in ((chapter, [("node", 5)]), (REMEMBERING, [("pass", 8), ("term", 30)])):
        address = client.post("/api/networks", json=document).headers["Location"]
        for by, count in moves:
            assert client.post(f"{address}/step", json={"by": by, "count": count}, headers={"If-Match": "*"}).is_success
        networks.append({"network": client.get(address).json(), "trace": client.get(f"{address}/trace").json()["loss"]})
    return networks


def from_the_page(url: str, folder: Path) -> None:
    """A link to the current view, and the file that the page saves."""
    with sync_playwright() as driver:
        path = next(filter(None, map(shutil.which, BROWSERS)))
        browser = driver.chromium.launch(executable_path=path)
        page = browser.new_page()
        links = []
        for slug, steps in (("chapter", 5), ("two-layers", 9), ("softmax-classifier", 3), ("xor", 12)):
            page.goto(url)
            page.get_by_label("Example").select_option(slug)
            page.evaluate("document.activeElement.blur()")
            for _ in range(steps):
                page.keyboard.press("ArrowRight")
            links.append({"made_by": f"the page of {VERSION}", "payload": payload_of(page)})
        write(folder / "links.json", links)
        page.get_by_role("button", name="Share").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Save as a file").click()
        download.value.save_as(folder / "network.json")
        browser.close()


def payload_of(page: Page) -> str:
    """The content of the address after it has been updated to the shown state."""
    page.wait_for_timeout(2000)
    expect(page).to_have_url(re.compile("&s="))
    return page.url.partition("&s=")[2].partition("&")[0]


def example(client: httpx.Client, slug: str) -> Any:
    """The document of an example."""
    return client.get(f"/api/examples/{slug}").json()["document"]


def answer(client: httpx.Client, address: str, body: Any) -> Any:
    """The service's answer."""
    return client.post(address, json=body).raise_for_status().json()


def write(file: Path, value: Any) -> None:
    """Store an answer as JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    kept = HERE / VERSION
    if kept.exists():
        sys.exit(f"{kept} is there already; what a version made does not change.")
    with tempfile.TemporaryDirectory() as place:
        made(Path(place))
        shutil.copytree(place, kept)
