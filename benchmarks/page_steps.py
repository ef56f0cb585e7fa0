"""What a step costs in the page: milliseconds of script, and of the main thread in all, at about 500 edges.

    python benchmarks/page_steps.py [--rounds 5] [--layers 20 20 4] [--grains layer node term]

A network of the sizes given, ReLU between its layers, is opened in Chromium (Debian's package `chromium`, or the one that
CHROMIUM names) and walked through with the arrow key, forward to its end and back, the inspector following. Chromium's own
counters tell what each step took, from the key to the picture drawn: the time in scripts, and that of the whole main
thread, with styles, layout and painting. What the service's answers cost the page is in it; waiting for them is not.
"""

import argparse
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, Route, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
REACH = 16.0
KEYS = {"layer": "2", "node": "3", "term": "4"}
# A walk at the term grain has a thousand steps: so many of them, spread over all, stand for it.
MOST_STEPS = 60
# Two frames later all that a step has changed is on the screen; by then the explanations have come, too.
SETTLED = "() => new Promise(done => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 120))"

Times = dict[str, list[float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="how often each walk is taken")
    parser.add_argument("--layers", type=int, nargs="+", default=[20, 20, 4], help="inputs, then units of each layer")
    parser.add_argument("--grains", nargs="+", choices=KEYS, default=list(KEYS), help="the steps to take")
    options = parser.parse_args()
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if browser is None:
        sys.exit("No browser: install Debian's package `chromium`, or set CHROMIUM.")
    if not (ROOT / "static" / "dist" / "index.html").is_file():
        sys.exit("The page is not built: run `python3 dev.py build` first.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        port = free_port()
        command = [sys.executable, "-m", "uvicorn", "app.main:app", "--port", str(port), "--log-level", "warning"]
        server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "TINYML_DATA": folder})
        try:
            origin = f"http://127.0.0.1:{port}"
            wait_for(f"{origin}/api/examples")
            page = playwright.chromium.launch(executable_path=browser).new_page(viewport={"width": 1280, "height": 720})
            opened(page, origin, document(options.layers))
            measure(page, options.grains, options.rounds)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(10)


def measure(page: Page, grains: list[str], rounds: int) -> None:
    edges = page.locator(".edges .line").count()
    print(f"{edges} edges, {rounds} rounds: milliseconds of a step, to reach: script under {REACH:g} in the median")
    print(f"{'':18}{'steps':>6}{'script: median':>16}{'90 %':>7}{'most':>7}{'main thread: median':>22}{'90 %':>7}")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    for grain in grains:
        page.keyboard.press(KEYS[grain])
        times: dict[str, Times] = {way: {"ScriptDuration": [], "TaskDuration": []} for way in ("forward", "back")}
        for _ in range(rounds):
            page.keyboard.press("Home")
            page.evaluate(SETTLED)
            walk(page, session, "ArrowRight", times["forward"])
            walk(page, session, "ArrowLeft", times["back"])
        for way, of in times.items():
            script, task = of["ScriptDuration"], of["TaskDuration"]
            print(
                f"{grain:6} {way:11}{len(script):6}{statistics.median(script):16.1f}{high(script):7.1f}"
                f"{max(script):7.1f}{statistics.median(task):22.1f}{high(task):7.1f}"
            )


def walk(page: Page, session: CDPSession, key: str, times: Times) -> None:
    """From one end of the training step to the other, measuring steps that are spread over all of it."""
    slider = page.get_by_role("slider", name="Position in the training step")
    steps = int(slider.get_attribute("max") or 0)
    stride = max(1, steps // MOST_STEPS)
    for place in range(steps):
        if place % stride:
            page.keyboard.press(key)
            continue
        page.evaluate(SETTLED)
        before = counters(session)
        page.keyboard.press(key)
        page.evaluate(SETTLED)
        after = counters(session)
        for name, found in times.items():
            found.append(1000 * (after[name] - before[name]))
    page.evaluate(SETTLED)


def counters(session: CDPSession) -> dict[str, float]:
    return {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}


def high(times: list[float]) -> float:
    """Nine of ten are below."""
    return statistics.quantiles(times, n=10)[-1]


def document(sizes: list[int]) -> dict[str, Any]:
    """A network of these sizes with one sample, its weights left to its seed."""
    inputs, *units = sizes
    layers: list[dict[str, Any]] = []
    for place, count in enumerate(units):
        layers += [{"type": "ReLu"}] if place else []
        layers.append({"type": "Linear", "output_dim": count})
    return {
        "format": "tinyml-network/1",
        "name": "-".join(map(str, sizes)),
        "input_shape": [inputs],
        "layers": layers,
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[round(0.1 + 0.9 * ((7 * i) % inputs) / inputs, 3) for i in range(inputs)]],
        "y": [[k / max(1, units[-1]) for k in range(units[-1])]],
        "seed": 0,
    }


def opened(page: Page, origin: str, network: dict[str, Any]) -> None:
    """The page with this network in the place of its examples."""
    example = {"slug": "measured", "name": network["name"], "document": network}

    def answer(route: Route) -> None:
        route.fulfill(json=[example])

    page.route("**/api/examples", answer)
    page.goto(origin)
    page.locator(".edges .line").first.wait_for()


def wait_for(url: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the server did not start")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
