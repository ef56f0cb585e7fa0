"""How long the picture takes to follow a number that is dragged: milliseconds from each move to the picture shown.

    python benchmarks/page_drag.py [--moves 200] [--example chapter] [--pointer /layers/0/w/0/0]

An example is opened in Chromium (Debian's package `chromium`, or the one that CHROMIUM names), and one of its numbers
is dragged back and forth, a move every frame or two, as by hand. For each move the page records when the event was
created, and when the frame with its number in the diagram had been drawn: this includes the service's answer, script,
styles, layout, and painting without a graphics card. A move that a newer one overtook before its picture was drawn is
counted with the next picture.
"""

import argparse
import os
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.in_browser import laptop

REACH = 33.0
FRAME = 1000 / 60

# `watched` is the ref of the number in the diagram; in a task after the next frame its picture is on the screen.
WATCH = """([pointer, watched]) => {
    const moves = [], times = [];
    const shown = () => document.querySelector(`.diagram [data-ref="${watched}"]`)?.getAttribute('data-value');
    const typed = () => document.querySelector(`.build [data-pointer="${pointer}"]`)?.getAttribute('data-value');
    // Each move is sent twice, at once and again before the next frame; the page may use only the second.
    const note = move => setTimeout(() => { if (typed() !== move.before) move.value = typed(); }, 0);
    document.addEventListener('pointerrawupdate', event => {
        moves.push({at: event.timeStamp, before: typed(), value: null});
        note(moves.at(-1));
    }, true);
    document.addEventListener('pointermove', () => {
        const move = moves.at(-1);
        if (move?.value === null) note(move);
    });
    new MutationObserver(() => {
        const value = shown();
        requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => {
                const place = moves.findLastIndex(move => move.value === value);
                if (place < 0) return;
                const now = performance.now();
                for (const move of moves.splice(0, place + 1)) times.push(now - move.at);
            };
            channel.port2.postMessage(null);
        });
    }).observe(document.querySelector('.diagram'), {subtree: true, attributes: true, attributeFilter: ['data-value']});
    window.dragged = {times, left: () => moves.length};
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moves", type=int, default=200, help="how many moves are measured")
    parser.add_argument("--example", default="chapter", help="the example to open")
    parser.add_argument("--pointer", default="/layers/0/w/0/0", help="where in the document the number stands")
    parser.add_argument("--ref", default="fc_1.w[0,0]", help="the same number in the diagram")
    options = parser.parse_args()
    with laptop() as (page, origin):
        page.goto(origin)
        page.locator(".node").first.wait_for()
        menu = page.get_by_label("Example")
        if menu.input_value() != options.example:
            menu.select_option(options.example)
        # Step into the forward pass: there the lines show weights, and the first nodes the values computed from them.
        for _ in range(3):
            page.locator(".diagram").press("ArrowRight")
        report(dragged(page, options.pointer, options.ref, options.moves))


def dragged(page: Page, pointer: str, ref: str, moves: int) -> list[float]:
    """Milliseconds of each move of a number that is dragged back and forth."""
    field = page.locator(f'.build [data-pointer="{pointer}"]')
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    if box is None:
        sys.exit(f"there is no field for {pointer}")
    page.wait_for_timeout(500)
    page.evaluate(WATCH, [pointer, ref])
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for move in range(moves + 10):
        # Back and forth over forty pixels.
        place = move % 80
        page.mouse.move(x + 5 + (place if place < 40 else 80 - place), y)
        page.wait_for_timeout(FRAME)
    page.wait_for_timeout(500)
    page.mouse.up()
    times: list[float] = page.evaluate("window.dragged.times")
    # The first ones warm up the page and the service.
    return times[10:]


def report(times: list[float]) -> None:
    """Print the quantiles of the times, and return whether they reach the target."""
    cuts = statistics.quantiles(times, n=20)
    print(f"{len(times)} moves: milliseconds from the move to the picture, to reach: {REACH:g} in 95 of 100")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"load {load:.1f} on {os.cpu_count()} processors; above their number, this measures waiting for one")
    print(f"half {statistics.median(times):.1f}   95 % {cuts[-1]:.1f}   most {max(times):.1f}")


if __name__ == "__main__":
    main()
