"""The cost of a step in the page: milliseconds of script, and of the whole main thread, at about 500 edges.

    python benchmarks/page_steps.py [--steps 24] [--layers 20 20 4] [--grains layer node term]

A network of these sizes with ReLU between its layers is opened in Chromium (Debian's package `chromium`, or the one
that CHROMIUM names), and steps at places spread over all of it are taken with the arrow keys, forward and back, while
the inspector follows. Chromium's counters give the processor time of each, from the key to the drawn picture: in
scripts, and on the whole main thread, with styles, layout, and painting without a graphics card. Processing the
service's answers is included; waiting for them, or for a busy machine, is not. All steps are taken once before, since
the first of each kind also compile the page's code: those have a separate row.
"""

import argparse
import statistics
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, Route

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.in_browser import laptop

REACH = 16.0
KEYS = {"layer": "2", "node": "3", "term": "4"}
# Two frames later all changes of a step are on the screen; by then the explanations have arrived, too.
SETTLED = "() => new Promise(done => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 120))"

Times = dict[str, list[float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=24, help="how many of each kind are measured")
    parser.add_argument("--layers", type=int, nargs="+", default=[20, 20, 4], help="inputs, then units of each layer")
    parser.add_argument("--grains", nargs="+", choices=KEYS, default=list(KEYS), help="the steps to take")
    options = parser.parse_args()
    with laptop() as (page, origin):
        opened(page, origin, document(options.layers))
        measure(page, options.grains, options.steps)


def measure(page: Page, grains: list[str], most: int) -> None:
    edges = int(page.locator(".plane.lines").get_attribute("data-lines") or 0)
    print(f"{edges} edges: milliseconds of a step, to reach: script under {REACH:g} in the median")
    print(f"{'':15}{'steps':>6}{'script: median':>16}{'90 %':>8}{'most':>8}{'main thread: median':>22}{'90 %':>8}")
    session = page.context.new_cdp_session(page)
    # Processor time of the thread, not clock time: other load on the machine is not counted.
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    for grain in grains:
        page.keyboard.press(KEYS[grain])
        report(f"{grain} at first", taken(page, session, "ArrowRight", most))
        for way, key in (("forward", "ArrowRight"), ("back", "ArrowLeft")):
            report(f"{grain} {way}", taken(page, session, key, most))


def report(name: str, times: Times) -> None:
    """A row of the table."""
    script, task = times["ScriptDuration"], times["TaskDuration"]
    print(
        f"{name:15}{len(script):6}{statistics.median(script):16.1f}{high(script):8.1f}"
        f"{max(script):8.1f}{statistics.median(task):22.1f}{high(task):8.1f}",
        flush=True,
    )


def taken(page: Page, session: CDPSession, key: str, most: int) -> Times:
    """Steps with one key, at places spread over the whole training step."""
    slider = page.get_by_role("slider", name="Position in the training step")
    steps = int(slider.get_attribute("max") or 0)
    times: Times = {"ScriptDuration": [], "TaskDuration": []}
    for place in sorted({round(sample * (steps - 1) / (most - 1)) for sample in range(most)}):
        slider.fill(str(place if key == "ArrowRight" else place + 1))
        page.evaluate(SETTLED)
        before = counters(session)
        page.keyboard.press(key)
        page.evaluate(SETTLED)
        after = counters(session)
        for name, found in times.items():
            found.append(1000 * (after[name] - before[name]))
    return times


def counters(session: CDPSession) -> dict[str, float]:
    return {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}


def high(times: list[float]) -> float:
    """The 90th percentile."""
    return statistics.quantiles(times, n=10)[-1]


def document(sizes: list[int]) -> dict[str, Any]:
    """A network of these sizes with one sample and weights from its seed."""
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
    """The page with this network instead of its examples."""
    example = {"slug": "measured", "name": network["name"], "title": network["name"], "document": network}

    def answer(route: Route) -> None:
        route.fulfill(json=[example])

    page.route("**/api/examples*", answer)
    page.goto(origin)
    page.locator(".nodes .part").first.wait_for()


if __name__ == "__main__":
    main()
