"""The frame rate of steps in the page, and how soon a large network is shown.

    python -m benchmarks.page_frames

Networks with ReLU between their layers are opened in Chromium (Debian's package `chromium`, or the one that CHROMIUM
names). For those with hundreds and thousands of edges it prints the frames per second while a step is taken in each
frame, as with a key held down; for 784-128-10 the time from choosing it to its picture, and the stalls of the main
thread of more than 50 ms meanwhile and at single steps. A network 2-8-8-2 is trained in the view Train at one training
step a frame, with its lines, surface and curves live. Painting is done without a graphics card.
"""

import os
import statistics
from typing import Any

from playwright.sync_api import Page, Route

from benchmarks.in_browser import laptop
from benchmarks.page_steps import KEYS, document, opened
from tinyml.data import draw

# Edges, biases included: 504 and 1,968. And the target in frames per second.
NETWORKS = {(20, 20, 4): 55, (40, 40, 8): 30}
LARGE = [784, 128, 10]
# Of a training at one step a frame.
LIVE = 55
SECONDS = 8
FRAMES = 90

# A step before each frame; the first frame starts the clock.
HELD = """([key, frames]) => new Promise(done => {
    let count = 0, begun = 0;
    const next = time => {
        begun ||= time;
        if (count++ >= frames) return done(1000 * (count - 1) / (time - begun));
        window.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
        requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
})"""
STALLS = """() => {
    window.stalls = [];
    new PerformanceObserver(list => window.stalls.push(...list.getEntries().map(({duration}) => duration)))
        .observe({type: 'longtask'});
}"""
# From choosing it in the menu until a task after the frame that has the picture.
CHOOSE = """slug => new Promise(done => {
    const offers = menu => [...menu.options].some(({value}) => value === slug);
    const menu = [...document.querySelectorAll('select')].find(offers);
    const begun = performance.now();
    menu.value = slug;
    menu.dispatchEvent(new Event('change', {bubbles: true}));
    const look = () => {
        if (!document.querySelector('.diagram canvas')) return setTimeout(look, 5);
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
    };
    look();
})"""


# How many training steps are on the screen one after the other, and how many frames the browser paints meanwhile.
WATCH = """seconds => new Promise(done => {
    const step = () => document.querySelector('.train-status strong').textContent;
    let [shown, painted, last, begun] = [0, 0, step(), performance.now()];
    const next = () => {
        painted += 1;
        if (step() !== last) shown += 1;
        last = step();
        const taken = (performance.now() - begun) / 1000;
        if (taken < seconds) requestAnimationFrame(next);
        else done([shown / taken, painted / taken]);
    };
    requestAnimationFrame(next);
})"""


def main() -> None:
    with laptop() as (page, origin):
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        for sizes, reach in NETWORKS.items():
            opened(page, origin, document(list(sizes)))
            page.wait_for_timeout(500)
            for grain in ("node", "term"):
                print(f"{'-'.join(map(str, sizes))} by {grain}: {frames(page, KEYS[grain])}, to reach {reach}")
    with laptop() as (page, origin):
        live(page, origin)
    with laptop() as (page, origin):
        large(page, origin)


def frames(page: Page, grain: str) -> str:
    """Frames per second, forward and back."""
    page.keyboard.press(grain)
    page.keyboard.press("Home")
    rates = []
    for way, key in (("forward", "ArrowRight"), ("back", "ArrowLeft")):
        page.wait_for_timeout(500)
        rates.append(f"{page.evaluate(HELD, [key, FRAMES]):.0f} frames a second {way}")
    return ", ".join(rates)


def live(page: Page, origin: str) -> None:
    """A training at one step a frame, once its code is compiled."""
    x, y = draw("circle", 200, 0.1, 1)
    trained = document([2, 8, 8, 2])
    del trained["x"], trained["y"]
    trained |= {"loss": {"type": "softmax_cross_entropy"}, "optimizer": {"type": "adam", "lr": 0.003}}
    trained["data"] = {"rows": {"x": x.tolist(), "y": [[1 - one, one] for one in y[:, 0].tolist()]}, "batch": 10}
    opened(page, origin, trained)
    page.get_by_role("link", name="Train", exact=True).click()
    page.locator(".train-speed select").select_option("60")
    page.get_by_role("button", name="Train", exact=True).click()
    page.locator(".weight-line").first.wait_for()
    page.wait_for_timeout(3000)
    shown, painted = page.evaluate(WATCH, SECONDS)
    print(f"2-8-8-2 trained: {shown:.1f} training steps shown a second, {painted:.0f} frames painted, to reach {LIVE}")


def large(page: Page, origin: str) -> None:
    """The large network, chosen after a small one, with single steps at several places."""
    examples = [example("small", [2, 2, 2]), example("large", LARGE)]

    def answer(route: Route) -> None:
        route.fulfill(json=examples)

    page.route("**/api/examples*", answer)
    page.goto(origin)
    page.locator(".node").first.wait_for()
    page.wait_for_timeout(1000)
    page.evaluate(STALLS)
    name = "-".join(map(str, LARGE))
    print(f"{name} is there after {page.evaluate(CHOOSE, 'large'):.0f} ms, to reach 1,500")
    page.wait_for_timeout(2000)
    print(f"{name} opened: {told_of(page.evaluate('stalls'))}")
    slider = page.get_by_role("slider", name="Position in the training step")
    for grain, key in KEYS.items():
        page.keyboard.press(key)
        found: list[float] = []
        for share in (0, 0.3, 0.6, 0.95):
            slider.fill(str(int(share * (int(slider.get_attribute("max") or 0) - 6))))
            page.wait_for_timeout(1000)
            page.evaluate("stalls.length = 0")
            for press in ["ArrowRight"] * 4 + ["ArrowLeft"] * 2:
                page.keyboard.press(press)
                page.wait_for_timeout(350)
            found += page.evaluate("stalls")
        print(f"{name} by {grain}, 24 steps: {told_of(found)}")


def told_of(found: list[float]) -> str:
    if not found:
        return "no stall above 50 ms"
    return f"{len(found)} stalls above 50 ms, half of them {statistics.median(found):.0f}, the longest {max(found):.0f}"


def example(slug: str, sizes: list[int]) -> dict[str, Any]:
    return {"slug": slug, "name": slug, "title": slug, "description": "", "document": document(sizes)}


if __name__ == "__main__":
    main()
