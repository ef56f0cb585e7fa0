"""Training in the page beside a page that trains an epoch in each frame: steps a second in the same browser.

    python benchmarks/page_trainings.py [--seconds 8]

Both train 2-4-2-1 with Tanh on the spiral, 250 rows, in mini-batches of 10. The other page is written for this
comparison, in the manner of TensorFlow Playground: the networks of objects of `playground.js`, an epoch in each frame,
and after it the output at 100 × 100 points. The Train view has its surface, curves and diagram meanwhile, and each of
its steps can be opened afterwards: three of them are. Its frames are the changes of its numbers on the screen.
"""

import argparse
import json
import re
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.in_browser import laptop
from benchmarks.page_steps import opened
from tinyml.data import draw

SAMPLES, BATCH, DENSITY = 250, 10, 100
PASSES = (Path(__file__).parent / "playground.js").read_text("utf-8").split("let networks")[0]
FRAMES = """
const counts = { steps: 0, frames: 0 };
const network = build(%s);
const canvas = document.querySelector('canvas').getContext('2d');
const image = canvas.createImageData(DENSITY, DENSITY);
function frame() {
  for (let start = 0; start < x.length; start += BATCH) {
    for (let n = start; n < start + BATCH; n++) {
      forward(network, x[n]);
      backward(network, y[n], square);
    }
    update(network, 0.03);
    counts.steps++;
  }
  for (let i = 0; i < DENSITY; i++) {
    for (let j = 0; j < DENSITY; j++) {
      const output = forward(network, [(12 * i) / DENSITY - 6, (12 * j) / DENSITY - 6]);
      image.data.set([128 + 127 * output, 128, 128 - 127 * output, 255], 4 * (j * DENSITY + i));
    }
  }
  canvas.putImageData(image, 0, 0);
  counts.frames++;
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);
"""
WATCH = """() => {
  window.seen = 0;
  new MutationObserver(() => window.seen++).observe(document.querySelector('.train-status'),
    { childList: true, characterData: true, subtree: true });
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each trains")
    options = parser.parse_args()
    with laptop() as (page, origin):
        theirs, their_frames = an_epoch_a_frame(page, options.seconds)
        print(
            f"a page with an epoch a frame: {theirs:,.0f} steps a second, {their_frames:.1f} frames a second",
            flush=True,
        )
        ours, our_frames = train_view(page, origin, options.seconds)
        print(f"the Train view:               {ours:,.0f} steps a second, {our_frames:.1f} frames a second")
        print(f"ratio: {ours / theirs:.1f}, to reach 40 at 20 frames a second")


def an_epoch_a_frame(page: Page, seconds: float) -> tuple[float, float]:
    """Steps and frames a second of the other page."""
    x, y = draw("spiral", SAMPLES, 0.1, 1)
    rows = f"const x = {x.tolist()}, y = {[2 * row[0] - 1 for row in y.tolist()]};"
    sizes = f"const BATCH = {BATCH}, DENSITY = {DENSITY};"
    script = f"{PASSES}{rows}{sizes}{FRAMES % json.dumps(weights([2, 4, 2, 1]))}".replace('"use strict";', "")
    page.set_content(f"<canvas width={DENSITY} height={DENSITY}></canvas><script>{script}</script>")
    time.sleep(1)
    before, since = page.evaluate("({ ...counts })"), time.monotonic()
    time.sleep(seconds)
    after, took = page.evaluate("({ ...counts })"), time.monotonic() - since
    return (after["steps"] - before["steps"]) / took, (after["frames"] - before["frames"]) / took


def train_view(page: Page, origin: str, seconds: float) -> tuple[float, float]:
    """Steps and frames a second of the Train view, three of whose steps are opened afterwards."""
    followed: list[str] = []
    page.on("request", lambda request: followed.append(request.url) if "/events" in request.url else None)
    opened(page, origin, document())
    page.get_by_role("link", name="Train", exact=True).click()
    here = page.get_by_role("region", name="Training", exact=True)
    here.get_by_role("button", name="Train", exact=True).click()
    page.locator(".train-status").wait_for()
    time.sleep(2)
    page.evaluate(WATCH)
    before, since = reached(page), time.monotonic()
    time.sleep(seconds)
    after, took, seen = reached(page), time.monotonic() - since, page.evaluate("window.seen")
    here.get_by_role("button", name="Pause", exact=True).click()
    for step in (before, (before + after) // 2, after):
        answer = page.request.get(f"{followed[-1].partition('/events')[0]}/at/{step - 1}")
        if not answer.ok or answer.json()["step"] != step - 1:
            sys.exit(f"Training step {step} cannot be opened.")
    page.close()  # the server ends once nothing is read
    return (after - before) / took, seen / took


def reached(page: Page) -> int:
    found = re.search(r"training step ([\d,]+)", page.locator(".train-status").inner_text())
    if found is None:
        sys.exit("The Train view does not say which step it has reached.")
    return int(found[1].replace(",", ""))


def weights(sizes: list[int]) -> list[Any]:
    """Small different weights, and no biases."""
    return [
        [[[(1 + (3 * j + 5 * k) % 7) / 8 - 0.5 for j in range(before)] for k in range(after)], [0.1] * after]
        for before, after in pairwise(sizes)
    ]


def document() -> dict[str, Any]:
    tanh = {"type": "Tanh"}
    layers = [layer for size in (4, 2, 1) for layer in ({"type": "Linear", "output_dim": size}, tanh)]
    x, y = draw("spiral", SAMPLES, 0.1, 1)
    return {
        "format": "tinyml-network/1",
        "name": "2-4-2-1",
        "input_shape": [2],
        "layers": layers[:-1],
        "loss": {"type": "mean_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.03},
        "data": {"rows": {"x": x.tolist(), "y": y.tolist()}, "batch": BATCH, "order": "shuffled", "seed": 1},
        "seed": 0,
    }


if __name__ == "__main__":
    main()
